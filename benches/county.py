#!/usr/bin/env python3
"""Writes folders of invented drafts and measures rlcheck over them: wall time, processor time and peak memory.

    python3 benches/county.py                     20, 200, 2,000 and 20,000 drafts, with and without comparing them
    python3 benches/county.py 20 2000             so many
    python3 benches/county.py --write FOLDER 500  only writes the drafts

The drafts are made of the sentences below with invented names and numbers; a seed makes them the same every time. Of every hundred, four share
a passage with another.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time

HAN_TOWN = "云石柏青竹松溪河湾岭坪圩渡泉塘沙桥港林田禾谷峰崖原浦汀洲堰"
WHO = ["司法所", "综治中心", "执法队", "调解委员会", "便民中心", "法律顾问", "网格员", "镇纪委", "农技站", "劳动保障所", "林业站", "水利站"]
WHAT = ["邻里口角", "土地边界", "工程欠款", "婚姻家庭", "宅基地", "山林权属", "用水排水", "劳务报酬", "道路通行", "养殖污染", "租赁合同", "噪声扰民"]
HOW = ["上门听双方说理", "请老干部到场作证", "调出当年的底册逐项比对", "分三次坐下来谈", "先垫付再追偿", "在院坝里当众算账", "请专业机构测量", "拉上村组长一起看现场",
       "把每一步写进台账", "约定回访的日子", "当天给出书面答复", "把意见贴在公示栏"]
WHEN = ["春耕前", "汛期里", "秋收后", "年关前", "开学那周", "赶集日", "每月末", "换届以后", "枯水季", "采茶季", "清明前后", "雨季过后"]
RESULT = ["双方当场签了字", "没有一件反复", "用时比上年短了一半", "群众送来两面锦旗", "后来成了全镇的做法", "县里转发了这个做法", "留下的尾欠分三期付清", "边界上立了新的石桩"]
UNIT = ["件", "场", "份", "人次", "次", "期", "宗", "户次"]
VERB = ["化解", "讲解", "审查", "走访", "排查", "登记", "受理", "回访"]


def sentence(rng):
    n = lambda: rng.randint(11, 986)
    forms = [
        lambda: f"{rng.choice(WHEN)}，{rng.choice(WHO)}就{rng.choice(WHAT)}{rng.choice(HOW)}，{rng.choice(HOW)}，{rng.choice(RESULT)}，前后{rng.choice(VERB)}{n()}{rng.choice(UNIT)}。",
        lambda: f"对{rng.choice(WHAT)}和{rng.choice(WHAT)}，由{rng.choice(WHO)}牵头，{rng.choice(HOW)}，全年{rng.choice(VERB)}{n()}{rng.choice(UNIT)}，{rng.choice(RESULT)}。",
        lambda: f"{rng.choice(WHO)}与{rng.choice(WHO)}每到{rng.choice(WHEN)}{rng.choice(HOW)}，把{rng.choice(WHAT)}理出{n()}条线索，{rng.choice(RESULT)}。",
        lambda: f"{rng.choice(WHEN)}集中{rng.choice(VERB)}{rng.choice(WHAT)}，{rng.choice(HOW)}、{rng.choice(HOW)}，{rng.choice(VERB)}{n()}{rng.choice(UNIT)}。",
    ]
    return rng.choice(forms)()


def passage(rng, count):
    return "".join(sentence(rng) for _ in range(count))


def draft(number, seed=7):
    rng = random.Random(f"{seed}/{number}")
    first, second = HAN_TOWN[number % len(HAN_TOWN)], HAN_TOWN[number // len(HAN_TOWN) % len(HAN_TOWN)]
    third = HAN_TOWN[number // len(HAN_TOWN) ** 2 % len(HAN_TOWN)]
    town = f"{first}{second}{third}镇"
    work = [f"（{k}）{rng.choice(WHEN)}的事。{passage(rng, 9)}" for k in "一二三四五"]
    if number % 50 == 1:  # its passage comes from the one before it
        work[2] = "（三）把话说开。" + passage(random.Random(f"{seed}/shared/{number // 50}"), 4)
    if number % 50 == 0:
        work[3] = "（四）把话说开。" + passage(random.Random(f"{seed}/shared/{number // 50}"), 4)
    lacks = [f"（{k}）{rng.choice(WHO)}的人手不够。原因是{rng.choice(WHEN)}事情集中，{passage(rng, 2)}" for k in "一二三"]
    duty = [f"镇党委书记主持专题会{rng.randint(2, 9)}次，督办{rng.choice(WHAT)}{rng.randint(2, 9)}件。{passage(rng, 4)}", f"镇长听取汇报{rng.randint(2, 9)}次。{passage(rng, 4)}"]
    plan = [f"（{k}）{rng.choice(WHEN)}前补齐{rng.choice(WHO)}的人手。{passage(rng, 2)}" for k in "一二三"]
    parts = [("一、推进法治政府建设的主要举措和成效", work), ("二、存在的不足和原因", lacks),
             ("三、党政主要负责人履行推进法治建设第一责任人职责情况", duty), ("四、2026年推进法治政府建设的主要安排", plan)]
    body = "\n\n".join(f"## {title}\n\n" + "\n\n".join(texts) for title, texts in parts)
    return town, f"# {town}2025年法治政府建设年度报告\n\n县委、县政府：\n\n{body}\n\n中共{town}委员会\n\n{town}人民政府\n\n2026年1月{rng.randint(4, 30)}日\n"


def write(folder, count):
    size = 0
    for number in range(count):
        town, text = draft(number)
        # A thousand a folder, as a province keeps them.
        place = os.path.join(folder, f"{number // 1000:03}")
        os.makedirs(place, exist_ok=True)
        data = text.encode()
        size += len(data)
        with open(os.path.join(place, f"{number:05}{town}.md"), "wb") as out:
            out.write(data)
    return size


def measure(binary, folder, options):
    """Wall time, processor time and peak memory of one run, and how much it found."""
    begun = time.monotonic()
    child = subprocess.Popen([binary, "check", "--format", "jsonl", *options, folder], stdout=subprocess.PIPE)
    shared = drafts = 0
    for line in child.stdout:
        drafts += 1
        shared += line.count(b'"rule":"shared-')
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"rlcheck ended with {child.returncode}")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, drafts, shared


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="*", type=int, default=[20, 200, 2000, 20000])
    parser.add_argument("--binary", default="target/release/rlcheck")
    parser.add_argument("--write", metavar="FOLDER", help="only write the drafts")
    options = parser.parse_args()
    if options.write:
        print(f"{write(options.write, options.counts[0]) / 1e6:.1f} MB")
        return
    print("| drafts | MB | comparing | wall s | CPU s | CPU ms a draft | peak MB | shared findings |\n|---|---|---|---|---|---|---|---|")
    for count in options.counts:
        with tempfile.TemporaryDirectory() as folder:
            size = write(folder, count)
            for name, flags in [("no", ["--no-siblings"]), ("yes", ["--siblings"])]:
                wall, cpu, peak, drafts, shared = measure(options.binary, folder, flags)
                print(f"| {count} | {size / 1e6:.1f} | {name} | {wall:.2f} | {cpu:.2f} | {cpu * 1000 / count:.2f} | {peak:.0f} | {shared} |", flush=True)


if __name__ == "__main__":
    main()
