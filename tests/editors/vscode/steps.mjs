// Counts steps, and keeps a picture of the window where one goes wrong.
import assert from "node:assert/strict";
import path from "node:path";

export class Steps {
  passed = 0;
  failed = 0;

  constructor(pictures) {
    this.pictures = pictures;
  }

  /** Runs a step; what it asserts decides. Later steps go on. */
  async step(window, name, act) {
    try {
      await act();
      this.passed += 1;
      console.log(`ok   ${name}`);
    } catch (error) {
      this.failed += 1;
      console.log(`FAIL ${name}\n${error instanceof assert.AssertionError ? error.message : error.stack}`);
      const picture = path.join(this.pictures, `failed-${this.failed}.png`);
      await window?.page.screenshot({ path: picture }).then(() => console.log(`see ${picture}`), () => undefined);
      await window?.page.keyboard.press("Escape").catch(() => undefined);
    }
  }
}
