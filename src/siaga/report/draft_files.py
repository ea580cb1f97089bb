"""A laid-out draft as PDF for universal access (PDF/UA-1), by typst, and as a Word file; both are extras."""

from __future__ import annotations

import io
import re
from pathlib import Path

from siaga.base.errors import GivenError
from siaga.report.draft_laid import Laid, LaidLine, LaidSection

__all__ = ["as_docx", "as_pdf", "missing_extra"]

MOST_MISSING = 200
"""Signs that no font of ours has, that are written by their number, before it is given up."""
_NO_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')


def as_pdf(one: Laid, template: str) -> bytes:
    """A laid-out draft as PDF/UA-1; the same bytes each time, with the fonts that typst brings along.

    A sign that no font has is written as its number, `<U+4E2D>`: a PDF for universal access may have no empty boxes.

    Raises:
        ImportError: typst is not installed.
        GivenError: the template can't be set.

    """
    import typst  # noqa: PLC0415 - an extra

    data = one.to_json().decode()
    for _ in range(MOST_MISSING):
        try:
            return _set(typst, data, template)
        except typst.TypstError as error:
            if (missing := _NO_GLYPH.search(str(error))) is None:
                raise GivenError(f"the template of the PDF can't be set: {error}") from error
            data = _without(data, missing["text"])
    raise GivenError(f"the text has more than {MOST_MISSING} signs that no font of ours has")


def as_docx(one: Laid) -> bytes:
    """A laid-out draft as a Word file.

    Raises:
        ImportError: python-docx is not installed.

    """
    import docx  # noqa: PLC0415 - an extra

    document = docx.Document()
    document.core_properties.title = one.title
    document.core_properties.language = one.language
    document.core_properties.author = "Siaga"
    document.add_heading(one.title, 0)
    document.add_paragraph().add_run(one.status).bold = True
    document.add_paragraph().add_run(one.basis).italic = True
    for section in one.sections:
        _add_section(document, section, one)
    document.add_heading(one.notes_heading, 1)
    for note in one.notes:
        document.add_paragraph(" ".join(filter(None, (f"[{note.number}]", note.text, note.place, note.url))))
    document.add_heading(one.coverage_heading, 1)
    for line in (*one.coverage, one.likelihood, *one.seal):
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def missing_extra(kind: str) -> str | None:
    """The extra that a kind of file needs and that is not installed; null if it can be written."""
    from importlib.util import find_spec  # noqa: PLC0415 - asked of two kinds alone

    needs = {"pdf": "typst", "docx": "docx"}.get(kind)
    return kind if needs is not None and find_spec(needs) is None else None


def _set(typst: object, data: str, template: str) -> bytes:
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        file = Path(folder) / "brief.typ"
        file.write_text(template, "utf-8")
        made: bytes = typst.compile(  # type: ignore[attr-defined]  # a module
            file, root=folder, sys_inputs={"data": data}, pdf_standards=["ua-1"], ignore_system_fonts=True
        )
    return made


def _without(data: str, text: str) -> str:
    """JSON in which a text is written by the numbers of its signs."""
    return data.replace(text, "".join(f"<U+{ord(sign):04X}>" for sign in text))


def _add_section(document: object, section: LaidSection, one: Laid) -> None:
    add_heading, add_paragraph = document.add_heading, document.add_paragraph  # type: ignore[attr-defined]
    add_heading(section.heading, 1)
    if section.about:
        add_paragraph().add_run(section.about).italic = True
    if not section.lines:
        add_paragraph(one.empty)
    for line in section.lines:
        _add_line(add_paragraph(style="List Bullet"), line)
    if section.more:
        add_paragraph(section.more, style="List Bullet")


def _add_line(paragraph: object, line: LaidLine) -> None:
    add_run = paragraph.add_run  # type: ignore[attr-defined]
    add_run(line.text)
    for mark in line.marks:
        add_run(f" – {mark}").bold = True
    if line.query:
        add_run(f" – {line.query}")
    add_run("".join(f" [{number}]" for number in line.notes))
