// “和去年的报告对比”: the program's comparison, in a document that cannot be edited.
import * as path from "node:path";
import * as vscode from "vscode";

import { folderOf, run } from "../program";
import { serverSettings } from "../settings";
import { pickReport } from "./report";

const SCHEME = "rlcheck-compare";

/** Shows comparisons; each is kept for as long as its document is open. */
export class Comparisons implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registrations: vscode.Disposable[];
  readonly onDidChange = this.changed.event;

  constructor() {
    this.registrations = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument((document) => this.texts.delete(document.uri.toString())),
      this.changed,
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  /** Asks for last year's report and shows it beside this one. */
  async show(program: string, draft: vscode.TextDocument): Promise<void> {
    const last = await pickReport("选去年的报告", draft);
    if (last === undefined) {
      return;
    }
    const { rulebook } = serverSettings(draft.uri);
    const args = ["compare", ...(rulebook === null ? [] : ["--rulebook", rulebook]), "--", last.fsPath, "-"];
    const name = path.basename(draft.uri.path);
    const text = (await run(program, args, folderOf(draft), draft.getText())).replace("今年：标准输入", `今年：${name}`);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/对比 ${name}`, query: draft.uri.toString() });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    const shown = await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), "plaintext");
    await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: false });
  }

  dispose(): void {
    vscode.Disposable.from(...this.registrations).dispose();
  }
}
