// The language server's life: started with the program that is found, told the settings, restarted when asked.
import * as vscode from "vscode";
import {
  DocumentDiagnosticRequest,
  type Executable,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from "vscode-languageclient/node";

import { findProgram, NoProgram, sayHowToGet } from "./binary";
import { serverSettings } from "./settings";

/** The files that the server reads. */
const SELECTOR = [
  ...["file", "untitled"].flatMap((scheme) => ["markdown", "plaintext"].map((language) => ({ scheme, language }))),
  { scheme: "file", pattern: "**/rlcheck.toml" },
  { scheme: "file", language: "yaml" },
];

/** Settings that the server takes only when it starts. */
const AT_START = ["rlcheck.path", "rlcheck.run", "rlcheck.docsUrl"];

/** No server runs that could be asked. */
export class NotRunning extends Error {}

/** The server and its client; at most one of them runs. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private starting: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<void>();
  /** The server has started or stopped. */
  readonly onDidChange = this.changed.event;
  readonly log: vscode.LogOutputChannel;

  constructor(private readonly extension: vscode.Uri) {
    this.log = vscode.window.createOutputChannel("rlcheck", { log: true });
  }

  get running(): boolean {
    return this.client?.state === State.Running;
  }

  /** Asks the server something; where none runs, the error says so. */
  async ask<T>(method: string, params: unknown): Promise<T> {
    await this.starting;
    const client = this.client;
    if (client === undefined || !this.running) {
      throw new NotRunning("检查程序没有运行");
    }
    return client.sendRequest<T>(method, params);
  }

  /** Runs one of the server's commands. */
  execute<T>(command: string, ...args: unknown[]): Promise<T> {
    return this.ask<T>("workspace/executeCommand", { command, arguments: args });
  }

  /** Has VS Code ask for the diagnostics of every open draft again. */
  refresh(): void {
    (this.client?.getFeature(DocumentDiagnosticRequest.method) as { refresh(): void } | undefined)?.refresh();
  }

  /** Starts the server, or starts it anew. Calls that come while one is at it wait for their turn. */
  restart(): Promise<void> {
    this.starting = this.starting.then(() => this.startAnew());
    return this.starting;
  }

  /** Starts the server anew where the settings that changed ask for it. */
  async settingsChanged(event: vscode.ConfigurationChangeEvent): Promise<void> {
    if (AT_START.some((name) => event.affectsConfiguration(name))) {
      await this.restart();
    }
  }

  private async startAnew(): Promise<void> {
    await this.stop();
    try {
      const program = await findProgram(this.extension);
      this.log.info(`程序：${program}`);
      this.client = new LanguageClient("rlcheck", "rlcheck", executable(program), this.options());
      this.client.onDidChangeState(() => this.changed.fire());
      await this.client.start();
    } catch (error) {
      if (error instanceof NoProgram) {
        this.log.warn(error.message);
        void sayHowToGet(error);
      } else {
        this.log.error(String(error));
        void vscode.window.showErrorMessage(`rlcheck 没有启动：${error instanceof Error ? error.message : String(error)}`);
      }
    }
    this.changed.fire();
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client !== undefined) {
      // A server that has not started, or has died, has nothing to be told.
      await client.dispose().catch((error: unknown) => this.log.warn(String(error)));
    }
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: SELECTOR,
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: serverSettings(),
      synchronize: { configurationSection: "rlcheck" },
      markdown: { isTrusted: false, supportHtml: false },
    };
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
    this.log.dispose();
  }
}

function executable(command: string): Executable {
  return { command, args: ["lsp"], transport: TransportKind.stdio };
}
