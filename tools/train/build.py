"""Make a language's model of syntax and names from its data: `python -m tools.train.build --lang id`.

Runs the stages of `stages.toml` one after the other and writes `assets/lang/<lang>/model/syntax.npz`: half an hour on
one core. Networks are kept in `--folder`; a stage whose network is there already is not run again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
ONE_CORE = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_CBWR": "AVX2"}


def main() -> None:
    """Run what is missing."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lang", choices=("id", "en"), required=True)
    asked.add_argument("--folder", type=Path, default=ROOT / "build" / "networks")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    stages = tomllib.loads(Path(__file__).with_name("stages.toml").read_text("utf-8"))[given.lang]
    network: Path | None = None
    for number, stage in enumerate(stages, 1):
        out = given.folder / f"{given.lang}-{number}.pt"
        if not out.exists():
            first = [] if network is None else ["--teacher", str(network)]
            run("tools.train.syntax", "--lang", given.lang, "--out", str(out), *first, *stage["arguments"])
        network = out
    run(
        "tools.train.export",
        str(network),
        str(ROOT / f"src/siaga/assets/lang/{given.lang}/model/syntax.npz"),
        "--lang",
        given.lang,
    )


def run(module: str, *arguments: str) -> None:
    """Run a module of ours on one core; a failure ends the whole."""
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, cwd=ROOT, env=os.environ | ONE_CORE)


if __name__ == "__main__":
    main()
