#!/usr/bin/env python3
"""rlcheck beside its peers, whole processes, in one run: one draft from cold start to exit, and a folder of drafts.

usage: benches/peers.py [--rlcheck PATH] [--drafts FOLDER] [--count N] [--runs N] [--scale] [--tools FOLDER]

--rlcheck  the program to measure (target/release/rlcheck)
--drafts   a folder of .md drafts to check; without it, --count (2000) seeded variants of the examples are written
--runs     how often each program checks one draft (30)
--scale    also: cost per draft from 20 to 20,000 drafts, and per byte from 1 KB to 5 MB
--tools    where the peers are: FOLDER/py/bin/rumdl, FOLDER/npm/node_modules/.bin/{autocorrect,zhlint} (else the PATH)

It installs nothing. The peers come from their registries:
  python3 -m venv tools/py && tools/py/bin/pip install rumdl
  mkdir -p tools/npm && cd tools/npm && npm init -y && npm install autocorrect-node zhlint
What is not there is left out of the table. Programs take turns, so that what else the machine does falls on all of
them; compare user and system time where wall times jump.
"""
import argparse, os, pathlib, random, re, resource, shutil, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def variants(folder, count, seeds):
    """Drafts that differ in five numbers and an annex; anyone gets the same bytes."""
    texts = [path.read_text("utf-8") for path in seeds]
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(20)
    for index in range(count):
        text = texts[index % len(texts)]
        numbers = list(re.finditer(r"\d+", text))
        for match in sorted(rng.sample(numbers, min(5, len(numbers))), key=lambda m: -m.start()):
            number = str(rng.randrange(1, 10 ** len(match.group())))
            text = text[: match.start()] + number + text[match.end():]
        text = text.rstrip("\n") + f"\n\n附件{index + 1}：第{index + 1}号变体，共{rng.randrange(1, 99)}件。\n"
        (folder / f"r{index:05}.md").write_text(text, "utf-8")
    return folder


def run(command, folder=None):
    """Wall, user and system seconds of one process, its peak memory in MB; findings are no failure."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if child.returncode not in (0, 1):
        sys.exit(f"{command[0]}: exit {child.returncode}")
    return wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024


def tools(args):
    """Name, command for one draft, command for a folder, how often the folder is checked."""
    base = pathlib.Path(args.tools) if args.tools else None

    def find(name, *places):
        there = [base / place for place in places if base and (base / place).exists()]
        return str(there[0]) if there else shutil.which(name)

    rlcheck = str(pathlib.Path(args.rlcheck).resolve())
    yield "rlcheck", [rlcheck, "check"], lambda folder: [str(folder)], 3
    yield "rlcheck --no-siblings", [rlcheck, "check", "--no-siblings"], lambda folder: [str(folder)], 3
    if rumdl := find("rumdl", "py/bin/rumdl"):
        yield "rumdl --no-cache", [rumdl, "check", "--no-cache"], lambda folder: [str(folder)], 3
    if autocorrect := find("autocorrect", "npm/node_modules/.bin/autocorrect"):
        yield "AutoCorrect", [autocorrect, "--lint", "--format", "json"], lambda folder: [str(folder)], 2
    if zhlint := find("zhlint", "npm/node_modules/.bin/zhlint"):
        # It finds files below the working folder only.
        yield "zhlint", [zhlint], lambda folder: [f"{folder.name}/*.md"], 1


def measure(args, one, many, size):
    found = list(tools(args))
    single = {name: [] for name, *_ in found}
    for turn in range(args.runs + 2):
        for name, command, _, _ in found:
            if "zhlint" == name and turn > 6 or "AutoCorrect" == name and turn > 12:
                continue
            result = run(command + [str(one)])
            if turn > 1:
                single[name].append(result)
    folder = {name: [] for name, *_ in found}
    for turn in range(3):
        for name, command, paths, times in found:
            if turn < times:
                folder[name].append(run(command + paths(many.resolve()), many.resolve().parent))
    count = sum(1 for _ in many.glob("*.md"))
    print(f"\n一份 {one.stat().st_size / 1024:.0f} KB 的稿件（{args.runs} 次轮流，最短 / 中位）；{count} 份共 {size / 1e6:.1f} MB（最短一次）\n")
    print("| 程序 | 一份 ms | 其中 CPU ms | 内存 MB | 全部 秒 | 其中 CPU 秒 | 内存 MB | MB/s |")
    print("|---|---|---|---|---|---|---|---|")
    best = {}
    for name, *_ in found:
        walls = [wall * 1000 for wall, *_ in single[name]]
        cpu = min((user + system) * 1000 for _, user, system, _ in single[name])
        wall, user, system, memory = min(folder[name])
        best[name] = (min(walls), wall, user + system)
        print(f"| {name} | {min(walls):.1f} / {statistics.median(walls):.1f} | {cpu:.1f} | {single[name][0][3]:.0f} "
              f"| {wall:.2f} | {user + system:.2f} | {memory:.0f} | {size / 1e6 / wall:.1f} |")
    own = best["rlcheck"]
    print("\n别的程序用的时间是 rlcheck 的几倍（一份、全部、全部的 CPU），大于 1 是 rlcheck 快：\n")
    for name, other in best.items():
        if not name.startswith("rlcheck"):
            print(f"- {name}：{other[0] / own[0]:.2f}，{other[1] / own[1]:.2f}，{other[2] / own[2]:.2f}")


def scale(args, work, seeds):
    """Whether cost grows faster than what is checked."""
    program = [str(pathlib.Path(args.rlcheck).resolve()), "check"]
    print("\n| 稿件份数 | CPU 毫秒/份 | 内存 MB |\n|---|---|---|")
    for count in (20, 200, 2000, 20000):
        folder = variants(work / f"n{count}", count, seeds)
        _, user, system, memory = min((run(program + [str(folder)]) for _ in range(2)), key=lambda r: r[1] + r[2])
        print(f"| {count} | {(user + system) * 1000 / count:.2f} | {memory:.0f} |", flush=True)
        shutil.rmtree(folder)
    whole = "\n\n".join(path.read_text("utf-8") for path in seeds)
    print("\n| 一份稿件的大小 | CPU 微秒/KB | 内存 MB |\n|---|---|---|")
    for size in (1_000, 10_000, 100_000, 1_000_000, 5_000_000):
        text = (whole * (size // len(whole.encode()) + 1)).encode()[:size].decode("utf-8", "ignore")
        path = work / f"{size}.md"
        path.write_text(text, "utf-8")
        _, user, system, memory = min((run(program + [str(path)]) for _ in range(3)), key=lambda r: r[1] + r[2])
        print(f"| {size // 1000} KB | {(user + system) * 1e6 / (size / 1000):.0f} | {memory:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--rlcheck", default=ROOT / "target/release/rlcheck")
    parser.add_argument("--drafts")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--tools")
    args = parser.parse_args()
    if not pathlib.Path(args.rlcheck).exists():
        sys.exit(f"{args.rlcheck}: not there; build it with: cargo build --release")
    seeds = sorted([*(ROOT / "examples").glob("*.md"), *(ROOT / "examples").glob("*.txt")])
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        many = pathlib.Path(args.drafts) if args.drafts else variants(work / "many", args.count, seeds)
        files = sorted(many.glob("*.md"))
        if not files:
            sys.exit(f"{many}: no .md drafts")
        # The draft whose size is nearest to 12 KB stands for all.
        one = min(files, key=lambda path: abs(path.stat().st_size - 12_229))
        measure(args, one, many, sum(path.stat().st_size for path in files))
        if args.scale:
            scale(args, work, [*files[:3]] if args.drafts else seeds)


main()
