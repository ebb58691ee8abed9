#!/usr/bin/env bash
# Emacs with Eglot, without a screen, works on the example. Usage: emacs.sh [path of rlcheck]; passed over where it is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/prepare.sh"
command -v emacs >/dev/null || { echo "Emacs is missing: passed over (apt-get install emacs-nox elpa-eglot)"; exit 0; }
emacs --version | head -1
LC_ALL=C.UTF-8 timeout 180 emacs --batch --eval '(package-initialize)' --load "$here/emacs/test.el"
