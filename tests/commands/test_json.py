"""The JSON contracts of the commands: scripts of other people rest on these names."""

from tests.commands.conftest import Run

ASK = {"question", "status", "answer", "citations", "reason", "notices", "related", "timings_ms"}
CITATION = {"marker", "ref", "document", "title", "label", "quote", "kind", "status", "effective", "url"}
HIT = {"rank", "ref", "score", "document", "title", "label", "text"}


def test_ask(run: Run) -> None:
    result = run("ask", "训练数据有什么要求？", "--json")
    assert result.code == 0
    assert set(result.json) >= ASK
    assert result.json["status"] == "answered"
    assert result.json["reason"] is None
    for citation in result.json["citations"]:
        assert set(citation) == CITATION
        assert f"[{citation['marker']}]" in result.json["answer"]


def test_a_refusal_is_fine(run: Run) -> None:
    result = run("ask", "未成年人网络保护条例第八条怎么规定", "--json")
    assert result.code == 0
    assert result.json["status"] == "refused"
    assert result.json["citations"] == []
    assert result.json["reason"]


def test_ask_as_of_and_doc(run: Run) -> None:
    result = run("ask", "网络安全法第二十一条", "--as-of", "2024-01-01", "--json")
    assert result.json["citations"][0]["document"] == "cybersecurity-law-2016"
    result = run("ask", "那处罚呢", "--history", "深度合成规定管什么", "--json")
    assert result.json["understood"]["follow_up"] is True


def test_search(run: Run) -> None:
    result = run("search", "训练数据", "-k", "3", "--doc", "genai-interim-measures-2023", "--json")
    assert result.code == 0
    assert len(result.json["hits"]) == 3
    for hit in result.json["hits"]:
        assert set(hit) == HIT
        assert hit["document"] == "genai-interim-measures-2023"


def test_show(run: Run) -> None:
    for citation in (
        "genai-interim-measures-2023:7.1.3",
        "暂行办法第七条第一款第三项",
        "Article 7(1)(3) of the Interim Measures",
    ):
        view = run("show", citation, "--json").json
        assert view["ref"] == "genai-interim-measures-2023:7.1.3"
        assert view["quote"] in view["text"]
        assert view["label"].endswith("第七条第一款第（三）项")
        assert {"status", "path", "relations", "verification", "previous", "next"} <= set(view)


def test_corpus_list_and_check(run: Run) -> None:
    listing = run("corpus", "list", "--json").json
    assert len(listing["instruments"]) == 24
    assert listing["catalog"]
    assert run("corpus", "check", "--json").json == []


def test_config_masks_and_says_where_from(run: Run) -> None:
    rows = run("config", "--json", LAWQA_PORT="7999").json
    assert rows["port"] == {"value": "7999", "source": "环境变量 LAWQA_PORT", "help": rows["port"]["help"]}
    assert rows["host"]["source"] == "默认值"


def test_text_for_people(run: Run) -> None:
    assert "引用：" in run("ask", "暂行办法第七条").out
    assert "核对：" in run("show", "网安法21条").out
    assert "1. " in run("search", "算法备案").out
    assert "没有发现错误：24份文件" in run("corpus", "check").out
    assert "genai-interim-measures-2023" in run("corpus", "list").out
    assert "LAWQA_INDEX" in run("config").out
