"""The network in context says the same in numpy as where it was trained."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from siaga.base.article import Article  # noqa: E402
from siaga.base.document import Document  # noqa: E402
from siaga.extract.coder.context import ContextModel  # noqa: E402 - needs torch
from siaga.extract.coder.view import views  # noqa: E402
from siaga.extract.syntax.weights import Arrays  # noqa: E402
from siaga.flow import lineup  # noqa: E402
from tools.train.context import Network  # noqa: E402
from tools.train.lessons import classes_of, lesson  # noqa: E402

TEXT = "Israel attacked Iran on Monday. France and Germany said they would send weapons to Ukraine. Rebels shelled it."


def _read(text: str) -> Document:
    document = Document(article=Article(id="case", language="en", published="2021-12-01", text=text))
    for annotator in lineup():
        if not annotator.gives & {"events", "forecasts"}:
            document = annotator(document)
    return document


def test_numpy_and_torch_agree() -> None:
    every = [view for view in views(_read(TEXT), "en") if view.candidates]
    classes = classes_of(every)
    torch.manual_seed(1)
    network = Network(["en", "id"], classes).eval()
    lessons = [lesson(view, classes, ([], [], [])) for view in every]
    with torch.no_grad():
        words = network.words(lessons)
        act = network.act(words, lessons)
        trigger, status = network.head("trigger", act)[:, 0].numpy(), network.head("status", act).numpy()
    said = [one for told in ContextModel(Arrays(network.arrays()))(every).values() for one in told]
    assert np.allclose([one.trigger for one in said], trigger, atol=0.02)
    assert np.allclose([one.statuses for one in said], status, atol=0.02)
    pairs, begin = [], 0
    for column, one in enumerate(lessons):
        for row in range(len(one.marked.acts)):
            for person, words_of in enumerate(one.marked.people.tolist()):
                stand = one.marked.pairs[row * len(one.marked.people) + person].tolist()
                pairs.append((begin + row, column, *words_of, *stand))
        begin += len(one.marked.acts)
    with torch.no_grad():
        sides = network.sides(act, words, np.array(pairs, np.int64)).numpy()
    assert len(pairs) > len(said)
    assert np.allclose([pair for one in said for pair in one.sides], sides, atol=0.02)
