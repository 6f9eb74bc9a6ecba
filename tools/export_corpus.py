"""Export corpus documents to .docx, and to .pdf with LibreOffice, set as official documents are.

    python tools/export_corpus.py OUT [--pdf] [ID…]

The files are what benchmarks/importers.py reads back. ``--pdf`` needs ``soffice`` (LibreOffice) and a Chinese font.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

#: Points by heading level; the text itself is set in 12.
_SIZES = {1: 22, 2: 16, 3: 15, 4: 14, 5: 13, 6: 12.5}
FONT = "Noto Serif CJK SC"


def export_docx(markdown: Path, target: Path) -> None:
    """One corpus file as a Word file: headings by style, paragraphs with the indent of two characters, a running head
    and page numbers, so that an importer has furniture to remove."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    body = markdown.read_text(encoding="utf-8").split("---\n", 2)[2]
    document = Document()
    document.core_properties.title = ""
    normal = document.styles["Normal"]
    _set_font(normal, 12)
    title = ""
    for line in filter(None, body.split("\n")):
        hashes, _, text = line.partition(" ") if line.startswith("#") else ("", "", line)
        if hashes:
            level = len(hashes)
            title = title or text
            paragraph = document.add_heading(text, level)
            _set_font(document.styles[f"Heading {level}"], _SIZES[level])
            if level == 1:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph = document.add_paragraph(text)
            paragraph.paragraph_format.first_line_indent = Pt(24)
    section = document.sections[0]
    section.header.paragraphs[0].text = title
    _page_number(section.footer.paragraphs[0])
    document.save(str(target))


def _set_font(style: Any, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), FONT)


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


def export_pdf(files: list[Path], folder: Path) -> None:
    """PDFs of Word files, made by LibreOffice with a profile of its own."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("soffice not found: install LibreOffice Writer")
    with tempfile.TemporaryDirectory() as profile:
        command = [soffice, "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--pdf", action="store_true")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    wanted = arguments.ids or sorted(p.stem for p in (ROOT / "corpus").glob("*.md"))
    files = []
    for id in wanted:
        files.append(arguments.out / f"{id}.docx")
        export_docx(ROOT / "corpus" / f"{id}.md", files[-1])
    if arguments.pdf:
        export_pdf(files, arguments.out)
    print(f"{len(files)} documents in {arguments.out}")


if __name__ == "__main__":
    main()
