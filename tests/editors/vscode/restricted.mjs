// A folder that is not trusted: drafts are checked, the program that the folder names is not run.
import assert from "node:assert/strict";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { openWindow, startHost } from "./host.mjs";
import { Workbench } from "./workbench.mjs";

export async function restricted(around, steps) {
  const { program, vsix, example } = around;
  const folder = mkdtempSync(path.join(tmpdir(), "rlcheck-strange-"));
  const trap = path.join(folder, "trap.sh");
  const sprung = path.join(folder, "sprung");
  copyFileSync(example, path.join(folder, "example.md"));
  writeFileSync(trap, `#!/bin/sh\ntouch "${sprung}"\n`);
  chmodSync(trap, 0o755);
  mkdirSync(path.join(folder, ".vscode"));
  const own = { "rlcheck.path": trap, "rlcheck.rulebook": "no-such-rulebook.yaml" };
  writeFileSync(path.join(folder, ".vscode/settings.json"), JSON.stringify(own));
  const lines = readFileSync(example, "utf8").split("\n");
  const host = await startHost({ vsix, settings: { "rlcheck.path": program }, trust: false });
  const window = await openWindow(host.address, folder);
  const code = new Workbench(window.page);
  const step = (name, act) => steps.step(window, name, act);

  try {
    await step("the window is in Restricted Mode", async () => {
      await code.open("example.md", lines[0]);
      assert.ok(await code.until("the word", () => code.status(/Restricted Mode/)));
    });
    await step("the draft is checked all the same, by the user's program and the usual rulebook", async () => {
      const errors = around.findings(example).filter(({ severity }) => severity === "error").length;
      const entry = await code.until("the entry", () => code.status(/必须修改/));
      assert.match(entry, new RegExp(`必须修改${errors}处`));
      const { start, end } = around.findings(example).find(({ rule }) => rule === "document-number");
      const wanted = { start: start.column - 1, end: end.column - 1 };
      assert.deepEqual(await code.until("a squiggle", async () => (await code.squiggles(lines[start.line - 1], "error"))[0]), wanted);
    });
    await step("the ledger of figures opens here too", async () => {
      await code.command("Open the Ledger of Figures");
      const frame = await code.webview("#rows tr");
      assert.ok((await frame.locator("#rows tr").count()) > 5);
    });
    await step("the program that the folder names has not run", () => assert.equal(existsSync(sprung), false));
  } finally {
    await window.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
