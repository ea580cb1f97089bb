"""What was reckoned for one page and serves for the next, for as long as the store stays as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from siaga.store.ground import Trace, file_trace, trace_of
from siaga.store.workspace import Workspace

__all__ = ["Kept", "State", "state_of"]

Value = TypeVar("Value")
State = Trace
MOST = 200
"""Values that are kept; those that were asked for longest ago go."""


def state_of(workspace: Workspace) -> State:
    """What changes with every transaction, or with what lies beside the records."""
    return (*trace_of(workspace), *map(file_trace, (workspace.segments, workspace.imports, workspace.overlay)))


class Kept:
    """Values by what they were reckoned from. Threads that ask for the same at the same time wait for the first."""

    def __init__(self) -> None:
        self._values: OrderedDict[Hashable, tuple[State, Any]] = OrderedDict()
        self._locks: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, workspace: Workspace, name: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a name, made where none of this state of the store is kept.

        Args:
            workspace: from which it is made.
            name: what it is and all that it depends on besides the store.
            make: reckons it.

        """
        key = (workspace.folder, name)
        with self._lock_of(key):
            state = state_of(workspace)
            found = self._values.get(key)
            if found is not None and found[0] == state:
                value: Value = found[1]  # what is kept under a name was made by what is asked for by that name
            else:
                value = make()
            self._keep(key, (state, value))
            return value

    def _lock_of(self, key: Hashable) -> Lock:
        with self._lock:
            return self._locks.setdefault(key, Lock())

    def _keep(self, key: Hashable, value: tuple[State, Any]) -> None:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > MOST:
                oldest, _ = self._values.popitem(last=False)
                self._locks.pop(oldest, None)
