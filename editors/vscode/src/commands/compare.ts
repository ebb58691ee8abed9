// “和去年的报告对比”: the program's comparison, in a document that cannot be edited.
import * as path from "node:path";
import * as vscode from "vscode";

import type { Server } from "../server";
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
  async show(server: Server, draft: vscode.TextDocument): Promise<void> {
    const last = await pickReport("选去年的报告", draft);
    if (last === undefined) {
      return;
    }
    const { text } = await server.execute<{ text: string }>("rlcheck.compare", draft.uri.toString(), last.toString());
    const name = path.basename(draft.uri.path);
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
