#!/usr/bin/env bash
# Opens the page of `--format html` in headless Chromium: filters, sorts, jumps to a finding and back, prints.
# Usage: tests/html/run.sh [--screenshot]    needs chromium, node and (from npm, into target/html) playwright-core.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/html
mkdir -p "$work"

hash="sha256-$(openssl dgst -sha256 -binary templates/html/page.js | base64)"
grep -qF "$hash" src/output/html.rs || { echo "SCRIPT_HASH in src/output/html.rs must be \"$hash\"" >&2; exit 1; }

for program in chromium node npm; do
  command -v "$program" >/dev/null || { echo "page not tried: $program is missing"; exit 0; }
done
if [ ! -d "$work/node_modules/playwright-core" ]; then
  (cd "$work" && npm init -y >/dev/null && npm install --silent playwright-core@1) || { echo "page not tried: playwright-core cannot be installed"; exit 0; }
fi
program=${RLCHECK:-target/debug/rlcheck}
[ -x "$program" ] || cargo build --quiet --locked
cp tests/html/page.mjs "$work/page.mjs"
node "$work/page.mjs" "$(realpath "$program")" "$@"
