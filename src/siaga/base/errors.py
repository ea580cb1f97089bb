"""The tree of errors.

    SiagaError
    ├── PackError        a language pack or another asset says something that can't be right
    ├── LineupError      annotators stand in an order in which a layer is needed before it is given
    └── RejectError      one input can't be used; carries the reason, and the rest goes on

A message says what was met, where, and what was expected.
"""

__all__ = ["LineupError", "PackError", "RejectError", "SiagaError"]


class SiagaError(Exception):
    """Anything Siaga itself has to say about why it can't go on."""


class PackError(SiagaError):
    """An asset that can't be right: `path:line: what was met, what was expected`."""


class LineupError(SiagaError):
    """A line-up of annotators in which one needs a layer that none before it gives."""


class RejectError(SiagaError):
    """One input can't be used. `code` is a short machine-readable reason, e.g. `empty`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
