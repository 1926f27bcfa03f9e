#!/usr/bin/env bash
# Makes sure that the browser tests have a Chromium: uses the one that is there, else installs one, else says what to do.
# Usage: scripts/ensure_chromium.sh PYTHON, the interpreter that the tests run with.
set -euo pipefail
python=${1:?"usage: $0 PYTHON"}
cd "$(dirname "${BASH_SOURCE[0]}")/.."

found() { "$python" -m tests.browser.chromium; }

if found >/dev/null 2>&1; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "No Chromium here: installing the distribution's."
  apt-get update -qq || echo "apt-get update failed; trying with the package lists that are here." >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core ||
    echo "apt-get could not install chromium; trying Playwright's own." >&2
fi
if ! found >/dev/null 2>&1; then
  "$python" -m playwright install chromium || echo "Playwright could not install its Chromium." >&2
fi
found
