"""The Python client, and the commands that use it, against a real server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawqa.client import Client
from lawqa.errors import ReferenceNotFound, ServerError, UsageError
from lawqa.lawqa import LawQA
from tests.web.conftest import QUESTION, Serve, Server, lawqa_command


def test_it_answers_as_the_facade(server: Server, lawqa: LawQA) -> None:
    with Client(server.url) as client:
        found, expected = client.ask(QUESTION, "2026-06-01"), lawqa.ask(QUESTION, "2026-06-01")
        assert found.citations == expected.citations
        assert (found.answer, found.status, found.related) == (expected.answer, expected.status, expected.related)
        assert client.search("算法备案", 4).hits == lawqa.search("算法备案", 4).hits
        follow = client.ask(
            "罚款呢", docs=["data-security-law-2021"], history=[{"q": "数据安全法的法律责任"}, "第四十五条"]
        )
        assert follow.to_dict()["understood"]["docs_filter"] == ["data-security-law-2021"]
        assert client.show("暂行办法第七条", "2024年5月1日")["ref"] == "genai-interim-measures-2023:7"
        assert [d["id"] for d in client.documents()] == [
            i.id for i in sorted(lawqa.corpus.instruments, key=lambda i: (i.force_rank, i.id))
        ]


def test_errors_are_those_of_the_facade(server: Server) -> None:
    with Client(server.url) as client:
        with pytest.raises(ReferenceNotFound, match="共24条"):
            client.show("genai-interim-measures-2023:99")
        with pytest.raises(UsageError, match="no-such-law-2020"):
            client.ask("什么", docs=["no-such-law-2020"])
        with pytest.raises(UsageError, match="YYYY-MM-DD"):
            client.ask("什么", "昨天以前")
    with Client("http://127.0.0.1:9") as client, pytest.raises(ServerError, match="连不上"):
        client.ask("什么")
    with Client(f"{server.url}/static") as client, pytest.raises(ServerError, match="405"):
        client.ask("什么")
    for wrong in ("lawqa.intra", "ftp://x", "https://user:secret@lawqa.intra"):
        with pytest.raises(UsageError, match="网址"):
            Client(wrong)


def test_commands_ask_a_server_with_a_token(serve: Serve, tmp_path: Path) -> None:
    file = str(tmp_path / "tokens.json")
    token = lawqa_command("token", "add", "script", LAWQA_TOKENS_FILE=file).stdout.strip()
    server = serve({"LAWQA_SIGN_ON": "tokens", "LAWQA_TOKENS_FILE": file})
    here = {"LAWQA_CORPUS": str(tmp_path / "nothing")}  # answered by the server, not on this machine
    refused = lawqa_command("ask", QUESTION, "--server", server.url, **here)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "401" in refused.stderr
    with_token = {**here, "LAWQA_SERVER": server.url, "LAWQA_SERVER_TOKEN": token}
    answer = json.loads(lawqa_command("ask", QUESTION, "--json", **with_token).stdout)
    assert answer["citations"][0]["quote"]
    assert "第七条" in lawqa_command("show", "暂行办法第七条", **with_token).stdout
    assert "1." in lawqa_command("search", "算法备案", "-k", "1", **with_token).stdout


@pytest.mark.parametrize("token", ["lawqa_abc def", "lawqa_秘密", "lawqa_a\x00b"])
def test_a_token_that_cannot_be_sent_is_not_repeated(token: str) -> None:
    with pytest.raises(UsageError) as caught:
        Client("http://127.0.0.1:9", token)
    assert "令牌" in str(caught.value)
    assert token not in str(caught.value)


def test_blanks_around_a_token_are_no_part_of_it() -> None:
    with (
        Client("http://127.0.0.1:9", " lawqa_abc\n") as client,
        pytest.raises(ServerError, match="连不上服务") as caught,
    ):
        client.ask("第七条")
    assert "lawqa_abc" not in str(caught.value)


def test_an_address_that_is_none_is_said() -> None:
    with pytest.raises(UsageError, match="应为网址"):
        Client("http://[")
