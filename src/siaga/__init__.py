"""Siaga: crisis early warning from the news. Its types are told in `__init__.pyi`."""

from importlib import import_module

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """`siaga.Workspace`, loaded when somebody asks for it: `siaga --help` must not load the reader.

    By its name, since every module imports this one for the version, and none below `serve` may import `serve`.
    """
    if name == "Workspace":
        return import_module("siaga.serve.library").Workspace
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
