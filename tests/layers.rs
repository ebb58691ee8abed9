//! Rulebooks over rulebooks: what a county can add, change and switch off, and the shipped layers.

use std::collections::BTreeMap;

use rlcheck::rulebook::{Book, Config, Grade, RulebookError, embedded_names, load};
use rlcheck::spanned::{Spanned, Value};
use rlcheck::text::Encoding;
use rlcheck::{Draft, Finding, Rulebook, check};

/// Loads `top.yaml`; the other files are found by their names.
fn loaded(files: &[(&str, &str)]) -> Result<Book, RulebookError> {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let fetch = |name: &str, _: Option<&str>| match files.get(name) {
        Some(text) => Ok((name.to_owned(), (*text).to_owned())),
        None => Err(format!("没有“{name}”")),
    };
    load("top.yaml", &fetch)
}

fn book(text: &str) -> Rulebook {
    let book = loaded(&[("top.yaml", text)]).unwrap_or_else(|error| panic!("{error}"));
    Rulebook::new(book, Config::default())
}

fn shipped(name: &str) -> Rulebook {
    let book = load(name, &|name, _| Err(name.to_owned())).unwrap_or_else(|error| panic!("{error}"));
    Rulebook::new(book, Config::default())
}

/// A town's report in order.
fn report(measures: &str, duties: &str, plan: &str) -> String {
    format!(
        "柳川镇2025年度法治政府建设情况报告\n\n县委、县政府：\n\n现将2025年度法治政府建设情况报告如下：\n\n一、主要举措和成效\n\n{measures}\n\n\
         二、存在的不足和原因\n\n普法活动偏少，原因是人手不足。\n\n三、党政主要负责人履行推进法治建设第一责任人职责情况\n\n{duties}\n\n\
         四、2026年度主要安排\n\n{plan}\n\n中共柳川镇委员会\n\n柳川镇人民政府\n\n2026年1月20日\n"
    )
}

fn plain() -> String {
    report("全年开展普法活动12场。", "镇党委书记听取汇报四次，镇长出庭应诉一次。", "每季度到村宣传一次，年底前补齐设备。")
}

fn findings(book: &Rulebook, text: &str) -> Vec<Finding> {
    check(&Draft::from_text("稿", text, Encoding::Utf8), book)
}

/// The findings of a rule: their messages.
fn said(book: &Rulebook, rule: &str, text: &str) -> Vec<String> {
    findings(book, text).into_iter().filter(|finding| finding.rule == rule).map(|finding| finding.message).collect()
}

/// Where a place of a rulebook stands: `top.yaml:3`.
fn line(book: &Rulebook, place: rlcheck::spanned::Place) -> String {
    let files = &book.book().files;
    format!("{}:{}", files.source(place).name(), files.position(place).line)
}

const PATTERNS: &str = "extends: township
patterns:
  village-meeting-count:
    title: 村民会议写场不写次
    find: '村民会议(\\d+)场'
    message: “$0”应写“$1次”
    help: 会议按次数写
    basis: 云砚县报告写作要求第三条
    severity: warning
    replacement: 村民会议$1次
    safe: true
    not_near: [例如]
    part: measures
    from: 2024
    bad: [全年召开村民会议12场。]
    good: [全年召开村民会议12次。]
";

