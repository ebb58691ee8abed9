//! The examples that stand in a rulebook, run as its tests: every rule and every entry brings texts in which it must
//! speak (`bad`) and texts in which it must not (`good`).
//!
//! An example of one line is a sentence, put into a report in order, of 2025 or of the year that it begins with
//! (`〔2021〕…`). One of several lines is a whole draft. Above a line of `=====` stands last year's report, above one of
//! `~~~~~` another town's; below a first line `Word稿件` stand the elements of a Word file.

mod paper;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::checks::check_report;
use crate::county::{Index, Likeness, Print};
use crate::draft::Draft;
use crate::finding::Finding;
use crate::output::Checked;
use crate::report::{Identity, Neighbour, Neighbours, Report};
use crate::rulebook::{Book, Case, Config, Grade, Rulebook};
use crate::spanned::{Place, Spanned};
use crate::text::Span;

/// The year of the report into which a sentence is put that names none.
const YEAR: u32 = 2025;
/// What parts last year's report from this year's in an example.
const LAST_YEAR: &str = "=====\n";

/// What parts another town's report from this one in an example.
const SIBLING: &str = "~~~~~\n";

/// What is wrong with the examples of a rule or an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule's name, or the family and the key of the entry.
    pub case: String,
    /// The rules of which one should speak, or none.
    pub rules: Vec<String>,
    /// Where the rulebook writes it.
    pub place: Option<Place>,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no bad example: nobody knows whether the rule ever speaks.
    NoBad,
    /// There is no good example: nobody knows whether the rule is ever silent.
    NoGood,
    /// A bad example in which it is silent.
    Silent(Told),
    /// A good example in which it speaks.
    Speaks(Told),
    /// An example that is no draft, and why.
    Unreadable(String, String),
    /// A shipped example that no longer holds since a county's rulebook lies over it: worth a look, and no fault.
    Changed(String),
}

/// An example and what was found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The example.
    pub example: String,
    /// The rules that spoke of it and what each said.
    pub found: Vec<(String, String)>,
}

/// What came of running the examples of a rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tested {
    /// How many rules and entries there are.
    pub cases: usize,
    /// How many examples were run.
    pub examples: usize,
    /// What is wrong, in the order of the rulebook.
    pub failures: Vec<Failure>,
}

impl Tested {
    /// Whether anything is wrong.
    pub fn fails(&self) -> bool {
        self.failures.iter().any(|failure| !matches!(failure.fault, Fault::Changed(_)))
    }
}

/// Runs all examples of a rulebook.
pub fn test(book: &Rulebook) -> Tested {
    let book = wide_awake(book);
    let cases = book.book().cases();
    let failures: Vec<Vec<Failure>> = cases.par_iter().map(|case| failures(&book, case)).collect();
    Tested {
        cases: cases.len(),
        examples: cases.iter().map(|case| case.bad.len() + case.good.len()).sum(),
        failures: failures.into_iter().flatten().collect(),
    }
}

/// The rulebook with every rule on and nothing of a town's settings: what is switched off is tested too.
fn wide_awake(book: &Rulebook) -> Rulebook {
    let mut config = Config::default();
    for (name, rule) in &book.book().rules {
        if rule.severity == Grade::Off {
            config.severity.insert(name.clone(), Spanned { value: Grade::Info, place: rule.place });
        }
    }
    book.with_config(config)
}

