//! Reports in many heading styles, each part left out in turn: what is there is found, what is not is named.

use rlcheck::{Rulebook, check};

const PARTS: [&str; 4] = ["measures", "shortcomings", "duties", "plan"];

const TITLES: [&str; 4] = [
    "2025年度推进法治政府建设的主要举措和成效",
    "存在的不足和原因",
    "党政主要负责人履行推进法治建设第一责任人职责情况",
    "2026年度推进法治政府建设的主要安排",
];

const BODIES: [[&str; 2]; 4] = [
    [
        "镇党委理论学习中心组专题学习四次，组织镇村干部旁听庭审两次，把合同审查、公开征求意见和集体讨论列为固定程序，重要文件一律先审后签。",
        "镇综治中心每周三设立调解专窗，村级调解员轮流坐班，当场能办的当场办，一时办不了的登记交办、按期回访。执法人员进店检查先出示证件，文书当场打印送达，音像资料专人保管。",
    ],
    [
        "一是宣传活动集中在上半年，夏收以后次数偏少，原因是专职人员只有一名，农忙时抽调下村。",
        "二是部分村的档案不齐，由于缺少统一样式，各村各记一套，查找不便。",
    ],
    [
        "镇党委书记主持党委会听取汇报四次，研究执法装备、司法所用房等具体问题，带头讲法治课两次。",
        "镇长按季度督办行政执法问题整改，出庭应诉一次，组织政府班子学法六次，年终述职时一并述法。",
    ],
    [
        "按月安排到村宣传，把农忙时段改为夜间讲堂，请调解员用本地话讲案例，年底评出十个示范院坝。",
        "统一村级档案样式，一季度完成培训，二季度集中补录，三季度由司法所逐村核对并通报结果。",
    ],
];

/// A way of writing a report: a name and what it makes of a part (its place from 1, title and two paragraphs).
type Style = (&'static str, fn(usize, &str, [&str; 2]) -> String);

fn han(n: usize) -> &'static str {
    ["一", "二", "三", "四"][n - 1]
}

/// A title cut in two behind its tenth character.
fn halves(title: &str) -> (String, String) {
    (title.chars().take(13).collect(), title.chars().skip(13).collect())
}

