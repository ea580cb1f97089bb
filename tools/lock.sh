#!/usr/bin/env bash
# The lock files: exact versions with hashes, for Python 3.11 to 3.13, without the address of any registry.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-annotate --no-header --quiet "$@"
}
compile --output-file requirements.lock
compile --extra dev --output-file requirements-dev.lock