#[test]
fn own_patterns_are_rules_like_any_other() {
    let book = book(PATTERNS);
    let text = report("全年召开村民会议１２ 场。", "镇党委书记听取汇报四次，镇长出庭应诉一次。", "召开村民会议3场。");
    let found: Vec<Finding> =
        findings(&book, &text).into_iter().filter(|finding| finding.rule == "village-meeting-count").collect();
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.message, "“村民会议12场”应写“12次”");
    assert_eq!(finding.basis.as_deref(), Some("云砚县报告写作要求第三条"));
    assert_eq!(finding.asked.map(|place| line(&book, place)).as_deref(), Some("top.yaml:3"));
    assert_eq!(finding.fixes[0].edits[0].replacement, "村民会议12次");
    assert!(!finding.fixes[0].safe, "the source has a blank within, so the drafter looks");
    let tight = report("全年召开村民会议12场。", "书记、镇长各讲法治课1次。", "再开一次。");
    let fixed = rlcheck::fix::fix("稿", &tight, &book, &rlcheck::fix::Wanted::default());
    assert!(fixed.text.contains("村民会议12次") && fixed.applied == 1, "{}", fixed.text);
    // Another year, another sentence, another grade, an allowance.
    assert_eq!(said(&book, "village-meeting-count", &text.replace("2025", "2023")), [""; 0]);
    assert_eq!(said(&book, "village-meeting-count", &text.replace("全年召开", "例如召开")), [""; 0]);
    let config = Config::parse("rlcheck.toml", "[severity]\nvillage-meeting-count = \"off\"\n").expect("settings");
    assert_eq!(said(&book.with_config(config), "village-meeting-count", &text), [""; 0]);
    let allowed = text.replace("全年召开", "<!-- rlcheck: allow village-meeting-count 县里同意 -->\n全年召开");
    assert_eq!(said(&book, "village-meeting-count", &allowed), [""; 0]);
    // A layer above re-grades it.
    let above = [("top.yaml", "extends: base.yaml\npatterns:\n  village-meeting-count: error\n"), ("base.yaml", PATTERNS)];
    let above = loaded(&above).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(above.rules["village-meeting-count"].severity, Grade::Error);
}

#[test]
fn own_mentions_and_forbidden_wordings() {
    let book = book(
        "extends: township\nmentions:\n  履职事项清单:\n    any: [履职事项清单]\n    not: [尚未.*履职事项清单]\n    part: measures\n    from: 2025\n\
         \x20   message: 没有写履职事项清单\n    help: 写明清单有多少项\n    basis: 县2025年工作要点第四条\n\
         forbid:\n  走在全县前列: 县里要求不写排名\n  位居全县: {message: 县里要求不写排名, severity: info}\n",
    );
    let found: Vec<Finding> = findings(&book, &plain()).into_iter().filter(|finding| finding.rule == "missing-mention").collect();
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((finding.message.as_str(), finding.part.as_deref()), ("没有写履职事项清单", Some("measures")));
    assert_eq!(finding.asked.map(|place| line(&book, place)).as_deref(), Some("top.yaml:3"));
    assert_eq!(finding.severity, rlcheck::Severity::Warning);
    assert_eq!(said(&book, "missing-mention", &plain().replace("全年", "落实履职事项清单，全年")), [""; 0]);
    assert_eq!(said(&book, "missing-mention", &plain().replace("全年", "尚未公布履职事项清单，全年")).len(), 1);
    assert_eq!(said(&book, "missing-mention", &plain().replace("年底前", "落实履职事项清单，年底前")).len(), 1);
    assert_eq!(said(&book, "missing-mention", &plain().replace("2025", "2023").replace("2026", "2024")), [""; 0]);
    let ranked = plain().replace("12场。", "12场，走在全县前列，位居全县第一。");
    let found: Vec<Finding> =
        findings(&book, &ranked).into_iter().filter(|finding| finding.rule == "forbidden-wording").collect();
    let told: Vec<(&str, &str)> = found.iter().map(|finding| (finding.message.as_str(), finding.severity.name())).collect();
    assert_eq!(told, [("“走在全县前列”：县里要求不写排名", "warning"), ("“位居全县”：县里要求不写排名", "info")]);
    assert_eq!(found[0].asked.map(|place| line(&book, place)).as_deref(), Some("top.yaml:12"));
}

