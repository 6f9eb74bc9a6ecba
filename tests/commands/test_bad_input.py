"""A user's mistake is one Chinese line on stderr and exit code 2; nothing on stdout, never a traceback."""

import re
import socket
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.conftest import CorpusCopy

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        # questions
        (("ask", ""), "问题是空的"),
        (("ask", " \t\n"), "问题是空的"),
        (("ask", "字" * 10_000), "问题太长：10000字，最多4000字"),
        (("ask", "🤖🎉🚀"), "没有文字"),
        (("ask", "\x00\x01\x1b"), "问题是空的"),
        (("search", ""), "问题是空的"),
        (("ask", "那期限呢", "--history", "暂行办法", "--history", "？？"), "history 的第2项：问题“？？”里没有文字"),
        (("ask", "训练数据", "--as-of", "去年"), "日期“去年”"),
        (("ask", "训练数据", "--doc", "nothing-2020"), "没有标识为“nothing-2020”的文件"),
        (("search", "训练数据", "-k", "many"), "-k“many”应为正整数"),
        (("search", "训练数据", "-k", "²"), "应为正整数"),
        (("search", "训练数据", "-k", "-1"), "-k"),
        (("search", "训练数据", "-k", "0"), "应在 1 与 1000 之间"),
        # citations
        (("show", ""), "问题是空的"),
        (("show", "genai-interim-measures-2023:99"), "共24条"),
        (("show", "nothing-2020:1"), "没有标识为"),
        (("show", "暂行办法第一百条"), "没有第100条"),
        (("show", "民法典第三条"), "没有收录《民法典》"),
        (("show", "《生成式人工智能服务暂行管理办法》第七条"), "相近的有《生成式人工智能服务管理暂行办法》"),
        (("show", "未成年人网络保护条例第八条"), "只有目录"),
        (("show", "规定第九条"), "请写明是哪一份"),
        (("show", "你好"), "没有认出条文"),
        (("show", "暂行办法第七条", "--as-of", "x"), "日期“x”"),
        # usage
        ((), "缺少参数：命令"),
        (("fly",), "没有这个命令：“fly”"),
        (("ask",), "缺少参数：问题"),
        (("ask", "问", "--fast"), "不认识的参数：--fast"),
        (("search", "问", "-k"), "后面缺少值"),
        (("corpus", "burn"), "没有这个动作"),
    ],
)
def test_one_line(run: Run, arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert message in result.error_line
    assert CHINESE.search(result.error_line)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"LAWQA_COLOUR": "red", "LAWQA_SPEED": "9"}, "未知的设置：LAWQA_COLOUR（环境变量）、LAWQA_SPEED（环境变量）"),
        ({"LAWQA_PORT": "many"}, "设置 port 的值“many”（环境变量）应为整数"),
        ({"LAWQA_PORT": "99999"}, "应在 1 与 65535 之间"),
        ({"LAWQA_MAX_QUESTION_CHARS": "0"}, "应为正数"),
        ({"LAWQA_EMBED_TRUST_REMOTE_CODE": "perhaps"}, "应为true 或 false"),
        ({"LAWQA_CONFIG": "/no/such/file.toml"}, "设置文件“/no/such/file.toml”不存在"),
        ({"LAWQA_CONFIG": "/"}, "设置文件“/”不能读"),
        ({"LAWQA_CORPUS": "/no/such/folder"}, "语料文件夹“/no/such/folder”不存在"),
        ({"LAWQA_EMBED_MODEL": "/no/such/model"}, "嵌入模型的文件夹“/no/such/model”不存在"),
        ({"LAWQA_EMBED_MODEL": "/proc"}, "“/proc”不是模型"),
    ],
)
def test_settings(run: Run, environment: dict[str, str], message: str) -> None:
    result = run("ask", "训练数据", **environment)
    assert result.code == 2
    assert message in result.error_line


def test_settings_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "lawqa.toml"
    path.write_text("port = [", encoding="utf-8")
    assert "不是合格的 TOML" in run("config", LAWQA_CONFIG=str(path)).error_line
    path.write_text('colour = "red"\n', encoding="utf-8")
    assert f"未知的设置：colour（{path}）" in run("config", LAWQA_CONFIG=str(path)).error_line
    path.write_bytes(b"\xff")
    assert "不是合格的 TOML" in run("config", LAWQA_CONFIG=str(path)).error_line


def test_a_corrupt_corpus(run: Run, corpus_copy: CorpusCopy, tmp_path: Path) -> None:
    line = corpus_copy.edit("data-security-law-2021.md", "kind: 法律", "kind: 法")
    corpus_copy.edit("genai-interim-measures-2023.md", "status: 现行有效", "status: ?")
    environment = {"LAWQA_CORPUS": str(corpus_copy.root), "LAWQA_INDEX": str(tmp_path / "index")}
    result = run("ask", "训练数据", **environment)
    assert result.code == 2
    assert f"data-security-law-2021.md:{line}: kind“法”" in result.error_line
    assert "另有1处" in result.error_line
    assert not (tmp_path / "index").exists()
    result = run("corpus", "check", **environment)
    assert result.code == 1
    assert f"data-security-law-2021.md:{line}: " in result.out
    assert "genai-interim-measures-2023.md:" in result.out
    assert len(run("corpus", "check", "--json", **environment).json) >= 4  # two faults, two changed texts


def test_an_empty_corpus(run: Run, tmp_path: Path) -> None:
    assert "没有任何可用的文件" in run("ask", "训练数据", LAWQA_CORPUS=str(tmp_path)).error_line


def test_checksums_that_cannot_be_written(run: Run, corpus_copy: CorpusCopy) -> None:
    path = corpus_copy.path("CHECKSUMS")
    path.unlink()
    path.mkdir()
    result = run("corpus", "check", "--record", LAWQA_CORPUS=str(corpus_copy.root))
    assert result.code == 2
    assert "不能写" in result.error_line


def test_an_index_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = run("ask", "训练数据", LAWQA_INDEX=str(tmp_path / "file" / "index"))
    assert result.code == 2
    assert "不可写（上级不是文件夹）：请用 LAWQA_INDEX" in result.err.splitlines()[-1]
    assert "Traceback" not in result.err


def test_a_port_in_use(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert result.code == 2
    assert f"端口 127.0.0.1:{port} 不能用" in result.error_line
    assert "--port" in result.error_line
