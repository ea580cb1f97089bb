"""Python's search for garbage."""

from __future__ import annotations

import gc

import pytest

from siaga.base.garbage import SELDOM, seldom_sought


def test_garbage_is_sought_seldom_within_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with seldom_sought():
        assert gc.get_threshold() == SELDOM
    assert gc.get_threshold() == before


def test_an_error_puts_it_back_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken"), seldom_sought():
        raise ValueError("broken")
    assert gc.get_threshold() == before