#[test]
fn parts_are_counted_itemised_and_limited() {
    let book = book(
        "extends: township\nparts:\n  measures:\n    min_chars: 0\n    max_chars: 8\n    count:\n      数据: {of: figures, at_least: 2}\n      普法: {any: [普法], at_least: 1}\n\
         \x20 duties:\n    must:\n      述法: {any: [述法], severity: warning, help: 写明述法情况}\n  plan:\n    itemised: true\n\
         \x20   count: {安排: {of: items, at_least: 3, severity: info}}\n",
    );
    let text = plain();
    assert_eq!(
        said(&book, "incomplete-section", &text),
        [
            "“推进法治政府建设的主要举措和成效”里“数据”有1个，至少要2个",
            "“党政主要负责人履行推进法治建设第一责任人职责情况”里没有写述法",
            "“下一年度推进法治政府建设的主要安排”没有分条写",
            "“下一年度推进法治政府建设的主要安排”里“安排”有1条，至少要3条",
        ]
    );
    assert_eq!(said(&book, "word-limit", &text), ["“推进法治政府建设的主要举措和成效”有11字，最多8字"]);
    let better = report(
        "普法12场、36人次。",
        "镇党委书记听取汇报四次，镇长出庭应诉一次，二人年终述法。",
        "一是普法。二是执法。三是调解。",
    );
    assert_eq!(said(&book, "incomplete-section", &better), [""; 0]);
    // The line that asked is that of the entry itself.
    let asked: Vec<String> = findings(&book, &text)
        .iter()
        .filter(|finding| finding.rule == "incomplete-section" || finding.rule == "word-limit")
        .filter_map(|finding| Some(line(&book, finding.asked?)))
        .collect();
    assert_eq!(asked, ["top.yaml:7", "top.yaml:5", "top.yaml:11", "top.yaml:13", "top.yaml:14"]);
}

#[test]
fn a_county_sets_a_word_limit() {
    let limited = |length: &str| book(&format!("extends: township\nlength: {length}\n"));
    let text = plain();
    assert_eq!(said(&shipped("township"), "word-limit", &text), [""; 0]);
    let [message] = &said(&limited("{max: 50}"), "word-limit", &text)[..] else { panic!("too long") };
    assert!(message.starts_with("正文有1") && message.ends_with("字，最多50字"), "{message}");
    let [message] = &said(&limited("{min: 2000, max: 5000}"), "word-limit", &text)[..] else { panic!("too short") };
    assert!(message.ends_with("字，最少2000字"), "{message}");
    assert_eq!(said(&limited("{min: 50, max: 5000}"), "word-limit", &text), [""; 0]);
}

#[test]
fn the_order_of_parts_counts_where_a_rulebook_asks() {
    let turned = "柳川镇2025年度法治政府建设情况报告\n\n一、存在的不足和原因\n\n普法活动偏少，原因是人手不足。\n\n二、主要举措和成效\n\n开展普法12场。\n";
    assert_eq!(said(&shipped("township"), "section-order", turned), [""; 0]);
    let asked = book("extends: township\nrules:\n  section-order: info\n");
    assert_eq!(said(&asked, "section-order", turned), ["“推进法治政府建设的主要举措和成效”应当写在“存在的不足和原因”前面"]);
    assert_eq!(said(&asked, "section-order", &plain()), [""; 0]);
}

#[test]
fn own_rate_words_are_compared() {
    let text = plain().replace("12场。", "12场。受理邻里诉求40件，调处成功30件，圆满调停率80%。");
    assert_eq!(said(&shipped("township"), "rate-mismatch", &text), [""; 0]);
    let own = book(
        "extends: township\nfigures:\n  rates:\n    - {words: [圆满调停率], done: [调处成功], base: [受理], bounded: true}\n  units:\n    - {family: 坛, words: [坛]}\n",
    );
    let [message] = &said(&own, "rate-mismatch", &text)[..] else { panic!("40, 30 and 80% do not fit") };
    assert!(message.contains("75"), "{message}");
    assert_eq!(said(&own, "rate-mismatch", &text.replace("80%", "75%")), [""; 0]);
    // A rate that the shipped rulebook has too means what the upper layer says.
    let ours =
        book("extends: township\nfigures:\n  rates:\n    - {words: [调处率], done: [调处成功], base: [受理], bounded: true}\n");
    let text = plain().replace("12场。", "12场。全年受理纠纷40件，调处成功30件，调处率75%。");
    assert_eq!(said(&ours, "rate-mismatch", &text), [""; 0]);
    assert_eq!(said(&ours, "rate-mismatch", &text.replace("75%", "85%")).len(), 1);
    // A unit of the county's own.
    let jars = plain().replace("12场。", "12场。存酒38坛，其中东村21坛、西村12坛、南村9坛。");
    assert_eq!(said(&shipped("township"), "sum-mismatch", &jars), [""; 0]);
    assert_eq!(said(&own, "sum-mismatch", &jars).len(), 1);
}

