"""`siaga --help` is quick because it loads next to nothing."""

from __future__ import annotations

import subprocess
import sys

ALLOWED = {"siaga", "click"}
"""Packages from outside the standard library that the list of commands may load."""
MOST_CPU_SECONDS = 0.2

PROBE = """
import resource, sys
try:
    from siaga.serve.cli import main
    main(["--help"], standalone_mode=False)
finally:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    loaded = {name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names
    print("\\n" + " ".join(sorted(loaded)), usage.ru_utime + usage.ru_stime, sep="|")
"""


def probe() -> tuple[set[str], float]:
    out = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True).stdout
    names, seconds = out.strip().splitlines()[-1].split("|")
    return set(names.split()), float(seconds)


def test_help_loads_only_what_is_allowed() -> None:
    loaded, _ = probe()
    ours = {name for name in loaded if not name.startswith("_")} - {"sitecustomize", "usercustomize"}
    assert ours <= ALLOWED, ours - ALLOWED


def test_help_takes_little_processor_time() -> None:
    assert min(probe()[1] for _ in range(5)) < MOST_CPU_SECONDS