const STYLES: &[Style] = &[
    ("markdown, numbered", |n, t, [a, b]| format!("## {}、{t}\n\n{a}\n\n{b}\n\n", han(n))),
    ("plain, numbered", |n, t, [a, b]| format!("{}、{t}\n{a}\n{b}\n", han(n))),
    ("bold, numbered", |n, t, [a, b]| format!("**{}、{t}**\n\n{a}\n\n{b}\n\n", han(n))),
    ("markdown and bold, a dot for the mark", |n, t, [a, b]| format!("### **{}. {t}**\n\n{a}\n\n{b}\n\n", han(n))),
    ("indented as in WPS", |n, t, [a, b]| format!("　　{}、 {t}\n　　{a}\n　　{b}\n", han(n))),
    ("numbered parts", |n, t, [a, b]| format!("第{}部分  {t}\n\n{a}\n\n{b}\n\n", han(n))),
    ("markdown without numbers", |_, t, [a, b]| format!("## {t}\n\n{a}\n\n{b}\n\n")),
    ("markdown of the first level", |n, t, [a, b]| format!("# {}、{t}\n\n{a}\n\n{b}\n\n", han(n))),
    ("bold without numbers", |_, t, [a, b]| format!("**{t}**\n\n{a}\n\n{b}\n\n")),
    ("plain without numbers", |_, t, [a, b]| format!("{t}\n\n{a}\n\n{b}\n\n")),
    ("run into the text by a full stop", |n, t, [a, b]| format!("{}、{t}。{a}\n{b}\n", han(n))),
    ("run into the text by a colon", |n, t, [a, b]| format!("　　{}、{t}：{a}\n　　{b}\n", han(n))),
    ("bold and run into the text", |n, t, [a, b]| format!("**{}、{t}。**{a}\n\n{b}\n\n", han(n))),
    ("arabic above brackets", |n, t, [a, b]| format!("{n}. {t}\n\n（一）分工到人。{a}\n\n（二）逐项落实。{b}\n\n")),
    ("over two lines", |n, t, [a, b]| {
        let (first, second) = halves(t);
        format!("{}、{first}\n{second}\n\n{a}\n\n{b}\n\n", han(n))
    }),
    ("markdown over two lines", |n, t, [a, b]| {
        let (first, second) = halves(t);
        format!("## {}、{first}\n## {second}\n\n{a}\n\n{b}\n\n", han(n))
    }),
    ("all bold, heads and text", |n, t, [a, b]| format!("**{}、{t}**\n\n**{a}**\n\n**{b}**\n\n", han(n))),
    ("a full stop closes the heading", |n, t, [a, b]| format!("{}、{t}。\n\n{a}\n\n{b}\n\n", han(n))),
    ("second-level heads within", |n, t, [a, b]| {
        format!("## {}、{t}\n\n### （一）统筹推进\n\n{a}\n\n### （二）抓好落实\n\n{b}\n\n", han(n))
    }),
    ("half-width brackets within", |n, t, [a, b]| format!("{}、{t}\n(一)统筹推进。{a}\n(二)抓好落实。{b}\n", han(n))),
    ("arabic numbers", |n, t, [a, b]| format!("{n}. {t}\n\n{a}\n\n{b}\n\n")),
    ("arabic numbers in markdown", |n, t, [a, b]| format!("## {n}. {t}\n\n{a}\n\n{b}\n\n")),
    ("hash without a blank", |n, t, [a, b]| format!("##{}、{t}\n\n{a}\n\n{b}\n\n", han(n))),
    ("text cut by page seams", |n, t, [a, b]| {
        let (first, second): (String, String) = (a.chars().take(20).collect(), a.chars().skip(20).collect());
        format!("{}、{t}\n\n{first}\n\n— {n} —\n\n{second}\n\n{b}\n\n", han(n))
    }),
    ("windows line ends", |n, t, [a, b]| format!("## {}、{t}\r\n\r\n{a}\r\n\r\n{b}\r\n\r\n", han(n))),
    ("no blank lines in markdown", |n, t, [a, b]| format!("## {}、{t}\n{a}\n{b}\n", han(n))),
    ("quoted", |n, t, [a, b]| format!("> **{}、{t}**\n>\n> {a}\n>\n> {b}\n\n", han(n))),
    ("a blank behind the number's mark and full-width spaces", |n, t, [a, b]| {
        format!("{}、　{t}　\n\n　　{a}\n\n　　{b}\n\n", han(n))
    }),
    ("brackets for the first level", |n, t, [a, b]| format!("（{}）{t}\n\n{a}\n\n{b}\n\n", han(n))),
];

fn report(style: &Style, without: Option<usize>) -> String {
    let mut text =
        "柳川镇2025年度法治政府建设情况报告\n\n县委、县政府：\n\n现将2025年度法治政府建设情况报告如下：\n\n".to_owned();
    let mut number = 0;
    for part in (0..4).filter(|&part| Some(part) != without) {
        number += 1;
        text.push_str(&style.1(number, TITLES[part], BODIES[part]));
    }
    text + "\n中共柳川镇委员会\n\n柳川镇人民政府\n\n2026年1月20日\n"
}

/// The parts that are named as missing, and the other structural findings.
fn judge(book: &Rulebook, text: &str) -> (Vec<String>, Vec<String>) {
    let draft = rlcheck::Draft::parse("draft", text.as_bytes()).expect("text");
    let structural = [
        "missing-title",
        "title-form",
        "recipient",
        "missing-signature",
        "missing-date",
        "empty-section",
        "merged-section",
        "incomplete-section",
    ];
    let (mut missing, mut other) = (Vec::new(), Vec::new());
    for finding in check(&draft, book) {
        if finding.rule == "missing-section" {
            missing.push(finding.data["section"].as_str().expect("a part").to_owned());
        } else if structural.contains(&finding.rule.as_str()) {
            other.push(format!("{}: {}", finding.rule, finding.message));
        }
    }
    (missing, other)
}

