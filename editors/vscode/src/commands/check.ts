// “检查当前稿件” and “检查工作区里的全部稿件”: asks the server now, shows the Problems view and says what was found.
import * as vscode from "vscode";
import type { Diagnostic } from "vscode-languageclient/node";

import { type Tally, told } from "../draft";
import type { Server } from "../server";

interface Report {
  items?: Diagnostic[];
}

/** Counts a server's diagnostics by weight: 1 error, 2 warning, the rest for the record. */
function count(diagnostics: Diagnostic[]): Tally {
  const errors = diagnostics.filter(({ severity }) => severity === 1).length;
  const warnings = diagnostics.filter(({ severity }) => severity === 2).length;
  return { errors, warnings, infos: diagnostics.length - errors - warnings };
}

async function show(message: string): Promise<void> {
  await vscode.commands.executeCommand("workbench.actions.view.problems");
  void vscode.window.showInformationMessage(message);
}

/** Checks the draft at hand. */
export async function checkDraft(server: Server, draft: vscode.TextDocument): Promise<void> {
  const uri = draft.uri.toString();
  const { items } = await server.ask<Report>("textDocument/diagnostic", { textDocument: { uri } });
  server.refresh();
  const onSave = vscode.workspace.getConfiguration("rlcheck", draft.uri).get("run") === "onSave";
  const unsaved = onSave && draft.isDirty ? "（上次保存的）" : "";
  await show(`${draft.uri.path.split("/").pop() ?? ""}${unsaved}：${told(count(items ?? []))}`);
}

/** Checks every draft of the workspace's folders, those that are not open too. */
export async function checkWorkspace(server: Server): Promise<void> {
  const where = { location: vscode.ProgressLocation.Window, title: "rlcheck 正在检查全部稿件" };
  const { items } = await vscode.window.withProgress(where, () =>
    server.ask<{ items: Report[] }>("workspace/diagnostic", { previousResultIds: [] }),
  );
  const found = items.flatMap((report) => report.items ?? []);
  await show(`检查了${items.length}个文件：${told(count(found))}`);
}
