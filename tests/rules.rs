//! The examples that stand in the rulebook are its tests.

#[path = "word/pack.rs"]
mod pack;

use rlcheck::checks::check_report;
use rlcheck::county::{Index, Print};
use rlcheck::output::Checked;
use rlcheck::report::{Identity, Neighbour, Neighbours, Report};
use rlcheck::rulebook::{Config, Grade, Rule, load};
use rlcheck::spanned::Spanned;
use rlcheck::{Draft, Finding, Rulebook, check};

/// A report in order, with room for a sentence in one of its parts.
fn report(year: u32, part: Option<&str>, sentence: &str) -> String {
    let next = year + 1;
    let at = |key: &str| if part.unwrap_or("measures") == key { format!("{sentence}\n\n") } else { String::new() };
    let (measures, shortcomings, duties, plan) = (at("measures"), at("shortcomings"), at("duties"), at("plan"));
    format!(
        "柳川镇{year}年度法治政府建设情况报告\n\n县委、县政府：\n\n现将{year}年度法治政府建设情况报告如下：\n\n一、主要举措和成效\n\n{measures}\
         二、存在的不足和原因\n\n{shortcomings}普法活动偏少，原因是人手不足。\n\n三、党政主要负责人履行推进法治建设第一责任人职责情况\n\n\
         {duties}镇党委书记听取汇报四次，镇长出庭应诉一次。\n\n四、{next}年度主要安排\n\n{plan}每季度到村宣传一次，年底前补齐设备。\n\n\
         中共柳川镇委员会\n\n柳川镇人民政府\n\n{next}年1月20日\n"
    )
}

/// An example as a draft: several lines are one by themselves, a sentence is put into a report of 2025 or of the year
/// that it begins with (`〔2021〕…`).
fn draft(example: &str, part: Option<&str>) -> String {
    if example.trim().contains('\n') {
        return example.to_owned();
    }
    let dated = example.strip_prefix('〔').and_then(|rest| rest.split_once('〕'));
    match dated.and_then(|(year, sentence)| Some((year.parse().ok()?, sentence))) {
        Some((year, sentence)) => report(year, part, sentence),
        None => report(2025, part, example),
    }
}

/// What is found in a draft that lies beside another town's.
fn beside(book: &Rulebook, other: &Draft, this: &Draft) -> Vec<Finding> {
    let mut index = Index::default();
    let prints = [this, other].map(|draft| Print::of(draft, Identity::of(draft, &book.config)));
    prints.iter().for_each(|print| index.push(Some(print.clone())));
    index.finish(&book.book().county);
    let likeness = index.like(0, &prints[0]);
    let drafts = likeness.into_iter().map(|like| Neighbour { draft: other.clone(), town: like.town, shared: like.shared });
    let neighbours = Neighbours { towns: index.towns(&prints[0].identity), drafts: drafts.collect() };
    check_report(&Report::new(this, book).among(Some(&neighbours)))
}

/// What is found in an example; above a line of `=====` stands last year's report, above one of `~~~~~`
/// another town's.
fn findings(book: &Rulebook, example: &str, part: Option<&str>) -> Vec<Finding> {
    if let Some(bytes) = pack::example(example) {
        return check(&Draft::parse("例", &bytes).expect("an example is a Word file"), book);
    }
    let parse = |text: &str| Draft::parse("例", draft(text, part).as_bytes()).expect("an example is text");
    if let Some((other, this)) = example.split_once("~~~~~\n") {
        return beside(book, &parse(other), &parse(this));
    }
    match example.split_once("=====\n") {
        Some((last, this)) => Checked::beside(&parse(this), book, Some(&parse(last))).findings,
        None => check(&parse(example), book),
    }
}

fn fires(book: &Rulebook, rule: &str, example: &str) -> bool {
    let part = book.book().rules[rule].part.as_deref();
    findings(book, example, part).iter().any(|finding| finding.rule == rule)
}

/// The shipped rulebook with every rule on.
fn all_on(name: &str) -> Rulebook {
    let book = load(name, &|name, _| Err(name.to_owned())).unwrap_or_else(|error| panic!("{error}"));
    let off = book.rules.iter().filter(|(_, rule)| rule.severity == Grade::Off);
    let severity = off.map(|(name, _)| (name.clone(), Spanned { value: Grade::Warning, ..Spanned::default() })).collect();
    Rulebook::new(book, Config { severity, ..Config::default() })
}

#[test]
fn examples_hold() {
    let book = all_on("township");
    let mut wrong = Vec::new();
    // A rule that needs entries which no shipped rulebook has is tried with rulebooks that have them (tests/layers.rs).
    for (name, Rule { bad, good, .. }) in book.book().rules.iter().filter(|(_, rule)| rule.needs.is_none()) {
        if bad.is_empty() || good.is_empty() {
            wrong.push(format!("{name}: a rule needs a bad and a good example"));
        }
        wrong.extend(bad.iter().filter(|text| !fires(&book, name, text)).map(|text| format!("{name} is silent on: {text}")));
        wrong.extend(good.iter().filter(|text| fires(&book, name, text)).map(|text| format!("{name} fires on: {text}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every term, formula, law, period and pattern brings a bad and a good sentence.
#[test]
fn examples_of_words_hold() {
    let book = Rulebook::township();
    let mut wrong = Vec::new();
    for case in book.book().cases() {
        let speaks = |text: &&String| {
            let draft = Draft::parse("例", draft(text, case.part).as_bytes()).expect("an example is text");
            let asked = |finding: &Finding| case.asked.is_none_or(|place| finding.asked == Some(place));
            check(&draft, &book).iter().any(|finding| case.rules.contains(&finding.rule.as_str()) && asked(finding))
        };
        if case.bad.is_empty() || case.good.is_empty() {
            wrong.push(format!("{}: an entry needs a bad and a good example", case.name));
        }
        wrong.extend(case.bad.iter().filter(|text| !speaks(text)).map(|text| format!("{} is silent on: {text}", case.name)));
        wrong.extend(case.good.iter().filter(speaks).map(|text| format!("{} fires on: {text}", case.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_are_in_chinese_and_short() {
    let book = Rulebook::township();
    for (name, rule) in &book.book().rules {
        assert!(rule.title.chars().count() <= 16, "{name}: {}", rule.title);
        for example in &rule.bad {
            for finding in findings(&book, example, None) {
                let english = finding.message.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 3);
                assert!(!english && finding.message.chars().count() <= 120, "{name}: {}", finding.message);
                assert!(finding.help.is_some(), "{} says how to mend it", finding.rule);
                assert!(finding.basis.is_some(), "{} says what it rests on", finding.rule);
            }
        }
    }
}