#[test]
fn entries_of_lower_layers_are_switched_off_and_taken_away() {
    let base = "extends: township\nterms:\n  坝坝会: {right: 院坝会, bad: [召开坝坝会2次。], good: [召开院坝会2次。]}\n";
    let text = plain().replace("12场。", "12场，召开坝坝会2次，建立问题台帐。");
    let both =
        loaded(&[("top.yaml", base)]).map_or_else(|error| panic!("{error}"), |book| Rulebook::new(book, Config::default()));
    assert_eq!(said(&both, "wrong-term", &text).len(), 2);
    for top in
        ["extends: base.yaml\nterms:\n  坝坝会: off\n  台帐: ~\n", "extends: base.yaml\nremove:\n  terms: [坝坝会, 台帐]\n"]
    {
        let book = loaded(&[("top.yaml", top), ("base.yaml", base)]).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(said(&Rulebook::new(book, Config::default()), "wrong-term", &text), [""; 0], "{top}");
    }
    let regraded = book("extends: township\nterms:\n  台帐: warning\nrules:\n  date-form: off\n  late-date: {severity: info}\n");
    let told: Vec<&str> =
        findings(&regraded, &text).iter().filter(|f| f.rule == "wrong-term").map(|f| f.severity.name()).collect();
    assert_eq!(told, ["warning"]);
    assert!(!regraded.wants("date-form"));
    // Items of lists, and another addressee.
    let own = book(
        "extends: township\nremove:\n  known_laws: [乡镇企业法]\n  recipient: [party, government]\nrecipient:\n  party: [^区委$]\n  government: [^区管委会$]\n\
         \x20 help: 主送“区委、区管委会：”\n",
    );
    assert!(!own.book().known_laws.iter().any(|law| law == "乡镇企业法"));
    let text = plain().replace("县委、县政府", "区委、区政府");
    let found: Vec<Finding> = findings(&own, &text).into_iter().filter(|finding| finding.rule == "recipient").collect();
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.help.as_deref(), Some("主送“区委、区管委会：”"));
}

#[test]
fn every_value_tells_its_layer() {
    let files = [
        ("top.yaml", "extends: base.yaml\nrules:\n  late-date:\n    severity: error\nterms:\n  台帐: off\n"),
        ("base.yaml", "extends: township\nrules:\n  late-date:\n    help: 3月1日前报来\nknown_laws: [云砚法]\n"),
    ];
    let book = Rulebook::new(loaded(&files).unwrap_or_else(|error| panic!("{error}")), Config::default());
    let origin = |path: &[&str]| book.book().origin(path).map(|place| line(&book, place));
    assert_eq!(origin(&["rules", "late-date", "severity"]).as_deref(), Some("top.yaml:4"));
    assert_eq!(origin(&["rules", "late-date", "help"]).as_deref(), Some("base.yaml:4"));
    assert!(origin(&["rules", "late-date", "title"]).is_some_and(|line| line.starts_with("rules/")));
    assert_eq!(origin(&["terms", "台帐"]).as_deref(), Some("top.yaml:6"));
    assert_eq!(book.book().value(&["terms", "台帐"]).map(|node| &node.value), Some(&Value::Null));
    let last = (book.book().known_laws.len() - 1).to_string();
    assert_eq!(origin(&["known_laws", &last]).as_deref(), Some("base.yaml:5"));
    assert_eq!(origin(&["rules", "没有"]), None);
}

#[test]
fn overlays_lie_over_what_is_below_them() {
    let names: Vec<&str> = embedded_names().collect();
    for name in [
        "national",
        "township",
        "street",
        "county-department",
        "county-government",
        "guizhou",
        "tianjin",
        "shandong",
        "chongqing",
        "beijing",
    ] {
        assert!(names.contains(&name), "{name}");
        assert!(shipped(name).book().rules.len() > 50, "{name}");
    }
    // Alone, over a town's; with a street's, over that.
    let joint = |book: &Rulebook| book.book().signature.joint;
    assert!(joint(&shipped("guizhou")) && !joint(&shipped("street+guizhou")));
    let file = loaded(&[("top.yaml", "extends: [street, guizhou]\n")]).unwrap_or_else(|error| panic!("{error}"));
    assert!(!file.signature.joint && file.mentions.iter().any(|(key, _)| key.name == "报告名称"));
}

