// “写新一年的报告”: asks for the year, the town, the county and last year's file; opens the blank report unsaved.
import * as vscode from "vscode";

import type { Server } from "../server";

const MEMORY = "rlcheck.lastReport";

interface Answers {
  from: vscode.Uri | null;
  year: string;
  town: string;
  county: string;
}

/** Until June one writes last year's report, from then on this year's. */
function usualYear(today: Date): number {
  return today.getMonth() < 6 ? today.getFullYear() - 1 : today.getFullYear();
}

function wrongYear(value: string): string | undefined {
  const trimmed = value.trim();
  return trimmed === "" || /^(199\d|20\d\d)$/.test(trimmed) ? undefined : "写四位数字的年份，例如 2025";
}

function wrongName(endings: string, example: string): (value: string) => string | undefined {
  const full = new RegExp(`^\\p{Script=Han}{1,20}(${endings})$`, "u");
  return (value) => (value.trim() === "" || full.test(value.trim()) ? undefined : `写全称，例如“${example}”`);
}

/** Last year's report: a file, none (`null`), or `undefined` when the user goes back on it. */
async function lastYear(): Promise<vscode.Uri | null | undefined> {
  const pick: vscode.QuickPickItem = { label: "选去年的报告…", detail: "去年的安排列成对照清单，去年的不足、数据写在旁边" };
  const none: vscode.QuickPickItem = { label: "没有去年的报告" };
  const choice = await vscode.window.showQuickPick([pick, none], { title: "写新一年的报告（1/4）：去年的报告", ignoreFocusOut: true });
  if (choice === undefined) {
    return undefined;
  }
  return choice === pick ? await pickReport("选去年的报告") : null;
}

/** The folder to look for reports in: the draft's own, or the workspace's. */
function folderOf(draft?: vscode.TextDocument): vscode.Uri | undefined {
  return draft?.uri.scheme === "file" ? vscode.Uri.joinPath(draft.uri, "..") : vscode.workspace.workspaceFolders?.[0]?.uri;
}

/** Lets the user pick a report on the disk. */
export async function pickReport(title: string, beside?: vscode.TextDocument): Promise<vscode.Uri | undefined> {
  const folder = folderOf(beside);
  const files = await vscode.window.showOpenDialog({
    title,
    openLabel: "选这一份",
    canSelectMany: false,
    ...(folder === undefined ? {} : { defaultUri: folder }),
    filters: { "报告（.docx、.md、.txt）": ["docx", "md", "txt"] },
  });
  return files?.[0];
}

async function ask(memory: vscode.Memento): Promise<Answers | undefined> {
  const from = await lastYear();
  if (from === undefined) {
    return undefined;
  }
  const known = memory.get<Partial<Answers>>(MEMORY, {});
  const title = "写新一年的报告";
  const blank = from === null ? "不填就照 rlcheck.toml" : "不填就照 rlcheck.toml 或者去年的报告";
  const year = await vscode.window.showInputBox({
    title: `${title}（2/4）：报告年度`,
    prompt: from === null ? "例如 2025" : "例如 2025；不填就是去年报告的下一年",
    value: from === null ? String(usualYear(new Date())) : "",
    validateInput: wrongYear,
    ignoreFocusOut: true,
  });
  if (year === undefined) {
    return undefined;
  }
  const town = await vscode.window.showInputBox({
    title: `${title}（3/4）：镇、乡或者街道的全称`,
    prompt: `例如 柳川镇；${blank}`,
    value: from === null ? (known.town ?? "") : "",
    validateInput: wrongName("镇|乡|街道", "柳川镇"),
    ignoreFocusOut: true,
  });
  if (town === undefined) {
    return undefined;
  }
  const county = await vscode.window.showInputBox({
    title: `${title}（4/4）：所属县（市、区）的全称`,
    prompt: `例如 云砚县；${blank}`,
    value: from === null ? (known.county ?? "") : "",
    validateInput: wrongName("县|市|区|旗", "云砚县"),
    ignoreFocusOut: true,
  });
  return county === undefined ? undefined : { from, year: year.trim(), town: town.trim(), county: county.trim() };
}

/** Asks, lets the server write the blank report, and shows it as a new document. Nothing on the disk is touched. */
export async function newReport(server: Server, memory: vscode.Memento): Promise<void> {
  const answers = await ask(memory);
  if (answers === undefined) {
    return;
  }
  const { from, year, town, county } = answers;
  const told = {
    folder: vscode.workspace.workspaceFolders?.[0]?.uri.toString(),
    from: from?.toString(),
    year: year === "" ? undefined : Number(year),
    town: town === "" ? undefined : town,
    county: county === "" ? undefined : county,
  };
  const { text } = await server.execute<{ text: string }>("rlcheck.new", told);
  if (town !== "" && county !== "") {
    await memory.update(MEMORY, { town, county });
  }
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: text });
  await vscode.window.showTextDocument(document);
}
