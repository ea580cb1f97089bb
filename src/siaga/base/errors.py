"""The tree of errors.

    SiagaError
    ├── PackError            a language pack or another asset says something that can't be right
    │   └── OverlayError     a user's own knowledge does
    ├── LineupError          annotators stand in an order in which a layer is needed before it is given
    ├── RejectError          one input can't be used; carries the reason, and the rest goes on
    ├── ConfigError          siaga.toml or the environment says something we don't know
    ├── WorkspaceError       there is no workspace where one is needed
    ├── SearchError          what is searched for is no question
    ├── AccountError         what is asked of an account can't be: a name that is taken, a password that is too short
    ├── GivenError           what an analyst gives can't be: a place we don't know, a word that is not in the sentence
    ├── AbsentError          what is asked for by name isn't there
    ├── PanelError           counts or events that were brought can't be read as such
    └── StoreError           what is stored can't be read or added to
        ├── BusyError        another process is writing
        ├── NotSavedError    the disk is full or may not be written to; what was saved before is whole
        ├── NewerStoreError  a later Siaga made it
        └── DamagedError     a file of the store is missing or broken

A message says what was met, where, and what was expected.
"""

__all__ = [
    "AbsentError", "AccountError", "BusyError", "ConfigError", "DamagedError", "GivenError", "LineupError",
    "NewerStoreError", "NotSavedError", "OverlayError", "PackError", "PanelError", "RejectError", "SearchError",
    "SiagaError", "StoreError", "WorkspaceError",
]  # fmt: skip


class SiagaError(Exception):
    """Anything Siaga itself has to say about why it can't go on."""


class PackError(SiagaError):
    """An asset that can't be right: `path:line: what was met, what was expected`."""


class OverlayError(PackError):
    """A file of an overlay that can't be right; says where, what was met and what was expected."""


class LineupError(SiagaError):
    """A line-up of annotators in which one needs a layer that none before it gives."""


class RejectError(SiagaError):
    """One input can't be used. `code` is a short machine-readable reason, e.g. `empty`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ConfigError(SiagaError):
    """A setting that is unknown or can't be right; names it and, if one is near, the known one."""


class WorkspaceError(SiagaError):
    """No workspace was found, or the folder can't become one."""


class SearchError(SiagaError):
    """What is searched for can't be understood by the search engine."""


class GivenError(SiagaError):
    """What an analyst gives in a correction can't be."""


class AccountError(SiagaError):
    """What is asked of an account can't be. `code` is a key of the catalogue below `account.error`, e.g. `taken`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class AbsentError(SiagaError):
    """What is asked for by its name or id isn't there."""


class PanelError(SiagaError):
    """Counts or events that somebody brings can't be read, or don't suffice for what is asked; says where and why."""


class StoreError(SiagaError):
    """What is stored can't be read or added to; says what to do."""


class BusyError(StoreError):
    """Another process is writing: one writes at a time, any number read."""


class NotSavedError(StoreError):
    """The disk is full or may not be written to. Transactions before this one are whole, this one left no trace."""


class NewerStoreError(StoreError):
    """The store was made by a later Siaga than this one."""


class DamagedError(StoreError):
    """A file of the store is missing or broken."""
