// “打开数据台账”: every figure of the draft with its arithmetic, in a panel beside it; a row jumps to its place.
import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as vscode from "vscode";

import { type Ledger, type Place, readLedger } from "../ledger";
import type { Server } from "../server";

const REFRESH_MS = 400;

interface Message {
  kind: "ready" | "jump";
  row?: number;
}

/** The panels, one a draft. */
export class Ledgers implements vscode.Disposable {
  private readonly panels = new Map<string, Panel>();

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: Server,
  ) {}

  /** Opens the draft's ledger, or brings it to the front. */
  async show(draft: vscode.TextDocument): Promise<void> {
    const key = draft.uri.toString();
    const open = this.panels.get(key);
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const panel = new Panel(this.extension, this.server, draft, await readLedger(this.server, draft));
    this.panels.set(key, panel);
    panel.onClosed(() => this.panels.delete(key));
  }

  dispose(): void {
    for (const panel of this.panels.values()) {
      panel.dispose();
    }
  }
}

/** One draft's ledger. It follows the draft while it is edited. */
class Panel {
  private readonly panel: vscode.WebviewPanel;
  private readonly watches: vscode.Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    extension: vscode.Uri,
    private readonly server: Server,
    private readonly draft: vscode.TextDocument,
    private ledger: Ledger,
  ) {
    const media = vscode.Uri.joinPath(extension, "media");
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.panel = vscode.window.createWebviewPanel("rlcheck.ledger", `数据台账 ${path.basename(draft.uri.path)}`, where, {
      enableScripts: true,
      enableForms: false,
      enableCommandUris: false,
      localResourceRoots: [media],
      retainContextWhenHidden: true,
    });
    this.panel.webview.html = page(this.panel.webview, media);
    this.watches.push(
      this.panel.webview.onDidReceiveMessage((message: Message) => this.receive(message)),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === draft && event.contentChanges.length > 0) {
          this.refreshSoon();
        }
      }),
    );
    this.panel.onDidDispose(() => {
      clearTimeout(this.timer);
      vscode.Disposable.from(...this.watches).dispose();
    });
  }

  onClosed(then: () => void): void {
    this.panel.onDidDispose(then);
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  dispose(): void {
    this.panel.dispose();
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), REFRESH_MS);
  }

  private async refresh(): Promise<void> {
    const version = this.draft.version;
    try {
      const ledger = await readLedger(this.server, this.draft);
      // What was typed meanwhile brings its own refresh.
      if (version === this.draft.version) {
        this.ledger = ledger;
        await this.send();
      }
    } catch (error) {
      this.server.log.warn(`数据台账没有更新：${String(error)}`);
    }
  }

  private send(): Thenable<boolean> {
    return this.panel.webview.postMessage({ kind: "rows", rows: this.ledger.rows });
  }

  private async receive(message: Message): Promise<void> {
    if (message.kind === "ready") {
      await this.send();
    } else if (message.row !== undefined) {
      const row = this.ledger.rows[message.row];
      if (row !== undefined) {
        await this.jump(row.start, row.end);
      }
    }
  }

  private async jump(start: Place, end: Place): Promise<void> {
    const range = new vscode.Range(position(this.draft, start), position(this.draft, end));
    const editor = vscode.window.visibleTextEditors.find((editor) => editor.document === this.draft);
    const viewColumn = editor?.viewColumn ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(this.draft, { viewColumn, selection: range });
  }
}

/** A place counted in characters, as a position of the editor, which counts UTF-16 units. */
function position(document: vscode.TextDocument, place: Place): vscode.Position {
  const line = Math.min(place.line - 1, document.lineCount - 1);
  const before = Array.from(document.lineAt(line).text).slice(0, place.column - 1);
  return new vscode.Position(line, before.join("").length);
}

/** The page: its own script and style sheet, nothing from anywhere else. */
function page(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <link rel="stylesheet" href="${file("ledger.css")}">
  <title>数据台账</title>
</head>
<body>
  <header>
    <input id="filter" type="search" placeholder="找数据，例如 办结" aria-label="找数据">
    <label><input id="faulty" type="checkbox"> 只看对不上的</label>
    <span id="count" role="status"></span>
  </header>
  <table>
    <thead><tr><th>行</th><th>数据</th><th>说的是什么</th><th>确切程度</th><th>核对</th></tr></thead>
    <tbody id="rows"></tbody>
  </table>
  <script nonce="${nonce}" src="${file("ledger.js")}"></script>
</body>
</html>`;
}
