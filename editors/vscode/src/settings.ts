// The settings, and what of them the server is told.
import * as vscode from "vscode";

/** What the server is told when it starts and when a setting changes. */
export interface ServerSettings {
  run: "onType" | "onSave";
  year: number | null;
  rulebook: string | null;
  only: string[];
  except: string[];
  inlayHints: boolean;
  codeLens: boolean;
  docsUrl: string | null;
}

function section(scope?: vscode.ConfigurationScope): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("rlcheck", scope);
}

function text(value: string | undefined): string | null {
  const trimmed = value?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}

/** The path that the user set, as written. In Restricted Mode VS Code leaves out what the workspace says of it. */
export function programPath(): string | null {
  return text(section().get<string>("path"));
}

/** The settings that the server works by, for a file or for all. */
export function serverSettings(scope?: vscode.ConfigurationScope): ServerSettings {
  const settings = section(scope);
  return {
    run: settings.get<"onType" | "onSave">("run", "onType"),
    year: settings.get<number | null>("year", null),
    rulebook: text(settings.get<string>("rulebook")),
    only: settings.get<string[]>("only", []),
    except: settings.get<string[]>("except", []),
    inlayHints: settings.get<boolean>("inlayHints", false),
    codeLens: settings.get<boolean>("codeLens", true),
    docsUrl: text(settings.get<string>("docsUrl")),
  };
}
