"""The chat page, mounted at /ui."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from lawqa.web.service import Asker
from lawqa.web.signon.identity import gradio_user, user_of

if TYPE_CHECKING:
    from lawqa.web.service import Service


def mount_chat(app: FastAPI, service: Service) -> FastAPI:
    """The app with the page mounted."""
    import gradio as gr

    with gr.Blocks(title="lawqa") as demo:
        chatbot = gr.Chatbot()
        box = gr.Textbox()

        def reply(text: str, history: list[dict[str, str]]) -> tuple[str, list[dict[str, str]]]:
            answer = service.ask(Asker(gradio_user(), "chat"), text)
            return "", [*history, {"role": "user", "content": text}, {"role": "assistant", "content": answer.answer}]

        box.submit(reply, [box, chatbot], [box, chatbot], api_visibility="private")
    mounted: FastAPI = gr.mount_gradio_app(
        app, demo, path="/ui", footer_links=[], run_history=False, show_error=False, auth_dependency=user_of
    )
    return mounted
