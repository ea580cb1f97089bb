"""Claims that an analyst gives by hand, whole or in place of one that was read wrongly."""

from __future__ import annotations

from siaga.base.claim import Band, BandName, Claim, Condition, Query, Unresolvable
from siaga.base.errors import GivenError
from siaga.base.event import EventType, Evidence, Status
from siaga.base.ids import content_id
from siaga.base.record import Record
from siaga.monitor.claims import Terms, compiled
from siaga.monitor.claims_words import bands, bare

__all__ = ["GivenClaim", "drawn_up", "taken_back"]


class GivenClaim(Record):
    """What an analyst says of a claim; null: as it was in the claim that it takes the place of."""

    made: str | None = None
    speaker: str | None = None
    code: str | None = None
    medium: str | None = None
    source: str | None = None
    article: str | None = None
    evidence: Evidence | None = None
    type: EventType | None = None
    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    place: str | None = None
    country: str | None = None
    earliest: str | None = None
    latest: str | None = None
    status: Status | None = None
    band: BandName | None = None
    condition: str | None = None


def drawn_up(given: GivenClaim, old: Claim | None, by: str, note: str | None) -> Claim:
    """The claim that an analyst gives.

    Args:
        given: what is said of it.
        old: the claim that it takes the place of, if any.
        by: who gives it.
        note: why.

    Raises:
        GivenError: what a new claim needs is not given, or what it takes the place of is a source's count.

    """
    if old is not None and old.kind == "count":
        raise GivenError("a source's own count can only be taken back: --instead-of CLAIM --not-a-claim")
    base = old or _first(given)
    fields = ("made", "speaker", "code", "medium", "source", "article", "evidence", "type", "actors", "recipients")
    more = ("place", "country", "earliest", "latest", "status")
    said = {name: getattr(given, name) for name in (*fields, *more) if getattr(given, name) is not None}
    claim = base.replace(**said, by=by, note=note, reason=None)
    band = _band(given.band or bare(claim.status)) if given.band or given.status or old is None else claim.band
    condition = Condition(words=given.condition, query=None) if given.condition else claim.condition
    result = _result(claim, condition)
    query = result if isinstance(result, Query) else None
    reason = None if isinstance(result, Query) else result
    claim = claim.replace(band=band, condition=condition, query=query, reason=reason)
    return claim.replace(id=content_id("claim", "given", claim.replace(id="").to_json().decode()))


def taken_back(old: Claim, by: str, note: str | None) -> Claim:
    """What takes the place of a claim that an analyst says is none."""
    claim = old.replace(query=None, count=None, reason="not_a_claim", by=by, note=note)
    return claim.replace(id=content_id("claim", "given", claim.replace(id="").to_json().decode()))


def _first(given: GivenClaim) -> Claim:
    """A new claim before the rest of what is given is put into it."""
    if given.made is None or given.type is None or given.evidence is None:
        raise GivenError("a new claim needs the day on which it was said, the type of the act and the sentence")
    return Claim(
        id="", kind="forecast", made=given.made, speaker=None, code=None, medium=None, source=None, article=None,
        event=None, evidence=given.evidence, words="", status=given.status or "possible", band=None, type=given.type,
        actors=(), recipients=(), place=None, country=None, earliest=None, latest=None,
    )  # fmt: skip


def _result(claim: Claim, condition: Condition | None) -> Query | Unresolvable:
    if condition is not None and condition.query is None:
        return "condition_unclear"
    return compiled(
        Terms(
            made=claim.made, type=claim.type, actors=claim.actors, recipients=claim.recipients, place=claim.place,
            country=claim.country, earliest=claim.earliest, latest=claim.latest,
        )
    )  # fmt: skip


def _band(name: BandName) -> Band:
    low, high = bands()[name]
    return Band(name=name, low=low, high=high)
