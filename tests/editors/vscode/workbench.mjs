// What a person does in VS Code, in the words of a person: open a file, go to a place, run a command, look.
import { setTimeout as pause } from "node:timers/promises";

const NBSP = /\u00a0/g;

export class Workbench {
  constructor(page) {
    this.page = page;
  }

  /** Waits until `look` gives something true, and returns it. */
  async until(what, look, seconds = 20) {
    const end = Date.now() + seconds * 1000;
    let last;
    for (;;) {
      try {
        last = await look();
        if (last) return last;
      } catch (error) {
        last = error;
      }
      if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}; last seen: ${last}`);
      await pause(100);
    }
  }

  quickInput() {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** Types into the box that is open on top and confirms. */
  async answer(text, { title } = {}) {
    const box = this.quickInput();
    await box.waitFor();
    if (title) await box.getByText(title).first().waitFor();
    await box.locator("input.input").fill(text);
    await pause(150);
    await this.page.keyboard.press("Enter");
  }

  /** Picks an entry of the list that is open on top. */
  async pick(label) {
    await this.quickInput().locator(".quick-input-list .monaco-list-row", { hasText: label }).click();
  }

  /** A picture of the window. */
  async picture(folder, name) {
    await pause(500);
    await this.page.screenshot({ path: `${folder}/${name}.png` });
  }

  /** Runs a command of the palette by its name. */
  async command(name) {
    await this.page.keyboard.press("F1");
    const box = this.quickInput();
    await box.waitFor();
    await box.locator("input.input").fill(`>${name}`);
    const row = box.locator(".quick-input-list .monaco-list-row").first();
    await this.until(`the command ${name}`, async () => (await row.getAttribute("aria-label"))?.includes(name));
    await this.page.keyboard.press("Enter");
  }

  /** The names of the commands that the palette offers for a word. */
  async offered(word) {
    await this.page.keyboard.press("F1");
    const box = this.quickInput();
    await box.waitFor();
    await box.locator("input.input").fill(`>${word}`);
    await pause(500);
    const names = await box.locator(".quick-input-list .monaco-list-row").evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")));
    await this.page.keyboard.press("Escape");
    return names;
  }

  /** Opens a file of the folder and waits for its first line. */
  async open(name, firstLine) {
    // The list of files is made when it opens: one that was written just now may not be on it yet.
    await this.until(`the file ${name}`, async () => {
      await this.page.keyboard.press("Control+p");
      const box = this.quickInput();
      await box.locator("input.input").fill(name);
      await pause(1000);
      const row = box.locator(".quick-input-list .monaco-list-row").first();
      if ((await row.count()) && (await row.getAttribute("aria-label"))?.includes(name)) return true;
      await this.page.keyboard.press("Escape");
      return false;
    });
    await this.page.keyboard.press("Enter");
    await this.line(firstLine);
  }

  /** The element that shows a line with this text. */
  async line(text) {
    return this.until(`the line “${text.slice(0, 30)}”`, async () => {
      for (const handle of await this.page.locator(".editor-group-container .view-line").elementHandles()) {
        const shown = (await handle.textContent()).replace(NBSP, " ");
        if (shown === text) return handle;
      }
      return null;
    });
  }

  /** Puts the cursor in front of the character at a UTF-16 offset of a line, with the mouse. */
  async put(text, offset) {
    const handle = await this.line(text);
    const { x, y } = await handle.evaluate((line, offset) => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      let before = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (before + node.data.length > offset) {
          const range = document.createRange();
          range.setStart(node, offset - before);
          range.setEnd(node, offset - before + 1);
          const { left, top, bottom } = range.getBoundingClientRect();
          return { x: left + 2, y: (top + bottom) / 2 };
        }
        before += node.data.length;
      }
      throw new Error("the line is shorter");
    }, offset);
    await this.page.mouse.click(x, y);
    // The status bar counts characters.
    const column = Array.from(text.slice(0, offset)).length + 1;
    await this.until(`the cursor at column ${column}`, async () => (await this.status(/^Ln \d+, Col/))?.includes(`Col ${column}`));
  }

  /** The text of the entry of the status bar that matches. */
  async status(pattern) {
    const entries = await this.page.locator(".part.statusbar .statusbar-item").allTextContents();
    return entries.map((entry) => entry.replace(NBSP, " ")).find((entry) => pattern.test(entry));
  }

  async save() {
    await this.page.keyboard.press("Control+s");
    await this.until("the file to be saved", async () => (await this.page.locator(".tab.active.dirty").count()) === 0);
  }

  /** The whole text of the editor that has the focus. */
  async text() {
    await this.page.evaluate(() => navigator.clipboard.writeText(""));
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.press("Control+c");
    const text = await this.until("the clipboard", () => this.page.evaluate(() => navigator.clipboard.readText()));
    await this.page.keyboard.press("Escape");
    return text;
  }

  /** The findings in the Problems view, as rule and place; it shows a part of its list at a time, so it is scrolled through. */
  async problems() {
    const panel = this.page.locator(".part.panel .monaco-list").first();
    await panel.hover();
    await this.page.mouse.wheel(0, -10_000);
    const found = new Set();
    for (let turn = 0; turn < 20; turn += 1) {
      await pause(150);
      const rows = await panel.locator(".monaco-list-row").evaluateAll((rows) => rows.map((row) => row.textContent));
      // The brackets round the rule are drawn, not written.
      for (const row of rows) {
        const entry = row.replace(NBSP, " ").match(/rlcheck\(?([a-z-]+)\)?\s*\[Ln (\d+), Col (\d+)\]/);
        if (entry) found.add(`${entry[1]} ${entry[2]}:${entry[3]}`);
      }
      await this.page.mouse.wheel(0, 60);
    }
    await this.page.mouse.wheel(0, -10_000);
    return [...found].sort();
  }

  /** What is underlined on a line: for each squiggle of a kind, the UTF-16 offsets of the characters it lies under. */
  async squiggles(text, kind) {
    const handle = await this.line(text);
    return handle.evaluate((line, kind) => {
      const box = line.getBoundingClientRect();
      const editor = line.closest(".monaco-editor");
      const marks = [...editor.querySelectorAll(`.view-overlays .squiggly-${kind}`)].map((mark) => mark.getBoundingClientRect());
      const here = marks.filter((mark) => mark.bottom > box.top + 2 && mark.top < box.bottom - 2);
      // Every character's own box, by its offset in the line.
      const places = [];
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      let offset = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { segment, index } of new Intl.Segmenter("zh", { granularity: "grapheme" }).segment(node.data)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + segment.length);
          const { left, right } = range.getBoundingClientRect();
          places.push({ start: offset + index, end: offset + index + segment.length, middle: (left + right) / 2 });
        }
        offset += node.data.length;
      }
      return here.map((mark) => {
        const under = places.filter(({ middle }) => middle > mark.left && middle < mark.right);
        return { start: under.at(0)?.start, end: under.at(-1)?.end };
      });
    }, kind);
  }

  /** The hover at the cursor. */
  async hover() {
    await this.page.keyboard.press("Control+k");
    await this.page.keyboard.press("Control+i");
    const box = this.page.locator(".monaco-hover:visible .monaco-hover-content").first();
    return this.until("the hover", async () => (await box.innerText()).replace(NBSP, " "));
  }

  /** The titles that Ctrl+. offers at the cursor; the menu stays open. */
  async quickFixes() {
    await this.page.keyboard.press("Control+.");
    const rows = this.page.locator(".action-widget:visible .monaco-list-row.action");
    await rows.first().waitFor();
    return (await rows.allTextContents()).map((row) => row.replace(NBSP, " ").trim());
  }

  async choose(title) {
    await this.page.locator(".action-widget:visible .monaco-list-row.action").filter({ hasText: title }).first().click();
  }

  /** The frame of a webview that holds an element. */
  async webview(selector) {
    return this.until(`a page with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        if ((await frame.locator(selector).count()) > 0) return frame;
      }
      return null;
    });
  }

  async notifications() {
    return this.page.locator(".notifications-toasts .notification-list-item-message").allTextContents();
  }
}
