// rlcheck in VS Code: starts the language server and adds the commands.
import * as vscode from "vscode";

import { checkDraft, checkWorkspace } from "./commands/check";
import { Comparisons } from "./commands/compare";
import { Ledgers } from "./commands/ledger";
import { newReport } from "./commands/report";
import { isDraft } from "./draft";
import { NotRunning, Server } from "./server";
import { Status } from "./status";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const own = new Server(context.extensionUri);
  server = own;
  const ledgers = new Ledgers(context.extensionUri, own);
  const comparisons = new Comparisons();
  context.subscriptions.push(own, ledgers, comparisons, new Status(own));

  const add = (name: string, act: () => Promise<unknown> | unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(`rlcheck.${name}`, () => guarded(own, act)));
  };
  add("checkDraft", () => withDraft((draft) => checkDraft(own, draft)));
  add("checkWorkspace", () => checkWorkspace(own));
  add("fixAllSafe", () => withDraft(fixAllSafe));
  add("newReport", () => newReport(own, context.globalState));
  add("compareLastYear", () => withDraft((draft) => comparisons.show(own, draft)));
  add("openLedger", () => withDraft((draft) => ledgers.show(draft)));
  add("restartServer", () => own.restart());
  add("showLog", () => own.log.show());

  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => own.settingsChanged(event)),
    // What the workspace says of the program counts from now on.
    vscode.workspace.onDidGrantWorkspaceTrust(() => own.restart()),
  );
  await own.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Runs a command; what goes wrong is told, not thrown. */
async function guarded(own: Server, act: () => Promise<unknown> | unknown): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof NotRunning) {
      // Starts it, or says what is in the way.
      await own.restart();
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    own.log.error(message);
    await vscode.window.showErrorMessage(`rlcheck：${message}`);
  }
}

/** Does something with the draft in the active editor. */
async function withDraft(act: (draft: vscode.TextDocument) => Promise<unknown>): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined && isDraft(document)) {
    await act(document);
  } else {
    await vscode.window.showInformationMessage("先打开一份稿件（.md 或 .txt）");
  }
}

/** Through the same door as “fix on save”: the server's source action. */
async function fixAllSafe(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.rlcheck", apply: "first" });
}
