"""Briefs to be signed: drafted, edited line by line with both languages side by side, signed, and published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from siaga.base.errors import AbsentError, GivenError
from siaga.base.record import Record
from siaga.base.signed import DraftLine, Kept, Seal
from siaga.base.window import DAYS_BACK, Window, days_back
from siaga.report.draft import Edit
from siaga.report.draft_files import missing_extra
from siaga.report.draft_laid import Laid, laid
from siaga.serve.signing import Change, changed, draft, file_of, found_brief, one_sided, publish, require_true, sign
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.deeds import chosen, note_deed, who
from siaga.serve.web.view import Elsewhere, Entry, Extra, Rows, View
from siaga.store.database import reading_from
from siaga.store.published import newest_day
from siaga.store.signed import load_all_briefs

__all__ = ["ROUTES"]


class BriefRow(Record):
    """A brief in the list."""

    id: str
    title: str
    since: str
    until: str
    versions: int
    seal: Seal | None
    published: bool


class BriefsShown(Record):
    """What the list shows."""

    briefs: tuple[BriefRow, ...]
    window: Window | None
    """Of a new draft; null in an empty store."""
    changed: str | None
    """What of them was changed behind our back; null if nothing was."""


class SideLine(Record):
    """A line in both languages, as it is edited: with the marks of its notes."""

    line: DraftLine
    en: str
    id: str


class SideSection(Record):
    """A section with its lines."""

    key: str
    en: str
    id: str
    about: str | None
    lines: tuple[SideLine, ...]


class BriefShown(Record):
    """What the page of a brief shows."""

    id: str
    title: str
    text: Laid
    sections: tuple[SideSection, ...]
    seal: Seal | None
    versions: tuple[str, ...]
    files: tuple[str, ...]
    one_sided: tuple[str, ...]
    kinds: tuple[str, ...]
    """Of files, of this language."""


def show(asking: Asking) -> View:
    """The briefs that are kept, the latest first."""
    with reading_from(asking.workspace) as connection:
        kept, last = load_all_briefs(connection), asking.as_of(connection) or newest_day(connection)
    rows = tuple(_row(one, asking.language) for one in kept)
    columns = ("brief", "title", "since", "until", "versions", "signed_by", "published")
    return View(
        title=asking.words.say("web_briefs.title"),
        template="briefs.html",
        shown=BriefsShown(briefs=rows, window=days_back(last) if last else None, changed=_changed(asking)),
        rows=Rows(columns=columns, lines=tuple(
            (one.id, one.title, one.since, one.until, one.versions, one.seal.who if one.seal else None, one.published)
            for one in rows
        )),
        entries=tuple(
            Entry(id=f"brief/{one.id}", title=one.title, path=f"/brief/{one.id}", updated=one.seal.moment)
            for one in rows if one.seal
        ),
    )  # fmt: skip


def act(asking: Asking) -> Elsewhere:
    """Draft a brief."""
    since, until = (_day(asking, name) for name in ("from", "until"))
    window = Window(since=since.isoformat(), until=until.isoformat())
    if since > until or (until - since).days > 12 * DAYS_BACK:
        raise GivenError("from, until: expected up to a year of days")
    made = draft(asking.workspace, window, who(asking))
    if made is None:
        raise GivenError("from, until: no article was published in these days")
    note_deed(asking, "brief.draft", made.brief)
    return Elsewhere(path=asking.link(f"/brief/{made.brief}"))


def show_brief(asking: Asking) -> View:
    """A brief, both languages side by side."""
    kept = _kept(asking)
    text = laid(kept.last.draft, kept.seal, asking.words)
    published = [one for one in kept.versions if one.kind == "published"]
    shown = BriefShown(
        id=kept.last.brief, title=text.title, text=text, sections=tuple(_sections(kept, asking.language)),
        seal=kept.seal, versions=tuple(_versions(kept, asking)),
        files=tuple(one.name for one in published[-1].files) if published else (),
        one_sided=() if kept.seal else one_sided(kept),
        kinds=tuple(kind for kind in ("pdf", "docx") if missing_extra(kind) is None),
    )  # fmt: skip
    lines = ((section.key, line.line.key, line.en, line.id) for section in shown.sections for line in section.lines)
    return View(
        title=text.title, template="brief.html", shown=shown,
        rows=Rows(columns=("section", "line", "en", "id"), lines=tuple(lines)),
        markdown=file_of(asking.workspace, kept, asking.language, "md").decode(),
    )  # fmt: skip


def act_brief(asking: Asking) -> Elsewhere:
    """Edit, sign or publish."""
    return Elsewhere(path=asking.link(chosen(asking, DEEDS)(asking)))


def _kept(asking: Asking) -> Kept:
    try:
        return found_brief(asking.workspace, asking.names["id"])
    except GivenError as error:
        raise AbsentError(str(error)) from error


def _edit(asking: Asking) -> str:
    """Change what differs from the line as it stands."""
    key = asking.given("line")
    said = {one.line.key: one for section in _sections(_kept(asking), "en") for one in section.lines}
    if key not in said:
        raise GivenError("line: there is none with this key")
    before = {"en": said[key].en, "id": said[key].id}
    text = {language: asking.given(language) for language in before if asking.given(language) != before[language]}
    return _change(asking, "edit", key, text) if text else f"/brief/{asking.names['id']}"


def _add(asking: Asking) -> str:
    return _change(asking, "add", asking.given("section"), {one: asking.given(one) for one in ("en", "id")})


def _remove(asking: Asking) -> str:
    return _change(asking, "remove", asking.given("line"), {})


def _change(asking: Asking, kind: str, key: str, text: dict[str, str]) -> str:
    edit = Edit(text=text, who=who(asking), drops_notes=asking.given("drop") == "yes")
    made = changed(asking.workspace, asking.names["id"], Change(line=key, kind=kind, edit=edit))
    note_deed(asking, f"brief.{kind}", made.brief, key)
    return f"/brief/{made.brief}"


def _sign(asking: Asking) -> str:
    made = sign(asking.workspace, asking.names["id"], who(asking))
    note_deed(asking, "brief.sign", made.brief, made.hash)
    return f"/brief/{made.brief}"


def _publish(asking: Asking) -> str:
    for _ in publish(asking.workspace, asking.names["id"], who(asking)):
        continue
    note_deed(asking, "brief.publish", asking.names["id"])
    return f"/brief/{asking.names['id']}"


DEEDS = {"edit": _edit, "add": _add, "remove": _remove, "sign": _sign, "publish": _publish}


def _sections(kept: Kept, language: str) -> Iterator[SideSection]:
    for one in kept.last.draft.sections:
        yield SideSection(
            key=one.key, en=one.heading.en, id=one.heading.id, about=one.about.of(language) if one.about else None,
            lines=tuple(_side(line) for line in one.lines),
        )  # fmt: skip


def _side(line: DraftLine) -> SideLine:
    marks = "".join(f" [^{number}]" for number in line.notes)
    return SideLine(line=line, en=line.said.en + marks, id=line.said.id + marks)


def _versions(kept: Kept, asking: Asking) -> Iterator[str]:
    for one in kept.versions:
        yield asking.words.say(
            "signed.version_line", number=one.number, moment=one.moment, who=one.who,
            kind=asking.words.say(f"signed.kind_{one.kind}"), note=one.note or "", hash=one.hash[:12],
        )  # fmt: skip


def _row(one: Kept, language: str) -> BriefRow:
    text = one.last.draft
    return BriefRow(
        id=one.last.brief, title=text.title.of(language), since=text.since, until=text.until,
        versions=len(one.versions), seal=one.seal, published=one.last.kind == "published",
    )  # fmt: skip


def _changed(asking: Asking) -> str | None:
    """What is not as it was written, if anything."""
    try:
        require_true(asking.workspace)
    except GivenError as error:
        return str(error)
    return None


def _day(asking: Asking, name: str) -> date:
    try:
        return date.fromisoformat(asking.given(name))
    except ValueError as error:
        raise GivenError(f"{name}: expected a day YYYY-MM-DD") from error


def _pdf(asking: Asking, _view: View) -> Iterable[bytes]:
    return _file(asking, "pdf")


def _docx(asking: Asking, _view: View) -> Iterable[bytes]:
    return _file(asking, "docx")


def _file(asking: Asking, kind: str) -> Iterator[bytes]:
    if missing_extra(kind) is not None:
        raise AbsentError(f"siaga[{kind}] is not installed")
    yield file_of(asking.workspace, _kept(asking), asking.language, kind)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROUTES = (
    Page(path="/briefs", show=show, act=act, nav="web_briefs.menu"),
    Page(
        path="/brief/{id}", show=show_brief, act=act_brief,
        extras=(
            Extra(suffix="pdf", media_type="application/pdf", write=_pdf),
            Extra(suffix="docx", media_type=WORD, write=_docx),
        ),
    ),
)  # fmt: skip
