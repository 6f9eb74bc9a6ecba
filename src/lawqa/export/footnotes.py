"""Real footnotes in a Word document: the part of the format that python-docx leaves out.

A .docx keeps its footnotes in an own part, ``word/footnotes.xml``, with two reserved entries for the separator
lines; the text refers to a note by its id (ECMA-376 Part 1, 17.11).
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_TEXT, _REFERENCE = "footnote text", "footnote reference"
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


class Footnotes:
    """The footnotes of one document; ``add`` appends one and refers to it at the end of a paragraph."""

    def __init__(self, document: Document) -> None:
        self._styles = _styles(document)
        self._notes: Any = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for id, name in _SEPARATORS:
            self._notes.append(
                parse_xml(
                    f'<w:footnote {nsdecls("w")} w:type="{name}" w:id="{id}">'
                    f"<w:p><w:r><w:{name}/></w:r></w:p></w:footnote>"
                )
            )
        package = document.part.package
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._notes, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _declare(document)
        self.count = 0

    def add(self, paragraph: Paragraph, text: str) -> int:
        """The number of the new note, counting from 1, as Word shows it."""
        self.count += 1
        note = OxmlElement("w:footnote", {qn("w:id"): str(self.count)})
        body = Paragraph(OxmlElement("w:p"), paragraph._parent)
        body._p.get_or_add_pPr().style = self._styles[0]
        self._mark(body, OxmlElement("w:footnoteRef"))
        body.add_run(" " + text)
        note.append(body._p)
        self._notes.append(note)
        self._mark(paragraph, OxmlElement("w:footnoteReference", {qn("w:id"): str(self.count)}))
        return self.count

    def _mark(self, paragraph: Paragraph, element: Any) -> None:
        run = paragraph.add_run()
        run._r.get_or_add_rPr().style = self._styles[1]
        run._r.append(element)


def _styles(document: Document) -> tuple[str, str]:
    """Ids of the paragraph and character styles of notes, which python-docx's template has only as latent styles."""
    text: Any = document.styles.add_style(_TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(0)
    reference: Any = document.styles.add_style(_REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    reference.font.superscript = True
    return text.style_id, reference.style_id


def _declare(document: Document) -> None:
    """Word wants the separators named in the settings, before the compatibility block."""
    settings = document.settings.element
    declared = OxmlElement("w:footnotePr")
    for id, _ in _SEPARATORS:
        declared.append(OxmlElement("w:footnote", {qn("w:id"): str(id)}))
    after = settings.find(qn("w:compat"))
    if after is None:
        settings.append(declared)
    else:
        after.addprevious(declared)
