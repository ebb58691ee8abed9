// The status bar: what is left to do in the draft at hand.
import * as vscode from "vscode";

import { isDraft, tally, told } from "./draft";
import type { Server } from "./server";

/** One entry, shown while a draft is at hand. */
export class Status implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly watches: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.item = vscode.window.createStatusBarItem("rlcheck.status", vscode.StatusBarAlignment.Right, 100);
    this.item.name = "rlcheck";
    this.item.command = "workbench.actions.view.problems";
    this.watches = [
      server.onDidChange(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
      vscode.languages.onDidChangeDiagnostics(() => this.show()),
    ];
    this.show();
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isDraft(document)) {
      this.item.hide();
      return;
    }
    if (!this.server.running) {
      this.item.text = "$(circle-slash) rlcheck 没有运行";
      this.item.tooltip = "点这里重新启动检查程序";
      this.item.command = "rlcheck.restartServer";
      this.item.show();
      return;
    }
    void this.showDraft(document);
  }

  /** The parts that are there, as the server's lens at the title tells, and what is left to mend. */
  private async showDraft(document: vscode.TextDocument): Promise<void> {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>("vscode.executeCodeLensProvider", document.uri);
    if (vscode.window.activeTextEditor?.document !== document) {
      return;
    }
    const parts = lenses?.map((lens) => lens.command?.title ?? "").find((title) => title.startsWith("必备部分"));
    const count = tally(document.uri);
    const icon = count.errors > 0 ? "$(error)" : count.warnings > 0 ? "$(warning)" : "$(check)";
    const brief = parts?.match(/^必备部分 \d+\/\d+/)?.[0];
    this.item.text = `${icon} ${[brief, told(count)].filter(Boolean).join("，")}`;
    this.item.tooltip = [parts, "点这里看全部问题"].filter(Boolean).join("\n");
    this.item.command = "workbench.actions.view.problems";
    this.item.show();
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.watches).dispose();
  }
}
