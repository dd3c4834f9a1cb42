#!/bin/sh
# Chromium for the browser tests: looked for first, else installed from Debian's packages when that
# is possible here.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium from Debian's packages ..."
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null
elif [ -n "${CI:-}" ]; then
    echo "CI needs Chromium for the browser tests, and it cannot be installed here." >&2
    exit 1
else
    echo "NOTE: no Chromium here. The browser tests will say that they were skipped."
fi
