#!/usr/bin/env bash
# Sets up a real VS Code that a browser can drive: code-server with its own Node, and Playwright's client library.
# Everything goes into one folder outside the repository: $RLCHECK_VSCODE_HOST, or /tmp/vscode-host. Run again, it does nothing.
set -euo pipefail

host=${RLCHECK_VSCODE_HOST:-/tmp/vscode-host}
code_server=4.139.1
playwright=1.65.1
stamp="$host/ready-$code_server-$playwright"
[ -e "$stamp" ] && exit 0

if ! command -v chromium >/dev/null || ! dpkg -s fonts-noto-cjk fonts-noto-color-emoji libkrb5-dev libsecret-1-dev libx11-dev libxkbfile-dev pkg-config >/dev/null 2>&1; then
  echo "installing Chromium, fonts and the headers of VS Code's native modules"
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends \
    chromium fonts-noto-cjk fonts-noto-color-emoji libkrb5-dev libsecret-1-dev libx11-dev libxkbfile-dev pkg-config >/dev/null
fi

mkdir -p "$host/node24" "$host/code" "$host/driver"
fresh() { [ -e package.json ] || npm init -y >/dev/null; }
echo "installing Node 24 and Playwright"
(cd "$host/node24" && fresh && npm install --silent --no-fund --no-audit node@24)
(cd "$host/driver" && fresh && npm install --silent --no-fund --no-audit "playwright-core@$playwright")
export PATH="$host/node24/node_modules/.bin:$PATH"
echo "installing code-server $code_server (two native modules are built: some minutes)"
cd "$host/code"
fresh
# Its own postinstall wants Yarn's layout of the modules; the steps below are what it would do.
npm install --silent --no-fund --no-audit --ignore-scripts "code-server@$code_server"
cd node_modules/code-server/lib/vscode
npm install --silent --no-fund --no-audit --omit=dev --ignore-scripts --legacy-peer-deps
npm rebuild >"$host/rebuild.log" 2>&1 || { tail -30 "$host/rebuild.log" >&2; exit 1; }
touch "$stamp"
