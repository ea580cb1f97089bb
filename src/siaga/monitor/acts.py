"""Mentions -> acts: each act counts once, in the week in which it became known.

Further mentions, of whatever outlet, join the act that they tell again and change nothing of it: so neither copies nor
more outlets on the same act raise a count, nor do they lower what is usual.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from siaga.base.warning import Act
from siaga.monitor.rule import WarningRule, counts
from siaga.store.known import ImportedRow, Mention

__all__ = ["acts_by_unit"]


def acts_by_unit(
    mentions: Iterable[Mention], imported: Iterable[ImportedRow], rule: WarningRule
) -> Mapping[str, tuple[Act, ...]]:
    """The acts of each unit by the day on which they became known.

    What was long over when it was told is background and no act here. A mention tells an act again that has the same
    sides, type and status, and whose day is near its own; or, where it says no day, that became known shortly before.

    Args:
        mentions: of each unit by day of publication, those that say a day first.
        imported: rows of imports, each taken as it is.
        rule: days within which mentions are of one act.

    """
    counting = rule.counting
    reach = max(counting.recent_days + counting.same_act_days, counting.told_again_days)
    opened: defaultdict[str, list[Act]] = defaultdict(list)
    known: defaultdict[tuple[object, ...], list[Act]] = defaultdict(list)
    for one in mentions:
        is_background = one.told - one.day > counting.recent_days
        if is_background or not counts(one.type, one.status, rule, sure=one.sure):
            continue
        same = known[one.unit, one.actor, one.other, one.type, one.status]
        if any(_tells_again(one, act, rule) for act in _since(same, one.told - reach)):
            continue
        act = Act(actor=one.actor, other=one.other, type=one.type, status=one.status, told=one.told, day=one.day)
        same.append(act)
        opened[one.unit].append(act)
    for row in imported:
        opened[row.unit].append(_of_import(row))
    return {unit: tuple(sorted(acts, key=_order)) for unit, acts in opened.items()}


def _since(acts: Sequence[Act], day: int) -> Iterator[Act]:
    """The acts that became known on a day or later, the latest first: none before them can be told again."""
    for act in reversed(acts):
        if act.told < day:
            return
        yield act


def _tells_again(one: Mention, act: Act, rule: WarningRule) -> bool:
    if abs(one.day - act.day) <= rule.counting.same_act_days:
        return True
    return not one.dated and one.told - act.told <= rule.counting.told_again_days


def _of_import(row: ImportedRow) -> Act:
    return Act(
        actor=row.actor, other=row.other, type=row.type, status="happened", told=row.day, day=row.day,
        number=row.number, imported=True,
    )  # fmt: skip


def _order(act: Act) -> tuple[object, ...]:
    return act.told, act.day, act.type, act.status, act.actor or "", act.other or "", act.imported
