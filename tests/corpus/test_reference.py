import pytest

from lawqa.corpus import Corpus, Reference
from lawqa.corpus.label import precise_label
from lawqa.corpus.reference import split_reference
from lawqa.errors import ReferenceNotFound, UsageError


def test_every_provision_and_piece_is_read_back(corpus: Corpus) -> None:
    for provision in corpus.provisions.values():
        assert corpus.parse(str(provision.ref)) == provision.ref
        for ref, text in provision.pieces():
            assert corpus.parse(str(ref)) == ref
            assert text in (corpus.provision(ref).piece(ref) or "")


def test_references_are_unique(corpus: Corpus) -> None:
    refs = [str(ref) for p in corpus.provisions.values() for ref in {p.ref, *(r for r, _ in p.pieces())}]
    assert len(refs) == len(set(refs))


def test_labels_are_unique(corpus: Corpus) -> None:
    labels = [p.label for p in corpus.provisions.values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("genai-interim-measures-2023:7", "《生成式人工智能服务管理暂行办法》第七条"),
        ("genai-interim-measures-2023:7.1", "《生成式人工智能服务管理暂行办法》第七条第一款"),
        ("genai-interim-measures-2023:7.1.3", "《生成式人工智能服务管理暂行办法》第七条第一款第（三）项"),
        ("cybersecurity-law-2016:21.1.1", "《中华人民共和国网络安全法》（2016年）第二十一条第一款第（一）项"),
        ("next-gen-ai-plan-2017:5.1", "《新一代人工智能发展规划》第五部分（一）"),
    ],
)
def test_labels_are_what_a_lawyer_writes(corpus: Corpus, text: str, label: str) -> None:
    ref = corpus.parse(text)
    assert precise_label(corpus.provision(ref), ref) == label


@pytest.mark.parametrize(
    "text", ["", ":", "genai-interim-measures-2023", "Genai:7", "a b:7", "x-2020:7.", "x-2020:第七条"]
)
def test_wrong_form(text: str) -> None:
    with pytest.raises(UsageError, match="不合格式"):
        split_reference(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no-such-2020:1", "没有标识为“no-such-2020”的文件"),
        ("minors-network-protection-2023:1", "只有目录，没有正文"),
        ("genai-interim-measures-2023:25", "共24条"),
        ("genai-interim-measures-2023:7.2", "不存在"),
        ("genai-interim-measures-2023:7.1.9", "不存在"),
        ("ai-governance-principles-2019:99", "不存在"),
    ],
)
def test_nothing_there(corpus: Corpus, text: str, message: str) -> None:
    with pytest.raises(ReferenceNotFound, match=message):
        corpus.parse(text)


def test_cut_to_the_provision() -> None:
    ref = Reference("a-2020", "7", 1, 3)
    assert ref.provision == Reference("a-2020", "7")
    assert ref.provision.at(1, 3) == ref
    assert str(Reference("a-2020", "20-1").at(2)) == "a-2020:20-1.2"
