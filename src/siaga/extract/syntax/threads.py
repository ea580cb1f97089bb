"""One thread for matrix products: ours are small, and threads that wait for each other made them up to 18 times slower.

More cores are used by reading several documents at a time.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController

__all__ = ["one_thread"]


def one_thread() -> AbstractContextManager[object]:
    """A stretch of the program in which numpy's linear algebra keeps to one thread."""
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> ThreadpoolController:
    """What knows the libraries that are loaded; looking for them takes a few milliseconds, so once a process."""
    return ThreadpoolController()
