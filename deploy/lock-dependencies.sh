#!/usr/bin/env bash
# Renew the locks: exact versions with hashes, and no address of any registry.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header \
        --annotation-style=line "$@"
}
compile --output-file requirements/run.lock pyproject.toml
compile --extra demo --extra dev --output-file requirements/dev.lock pyproject.toml
compile --extra demo --extra dev --extra train --output-file requirements/train.lock pyproject.toml