/// The examples of the overlays' own entries, those that are off switched on.
#[test]
fn examples_of_overlays_hold() {
    for name in ["guizhou", "shandong", "chongqing"] {
        let off: Vec<String> =
            shipped(name).book().mentions.iter().map(|(key, _)| format!("  {}: warning\n", key.name)).collect();
        let book = book(&format!("extends: {name}\nmentions:\n{}", off.concat()));
        let mut tried = 0;
        for case in book.book().cases().into_iter().filter(|case| case.asked.is_some()) {
            let speaks = |sentence: &String| {
                let duties = "镇党委书记听取汇报四次，镇长出庭应诉一次。";
                let text = match case.part {
                    Some("duties") => report("全年开展普法12场。", sentence, "每季度到村宣传一次。"),
                    _ => report(sentence, duties, "每季度到村宣传一次。"),
                };
                findings(&book, &text)
                    .iter()
                    .any(|finding| finding.asked == case.asked && case.rules.contains(&finding.rule.as_str()))
            };
            assert!(case.bad.iter().all(speaks) && !case.good.iter().any(speaks), "{name} {} {}", case.family, case.key);
            assert!(!case.bad.is_empty() && !case.good.is_empty(), "{name} {} {}", case.family, case.key);
            tried += 1;
        }
        assert!(tried > 0, "{name}");
    }
    let tianjin = book("extends: tianjin\nrules:\n  section-order: info\n");
    let entry = &tianjin.book().rules["section-order"];
    assert!(entry.bad.iter().all(|text| !said(&tianjin, "section-order", text).is_empty()));
    assert!(entry.good.iter().all(|text| said(&tianjin, "section-order", text).is_empty()));
    assert_eq!(shipped("beijing").severity("merged-section"), Some(rlcheck::Severity::Info));
}

/// A draft of another body, in order but for its addressee and its signature.
fn body(title: &str, to: &str, duties: &str, signed: &str) -> String {
    plain()
        .replace("柳川镇2025年度", title)
        .replace("县委、县政府：", to)
        .replace("镇党委书记听取汇报四次，镇长出庭应诉一次。", duties)
        .replace("中共柳川镇委员会\n\n柳川镇人民政府", signed)
}

