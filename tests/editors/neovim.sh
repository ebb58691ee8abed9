#!/usr/bin/env bash
# Neovim, without a screen, works on the example. Usage: neovim.sh [path of rlcheck]; Neovim is passed over where it is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/prepare.sh"
command -v nvim >/dev/null || { echo "neovim is missing: passed over (apt-get install neovim)"; exit 0; }
nvim --version | head -1
timeout 120 nvim --headless -u NONE -i NONE -n -S "$here/neovim/test.lua"
