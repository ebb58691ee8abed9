// A VS Code to test in: code-server on a free local port with fresh settings, and a browser that shows it.
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { once } from "node:events";
import { createServer } from "node:net";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const HOST = process.env.RLCHECK_VSCODE_HOST ?? "/tmp/vscode-host";
const NODE = path.join(HOST, "node24/node_modules/.bin/node");
const ENTRY = path.join(HOST, "code/node_modules/code-server/out/node/entry.js");
const { chromium } = createRequire(path.join(HOST, "driver/package.json"))("playwright-core");

/** Settings that make the window hold still: no wrapping, no wandering pop-ups. */
const CALM = {
  "editor.wordWrap": "off",
  "[markdown]": { "editor.wordWrap": "off" },
  "editor.minimap.enabled": false,
  "editor.fontSize": 14,
  "editor.hover.delay": 100,
  "editor.unicodeHighlight.ambiguousCharacters": false,
  "editor.unicodeHighlight.invisibleCharacters": false,
  "editor.unicodeHighlight.nonBasicASCII": false,
  "editor.occurrencesHighlight": "off",
  "editor.stickyScroll.enabled": false,
  "files.autoSave": "off",
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "always",
  "telemetry.telemetryLevel": "off",
  "window.commandCenter": false,
  "workbench.colorTheme": "Default Light Modern",
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
};

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Runs code-server with the .vsix installed; `trust` false leaves workspaces in Restricted Mode. */
export async function startHost({ vsix, settings, trust, env = {} }) {
  const home = mkdtempSync(path.join(tmpdir(), "rlcheck-vscode-"));
  const data = path.join(home, "data");
  const folders = ["--user-data-dir", data, "--extensions-dir", path.join(home, "extensions"), "--config", path.join(home, "config.yaml")];
  for (const kind of ["User", "Machine"]) mkdirSync(path.join(data, kind), { recursive: true });
  writeFileSync(path.join(home, "config.yaml"), "cert: false\n");
  // The window is remote to its host: paths on the host are settings of the machine.
  const { "rlcheck.path": program, ...rest } = settings;
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify({ ...CALM, ...rest }, null, 2));
  writeFileSync(path.join(data, "Machine/settings.json"), JSON.stringify({ "rlcheck.path": program }));

  const whole = { ...process.env, HOME: home, ...env };
  const installed = spawnSync(NODE, [ENTRY, "--install-extension", vsix, ...folders], { env: whole, encoding: "utf8" });
  if (installed.status !== 0) throw new Error(`the .vsix is not installed:\n${installed.stdout}${installed.stderr}`);

  const port = await freePort();
  const options = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"];
  if (trust) options.push("--disable-workspace-trust");
  // A group of its own, so that its workers end with it.
  const child = spawn(NODE, [ENTRY, ...options, ...folders], { env: whole, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  child.stdout.on("data", (bytes) => (said += bytes));
  child.stderr.on("data", (bytes) => (said += bytes));
  for (let tries = 0; !said.includes("HTTP server listening"); tries += 1) {
    if (tries > 300 || child.exitCode !== null) throw new Error(`code-server did not start:\n${said}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  return {
    home,
    data,
    address: `http://127.0.0.1:${port}`,
    async stop() {
      const ended = once(child, "exit");
      process.kill(-child.pid, "SIGTERM");
      const late = setTimeout(() => process.kill(-child.pid, "SIGKILL"), 5000);
      await ended;
      clearTimeout(late);
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** A browser window on a folder. */
export async function openWindow(address, folder) {
  const args = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
  const executablePath = process.env.RLCHECK_CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: args.split(" ") });
  const context = await browser.newContext({ viewport: { width: 1360, height: 820 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: address });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${address}/?folder=${encodeURIComponent(folder)}`);
  await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
  return { page, close: () => browser.close() };
}