#[test]
fn streets_departments_and_counties_report_in_their_own_ways() {
    let own = ["recipient", "missing-signature", "title-form", "missing-section", "duty-detail", "foreign-place"];
    let told = |book: &Rulebook, text: &str| -> Vec<(String, String)> {
        let ours = |finding: &Finding| own.contains(&finding.rule.as_str());
        findings(book, text).into_iter().filter(ours).map(|finding| (finding.rule, finding.message)).collect()
    };
    let detail = "听取法治建设工作汇报四次，研究执法装备、人员培训等问题三个，讲法治课一次，年终述法一次，督办整改事项五件，旁听庭审一次，组织领导班子学法六次，出庭应诉一次，对群众反映的执法不规范问题亲自过问、跟踪督办。";
    let street = shipped("street");
    let text = body("望河街道2025年度", "区委、区政府：", &format!("街道党工委书记、办事处主任{detail}"), "望河街道办事处");
    assert_eq!(told(&street, &text), []);
    let text = text
        .replace("区委、区政府：", "区政府：")
        .replace("街道党工委书记、办事处主任", "街道党工委书记")
        .replace("三、党政主要负责人", "三、");
    let rules: Vec<String> = told(&street, &text).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, ["recipient", "duty-detail"]);

    // With the rulebook of towns, a street has its own bodies still.
    let helped = |signed: &str| -> Vec<(String, Option<String>)> {
        let text = body("望河街道2025年度", "区委、区政府：", &format!("街道党工委书记、办事处主任{detail}"), signed);
        let found = findings(&shipped("township"), &text).into_iter().filter(|finding| finding.rule == "missing-signature");
        found.map(|finding| (finding.message, finding.help)).collect()
    };
    let said = |message: &str, help: &str| vec![(message.to_owned(), Some(help.to_owned()))];
    assert_eq!(helped(""), said("文末没有署名", "在文末写上街道党工委、街道办事处的全称"));
    let together = "年度报告由党工委和办事处共同报送，建议联合署名，党工委在前";
    assert_eq!(helped("望河街道办事处"), said("只有办事处署名，没有党工委署名", together));

    let department = shipped("county-department");
    let text = body(
        "云砚县农业农村局2025年度",
        "县委、县政府，市农业农村局：",
        &format!("局党组书记、局长{detail}"),
        "云砚县农业农村局",
    );
    assert_eq!(told(&department, &text), []);
    let single = text.replace("局党组书记、局长", "局长");
    assert_eq!(told(&department, &single), [], "a department has one head");
    let message = &told(&department, &text.replace("县委、县政府，市", "市"))[..];
    assert_eq!(message, [], "neither party nor government: nothing can be said of the rest");
    let [(_, message)] = &told(&department, &text.replace("县委、县政府，", "县政府，"))[..] else {
        panic!("the party lacks")
    };
    assert_eq!(message, "主送机关只有本级政府，没有本级党委");

    let county = shipped("county-government");
    let joint = "中共云砚县委员会\n\n云砚县人民政府";
    let heads = format!("县委书记、县长{detail}");
    assert_eq!(told(&county, &body("云砚县2025年度", "市委、市政府：", &heads, joint)), []);
    assert_eq!(told(&county, &body("云砚县人民政府2025年度", "县委、县人大常委会：", &heads, joint)), []);
    let [(_, message)] = &told(&county, &body("云砚县2025年度", "市委：", &heads, joint))[..] else {
        panic!("the government lacks")
    };
    assert_eq!(message, "主送机关只有党委，没有政府或者人大常委会");
    let alone = &told(&county, &body("云砚县2025年度", "市委、市政府：", &heads, "云砚县人民政府"))[..];
    assert_eq!(alone, [("missing-signature".to_owned(), "只有政府署名，没有党委署名".to_owned())]);
}

#[test]
fn both_heads_are_told_of() {
    let detail = "主持会议研究行政执法、政务公开等工作七次，组织会前学法八次，审签规范性文件两件，出庭应诉一次，督促各站所主要负责人整改案卷评查发现的问题，年底作了述职述法报告，对群众反映的执法不规范问题亲自过问。";
    let told =
        |who: &str| said(&shipped("township"), "duty-detail", &report("全年普法12场。", &format!("{who}{detail}"), "补齐设备。"));
    for both in ["镇党委书记、镇长", "镇党政主要负责人", "镇党委和政府主要负责人", "苏木党委书记听取汇报一次，苏木达"]
    {
        assert_eq!(told(both), Vec::<String>::new(), "{both}");
    }
    assert_eq!(told("镇长认真履行政府主要负责人的职责，"), ["只写了政府主要负责人，没有写党委主要负责人"]);
    assert_eq!(told("镇党委书记"), ["只写了党委主要负责人，没有写政府主要负责人"]);
}

#[test]
fn the_day_by_which_it_is_due_is_data() {
    let late = |book: &Rulebook, day: &str| said(book, "late-date", &plain().replace("2026年1月20日", day));
    let township = shipped("township");
    assert_eq!(late(&township, "2026年3月1日"), [""; 0]);
    assert_eq!(late(&township, "2026年3月2日"), ["成文日期是2026年3月2日，晚于报送期限2026年3月1日"]);
    assert_eq!(late(&township, "2026年4月2日"), ["成文日期是2026年4月2日，晚于报送期限2026年3月1日，也过了公开期限4月1日"]);
    let model = book("extends: guizhou\ndates:\n  report_by: 1月31日\n");
    assert_eq!(late(&model, "2026年2月1日"), ["成文日期是2026年2月1日，晚于报送期限2026年1月31日"]);
}

#[test]
fn rules_that_are_off_can_be_switched_on_by_settings() {
    let severity = [("section-order".to_owned(), Spanned { value: Grade::Info, ..Spanned::default() })].into();
    let book = shipped("township").with_config(Config { severity, ..Config::default() });
    assert!(book.wants("section-order"));
}