fn failures(book: &Rulebook, case: &Case<'_>) -> Vec<Failure> {
    let mut faults = Vec::new();
    if !case.borrowed {
        faults.extend(case.bad.is_empty().then_some(Fault::NoBad));
        faults.extend(case.good.is_empty().then_some(Fault::NoGood));
    }
    let mut spoke = false;
    for (field, examples) in [("bad", case.bad), ("good", case.good)] {
        for (index, example) in examples.iter().enumerate() {
            let fault = match told(book, case, example) {
                Err(why) => Some(Fault::Unreadable(example.clone(), why)),
                Ok((speaks, told)) => {
                    spoke |= speaks && field == "bad";
                    match (field, speaks) {
                        ("bad", false) => Some(Fault::Silent(told)),
                        ("good", true) => Some(Fault::Speaks(told)),
                        _ => None,
                    }
                }
            };
            let changed = fault.is_some() && overruled(book.book(), case, field, index);
            faults.extend(if changed { Some(Fault::Changed(example.clone())) } else { fault });
        }
    }
    // Shipped examples alone do not prove a rule of which a county has changed the words.
    let proven = spoke || case.bad.is_empty();
    faults.extend((!proven && faults.iter().all(|fault| matches!(fault, Fault::Changed(_)))).then_some(Fault::NoBad));
    let place = book.book().origin(&case.path());
    let rules: Vec<String> = case.rules.iter().map(|&rule| rule.to_owned()).collect();
    let name = if case.family == "rules" { case.key.to_owned() } else { format!("{} {}", case.family, case.key) };
    let failure = |fault| Failure { case: name.clone(), rules: rules.clone(), place, fault };
    faults.into_iter().map(failure).collect()
}

/// Whether an example is a shipped one in a rulebook that is not.
fn overruled(book: &Book, case: &Case<'_>, field: &str, index: usize) -> bool {
    let index = index.to_string();
    let mut path = case.path();
    path.extend([field, index.as_str()]);
    !book.is_shipped() && book.origin(&path).is_some_and(|place| book.ships(place))
}

/// Whether the rules of a case speak in an example, and what is found where the example stands.
fn told(book: &Rulebook, case: &Case<'_>, example: &str) -> Result<(bool, Told), String> {
    let (list, own) = findings_of(book, example, case.part, case.year)?;
    let asked = |finding: &&Finding| case.asked.is_none_or(|place| finding.asked == Some(place));
    let speaks = |finding: &&Finding| case.rules.contains(&finding.rule.as_str()) && asked(finding);
    let near = list.iter().filter(|finding| own.as_ref().is_none_or(|own| own.touches(finding.span)) || speaks(finding));
    let found = near.map(|finding| (finding.rule.clone(), finding.message.clone())).collect();
    Ok((list.iter().any(|finding| speaks(&finding)), Told { example: example.to_owned(), found }))
}

/// What is found in an example.
///
/// # Errors
/// Why the example is no draft, in Chinese.
pub fn findings(book: &Rulebook, example: &str) -> Result<Vec<Finding>, String> {
    findings_of(book, example, None, None).map(|(findings, _)| findings)
}

/// What is found in an example, which stands in a part of the report; and where a sentence stands that was put into a
/// report.
fn findings_of(
    book: &Rulebook,
    example: &str,
    part: Option<&str>,
    year: Option<u32>,
) -> Result<(Vec<Finding>, Option<Span>), String> {
    let parse = |bytes: &[u8]| Draft::parse("例", bytes).map_err(|error| error.to_string());
    if let Some(bytes) = paper::example(example) {
        return Ok((crate::check(&parse(&bytes?)?, book), None));
    }
    if let Some((other, this)) = example.split_once(SIBLING) {
        let (other, _) = draft(other, part, year);
        let (this, own) = draft(this, part, year);
        return Ok((beside(book, &parse(other.as_bytes())?, &parse(this.as_bytes())?), own));
    }
    if let Some((last, this)) = example.split_once(LAST_YEAR) {
        let (last, _) = draft(last, part, year);
        let (this, own) = draft(this, part, year);
        let (last, this) = (parse(last.as_bytes())?, parse(this.as_bytes())?);
        return Ok((Checked::beside(&this, book, Some(&last)).findings, own));
    }
    let (text, own) = draft(example, part, year);
    Ok((crate::check(&parse(text.as_bytes())?, book), own))
}

