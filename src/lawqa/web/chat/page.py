"""The chat page, mounted at /ui: Gradio carries the conversation, the page's own script everything around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.responses import FileResponse

from lawqa.answer.answer import EXTRACTIVE, Answer
from lawqa.errors import LawqaError
from lawqa.web.chat.answer_html import error_html
from lawqa.web.chat.conversation import Ask, Messages, answered, asked, failed, shown
from lawqa.web.chat.scope import SHOW, Command
from lawqa.web.service import Asker
from lawqa.web.signon.identity import gradio_user

if TYPE_CHECKING:
    from lawqa.web.service import Service

TITLE = "lawqa · 人工智能法规问答"
_ICON = Path(__file__).parent.parent / "static" / "favicon.svg"
_STYLES = ("tokens", "shell", "talk", "reader", "browse", "print")
_HEAD = "".join(
    [
        '<meta name="color-scheme" content="light dark">',
        '<link rel="icon" type="image/svg+xml" href="../static/favicon.svg">',
        *(f'<link rel="stylesheet" href="../static/chat/{name}.css">' for name in _STYLES),
        '<script type="module" src="../static/chat/main.js"></script>',
    ]
)
_REOPENED = "这是重新打开的对话：按条文原文重新作答，没有再用语言模型。"
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]


def asking(service: Service, again: bool = False) -> Ask:
    """How the page asks. ``again``: a conversation is reopened; a language model was paid for it once already, so the
    answer is the extractive one, and says so where a model is configured."""

    def ask(question: str, as_of: str | None, docs: Sequence[str], history: Sequence[Mapping[str, Any]]) -> Answer:
        asker = Asker(gradio_user(), "chat")
        answer = service.ask(asker, question, as_of, docs, history, EXTRACTIVE if again else None)
        return answer.noticed(_REOPENED) if again and service.settings.llm_configured else answer

    return ask


def build_page(service: Service) -> Any:
    """The Gradio blocks: the conversation, and hidden controls through which the page's script speaks to it.

    The script writes one JSON command into ``#lq-command`` and presses ``#lq-send``; ``#lq-stop`` cancels.
    """
    import gradio as gr

    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}

    ask, ask_again = asking(service), asking(service, again=True)

    def add(text: str, messages: Messages) -> Messages:
        command = Command.parse(text)
        if command.kind == SHOW:
            return shown(service.lawqa().corpus, ask_again, command.turns)
        return asked(messages, command)

    def reply(text: str, messages: Messages) -> Iterator[Messages]:
        command = Command.parse(text)
        if command.kind == SHOW:
            yield messages
            return
        try:
            yield answered(service.lawqa().corpus, ask, messages, command)
        except LawqaError as error:
            yield [*messages, {"role": "assistant", "content": error_html(str(error))}]

    with gr.Blocks(title=TITLE, analytics_enabled=False) as demo:
        chatbot = gr.Chatbot(
            label="对话",
            show_label=False,
            container=False,
            elem_id="lq-talk",
            height=None,
            autoscroll=False,
            buttons=[],
            layout="panel",
            latex_delimiters=[],
            feedback_options=None,
            allow_file_downloads=False,
            group_consecutive_messages=False,
            placeholder=" ",
        )
        command = gr.Textbox(elem_id="lq-command", label="指令", visible="hidden", interactive=True)
        send = gr.Button("发送", elem_id="lq-send", visible="hidden")
        stop = gr.Button("停止", elem_id="lq-stop", visible="hidden")
        first = send.click(add, [command, chatbot], chatbot, queue=False, **private)
        then = first.success(reply, [command, chatbot], chatbot, concurrency_limit=8, **private)
        for event in (first, then):
            event.failure(failed, [command, chatbot], chatbot, queue=False, **private)
        stop.click(None, cancels=[then], **private)
    return demo


def mount_chat(app: FastAPI, service: Service, **options: Any) -> FastAPI:
    """The app with the page mounted; ``options`` go to Gradio (such as ``auth_dependency``)."""
    import gradio as gr

    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> FileResponse:
        return FileResponse(_ICON, media_type="image/svg+xml")

    demo = build_page(service)
    demo.queue(max_size=256, default_concurrency_limit=8)
    theme = gr.themes.Base(font=_FONTS, font_mono=["ui-monospace", "Consolas", "monospace"])
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        demo,
        path="/ui",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1mb",
        ssr_mode=False,
        theme=theme,
        head=_HEAD,
        **options,
    )
    return mounted
