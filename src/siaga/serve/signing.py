"""Briefs to be signed in a workspace: drafted from what is stored, edited, signed, published and verified."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import apsw

from siaga.base.errors import GivenError
from siaga.base.ids import content_id
from siaga.base.record import Record
from siaga.base.signed import Coverage, Draft, Kept, Published, Version
from siaga.base.window import Window
from siaga.collect.sources import load_sources
from siaga.report.brief import MOST_LINES, Asking, Scope, brief
from siaga.report.catalogue import catalogue, catalogue_languages
from siaga.report.draft import Edit, Material, added, drafted, edited, removed
from siaga.report.draft_files import as_docx, as_pdf, missing_extra
from siaga.report.draft_laid import Laid, laid
from siaga.report.draft_pages import as_html, as_markdown, draft_template, side_by_side
from siaga.report.facts import SURE_ENOUGH
from siaga.serve.claimed import claims_by
from siaga.serve.warned import Wanted, warned
from siaga.store.alerts import silence_matches
from siaga.store.connection import Connection
from siaga.store.database import noting_in, now, reading_from
from siaga.store.files import put_whole
from siaga.store.published import load_published
from siaga.store.rejects import count_rejects
from siaga.store.signed import Written, add_version, broken_version, load_all_briefs, load_brief
from siaga.store.workspace import Workspace

__all__ = ["Change", "changed", "draft", "file_of", "found_brief", "one_sided", "publish", "require_true", "sign"]

MOST_STANDINGS = 40
"""Countries and pairs whose levels are kept, to be told from those of the next brief."""
KINDS = ("md", "html", "pdf", "docx")


class Change(Record):
    """What is done to a draft."""

    line: str
    """Key of a line, or of a section that gets another one."""
    kind: str
    """`edit`, `add` or `remove`."""
    edit: Edit


def draft(workspace: Workspace, window: Window, who: str) -> Version | None:
    """Draft a brief of a window, in both languages from the same facts, and keep it; null if nothing was published.

    Raises:
        StoreError: the workspace can't be read or written to.

    """
    if (material := _material(workspace, window)) is None:
        return None
    made, moment = drafted(material), now()
    id_ = content_id("brief", made.to_json(), who, moment)
    with noting_in(workspace) as connection:
        return add_version(connection, id_, made, Written(kind="drafted", who=who, moment=moment))


def changed(workspace: Workspace, id_: str, change: Change) -> Version:
    """Change a draft, and keep the version.

    Raises:
        GivenError: there is none, or it is signed; or the change can't be.

    """
    kept = found_brief(workspace, id_)
    _require_unsigned(kept)
    before, edit = kept.last.draft, change.edit
    if change.kind == "add":
        after = added(before, change.line, edit)
    else:
        after = removed(before, change.line) if change.kind == "remove" else edited(before, change.line, edit)
    said = Written(kind="edited", who=edit.who, moment=now(), note=f"{change.kind} {change.line}")
    with noting_in(workspace) as connection:
        return _added(connection, kept.last.brief, after, said)


def sign(workspace: Workspace, id_: str, who: str) -> Version:
    """Sign the last version of a draft: from now on it can't change.

    Raises:
        GivenError: there is none, it is signed already, or the chain was changed.

    """
    require_true(workspace)
    kept = found_brief(workspace, id_)
    _require_unsigned(kept)
    with noting_in(workspace) as connection:
        return _added(connection, kept.last.brief, kept.last.draft, Written(kind="signed", who=who, moment=now()))


def publish(workspace: Workspace, id_: str, who: str, kinds: Iterable[str] = KINDS) -> Iterator[Path]:
    """Write the files of a signed brief, in both languages and side by side; each path as it is written.

    What needs an extra that is not installed is left out.

    Raises:
        GivenError: it is not signed, or a template can't be right.

    """
    kept = found_brief(workspace, id_)
    if kept.seal is None:
        raise GivenError(f"brief {kept.last.brief} is not signed yet: siaga brief sign {kept.last.brief}")
    folder = workspace.folder / "briefs" / kept.last.brief
    files = tuple(_files(workspace, kept, [kind for kind in kinds if missing_extra(kind) is None]))
    written = []
    for name, made in files:
        put_whole(folder / name, made)
        written.append(Published(name=name, sha256=sha256(made).hexdigest()))
        yield folder / name
    said = Written(kind="published", who=who, moment=now(), files=tuple(written))
    with noting_in(workspace) as connection:
        _added(connection, kept.last.brief, kept.last.draft, said)


def require_true(workspace: Workspace) -> tuple[Kept, ...]:
    """Make sure that no version of any brief was changed, nor a file that was published; all briefs.

    Raises:
        GivenError: something was: says what.

    """
    with reading_from(workspace) as connection:
        if (number := broken_version(connection)) is not None:
            raise GivenError(f"version {number} is not as it was written: somebody changed it behind our back")
        kept = load_all_briefs(connection)
    for one in kept:
        if published := [version for version in one.versions if version.kind == "published"]:
            _require_files(workspace, published[-1])
    return kept


def found_brief(workspace: Workspace, id_: str) -> Kept:
    """All versions of a brief.

    Raises:
        GivenError: there is none with this id, or none whose id alone begins so.

    """
    with reading_from(workspace) as connection:
        found = load_brief(connection, id_)
    if found is None:
        raise GivenError(f"no brief {id_!r}, or several. See: siaga brief kept")
    return found


def one_sided(kept: Kept) -> tuple[str, ...]:
    """Keys of the lines that were changed in one language alone since the draft was made: the other may say less."""
    first = {line.key: line.said for section in kept.versions[0].draft.sections for line in section.lines}
    return tuple(
        line.key
        for section in kept.last.draft.sections
        for line in section.lines
        if (before := first.get(line.key)) and (line.said.en == before.en) != (line.said.id == before.id)
    )


def file_of(workspace: Workspace, kept: Kept, language: str, kind: str) -> bytes:
    """A brief as a file in one language.

    Raises:
        ImportError: the extra that it needs is not installed.
        GivenError: a template can't be right.

    """
    return _WRITERS[kind](workspace, laid(kept.last.draft, kept.seal, catalogue(language)))


def _material(workspace: Workspace, window: Window) -> Material | None:
    last = window.until
    cards = warned(workspace, date.fromisoformat(last), Wanted(most=MOST_STANDINGS), claims_by(workspace, last)).cards
    with reading_from(workspace) as connection:
        read, before = (tuple(load_published(connection, days)) for days in (window, window.before))
        if not read:
            return None
        asking = Asking(window=window, sure=SURE_ENOUGH, conditions=())
        scope = Scope(asking=asking, before=before, quotes_in="id")
        english, indonesian = (brief(read, language, most=MOST_LINES, scope=scope) for language in ("en", "id"))
        outlets = {reading.article.source or reading.article.id for reading in read}
        return Material(
            english=english, indonesian=indonesian, cards=cards,
            coverage=_coverage(workspace, connection, window, (len(read), len(outlets))), last=_last_signed(connection),
        )  # fmt: skip


def _coverage(workspace: Workspace, connection: Connection, window: Window, read: tuple[int, int]) -> Coverage:
    names = [source.id for source in load_sources(workspace.sources) if not source.paused]
    failures = {one.subject for one in silence_matches(connection, None, (window.since, window.until))}
    failed = tuple(sorted(failures & {*names}))
    articles, outlets = read
    return Coverage(
        articles=articles, outlets=outlets, sources=len(names), alive=len(names) - len(failed), failed=failed,
        rejects=count_rejects(connection),
    )  # fmt: skip


def _last_signed(connection: Connection) -> tuple[str, Draft] | None:
    """The brief that was signed last."""
    signed = [one for kept in load_all_briefs(connection) for one in kept.versions if one.kind == "signed"]
    latest = max(signed, key=lambda one: one.number, default=None)
    return (latest.brief, latest.draft) if latest else None


def _require_unsigned(kept: Kept) -> None:
    if (seal := kept.seal) is not None:
        raise GivenError(f"brief {kept.last.brief} was signed by {seal.who} at {seal.moment}: it stays as it is")


def _added(connection: Connection, id_: str, text: Draft, said: Written) -> Version:
    try:
        return add_version(connection, id_, text, said)
    except apsw.ConstraintError as error:  # somebody signed it meanwhile
        raise GivenError(f"brief {id_}: {error}") from error


def _files(workspace: Workspace, kept: Kept, kinds: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file."""
    for language in catalogue_languages():
        for kind in kinds:
            yield f"brief.{language}.{kind}", file_of(workspace, kept, language, kind)
    both = (laid(kept.last.draft, kept.seal, catalogue(language)) for language in ("id", "en"))
    yield "brief.id-en.html", side_by_side(*both).encode()
    assert kept.seal is not None  # noqa: S101 - asked by the caller
    yield "signature.json", kept.seal.to_json() + b"\n"


