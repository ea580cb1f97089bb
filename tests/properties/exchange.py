"""A seeded generator that exchanges who, where and when in a page, and says what that must change.

The page this project starts from is a template: an attacker, a target, an alliance with its secretary-general, a host
city, a helper with its leader, a weekday and date. A variant takes others; codes and dates of what is read must be
those of the original, exchanged the same way, and nothing else may change.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

__all__ = ["ORIGINAL", "Cast", "exchange", "variants"]

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


class State(NamedTuple):
    """A state by its code, names and seat."""

    code: str
    name: str
    capital: str


class Alliance(NamedTuple):
    """An alliance with its head."""

    code: str
    short: str
    long: str
    head: str


class Helper(NamedTuple):
    """A state that helps, with the seat of its government and its leader in office on these days."""

    code: str
    short: str
    name: str
    seat: str
    leader: str
    since: date
    until: date


class Cast(NamedTuple):
    """Who plays in a page, where and when."""

    attacker: State
    seat: str
    target: State
    alliance: Alliance
    host: State
    helper: Helper
    day: date

    def codes(self) -> dict[str, str]:
        """Role -> code."""
        return {
            "attacker": self.attacker.code, "target": self.target.code, "alliance": self.alliance.code,
            "host": self.host.code, "helper": self.helper.code,
        }  # fmt: skip


ATTACKERS = (
    (State("RUS", "Rusia", "Moskow"), "Kremlin"),
    (State("CHN", "China", "Beijing"), "Beijing"),
    (State("IRN", "Iran", "Teheran"), "Teheran"),
    (State("PRK", "Korea Utara", "Pyongyang"), "Pyongyang"),
    (State("TUR", "Turki", "Ankara"), "Ankara"),
    (State("SRB", "Serbia", "Beograd"), "Beograd"),
    (State("AZE", "Azerbaijan", "Baku"), "Baku"),
)
TARGETS = (
    State("UKR", "Ukraina", "Kiev"),
    State("TWN", "Taiwan", "Taipei"),
    State("KOR", "Korea Selatan", "Seoul"),
    State("POL", "Polandia", "Warsawa"),
    State("ISR", "Israel", "Yerusalem"),
    State("ARM", "Armenia", "Yerevan"),
    State("MDA", "Moldova", "Chisinau"),
)
ALLIANCES = (
    Alliance("NATO", "NATO", "Pakta Pertahanan Atlantik Utara", "Jens Stoltenberg"),
    Alliance("ARABLEAGUE", "Liga Arab", "Liga Negara-Negara Arab", "Ahmed Aboul Gheit"),
    Alliance("OSCE", "OSCE", "Organisasi untuk Keamanan dan Kerja Sama di Eropa", "Helga Schmid"),
    Alliance("OIC", "OKI", "Organisasi Kerja Sama Islam", "Hissein Brahim Taha"),
)
HOSTS = (
    State("LVA", "Latvia", "Riga"),
    State("NOR", "Norwegia", "Oslo"),
    State("EGY", "Mesir", "Kairo"),
    State("JOR", "Yordania", "Amman"),
    State("AUT", "Austria", "Wina"),
    State("QAT", "Qatar", "Doha"),
)
HELPERS = (
    Helper("USA", "AS", "Amerika Serikat", "Gedung Putih", "Presiden Joe Biden", date(2021, 1, 20), date(2025, 1, 20)),
    Helper(
        "FRA", "Prancis", "Prancis", "Istana Élysée", "Presiden Emmanuel Macron", date(2021, 1, 1), date(2024, 12, 31)
    ),
    Helper(
        "GBR", "Inggris", "Inggris Raya", "Downing Street", "Perdana Menteri Boris Johnson", date(2019, 7, 24),
        date(2022, 9, 6),
    ),
    Helper("JPN", "Jepang", "Jepang", "Tokyo", "Perdana Menteri Fumio Kishida", date(2021, 10, 4), date(2024, 10, 1)),
)  # fmt: skip
LATEST_HEAD = date(2021, 11, 17)
"""From here to `EARLIEST_END` all heads of alliances above were in office."""
EARLIEST_END = date(2022, 9, 1)

ORIGINAL = Cast(
    attacker=ATTACKERS[0][0], seat="Kremlin", target=TARGETS[0], alliance=ALLIANCES[0], host=HOSTS[0],
    helper=HELPERS[0], day=date(2021, 11, 30),
)  # fmt: skip


def variants(count: int, seed: int = 20211130) -> Iterator[Cast]:
    """Casts in which every role is drawn anew, nobody plays twice, and the weekday fits the date."""
    draw = random.Random(seed)
    while count:
        attacker, seat = draw.choice(ATTACKERS)
        cast = Cast(
            attacker, seat, draw.choice(TARGETS), draw.choice(ALLIANCES), draw.choice(HOSTS), draw.choice(HELPERS),
            LATEST_HEAD + timedelta(days=draw.randrange((EARLIEST_END - LATEST_HEAD).days)),
        )  # fmt: skip
        if len(set(cast.codes().values())) == len(cast.codes()):
            count -= 1
            yield cast


def exchange(page: str, cast: Cast) -> str:
    """The page with another cast: each name, seat, weekday, date and month of the original replaced at once."""
    pairs = {
        "Presiden Joe Biden": cast.helper.leader,
        "Pakta Pertahanan Atlantik Utara": cast.alliance.long,
        "Amerika Serikat": cast.helper.name,
        "Gedung Putih": cast.helper.seat,
        "Jens Stoltenberg": cast.alliance.head,
        "Selasa (30/11)": f"{WEEKDAYS[cast.day.weekday()]} ({cast.day.day}/{cast.day.month})",
        "Januari": MONTHS[next_month(cast.day).month - 1] if cast != ORIGINAL else "Januari",
        "Kremlin": cast.seat,
        "Ukraina": cast.target.name,
        "Latvia": cast.host.name,
        "Rusia": cast.attacker.name,
        "NATO": cast.alliance.short,
        "Kiev": cast.target.capital,
        "Riga": cast.host.capital,
        "AS": cast.helper.short,
    }
    for number, old in enumerate(pairs):
        page = replace_word(page, old, f"\0{number}\0")
    for number, new in enumerate(pairs.values()):
        page = page.replace(f"\0{number}\0", new)
    return page


def next_month(day: date) -> date:
    """The first day of the month two months on: far enough to lie ahead of any day of this one."""
    month = day.month + 2
    return date(day.year + (month > 12), (month - 1) % 12 + 1, 1)


def replace_word(text: str, old: str, new: str) -> str:
    """Replace whole words only: "AS" not in "ASEAN"."""
    parts = text.split(old)
    result = parts[0]
    for part in parts[1:]:
        whole = not (result[-1:].isalnum() or part[:1].isalnum())
        result += (new if whole else old) + part
    return result
