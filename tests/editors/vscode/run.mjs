// The extension in a real VS Code, from the .vsix to the last click. Run by ../vscode.sh.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";

import { Steps } from "./steps.mjs";
import { restricted } from "./restricted.mjs";
import { trusted } from "./trusted.mjs";

const [program, vsix, example, pictures] = process.argv.slice(2).map((one) => path.resolve(one));
mkdirSync(pictures, { recursive: true });

/** What the command line says of a file. */
function findings(file) {
  const { stdout, stderr, status, signal, error } = spawnSync(program, ["--format", "json", file], { encoding: "utf8" });
  if (!stdout) throw new Error(`no answer about ${file}: status ${status}, ${signal}, ${error}, ${stderr}`);
  return JSON.parse(stdout).drafts[0].findings;
}

const around = { program, vsix, example, pictures, findings, run: (...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }) };
const steps = new Steps(pictures);
for (const [name, part] of Object.entries({ trusted, restricted })) {
  console.log(`-- ${name}`);
  await part(around, steps).catch((error) => steps.step(null, `the ${name} window`, () => Promise.reject(error)));
}
console.log(`${steps.passed} passed, ${steps.failed} failed`);
process.exit(steps.failed === 0 ? 0 : 1);