/// What is found in a draft that lies beside another town's.
fn beside(book: &Rulebook, other: &Draft, this: &Draft) -> Vec<Finding> {
    let mut index = Index::default();
    let prints = [this, other].map(|draft| Print::of(draft, Identity::of(draft, &book.config)));
    for print in &prints {
        index.push(Some(print.clone()));
    }
    index.finish(&book.book().county);
    let likeness = index.like(0, &prints[0]);
    let neighbour = |like: Likeness| Neighbour { draft: Arc::new(other.clone()), town: like.town, shared: like.shared };
    let drafts = likeness.into_iter().map(neighbour);
    let neighbours = Neighbours { towns: index.towns(&prints[0].identity), drafts: drafts.collect() };
    check_report(&Report::new(this, book).among(Some(&neighbours)))
}

/// An example as a draft, and where a sentence stands in it.
fn draft(example: &str, part: Option<&str>, year: Option<u32>) -> (String, Option<Span>) {
    if example.trim().contains('\n') {
        return (example.to_owned(), None);
    }
    let (year, sentence) = dated(example).unwrap_or((year.unwrap_or(YEAR), example));
    let (text, place) = report(year, sentence, part.unwrap_or("measures"));
    (text, Some(Span::new(place.start, place.end)))
}

/// The year of the report that an example names, and its sentence.
pub fn dated(example: &str) -> Option<(u32, &str)> {
    let (year, sentence) = example.strip_prefix('〔')?.split_once('〕')?;
    Some((year.parse().ok()?, sentence))
}

/// The required parts of a report in order: key, heading, and a sentence that stands there.
const PARTS: [(&str, &str, &str); 4] = [
    ("measures", "一、主要举措和成效", ""),
    ("shortcomings", "二、存在的不足和原因", "普法活动偏少，原因是人手不足。"),
    ("duties", "三、党政主要负责人履行推进法治建设第一责任人职责情况", "镇党委书记听取汇报四次，镇长出庭应诉一次。"),
    ("plan", "四、{next}年度主要安排", "每季度到村宣传一次，年底前补齐设备。"),
];

/// A report in order with a sentence put into a part, and where the sentence stands.
fn report(year: u32, sentence: &str, part: &str) -> (String, Range<usize>) {
    let next = year + 1;
    let mut text =
        format!("柳川镇{year}年度法治政府建设情况报告\n\n县委、县政府：\n\n现将{year}年度法治政府建设情况报告如下：\n\n");
    let part = if PARTS.iter().any(|(key, ..)| *key == part) { part } else { "measures" };
    let mut place = 0..0;
    for (key, heading, own) in PARTS {
        text += &heading.replace("{next}", &next.to_string());
        text += "\n\n";
        if key == part {
            place = text.len()..text.len() + sentence.len();
            text += sentence;
            text += "\n\n";
        }
        if !own.is_empty() {
            text += own;
            text += "\n\n";
        }
    }
    (format!("{text}中共柳川镇委员会\n\n柳川镇人民政府\n\n{next}年1月20日\n"), place)
}

/// How well a family of the rulebook is proven by examples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many entries it has.
    pub entries: usize,
    /// How many bad examples they bring.
    pub bad: usize,
    /// How many good ones.
    pub good: usize,
    /// The entries that lack an example of either kind.
    pub bare: Vec<String>,
}

/// How many examples the families of a rulebook bring.
pub fn coverage(book: &Book) -> BTreeMap<String, Coverage> {
    let mut families: BTreeMap<String, Coverage> = BTreeMap::new();
    for case in book.cases() {
        let coverage = families.entry(case.family.to_owned()).or_default();
        coverage.entries += 1;
        coverage.bad += case.bad.len();
        coverage.good += case.good.len();
        if !case.borrowed && (case.bad.is_empty() || case.good.is_empty()) {
            coverage.bare.push(case.key.to_owned());
        }
    }
    families
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_examples_hold() {
        let tested = test(&Rulebook::township());
        assert_eq!(tested.failures, []);
        assert!(tested.cases > 300 && tested.examples > 2 * tested.cases, "{tested:?}");
    }

    #[test]
    fn an_example_that_is_no_draft_says_why() {
        let book = Rulebook::township();
        let why = findings(&book, "Word稿件\n字体 仿宋 大号 正文\n").expect_err("no size");
        assert!(why.contains("大号"), "{why}");
    }
}