def _markdown(workspace: Workspace, one: Laid) -> bytes:
    return as_markdown(one, _template(workspace, "md")).encode()


def _html(workspace: Workspace, one: Laid) -> bytes:
    return as_html(one, _template(workspace, "html")).encode()


def _pdf(workspace: Workspace, one: Laid) -> bytes:
    return as_pdf(one, _template(workspace, "typ"))


def _docx(_workspace: Workspace, one: Laid) -> bytes:
    return as_docx(one)


_WRITERS: Mapping[str, Callable[[Workspace, Laid], bytes]] = {
    "md": _markdown,
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
}


def _template(workspace: Workspace, kind: str) -> str:
    """The user's own template of a kind, else ours."""
    own = workspace.folder / "briefs" / "templates" / f"brief.{kind}"
    return own.read_text("utf-8") if own.is_file() else draft_template(kind)


def _require_files(workspace: Workspace, version: Version) -> None:
    """Make sure that the files of a publication are as they were written."""
    folder = workspace.folder / "briefs" / version.brief
    for one in version.files:
        path = folder / one.name
        if not path.is_file():
            raise GivenError(f"{path} is missing; write it again: siaga brief publish {version.brief}")
        if sha256(path.read_bytes()).hexdigest() != one.sha256:
            raise GivenError(f"{path} is not as it was published")
