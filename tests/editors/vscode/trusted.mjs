// A folder that is trusted: everything the extension does.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { openWindow, startHost } from "./host.mjs";
import { Workbench } from "./workbench.mjs";

/** The name of a command as an English window shows it. */
const COMMANDS = {
  check: "Check This Draft",
  fix: "Fix All Safe Problems",
  report: "New Report",
  ledger: "Open the Ledger of Figures",
  compare: "Compare with Last Year",
};

export async function trusted(around, steps) {
  const { program, vsix, example, pictures } = around;
  const folder = mkdtempSync(path.join(tmpdir(), "rlcheck-drafts-"));
  const draft = path.join(folder, "example.md");
  const plain = path.join(folder, "saved.txt");
  copyFileSync(example, draft);
  const text = readFileSync(example, "utf8");
  const lines = text.split("\n");
  const settings = { "rlcheck.path": program, "[plaintext]": { "editor.codeActionsOnSave": { "source.fixAll.rlcheck": "explicit" } } };
  const host = await startHost({ vsix, settings, trust: true });
  const window = await openWindow(host.address, folder);
  const code = new Workbench(window.page);
  const step = (name, act) => steps.step(window, name, act);
  const expected = around.findings(draft);
  /** A place of the command line in UTF-16 units from 0. */
  const unit = ({ line, column }) => Array.from(lines[line - 1]).slice(0, column - 1).join("").length;
  const finding = (rule) => expected.find((one) => one.rule === rule);

  try {
    await step("the example opens and its title stands there", () => code.open("example.md", lines[0]));
    await step("Problems lists what the command line finds, place by place", async () => {
      await code.command(COMMANDS.check);
      const wanted = expected.map(({ rule, start }) => `${rule} ${start.line}:${unit(start) + 1}`).sort();
      await window.page.locator(".part.panel .monaco-list-row", { hasText: "rlcheck" }).first().waitFor();
      assert.deepEqual(await code.problems(), wanted);
      await code.picture(pictures, "vscode-problems");
    });
    for (const [rule, kind] of [["rate-mismatch", "error"], ["sum-mismatch", "error"], ["punctuation", "warning"], ["document-number", "error"]]) {
      await step(`the squiggle of ${rule} lies under its characters`, async () => {
        const { start, end } = finding(rule);
        const wanted = { start: unit(start), end: unit(end) };
        const look = async () => (await code.squiggles(lines[start.line - 1], kind)).find((one) => one.start === wanted.start);
        assert.deepEqual(await code.until("a squiggle", look), wanted);
      });
    }
    await step("the status bar tells the parts that are there and what is left", async () => {
      const errors = expected.filter(({ severity }) => severity === "error").length;
      const entry = await code.until("the entry", () => code.status(/必备部分/));
      assert.match(entry, new RegExp(`必备部分 4/4，必须修改${errors}处`));
    });
    await step("the hover at the rate tells the arithmetic and the rule", async () => {
      const { start } = finding("rate-mismatch");
      await code.put(lines[start.line - 1], unit(start) + 1);
      const shown = await code.hover();
      assert.match(shown, /152 ÷ 160 = 95/);
      assert.match(shown, /rate-mismatch/);
      await code.picture(pictures, "vscode-hover");
      await window.page.keyboard.press("Escape");
    });
    await step("the ledger of figures opens, shows the arithmetic, and a row jumps to its place", async () => {
      await code.command(COMMANDS.ledger);
      const frame = await code.webview("#rows tr");
      const row = frame.locator("#rows tr", { hasText: "152 ÷ 160 = 95" }).first();
      await row.waitFor();
      await code.picture(pictures, "vscode-ledger");
      const whole = JSON.parse(around.run("figures", "--format", "json", draft)).drafts[0].figures;
      assert.equal(await frame.locator("#rows tr").count(), whole.length);
      const figure = whole.find((one) => one.text.includes("152"));
      await frame.locator("#rows tr", { hasText: figure.text }).first().click();
      const place = new RegExp(`^Ln ${figure.place.start.line}, Col \\d+ \\(${figure.text.length} selected\\)`);
      await code.until("the figure to be selected", () => code.status(place));
    });
    await step("the ledger's page reaches nothing", async () => {
      const frame = await code.webview("#rows tr");
      const reached = await frame.evaluate((address) => fetch(address).then(() => true, () => false), host.address);
      assert.equal(reached, false);
    });
    await step("the quick fix at the document number changes it", async () => {
      const { start } = finding("document-number");
      await code.put(lines[start.line - 1], unit(start) + 1);
      const titles = await code.quickFixes();
      assert.ok(titles.some((title) => title.includes("稻政发〔2026〕7号")), titles.join(" | "));
      await code.picture(pictures, "vscode-quick-fix");
      await code.choose("稻政发〔2026〕7号");
      await code.line("稻政发〔2026〕7号");
      await code.save();
      assert.equal(readFileSync(draft, "utf8"), text.replace("稻政发[2026]第07号", "稻政发〔2026〕7号"));
    });
    await step("“fix all safe” leaves what rlcheck fix leaves", async () => {
      const copy = path.join(folder, "copy.md");
      copyFileSync(example, copy);
      around.run("fix", copy);
      const fixed = readFileSync(copy, "utf8");
      rmSync(copy);
      await code.command(COMMANDS.fix);
      await code.line(fixed.split("\n")[16]);
      await code.save();
      assert.equal(readFileSync(draft, "utf8"), fixed);
    });
    await step("saving fixes what is safe where codeActionsOnSave asks for it", async () => {
      const before = text.replace(/^#+ /gm, "");
      writeFileSync(plain, before);
      await code.open("saved.txt", before.split("\n")[0]);
      await code.until("the findings", async () => (await code.status(/必须修改/)) !== undefined);
      await window.page.keyboard.press("Control+End");
      await window.page.keyboard.press("Enter");
      await window.page.keyboard.press("Control+s");
      await code.until("the file to be fixed", () => readFileSync(plain, "utf8").includes("稻政发〔2026〕7号"));
      assert.ok(!readFileSync(plain, "utf8").includes("纠纷,由"));
    });
    await step("“new report” asks four questions and opens a blank report that is not saved", async () => {
      await code.command(COMMANDS.report);
      await code.pick("没有去年的报告");
      await code.answer("2026", { title: "2/4" });
      await code.answer("稻埂镇", { title: "3/4" });
      await code.answer("禾川县", { title: "4/4" });
      const wanted = around.run("new", "--stdout", "--yes", "--year", "2026", "--town", "稻埂镇", "--county", "禾川县");
      await code.line(wanted.split("\n")[4]);
      await code.picture(pictures, "vscode-new-report");
      assert.equal((await code.text()).trimEnd(), wanted.trimEnd());
      assert.equal(await window.page.locator('.tab.active.dirty[data-resource-name^="Untitled"]').count(), 1);
    });
    await step("the comparison with last year opens beside the draft", async () => {
      await code.open("example.md", lines[4]);
      await code.command(COMMANDS.compare);
      await code.quickInput().waitFor();
      await code.answer(plain);
      await code.until("the comparison", async () => (await window.page.locator(".view-line", { hasText: "照抄去年的段落" }).count()) > 0);
    });
  } finally {
    await window.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
