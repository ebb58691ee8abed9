// “检查当前稿件” and “检查工作区里的全部稿件”.
import * as vscode from "vscode";

import type { Server } from "../server";

export async function checkDraft(_server: Server, _draft: vscode.TextDocument): Promise<void> {}
export async function checkWorkspace(_server: Server): Promise<void> {}
