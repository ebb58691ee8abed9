// Which documents are drafts, and what is found in them.
import * as vscode from "vscode";

/** A report, not a rulebook, a comparison or a page of settings. */
export function isDraft(document: vscode.TextDocument): boolean {
  const kept = document.uri.scheme === "file" || document.uri.scheme === "untitled";
  return kept && (document.languageId === "markdown" || document.languageId === "plaintext");
}

/** How many problems of each weight. */
export interface Tally {
  errors: number;
  warnings: number;
  infos: number;
}

/** Counts the problems that rlcheck shows in a document. */
export function tally(uri: vscode.Uri): Tally {
  const count: Tally = { errors: 0, warnings: 0, infos: 0 };
  for (const { source, severity } of vscode.languages.getDiagnostics(uri)) {
    if (source !== "rlcheck") {
      continue;
    }
    if (severity === vscode.DiagnosticSeverity.Error) {
      count.errors += 1;
    } else if (severity === vscode.DiagnosticSeverity.Warning) {
      count.warnings += 1;
    } else {
      count.infos += 1;
    }
  }
  return count;
}

/** `必须修改3处，建议修改5处`. */
export function told({ errors, warnings, infos }: Tally): string {
  const parts = [
    errors > 0 ? `必须修改${errors}处` : "",
    warnings > 0 ? `建议修改${warnings}处` : "",
    infos > 0 ? `供参考${infos}处` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "没有发现问题" : parts.join("，");
}
