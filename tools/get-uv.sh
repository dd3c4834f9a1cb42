#!/bin/sh
# Puts uv into .uv/ from PyPI, on a machine that has only python3, make and git.
set -eu
python3 - <<'PY' || { echo "Klynge needs python3 3.11 or newer; this machine's python3 is older." >&2; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
PY
if ! python3 -m venv .uv 2>/dev/null; then
    # Debian splits venv from python3.
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
        python3 -m venv --clear .uv
    else
        echo "python3 has no venv here. Install it first, e.g. 'sudo apt-get install python3-venv'." >&2
        exit 1
    fi
fi
.uv/bin/python -m pip install --quiet --disable-pip-version-check uv
