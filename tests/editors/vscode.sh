#!/usr/bin/env bash
# The VS Code extension, end to end in a real VS Code. Usage: vscode.sh [path of rlcheck]
# Sets the host up where it is missing (host.sh), builds the .vsix, drives both with a browser. Pictures go to $RLCHECK_PICTURES.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=${1:-${RLCHECK:-$root/target/release/rlcheck}}
[ -x "$program" ] || { echo "no program at $program: build it first (cargo build --release)" >&2; exit 2; }
"$here/host.sh"
"$here/vsix.sh"
node "$here/vscode/run.mjs" "$program" "$root/editors/vscode/rlcheck.vsix" "$here/example.md" \
  "${RLCHECK_PICTURES:-${TMPDIR:-/tmp}/rlcheck-pictures}"
