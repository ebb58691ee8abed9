#!/usr/bin/env bash
# Builds the VS Code extension: types checked, bundled, packed to editors/vscode/rlcheck-VERSION.vsix (and rlcheck.vsix, a copy).
set -euo pipefail
cd "$(dirname "$0")/../../editors/vscode"
[ -e node_modules/.package-lock.json ] && [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent --no-fund --no-audit
rm -f ./*.vsix
npm run --silent package >/tmp/rlcheck-vsix.log 2>&1 || { cat /tmp/rlcheck-vsix.log >&2; exit 1; }
cp rlcheck-*.vsix rlcheck.vsix
ls rlcheck-*.vsix
