#!/usr/bin/env python3
"""How long a keystroke takes until its diagnostics are there: rlcheck's server and rumdl's, in turns, in one run.

    python3 benches/lsp.py [--rlcheck target/release/rlcheck] [--rumdl rumdl] [--edits 300]

A draft of 12 KB and one of 200 KB are opened; then one character is put in or taken out again, at changing places, and the time is
taken from the last byte of the edit to the last byte of the diagnostics, pulled and pushed. The servers are different programs with
different rules: rumdl's time says what an editor is used to. Needs nothing but Python.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Server:
    """A language server on the other end of two pipes."""

    def __init__(self, command, folder, pulls):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder
        )
        self.count = 0
        self.pulls = pulls
        document = {"diagnostic": {}} if pulls else {"publishDiagnostics": {"versionSupport": True}}
        uri = Path(folder).as_uri()
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "drafts"}],
                "capabilities": {"general": {"positionEncodings": ["utf-16"]}, "textDocument": document},
            },
        )
        self.tell("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        size = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        if not size:
            raise EOFError("the server has ended")
        return self.process.stdout.read(size)

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        self.count += 1
        self.send({"id": self.count, "method": method, "params": params})
        while True:
            message = json.loads(self.receive())
            if message.get("id") == self.count and "method" not in message:
                return message
            self.answer(message)

    def answer(self, message):
        """Whatever a server asks of its client is answered with nothing."""
        if "method" in message and "id" in message:
            items = message.get("params", {}).get("items") if message["method"] == "workspace/configuration" else None
            self.send({"id": message["id"], "result": [None] * len(items) if items else None})

    def published(self, uri, version):
        while True:
            message = json.loads(self.receive())
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                if params["uri"] == uri and params.get("version", version) == version:
                    return params["diagnostics"]
            self.answer(message)

    def diagnostics(self, uri, version):
        if not self.pulls:
            return self.published(uri, version)
        while True:
            answer = self.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})
            if "error" not in answer:
                return answer["result"].get("items", [])

    def end(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.stdin.close()
        self.process.wait(timeout=10)


def draft(size):
    """Examples one after the other, until there are so many bytes."""
    text = (ROOT / "examples" / "faulty.md").read_text(encoding="utf-8")
    text = text.replace("\r\n", "\n")
    while len(text.encode()) < size:
        text += "\n" + text
    cut = text.encode()[:size].decode(errors="ignore")
    return cut[: cut.rfind("。") + 1] + "\n"


def measure(command, text, pulls, edits):
    """Milliseconds from each edit to its diagnostics."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.md"
        path.write_text(text, encoding="utf-8")
        uri = path.as_uri()
        server = Server(command, folder, pulls)
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        server.tell("textDocument/didOpen", {"textDocument": item})
        count = len(server.diagnostics(uri, 1))
        # A server that builds something in the background has a second for it, as the drafter has before typing.
        time.sleep(1)
        lines = [index for index, line in enumerate(text.split("\n")) if len(line) > 20]
        times = []
        for step in range(edits):
            line = lines[step // 2 * 7 % len(lines)]
            start, end = {"line": line, "character": 10}, {"line": line, "character": 10 + step % 2}
            change = {"range": {"start": start, "end": end}, "text": "" if step % 2 else "好"}
            began = time.perf_counter()
            document = {"uri": uri, "version": step + 2}
            server.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
            server.diagnostics(uri, step + 2)
            times.append((time.perf_counter() - began) * 1000)
        server.end()
    return count, times


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rlcheck", default=str(ROOT / "target" / "release" / "rlcheck"))
    options.add_argument("--rumdl", default="rumdl")
    options.add_argument("--edits", type=int, default=300)
    options.add_argument("--at-most", type=float, help="fail if p95 of rlcheck on 12 KB takes more milliseconds")
    given = options.parse_args()
    servers = [("rlcheck", [str(Path(given.rlcheck).resolve()), "lsp"])]
    rumdl = shutil.which(given.rumdl)
    if rumdl:
        servers.append(("rumdl", [rumdl, "server", "--stdio"]))
    else:
        print("rumdl is not there: only rlcheck is measured", file=sys.stderr)
    print(f"{'server':8} {'draft':>7} {'how':>6} {'found':>6} {'median':>9} {'p95':>9}   (load {os.getloadavg()[0]:.1f})")
    slowest = 0.0
    for size in (12_000, 200_000):
        text = draft(size)
        for pulls in (True, False):
            for name, command in servers:
                count, times = measure(command, text, pulls, given.edits)
                p95 = statistics.quantiles(times, n=20)[18]
                how = "pull" if pulls else "push"
                kilobytes = f"{len(text.encode()) // 1000} KB"
                print(f"{name:8} {kilobytes:>7} {how:>6} {count:>6} {statistics.median(times):>6.2f} ms {p95:>6.2f} ms", flush=True)
                if name == "rlcheck" and size == 12_000:
                    slowest = max(slowest, p95)
    if given.at_most and slowest > given.at_most:
        sys.exit(f"p95 of {slowest:.2f} ms is more than {given.at_most} ms")


if __name__ == "__main__":
    main()
