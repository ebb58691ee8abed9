// Runs the rlcheck program for what is no conversation: one question, one answer. The draft goes in through standard
// input, so what is not saved yet counts too.
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

/** The program could not do the job; the message is its own. */
export class Refused extends Error {}

const LIMIT_MS = 60_000;

/** The folder whose `rlcheck.toml` counts for a draft: its own, or the workspace's for one that is not saved yet. */
export function folderOf(document?: vscode.TextDocument): string {
  if (document?.uri.scheme === "file") {
    return path.dirname(document.uri.fsPath);
  }
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
}

/** Runs `rlcheck` with arguments in a folder and returns what it prints. */
export function run(program: string, args: readonly string[], folder: string, input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, windowsHide: true, timeout: LIMIT_MS });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => err.push(bytes));
    child.on("error", (error) => reject(new Refused(`rlcheck 不能运行：${error.message}`)));
    child.on("close", (code) => {
      const said = Buffer.concat(err).toString("utf8").trim();
      if (code === 0 || code === 1) {
        resolve(Buffer.concat(out).toString("utf8"));
      } else {
        reject(new Refused(said === "" ? `rlcheck 没有做完（${code ?? "超过60秒"}）` : said));
      }
    });
    // A program that ends before it has read everything says why on its standard error.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
