"""The check of one claim against the sources that it cites: everything in it must stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from lawqa.answer import authority, figures, modality
from lawqa.answer.claims import Claim
from lawqa.answer.sources import Source
from lawqa.corpus.mentions import Mention, Target, find_mentions
from lawqa.corpus.reference import Reference
from lawqa.corpus.titles import Titles
from lawqa.text.normalise import fold

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_FOREIGN_MARKUP = re.compile(r"https?:|www\.|[<>`|{}]|\]\(|!\[|\\")
_BRACKET = re.compile(r"[\[\]【】［］]")
_QUOTES = (("“", "”"), ("「", "」"), ("『", "』"))
_STRAIGHT = re.compile(r"\"([^\"]*)\"")
_ELLIPSIS = re.compile(r"…+|\.{3,}")
_TITLE = re.compile(r"《[^《》]*》?")
_LOOSE_ORDINAL = re.compile(r"第\s*([零〇一二三四五六七八九十百\d]+|（[一二三四五六七八九十]+）)\s*([款项章节编])")
#: What the law makes people do or suffer: a sentence may speak of it only where the provision does.
_OPERATIVE = re.compile(
    "备案|许可|审批|批准|登记|注册|评估|审查|审计|认证|检测|同意|告知|标识|报告|申报|公示|罚款|警告|通报批评|没收|吊销|拘留|责令"
    "|停业|关闭|下架|刑事责任|刑罚|有期徒刑|赔偿|处分|禁业|信用档案|豁免|撤销|注销|投诉|举报|申诉|诉讼|仲裁|复议"
)
_STATUS = re.compile("现行有效|已失效|已废止|废止|已被修改|尚未施行|尚未公布|未生效|征求意见稿|草案")
#: The least share of a sentence's words that its provisions must share.
GROUNDED = 0.4


class ClaimCheck:
    """Checks claims against numbered sources; ``fault`` says why a claim must not be shown."""

    def __init__(self, titles: Titles, sources: Mapping[int, Source], day: date) -> None:
        self.titles = titles
        self.sources = sources
        self.day = day

    def fault(self, claim: Claim) -> str | None:
        """One Chinese clause, or None where every part of the claim is borne out."""
        if not claim.markers:
            return "没有注明依据"
        if unknown := [n for n in claim.markers if n not in self.sources]:
            return f"标记{'、'.join(f'[{n}]' for n in unknown)}没有对应的条文"
        text = claim.text
        if _FOREIGN_MARKUP.search(text) or _BRACKET.search(text):
            return "含有链接、代码或不成形的标记"
        letters = len(_LETTER.findall(text))
        if not letters or len(_HAN.findall(text)) < 0.5 * letters:
            return "不是中文句子"
        cited = [self.sources[n] for n in claim.markers]
        support = "\n".join(s.support for s in cited)
        return (
            self._quotation(text, cited)
            or self._mentions(text, cited, support)
            or self._facts(text, cited, support)
            or modality.fault(self._plain(text, cited), support)
        )

    def _quotation(self, text: str, cited: list[Source]) -> str | None:
        quotes = list(_STRAIGHT.findall(text))
        if text.count('"') % 2:
            return "引号不成对"
        for opening, closing in _QUOTES:
            if text.count(opening) != text.count(closing):
                return "引号不成对"
            quotes += _outermost(text, opening, closing)
        for quote in quotes:
            parts = [p.strip() for p in _ELLIPSIS.split(quote) if p.strip()]
            if not parts or not any(_literal(parts, s) for s in cited):
                return f"引文“{quote[:20]}”不是所引条文的原文"
        return None

    def _mentions(self, text: str, cited: list[Source], support: str) -> str | None:
        """Documents and articles in the prose: those cited, or those that the cited provisions name themselves."""
        own = {s.ref.document for s in cited}
        context = next(iter(own)) if len(own) == 1 else None
        documents, refs = set(own), {s.ref for s in cited}
        for source in cited:
            for named in find_mentions(source.support, self.titles, self.day, source.ref.document):
                documents.update(named.documents)
                refs.update(t.ref for t in named.targets if t.ref is not None)
        titles = {fold(t) for t in _TITLE.findall(support)}
        for mention in find_mentions(text, self.titles, self.day, context):
            if fault := self._mention(mention, documents, refs, titles, own):
                return fault
        for title in _TITLE.findall(text):
            known = self.titles.resolve(title.strip("《》"), self.day)
            if fold(title) not in titles and not documents & set(known):
                return f"文件{title[:30]}不在所引条文里"
        for match in _LOOSE_ORDINAL.finditer(text):
            if not self._ordinal(match, cited, support, text):
                return f"“{match[0]}”不在所引条文里"
        return None

    def _mention(
        self, mention: Mention, documents: set[str], refs: set[Reference], titles: set[str], own: set[str]
    ) -> str | None:
        literal = fold(f"《{(mention.name or '').strip('《》')}》") in titles
        if mention.name and not mention.anaphor and not literal and not documents & set(mention.documents):
            return f"文件“{mention.name[:30]}”不在所引条文里"
        for target in mention.targets:
            if target.ref is None and len(set(mention.documents) & own) == 1:
                # one name for several versions: the one that is cited
                document = next(iter(set(mention.documents) & own))
                target = Target(
                    target.number,
                    target.paragraph,
                    target.item,
                    Reference(document, target.number, target.paragraph, target.item),
                    True,
                )
            if target.ref is None or not any(_covers(target.ref, ref) for ref in refs):
                return f"“{mention.text[:30]}”不是所引的条文"
        return None

    @staticmethod
    def _ordinal(match: re.Match[str], cited: list[Source], support: str, text: str) -> bool:
        """第二款 behind an article was checked with it; alone, it is the cited 款 or 项 or stands in the text."""
        if re.search(r"条(?:之.)?\s*的?\s*(?:第[^第]{1,6}款\s*的?\s*)?$", text[: match.start()]):
            return True
        number = figures.value_of(match[1].strip("（）"))
        of = {"款": [s.ref.paragraph for s in cited], "项": [s.ref.item for s in cited]}.get(match[2], [])
        return number in of or fold(match[0]) in fold(support)

    def _facts(self, text: str, cited: list[Source], support: str) -> str | None:
        plain = self._plain(text, cited)
        if numbers := figures.unsupported(plain, support):
            return f"“{'”“'.join(numbers[:3])}”不在所引条文里"
        if names := authority.unsupported(plain, support):
            return f"机关“{'”“'.join(names[:3])}”不在所引条文里"
        folded = fold(support)
        if words := [w for w in dict.fromkeys(_OPERATIVE.findall(fold(plain))) if w not in folded]:
            return f"“{'”“'.join(words[:3])}”不在所引条文里"
        corpus = self.titles.corpus
        states = {corpus.status_on(corpus.instrument(s.ref.document), self.day) for s in cited}
        if words := [w for w in _STATUS.findall(plain) if w not in states and w not in folded]:
            return f"“{words[0]}”与所引文件的效力状态不符"
        if modality.overlap(plain, support) < GROUNDED:
            return "内容与所引条文没有足够的共同文字"
        return None

    def _plain(self, text: str, cited: list[Source]) -> str:
        """The claim without its citations in prose, which are checked on their own."""
        own = {s.ref.document for s in cited}
        out = list(text)
        for mention in find_mentions(text, self.titles, self.day, next(iter(own)) if len(own) == 1 else None):
            out[mention.start : mention.end] = " " * (mention.end - mention.start)
        return _LOOSE_ORDINAL.sub(" ", _TITLE.sub(" ", "".join(out)))


def _covers(target: Reference, ref: Reference) -> bool:
    """True where ``target``, as written, names ``ref`` or the article that it lies in."""
    return (
        target.provision == ref.provision
        and target.paragraph in (None, ref.paragraph)
        and target.item in (None, ref.item)
    )


def _literal(parts: list[str], source: Source) -> bool:
    """True where the parts stand in the source's own text, or its lead-in, in this order."""
    for text in (source.text, source.lead):
        at = 0
        for part in parts:
            at = text.find(part, at)
            if at < 0:
                break
            at += len(part)
        else:
            return True
    return False


def _outermost(text: str, opening: str, closing: str) -> list[str]:
    out, depth, start = [], 0, 0
    for i, char in enumerate(text):
        if char == opening:
            if depth == 0:
                start = i + 1
            depth += 1
        elif char == closing:
            depth -= 1
            if depth == 0:
                out.append(text[start:i])
    return out
