"""Deadlines as iCalendar, by the letter of RFC 5545."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as some

from siaga.report.calendar import Deadline, calendar_lines

ONE = Deadline(
    id="9f86", day="2022-02-28", title="Attack by Russia, by 28 February; Kyiv", description="Said:\n“soon” \\o/",
    stamp="2022-02-01T10:20:30Z",
)  # fmt: skip


def written(*deadlines: Deadline) -> bytes:
    return b"".join(calendar_lines("Siaga", deadlines))


def unfolded(calendar: bytes) -> list[str]:
    return calendar.replace(b"\r\n ", b"").decode().split("\r\n")


def plain(value: str) -> str:
    """A value as it was before separators were marked."""
    return re.sub(r"\\(.)", lambda mark: "\n" if mark[1] == "n" else mark[1], value)


def test_a_deadline_is_a_whole_day() -> None:
    lines = unfolded(written(ONE))
    assert "DTSTART;VALUE=DATE:20220228" in lines
    assert "DTEND;VALUE=DATE:20220301" in lines
    assert "DTSTAMP:20220201T102030Z" in lines
    assert "UID:9f86@siaga" in lines


def test_a_calendar_has_what_must_be_there() -> None:
    lines = unfolded(written(ONE, ONE.replace(id="other")))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "PRODID:-//Siaga//siaga claims//EN"} <= set(lines)
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2


def test_separators_and_line_breaks_are_marked() -> None:
    lines = unfolded(written(ONE))
    assert "SUMMARY:Attack by Russia\\, by 28 February\\; Kyiv" in lines
    assert "DESCRIPTION:Said:\\n“soon” \\\\o/" in lines


@given(some.text())
def test_whatever_is_said_no_line_is_too_long_and_nothing_else_begins(words: str) -> None:
    calendar = written(ONE.replace(title=words))
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    lines = unfolded(calendar)
    assert [line for line in lines if line.startswith("BEGIN:")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]


@given(some.text(some.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))))
def test_what_is_said_comes_back_whole(words: str) -> None:
    [title] = [line for line in unfolded(written(ONE.replace(title=words))) if line.startswith("SUMMARY:")]
    assert plain(title.removeprefix("SUMMARY:")) == "".join(sign for sign in words if sign.isprintable())
