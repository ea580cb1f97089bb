"""Signs: what is weighed is what their features say, and nothing is kept that is not so."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.article import Article
from siaga.base.pack import languages
from siaga.extract.coder.features import party_features, party_signs, stand_of, trigger_features, trigger_signs
from siaga.extract.coder.linear import Linear, load_linear, load_softmax, scales_of
from siaga.extract.coder.signs import Scales, Sign, features_of
from siaga.extract.coder.status import status_features, status_signs
from siaga.extract.coder.view import View, views
from siaga.extract.coder.when import day_features, day_signs, days_on_offer
from siaga.flow import annotate

TEXTS = {
    "en": """KYIV - Russia attacked Ukraine on Monday, officials in Kyiv said. If Russian troops launch another attack
on the city, "we will not retreat", the president said on Tuesday. Iran and Israel may meet in January after 5,000
soldiers were sent to the border last week. Rebels denied that 12 civilians had been killed by the army.""",
    "id": """JAKARTA - Rusia menyerang Ukraina pada Senin, kata pejabat di Kyiv. Jika tentara Rusia melakukan serangan
lagi, "kami akan membalas", kata presiden pada Selasa. Iran dan Israel mungkin bertemu pada Januari setelah 5.000
tentara dikirim ke perbatasan pekan lalu. Pemberontak membantah bahwa 12 warga sipil dibunuh oleh tentara.""",
}
Told = tuple[list[Sign], list[str]]
"""The signs and the features of one question."""


def one(name: str) -> tuple[str]:
    return (f"one={name}",)


def two(name: str, count: int) -> tuple[str, str]:
    return f"two={name}|{count}", f"count={count}"


@pytest.fixture(scope="module", params=languages())
def read(request: pytest.FixtureRequest) -> list[View]:
    """The sentences of a text, with syntax and all."""
    document = annotate(Article(id="case", language=request.param, published="2021-12-01", text=TEXTS[request.param]))
    return views(document, request.param)


def triggers(read: list[View]) -> Iterator[Told]:
    for view in read:
        for candidate in view.candidates:
            yield trigger_signs(view, candidate), trigger_features(view, candidate)


def parties(read: list[View]) -> Iterator[Told]:
    for view in read:
        for candidate in view.candidates:
            for mention, _ in view.named:
                yield party_signs(stand_of(view, candidate), mention), party_features(view, candidate, mention)


def statuses(read: list[View]) -> Iterator[Told]:
    for view in read:
        for candidate in view.candidates:
            yield status_signs(view, candidate), status_features(view, candidate)


def days(read: list[View]) -> Iterator[Told]:
    for view in read:
        offers = tuple(days_on_offer(view))
        for candidate in view.candidates:
            for day, signs in zip(offers, day_signs(view, candidate, "planned", offers), strict=True):
                yield signs, day_features(view, candidate, "planned", day, offers)


def models(question: str, language: str) -> list[Linear]:
    """The models that ship, of one question."""
    if question == "status":
        return list(load_softmax(language, question).outcomes.values())
    names = ("actor", "recipient") if question == "party" else (question,)
    return [load_linear(language, name) for name in names]


@pytest.mark.parametrize(
    ("question", "told_of"), [("trigger", triggers), ("party", parties), ("status", statuses), ("days", days)]
)
def test_signs_weigh_what_their_features_weigh(question: str, told_of: object, read: list[View]) -> None:
    assert callable(told_of)
    told = list(told_of(read))
    asked = models(question, read[0].language)
    wanted = np.array([[model.score(features) for model in asked] for _, features in told])
    assert len(told) > 8
    assert np.abs(wanted).max() > 1
    for _ in range(2):  # met for the first time, and kept
        assert np.allclose(scales_of(*asked).weigh([signs for signs, _ in told]), wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize("told_of", [triggers, parties, statuses, days])
def test_no_value_of_a_sign_is_negative(told_of: object, read: list[View]) -> None:
    assert callable(told_of)
    values = chain.from_iterable(sign[1:] for signs, _ in told_of(read) for sign in signs)
    numbers = [value for value in values if isinstance(value, int)]
    assert numbers
    assert min(numbers) >= 0


def test_the_features_of_signs_are_named_in_their_order() -> None:
    assert features_of([(two, "a", 1), (one, "b")]) == ["two=a|1", "count=1", "one=b"]


def test_each_model_has_a_column() -> None:
    scales = Scales({"one=a": 1.0, "count=2": 4.0}, {"two=a|2": -1.0})
    assert scales.weigh([[(one, "a")], [(two, "a", 2), (one, "a")]]).tolist() == [[1.0, 0.0], [5.0, -1.0]]
    assert scales.weigh([]).shape == (0, 2)


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1), max_size=8))
def test_where_all_signs_share_one_place_each_still_has_its_own_weight(each: list[list[str]]) -> None:
    weights = {f"one={name}": float(number) for number, name in enumerate("abcdef")}
    found = Scales(weights, places=1).weigh([[(one, name) for name in names] for names in each])
    assert found[:, 0].tolist() == [sum(weights[f"one={name}"] for name in names) for names in each]


def test_readers_that_weigh_at_the_same_time_do_not_mix_up_their_signs() -> None:
    weights = {f"one={number}": float(number) for number in range(500)}
    scales, asked = Scales(weights, places=8), [[[(one, str(number))] for number in range(500)]] * 40
    with ThreadPoolExecutor(4) as readers:
        found = list(readers.map(scales.weigh, asked))
    assert all(sums[:, 0].tolist() == list(map(float, range(500))) for sums in found)