#[test]
fn every_part_is_found_in_every_style() {
    let book = Rulebook::township();
    let mut wrong = Vec::new();
    for style in STYLES {
        for without in std::iter::once(None).chain((0..4).map(Some)) {
            let (missing, other) = judge(&book, &report(style, without));
            let expected: Vec<&str> = without.map(|part| PARTS[part]).into_iter().collect();
            if missing != expected || !other.is_empty() {
                wrong.push(format!("{}, without {expected:?}: missing {missing:?}, {other:?}", style.0));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Headings that stand for a part, each in the place of the usual one.
const WORDINGS: [(usize, &[&str]); 4] = [
    (
        0,
        &[
            "法治政府建设工作开展情况",
            "主要做法及成效",
            "2025年法治政府建设工作总结",
            "工作推进情况",
            "上一年度推进法治政府建设的主要举措和成效",
            "法治政府建设取得的成绩",
            "2025年工作回顾",
            "主要工作措施和成效",
            "工作进展",
            "推进法治政府建设主要情况",
            "工作成效与亮点",
            "贯彻落实情况",
            "2025年法治建设工作情况",
        ],
    ),
    (
        1,
        &[
            "存在的问题及原因分析",
            "存在问题",
            "主要短板和不足",
            "工作中存在的困难和问题",
            "不足与原因",
            "推进法治政府建设存在的不足和原因",
            "存在的主要问题和不足",
            "法治政府建设工作中存在的薄弱环节及原因",
            "存在的差距和不足",
            "问题和不足",
            "面临的困难和问题",
        ],
    ),
    (
        2,
        &[
            "党政主要负责人履职情况",
            "第一责任人职责落实情况",
            "主要负责人履行法治建设第一责任人职责情况",
            "党政主要领导履行推进法治建设职责的情况",
            "2025年度党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况",
            "党委、政府主要负责人履行推进法治建设第一责任人职责情况",
            "主要领导履行法治建设职责情况",
            "党政主要负责人述法情况",
            "书记、镇长带头推进法治建设情况",
            "镇主要负责人推动法治政府建设情况",
            "“头雁”领航：主要负责人履职情况",
            "扛牢第一责任，发挥“头雁效应”",
        ],
    ),
    (
        3,
        &[
            "下一步工作打算",
            "2026年工作计划",
            "下一年度工作安排",
            "今后努力方向",
            "明年工作思路及措施",
            "下步工作举措",
            "下一步工作措施",
            "2026年法治政府建设工作思路",
            "下一阶段重点工作",
            "改进措施和下一步打算",
            "2026年推进法治政府建设主要工作安排",
            "工作打算",
            "2026年重点工作",
            "2026年法治政府建设主要工作",
            "2026年工作重点",
            "2026年重点任务",
            "２０２６年推进法治政府建设的主要工作",
            "二〇二六年重点工作",
            "展望2026",
            "聚力2026：持续发力，久久为功",
            "以更实举措推进2026年法治政府建设",
            "后续工作",
            "再出发：2026年工作思路",
        ],
    ),
];

#[test]
fn parts_are_told_by_their_wording() {
    let book = Rulebook::township();
    let mut wrong = Vec::new();
    for (place, wordings) in WORDINGS {
        for wording in wordings {
            let mut text = "柳川镇2025年度法治政府建设情况报告\n\n县委、县政府：\n\n".to_owned();
            for part in 0..4 {
                let title = if part == place { wording } else { TITLES[part] };
                let [a, b] = BODIES[part];
                text += &STYLES[0].1(part + 1, title, [a, b]);
            }
            let (missing, other) = judge(&book, &(text + "中共柳川镇委员会\n柳川镇人民政府\n2026年1月20日\n"));
            if !missing.is_empty() || !other.is_empty() {
                wrong.push(format!("{wording}: missing {missing:?}, {other:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The long wordings of the law, without a number that would tell a heading.
#[test]
fn long_headings_need_no_number() {
    let book = Rulebook::township();
    let wordings = [
        (0, "2025年度街道推进法治政府建设的主要举措和取得的主要成效"),
        (0, "主要举措及成效："),
        (1, "2025年度推进法治政府建设工作中存在的不足和原因分析"),
        (2, "党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况"),
        (2, "街道党政主要负责人履行推进法治建设第一责任人职责情况"),
        (2, "加强组织领导，压实第一责任人职责"),
        (3, "2026年度推进法治政府建设工作的主要安排和下一步打算"),
    ];
    let plain = |_: usize, title: &str, [a, b]: [&str; 2]| format!("{title}\n\n{a}\n\n{b}\n\n");
    let arabic = |n: usize, title: &str, [a, b]: [&str; 2]| format!("{n}. {title}\n\n{a}\n\n{b}\n\n");
    for (place, wording) in wordings {
        for style in [plain, arabic] {
            let part = |part: usize| style(part + 1, if part == place { wording } else { TITLES[part] }, BODIES[part]);
            let body: String = (0..4).map(part).collect();
            let text = format!(
                "柳川镇2025年度法治政府建设情况报告\n\n县委、县政府：\n\n{body}中共柳川镇委员会\n柳川镇人民政府\n2026年1月20日\n"
            );
            let (missing, other) = judge(&book, &text);
            assert!(missing.is_empty() && other.is_empty(), "{wording}: {missing:?} {other:?}\n{text}");
        }
    }
}

/// The duties told at length among the measures lack a heading, and are not missing.
#[test]
fn what_is_told_at_length_is_not_missing() {
    let book = Rulebook::township();
    let [m, s, d, p] = BODIES.map(|body| body.concat());
    let told = |duties: &str| {
        let text = format!(
            "柳川镇2025年度法治政府建设情况报告\n\n一、主要举措和成效\n（一）压紧压实责任。{duties}\n{m}\n二、存在的不足和原因\n{s}\n三、下一步打算\n{p}\n"
        );
        let draft = rlcheck::Draft::parse("draft", text.as_bytes()).expect("text");
        let finding = check(&draft, &book).into_iter().find(|finding| finding.rule == "missing-section").expect("no heading");
        (finding.severity, finding.message)
    };
    let title = TITLES[2];
    let passing = told("全镇上下齐抓共管，镇党政主要负责人认真履行第一责任人职责。");
    assert_eq!(passing, (rlcheck::Severity::Error, format!("缺少“{title}”这一部分，只在正文里提了一句")));
    let woven = told(&format!("全镇上下齐抓共管，镇党政主要负责人认真履行第一责任人职责，{d}"));
    assert_eq!(woven, (rlcheck::Severity::Warning, format!("“{title}”没有单独写成一部分，只写在正文里")));
}

/// What stands round the text, in shapes that are all in order.
#[test]
fn heads_and_tails_of_other_shapes() {
    let book = Rulebook::township();
    let whole = |head: &str, tail: &str| {
        let parts: String = (0..4).map(|part| STYLES[0].1(part + 1, TITLES[part], BODIES[part])).collect();
        format!("{head}\n\n{parts}\n{tail}\n")
    };
    let (head, tail) =
        ("柳川镇2025年度法治政府建设情况报告\n\n县委、县政府：", "中共柳川镇委员会\n柳川镇人民政府\n2026年1月20日");
    let heads = [
        head,
        "当前位置：首页 > 政务公开 > 年度报告\n柳川镇2025年法治政府建设年度报告\n发布时间：2026-01-22 来源：柳川镇\n县委、县政府：",
        "中共云砚县柳川镇委员会\n云砚县柳川镇人民政府\n关于2025年度法治政府建设\n情况的报告\n柳委〔2026〕3号\n县委、县政府：",
        "柳政发〔2026〕3号　　签发人：江一舟\n\n# 柳川镇人民政府关于2025年度法治政府建设情况的报告\n\n云砚县委、云砚县人民政府：",
        "柳川镇2025年法治政府建设年度报告\n\n中共云砚县委\n云砚县人民政府：",
        "柳川镇2025年度法治政府建设情况报告\n（2026年1月20日）\n县委、县政府：",
        "内部资料\n柳川镇2025年度法治政府建设情况报告\n中共云砚县委、云砚县人民政府：",
        "柳川镇2025年度法治政府建设情况报告\n\n县委　县政府：",
        "柳川镇2025年度法治政府建设情况报告\n\n目　录\n一、2025年度推进法治政府建设的主要举措和成效……1\n二、存在的不足和原因……5\n三、党政主要负责人履行推进法治建设第一责任人职责情况……7\n四、2026年度推进法治政府建设的主要安排……9\n\n县委、县政府：",
        "柳川镇2025年度法治政府建设情况报告\n（此件公开发布）\n\n县委、县政府：",
        "柳川镇2025年度法治政府建设情况报告\n——以法治之力护航乡村振兴\n（2026年1月20日镇党委会审议通过）\n\n县委、县政府：",
        "• 索 引 号：liuchuan/2026-00009\n• 发布机构：柳川镇\n• 公开方式：公开\n柳川镇2025年法治政府建设年度报告\n作者： | 来源：党政办 | 时间：2026-01-05 点击数：- 分享到：\n\n中共云砚县委、云砚县人民政府：",
        "柳川镇2025年度法治政府建设情况报告\n中共柳川镇委员会、柳川镇人民政府\n时间：2026年1月20日\n\n县委、县政府：",
        "柳川镇2025年度法治政府建设情况报告\n\n县委、县政府并县委全面依法治县委员会：",
    ];
    let tails = [
        tail,
        "中共柳川镇委员会　　柳川镇人民政府\n　　　　2026年1月20日\n（此件公开发布）",
        "中 共 柳 川 镇 委 员 会\n柳 川 镇 人 民 政 府\n2026 年 1 月 20 日\n\n抄送：县委依法治县办。",
        "中共柳川镇委员会\n柳川镇人民政府　2026年1月20日\n扫一扫在手机打开当前页\n打印 关闭",
        "特此报告。\n\n附件：法治宣传活动情况表\n\n中共柳川镇委员会\n\n柳川镇人民政府\n\n2026年1月20日\n\n附件\n\n法治宣传活动情况表",
        "中共柳川镇委员会（盖章）\n柳川镇人民政府（盖章）\n2026年1月20日印发",
        "中共柳川镇委员会、柳川镇人民政府\n2026年1月20日",
        "中共柳川镇委员会和柳川镇人民政府（公章）\n2026年1月20日",
        "柳川镇党委、政府\n2026年1月20日",
        "柳川镇党委\n柳川镇政府\n（印章）\n2026年1月20日",
        "报告单位：柳川镇党委/柳川镇政府\n2026年1月20日",
    ];
    let pictures = ["图1 座谈会现场\n\n图2 公示栏", "表一　案件统计\n\n下表为2025年的情况。", "![图1 座谈会](图/1.jpg)"];
    let pictures = pictures.map(|picture| whole(head, tail).replace("## 二、", &format!("{picture}\n\n## 二、")));
    let all = heads.iter().map(|head| whole(head, tail)).chain(tails.iter().map(|tail| whole(head, tail))).chain(pictures);
    for text in all {
        let (missing, other) = judge(&book, &text);
        assert!(missing.is_empty() && other.is_empty(), "{missing:?} {other:?}\n{text}");
        let draft = rlcheck::Draft::parse("draft", text.as_bytes()).expect("text");
        let form =
            check(&draft, &book).into_iter().find(|finding| ["broken-paragraph", "punctuation"].contains(&finding.rule.as_str()));
        assert!(form.is_none(), "{form:?}\n{text}");
    }
}

/// Whole drafts with a shape of their own, and what is to be said of their parts.
#[test]
fn drafts_of_other_shapes() {
    let book = Rulebook::township();
    let [m, s, d, p] = BODIES;
    let m = m.concat();
    let cases: &[(&str, String, &[&str], &[&str])] = &[
        (
            "themes of the town's own are its measures",
            format!(
                "一、夯实基础，织密普法网络\n{m}\n二、规范用权，守好程序关口\n{m}\n三、存在的不足和原因\n{}\n四、主要负责人履行第一责任人职责情况\n{}\n五、下一步打算\n{}\n",
                s.concat(),
                d.concat(),
                p.concat()
            ),
            &[],
            &[],
        ),
        (
            "duties as a second-level heading",
            format!(
                "一、主要举措和成效\n（一）落实第一责任人职责\n{}\n（二）规范执法\n{m}\n二、存在的不足和原因\n{}\n三、下一步打算\n{}\n",
                d.concat(),
                s.concat(),
                p.concat()
            ),
            &[],
            &[],
        ),
        (
            "one passing sentence is no part",
            format!(
                "一、主要举措和成效\n{m}镇主要负责人认真履行第一责任人职责。\n二、存在的不足和原因\n{}\n三、下一步打算\n{}\n",
                s.concat(),
                p.concat()
            ),
            &["duties"],
            &[],
        ),
        (
            "two parts under one heading",
            format!(
                "一、主要举措和成效\n{m}\n二、履行第一责任人职责情况\n{}\n三、存在问题及下一步打算\n{}\n{}\n",
                d.concat(),
                s.concat(),
                p.concat()
            ),
            &[],
            &["merged-section"],
        ),
        (
            "a promise of causes is no cause",
            format!(
                "一、主要举措和成效\n{m}\n二、存在的不足及原因\n一是宣传形式单一。二是队伍力量薄弱。三是考核还不够严格。\n三、履行第一责任人职责情况\n{}\n四、下一步打算\n{}\n",
                d.concat(),
                p.concat()
            ),
            &[],
            &["incomplete-section"],
        ),
        (
            "problems put right are no shortcomings",
            format!(
                "一、主要举措和成效\n（一）推动督察反馈问题整改\n{m}\n（二）解决群众反映的突出问题\n{m}\n二、履行第一责任人职责情况\n{}\n三、下一步打算\n{}\n",
                d.concat(),
                p.concat()
            ),
            &["shortcomings"],
            &[],
        ),
        (
            "a long sentence that begins like a heading is text",
            format!(
                "一、主要举措和成效\n{m}\n二、2025年以来，我镇在县委、县政府的坚强领导下，认真学习贯彻上级部署，逐项对照要求查找存在的不足和原因，取得了明显成效，群众对此比较满意，反映良好。\n三、履行第一责任人职责情况\n{}\n四、下一步打算\n{}\n",
                d.concat(),
                p.concat()
            ),
            &["shortcomings"],
            &[],
        ),
    ];
    for (name, body, missing, rules) in cases {
        let text = format!(
            "柳川镇2025年度法治政府建设情况报告\n\n县委、县政府：\n\n{body}\n中共柳川镇委员会\n柳川镇人民政府\n2026年1月20日\n"
        );
        let (found, other) = judge(&book, &text);
        assert_eq!(&found, missing, "{name}");
        let other: Vec<&str> = other.iter().map(|text| text.split(':').next().unwrap_or_default()).collect();
        assert_eq!(&other, rules, "{name}");
    }
}
