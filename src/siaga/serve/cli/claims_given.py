"""`siaga claims add`: a claim that an analyst gives."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack, get_args

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import DAY, PARTY, TYPE, Named, day
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.claim import Claim
    from siaga.base.document import Reading
    from siaga.base.event import Evidence
    from siaga.monitor.claims_given import GivenClaim
    from siaga.report.catalogue import Catalogue
    from siaga.store.claims import Ledger

__all__ = ["add", "of_group"]


class GivenOptions(TypedDict):
    """What the options of a claim give."""

    made: datetime | None
    sentence: str | None
    article: str | None
    source: str | None
    speaker: str | None
    code: str | None
    medium: str | None
    type_: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    country: str | None
    earliest: datetime | None
    latest: datetime | None
    band: str | None
    condition: str | None


def _bands() -> dict[str, str]:
    from siaga.base.claim import BandName  # noqa: PLC0415

    return {name: name for name in get_args(BandName)}


@click.command("add")
@click.option("--said", "made", metavar="YYYY-MM-DD", type=DAY, default=None, help="Day on which it was published.")
@click.option("--sentence", metavar="TEXT", default=None, help="The words; with --article, a sentence of it.")
@click.option("--article", metavar="ID", default=None, help="The stored article in which it stands.")
@click.option("--outlet", "source", metavar="NAME", default=None, help="Who printed it, where no article is given.")
@click.option("--speaker", metavar="NAME", default=None, help="Who said it.")
@click.option("--code", metavar="CODE", type=PARTY, default=None, help="Country or organisation of the speaker.")
@click.option("--to", "medium", metavar="NAME", default=None, help="To whom it was said, e.g. AFP.")
@click.option(
    "--type", "type_", metavar="TYPE", type=TYPE, default=None, help="The act that is foreseen, e.g. ASSAULT."
)
@click.option("--actor", multiple=True, metavar="CODE", type=PARTY, help="Who would do it; repeat for several.")
@click.option("--recipient", multiple=True, metavar="CODE", type=PARTY, help="To whom.")
@click.option("--country", metavar="CODE", type=PARTY, default=None, help="Where, if it matters.")
@click.option("--earliest", metavar="YYYY-MM-DD", type=DAY, default=None, help="First day of the window.")
@click.option("--latest", metavar="YYYY-MM-DD", type=DAY, default=None, help="Last day of the window.")
@click.option(
    "--band", metavar="BAND", type=Named("band", _bands), default=None,
    help="How probable the words say it is: remote to almost_certain, possible, intended or announced.",
)  # fmt: skip
@click.option("--if", "condition", metavar="TEXT", default=None, help="The condition under which it is said.")
@click.option("--instead-of", "old", metavar="CLAIM", default=None,
              help="The claim that this takes the place of; what is not said stays as it was.")  # fmt: skip
@click.option("--not-a-claim", is_flag=True, help="With --instead-of: that claim is none.")
@click.option("--note", metavar="TEXT", default=None, help="Why; kept with the claim.")
@click.option("--by", metavar="NAME", default=None,
              help="Who says so; by default the setting analyst.name, else whoever is logged in.")  # fmt: skip
@language_option("what the command says")
@workspace_option
def add(  # noqa: PLR0913 - one parameter an option
    *, workspace: str | None, language: str | None, by: str | None, note: str | None, old: str | None,
    not_a_claim: bool, **given: Unpack[GivenOptions],
) -> None:  # fmt: skip
    """Enter a claim by hand, or in place of one that was read wrongly. Nothing is changed: the old one stays.

    \b
    Examples:
      siaga claims add --said 2021-12-03 --speaker "Oleksii Reznikov" --code UKR --type ASSAULT --actor RUS
        --recipient UKR --earliest 2022-01-21 --sentence "It could come as early as the end of January."
      siaga claims add --instead-of 9f86d081884c7d65 --latest 2022-02-20 --note "by the end of the Games"
      siaga claims add --instead-of 9f86d081884c7d65 --not-a-claim --note "a figure of speech"

    Exit code: 0 if it was entered, 2 if something that is given can't be.
    """  # noqa: D301 - click reads \b
    from siaga.monitor.claims_given import drawn_up, taken_back  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.serve.cli.correct import analyst_of  # noqa: PLC0415
    from siaga.store.claims import keeping_ledger  # noqa: PLC0415

    words = catalogue(language or of_group("language") or preferred_language(os.environ))
    where = the_workspace(workspace or of_group("workspace"))
    who = by or analyst_of(where, words)
    with keeping_ledger(where) as ledger:
        before = _superseded(ledger, old, words) if old is not None else None
        if not_a_claim and before is None:
            raise click.UsageError(words.say("claims.needs", options="--instead-of"))
        claim = (
            taken_back(before, who, note)
            if not_a_claim and before is not None
            else drawn_up(_given(ledger, given, words), before, who, note)
        )
        if ledger.entry(claim.id) is None:  # given twice, it is there once
            ledger.add(claim, supersedes=old)
    key = "claims.added_instead" if old else "claims.added"
    click.echo(words.say(key, claim=claim.id, old=old))
    if claim.reason is not None:
        click.echo(words.say("claims.not_resolvable", reason=words.say(f"claims.reason.{claim.reason}")), err=True)


def of_group(name: str) -> str | None:
    """What an option says that stands before the name of a subcommand; null where it is not given."""
    parent = click.get_current_context().parent
    found = parent.params.get(name) if parent is not None else None
    return found or None


def _superseded(ledger: Ledger, old: str, words: Catalogue) -> Claim:
    """The claim that another is to take the place of."""
    entry = ledger.entry(old)
    if entry is None:
        raise click.UsageError(words.say("claims.unknown", claim=old))
    if entry.superseded_by is not None:
        raise click.UsageError(words.say("claims.superseded_already", claim=old, newer=entry.superseded_by))
    return entry.claim


def _given(ledger: Ledger, given: GivenOptions, words: Catalogue) -> GivenClaim:
    """What the options say."""
    from siaga.monitor.claims_given import GivenClaim  # noqa: PLC0415

    reading = _reading(ledger, given["article"], words)
    article = reading.article if reading else None
    return GivenClaim(
        made=day(given["made"]) or (article.published[:10] if article and article.published else None),
        speaker=given["speaker"], code=given["code"], medium=given["medium"],
        source=given["source"] or (article.source if article else None), article=given["article"],
        evidence=_evidence(reading, given["sentence"], words),
        type=given["type_"],  # type: ignore[arg-type]  # checked by the option
        actors=given["actor"] or None, recipients=given["recipient"] or None, country=given["country"],
        earliest=day(given["earliest"]), latest=day(given["latest"]),
        band=given["band"],  # type: ignore[arg-type]
        condition=given["condition"],
    )  # fmt: skip


def _reading(ledger: Ledger, article: str | None, words: Catalogue) -> Reading | None:
    if article is None:
        return None
    if (reading := ledger.reading(article)) is None:
        raise click.UsageError(words.say("claims.no_article", article=article))
    return reading


def _evidence(reading: Reading | None, sentence: str | None, words: Catalogue) -> Evidence | None:
    """The sentence, where it stands in its article if that is stored."""
    from siaga.base.event import Evidence  # noqa: PLC0415

    if sentence is None:
        return None
    if reading is None:
        return Evidence(start=0, end=len(sentence), text=sentence)
    start = reading.article.text.find(sentence)
    if start < 0:
        raise click.UsageError(words.say("claims.not_in_article", article=reading.article.id))
    return Evidence(start=start, end=start + len(sentence), text=sentence)
