// Finds the rlcheck program: the setting, the one that came with the extension, the one on PATH, in this order.
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

import { programPath } from "./settings";

const NAME = process.platform === "win32" ? "rlcheck.exe" : "rlcheck";

/** There is no program to run; the message says why. */
export class NoProgram extends Error {}

async function runnable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** A path as written in the settings, made whole. A path inside the workspace counts only where the workspace is trusted. */
function whole(written: string): string {
  if (written.startsWith("~/") || written.startsWith("~\\")) {
    return path.join(homedir(), written.slice(2));
  }
  const folder = "${workspaceFolder}";
  if (written.startsWith(folder)) {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    if (root === undefined || !vscode.workspace.isTrusted) {
      throw new NoProgram(`设置 rlcheck.path 写的是“${written}”，受限模式下不运行工作区里的程序`);
    }
    return path.join(root, written.slice(folder.length));
  }
  if (!path.isAbsolute(written)) {
    throw new NoProgram(`设置 rlcheck.path 写的“${written}”不是完整路径`);
  }
  return written;
}

/** The program's path. */
export async function findProgram(extension: vscode.Uri): Promise<string> {
  const written = programPath();
  if (written !== null) {
    const file = whole(written);
    if (await runnable(file)) {
      return file;
    }
    throw new NoProgram(`设置 rlcheck.path 写的“${written}”不存在或者不能运行`);
  }
  // A relative entry of PATH would mean whatever folder is open.
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const places = [vscode.Uri.joinPath(extension, "bin").fsPath, ...folders];
  for (const place of places) {
    const file = path.join(place, NAME);
    if (await runnable(file)) {
      return file;
    }
  }
  throw new NoProgram("没有找到 rlcheck 程序");
}

/** Says how to get the program, with a button to the setting. */
export async function sayHowToGet(error: NoProgram): Promise<void> {
  const set = "填写路径";
  const how = "怎么安装";
  const choice = await vscode.window.showErrorMessage(`${error.message}。装好后重新启动检查程序，或者在设置里写明它在哪里。`, set, how);
  if (choice === set) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "rlcheck.path");
  } else if (choice === how) {
    await vscode.window.showInformationMessage("安装 rlcheck", {
      modal: true,
      detail:
        "一、有 Rust 的电脑：在 rlcheck 源码文件夹里运行 cargo install --path .\n" +
        "二、没有 Rust 的电脑：把别人编译好的 rlcheck 程序文件拷来，放进 PATH 里的文件夹，或者在设置 rlcheck.path 里写它的完整路径。\n" +
        "然后运行命令“rlcheck: 重新启动检查程序”。",
    });
  }
}
