"""A backtest told to people: tables with every baseline beside every candidate, in the terminal or as one HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Literal

from siaga.base.record import Record
from siaga.monitor.scorecard import Backtest, Budget, CountTask, ModelScore, Promotion, Task
from siaga.monitor.scores import Bin
from siaga.report.catalogue import Catalogue
from siaga.report.svg import circle, drawing, label, line

__all__ = ["Sheet", "chance_word", "page", "sheets", "summary"]

SHOWN_BUDGET = 1.0
"""Alarms a unit-year in the tables; the JSON has others, too."""
SIDE, MARGIN = 300, 50
"""Of a reliability diagram, in pixels."""
SMALLEST, LARGEST = 3.0, 14.0
CHANCES = (
    (0.05, "almost_no"), (0.20, "very_unlikely"), (0.45, "unlikely"), (0.55, "even"), (0.80, "likely"),
    (0.95, "very_likely"), (1.01, "almost_certain"),
)  # fmt: skip
"""Upper ends of the probabilities that a word stands for: Intelligence Community Directive 203 (2015), D.6.e.2.a."""
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "th,td{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #ddd}"
    "th:first-child,td:first-child{text-align:left}tr.candidate td{background:#f4f8ff}figure{display:inline-block}"
)


class Sheet(Record):
    """A table: a title, a line about it, headings, rows."""

    title: str
    about: str
    kind: Literal["scores", "budgets", "counts"]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    candidates: int
    """How many rows, at the end, are of candidates."""


def chance_word(chance: float, words: Catalogue) -> str:
    """A probability in the words of intelligence analysis: `unlikely`."""
    return words.say(f"chance.{next(name for most, name in CHANCES if chance < most)}")


def summary(result: Backtest, file: str, words: Catalogue) -> tuple[str, ...]:
    """What was tested and which model to go by, in a few lines."""
    first, asked = result.input, next(task for task in result.tasks if isinstance(task, Task))
    lines = [
        words.say("backtest.title", file=file),
        words.say(
            "backtest.about", units=first.units, first=first.first, last=first.last,
            step=words.say(f"backtest.step_{first.step}"), horizon=asked.horizon,
            threshold=words.number(asked.threshold), quiet=asked.quiet, test_from=asked.test_from,
        ),
    ]  # fmt: skip
    if first.columns:
        lines.append(words.say("backtest.columns", names=", ".join(first.columns)))
    why = words.say("backtest.why_not" if result.promoted == "nb_exceedance" else "backtest.why_better")
    promoted = words.say("backtest.promoted", model=result.promoted, why=why)
    return (*lines, promoted, _leads(result.promotion, words), words.say("backtest.explained"))


def _leads(told: Promotion, words: Catalogue) -> str:
    """How far the challenger was ahead before the test, in what is asked and in all that it learns."""
    gain = None if told.brier is None else -told.brier
    ends = told.brier_interval
    asked = (told.average_precision, told.average_precision_interval), (gain, (-ends[1], -ends[0]) if ends else None)
    pooled = (
        (told.pooled_average_precision, told.pooled_average_precision_interval),
        (told.pooled_brier_skill, told.pooled_brier_skill_interval),
    )
    ap, brier, pooled_ap, pooled_skill = (_lead(*one, words) for one in (*asked, *pooled))
    return words.say(
        "backtest.leads", ap=ap, brier=brier, questions=told.questions, pooled_ap=pooled_ap, pooled_skill=pooled_skill
    )


def _lead(lead: float | None, ends: tuple[float, float] | None, words: Catalogue) -> str:
    if lead is None or ends is None:
        return words.say("backtest.undefined")
    return f"{lead:+.4f} ({ends[0]:+.4f}…{ends[1]:+.4f})"


def sheets(result: Backtest, words: Catalogue) -> Iterator[Sheet]:
    """The tables of all tasks."""
    for task in result.tasks:
        if isinstance(task, CountTask):
            yield _count_sheet(task, words)
        else:
            yield _score_sheet(task, words)
            yield _budget_sheet(task, words)


def page(result: Backtest, file: str, words: Catalogue) -> str:
    """The whole as one HTML page: no scripts, nothing fetched, every word from the file escaped."""
    title, *lines = summary(result, file, words)
    told = "".join(f"<p>{escape(one)}</p>" for one in lines)
    tables = "".join(_html_table(sheet) for sheet in sheets(result, words))
    return (
        f'<!DOCTYPE html><html lang="{words.language}"><head><meta charset="utf-8">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"{told}{tables}{''.join(_diagrams(result, words))}</body></html>\n"
    )


def _score_sheet(task: Task, words: Catalogue) -> Sheet:
    rate = _share(task.base_rate, words)
    names = ("model", "role", "ap", "interval", "skill", "interval", "ece")
    return Sheet(
        title=words.say(f"backtest.{task.task}", horizon=task.horizon),
        about=words.say("backtest.asked", n=words.number(task.n), positives=words.number(task.positives), rate=rate),
        kind="scores",
        head=tuple(words.say(f"backtest.{name}") for name in names),
        rows=tuple(_score_row(one, words) for one in task.models),
        candidates=_candidates(task.models),
    )


def _score_row(one: ModelScore, words: Catalogue) -> tuple[str, ...]:
    return (
        one.model, words.say(f"backtest.{one.role}"), _share(one.average_precision, words),
        _span(one.average_precision_interval, words), _share(one.brier_skill, words),
        _span(one.brier_skill_interval, words), _share(one.ece, words),
    )  # fmt: skip


def _budget_sheet(task: Task, words: Catalogue) -> Sheet:
    names = ("model", "role", "alarms", "precision", "recall", "lead", "false")
    budgets = [(one, _shown(one.budgets)) for one in task.models]
    return Sheet(
        title=words.say(f"backtest.{task.task}", horizon=task.horizon),
        about=words.say("backtest.budgets", budget=words.number(SHOWN_BUDGET), onsets=budgets[0][1].onsets),
        kind="budgets",
        head=tuple(words.say(f"backtest.{name}") for name in names),
        rows=tuple(
            (
                one.model, words.say(f"backtest.{one.role}"), _share(budget.realised, words),
                _share(budget.precision, words), _share(budget.recall, words), _share(budget.lead, words),
                _share(budget.false_per_unit_year, words),
            )
            for one, budget in budgets
        ),
        candidates=_candidates(task.models),
    )  # fmt: skip


def _shown(budgets: Sequence[Budget]) -> Budget:
    return next(one for one in budgets if one.per_unit_year == SHOWN_BUDGET)


def _count_sheet(task: CountTask, words: Catalogue) -> Sheet:
    return Sheet(
        title=words.say("backtest.count"),
        about=words.say("backtest.counted", n=words.number(task.n), draws=task.draws),
        kind="counts",
        head=tuple(words.say(f"backtest.{name}") for name in ("model", "role", "crps", "interval")),
        rows=tuple(
            (one.model, words.say(f"backtest.{one.role}"), _share(one.crps, words), _span(one.crps_interval, words))
            for one in task.models
        ),
        candidates=sum(one.role == "candidate" for one in task.models),
    )


def _candidates(models: Sequence[ModelScore]) -> int:
    return sum(one.role == "candidate" for one in models)


def _share(number: float | None, words: Catalogue) -> str:
    return words.say("backtest.undefined") if number is None else f"{number:.3f}"


def _span(ends: tuple[float, float] | None, words: Catalogue) -> str:
    return words.say("backtest.undefined") if ends is None else f"{ends[0]:.2f}…{ends[1]:.2f}"


def _html_table(sheet: Sheet) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in sheet.head)
    first = len(sheet.rows) - sheet.candidates
    rows = "".join(
        f'<tr class="{"candidate" if number >= first else "baseline"}">'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
        for number, row in enumerate(sheet.rows)
    )
    heading = "" if sheet.kind == "budgets" else f"<h2>{escape(sheet.title)}</h2>"
    return f"{heading}<p>{escape(sheet.about)}</p><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _diagrams(result: Backtest, words: Catalogue) -> Iterator[str]:
    """A reliability diagram for each model that gives probabilities of an onset."""
    for task in result.tasks:
        if isinstance(task, Task) and task.task == "onset":
            for one in task.models:
                if one.reliability:
                    title = words.say("backtest.reliability", model=one.model)
                    drawn = _diagram(one.reliability, title, words)
                    yield f"<figure>{drawn}<figcaption>{escape(title)}</figcaption></figure>"


def _diagram(bins: Sequence[Bin], title: str, words: Catalogue) -> str:
    """Bins as dots, the larger the more forecasts they hold; on the dashed line all came true as often as foretold."""
    corner, far = (MARGIN, MARGIN + SIDE), (MARGIN + SIDE, MARGIN)
    marks = [
        line(corner, (far[0], corner[1]), "#333"), line(corner, (corner[0], far[1]), "#333"),
        line(corner, far, "#999", dashed=True),
        label((MARGIN + SIDE / 2, MARGIN + SIDE + 35), words.say("backtest.foretold"), anchor="middle"),
        label((MARGIN, MARGIN - 10), words.say("backtest.came")),
        *(label((MARGIN + SIDE * tick, corner[1] + 16), f"{tick:g}", anchor="middle") for tick in (0, 0.5, 1)),
        *(label((MARGIN - 8, corner[1] - SIDE * tick + 4), f"{tick:g}", anchor="end") for tick in (0, 0.5, 1)),
    ]  # fmt: skip
    most = max((one.forecasts for one in bins), default=1)
    for one in bins:
        if one.mean is not None and one.share is not None:
            place = (MARGIN + SIDE * one.mean, corner[1] - SIDE * one.share)
            radius = max(SMALLEST, LARGEST * (one.forecasts / most) ** 0.5)
            told = f"{one.mean:.2f} → {one.share:.2f}: {one.forecasts} {words.say('backtest.forecasts')}"
            marks.append(circle(place, radius, "#1f5fa8", told))
    return drawing((SIDE + 2 * MARGIN, SIDE + 2 * MARGIN), title, marks)
