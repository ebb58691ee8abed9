//! Figures of two years: which count the same thing, how they changed, which did not change at all.

use std::collections::HashSet;

use crate::figures::{Entry, Figure, Measure, Period};
use crate::report::Report;
use crate::text::{Span, cjk};

/// A figure as a report states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// As written, with its unit: `158件`.
    pub text: String,
    /// Its value; per cent in hundredths.
    pub value: f64,
    /// The multiplier written out (10 000 for 万).
    pub scale: f64,
    /// Its unit: `件`, `%`.
    pub unit: String,
    /// What it counts: `化解`.
    pub counts: String,
    /// The sentence it stands in.
    pub sentence: String,
    /// Where it stands.
    pub span: Span,
    /// Index in [`Draft::blocks`](crate::Draft::blocks) of its paragraph.
    pub block: usize,
}

/// A figure of last year with this year's.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Last year's.
    pub last: Stated,
    /// This year's.
    pub this: Stated,
    /// Whether it should have changed: a thing that is counted anew each year, and the same number.
    pub suspicious: bool,
}

impl Moved {
    /// This year's less last year's.
    pub fn difference(&self) -> f64 {
        // Decimals as people write them: 99.6 less 99.5 is 0.1.
        ((self.this.value - self.last.value) * 10_000.0).round() / 10_000.0
    }

    /// The change in per cent of last year's, for counts.
    pub fn percent(&self) -> Option<f64> {
        (self.last.value != 0.0 && self.last.unit != "%").then(|| (self.difference() / self.last.value * 1000.0).round() / 10.0)
    }
}

/// The figures that a report states of its own year: counts and rates, not those of other years or of its plan.
pub fn stated(report: &Report<'_>) -> Vec<Stated> {
    let own_year = |entry: &Entry| match entry.figure.period {
        // What lies ahead stands in the plan, which is left out anyway; elsewhere 计划 and 规划 are names.
        Period::Unsaid | Period::Cumulative | Period::Next => true,
        // Other years count where the sentence itself names them: years in the names of programmes date nothing.
        Period::Year(year) => {
            report.identity.year.is_none_or(|own| own == u32::from(year)) || !entry.sentence.contains(&format!("{year}年"))
        }
        Period::Last | Period::Half => false,
    };
    let unit = |figure: &Figure| match figure.measure {
        Measure::Count if !figure.unit.is_empty() => Some(figure.unit.clone()),
        Measure::Percent => Some("%".to_owned()),
        _ => None,
    };
    let entries = report.entries().iter().filter(|entry| own_year(entry) && report.parts.at(entry.block) != Some("plan"));
    entries
        .filter_map(|entry| {
            Some(Stated {
                text: entry.text.clone(),
                value: entry.figure.value,
                scale: entry.figure.scale,
                unit: unit(&entry.figure)?,
                counts: closed(&entry.counts),
                sentence: entry.sentence.clone(),
                span: entry.figure.span,
                block: entry.block,
            })
        })
        .collect()
}

/// What a figure counts, for a reader: without words that say nothing by themselves, a bracket that was cut closed again.
fn closed(counts: &str) -> String {
    let counts = counts.trim_start_matches("其中").trim_start_matches("全年");
    if counts.matches('（').count() > counts.matches('）').count() { format!("{counts}）") } else { counts.to_owned() }
}

/// How alike what two figures count must be.
const ALIKE: f64 = 0.5;
/// The same for figures that have the same number: less likeness is needed to wonder at it.
const ALIKE_AND_EQUAL: f64 = 0.25;
/// A number below this is the same twice by chance.
const SMALLEST: f64 = 10.0;

/// More figures than any report has; each is compared with each, and a file of megabytes must come to an end too.
const MOST: usize = 800;

/// A figure with what is needed to find its like.
struct Candidate {
    figure: Stated,
    part: Option<String>,
    counts: Pairs,
    sentence: Pairs,
}

impl Candidate {
    /// The figures of a report with what is needed to find their likes.
    fn all(report: &Report<'_>) -> Vec<Self> {
        let figures = stated(report).into_iter().map(|figure| Self {
            part: report.parts.at(figure.block).map(str::to_owned),
            counts: pairs(&figure.counts),
            sentence: pairs(&figure.sentence),
            figure,
        });
        figures.filter(|one| !one.counts.is_empty()).take(MOST).collect()
    }

    /// How alike two figures are by what they count, and a little by the rest of their sentences: 0 to 1.
    fn alike(&self, other: &Self) -> f64 {
        if self.figure.unit != other.figure.unit || self.part != other.part || self.counts.is_disjoint(&other.counts) {
            return 0.0;
        }
        let dice = |a: &Pairs, b: &Pairs| 2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()).max(1) as f64;
        0.7 * dice(&self.counts, &other.counts) + 0.3 * dice(&self.sentence, &other.sentence)
    }

    /// Index of the one among `others` that is most alike, if it is alike enough and no other is as much.
    fn best(&self, others: &[Self]) -> Option<usize> {
        let mut scores: Vec<(f64, usize)> = others.iter().enumerate().map(|(index, other)| (self.alike(other), index)).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let &(score, index) = scores.first()?;
        let next = scores.get(1).map_or(0.0, |&(score, _)| score);
        (score >= ALIKE && score - next > 0.05).then_some(index)
    }
}

/// The figures of this year whose like last year's report states, in this year's order. `yearly` are the units of what is counted anew
/// each year.
pub fn moved(last: &Report<'_>, this: &Report<'_>, yearly: &[String]) -> Vec<Moved> {
    let (old, new) = (Candidate::all(last), Candidate::all(this));
    let back: Vec<Option<usize>> = old.iter().map(|one| one.best(&new)).collect();
    let mut taken: HashSet<usize> = HashSet::new();
    let mut found = Vec::new();
    for (index, one) in new.iter().enumerate() {
        let wonder = one.figure.value >= SMALLEST && yearly.contains(&one.figure.unit);
        let equal = |other: &Candidate| (other.figure.value - one.figure.value).abs() < 1e-9;
        let pair = one.best(&old).filter(|&other| back[other] == Some(index)).or_else(|| {
            let same = |&other: &usize| wonder && equal(&old[other]) && one.alike(&old[other]) >= ALIKE_AND_EQUAL;
            (0..old.len()).find(same)
        });
        if let Some(other) = pair.filter(|other| taken.insert(*other)) {
            let suspicious = wonder && equal(&old[other]);
            found.push(Moved { last: old[other].figure.clone(), this: one.figure.clone(), suspicious });
        }
    }
    found
}

/// Pairs of neighbouring 汉字.
type Pairs = HashSet<[char; 2]>;

fn pairs(text: &str) -> Pairs {
    text.split(|c: char| !cjk::is_han(c))
        .flat_map(|clause| {
            let chars: Vec<char> = clause.chars().collect();
            chars.windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Encoding;
    use crate::{Draft, Rulebook};

    fn compared(last: &str, this: &str) -> Vec<(String, String, bool)> {
        let book = Rulebook::township();
        let report = |year: u32, text: &str| {
            let text = format!("柳川镇{year}年法治政府建设年度报告\n\n一、主要举措和成效\n\n{text}\n");
            Draft::from_text("稿", text, Encoding::Utf8)
        };
        let (last, this) = (report(2024, last), report(2025, this));
        let found = moved(&Report::new(&last, &book), &Report::new(&this, &book), &book.book().copying.yearly_units);
        found.into_iter().map(|one| (one.last.text, one.this.text, one.suspicious)).collect()
    }

    fn pair(last: &str, this: &str, suspicious: bool) -> (String, String, bool) {
        (last.to_owned(), this.to_owned(), suspicious)
    }

    #[test]
    fn figures_find_their_likes() {
        let last = "全年排查矛盾纠纷164件，化解158件。开展法治宣传活动36场。";
        assert_eq!(
            compared(last, "全年摸排矛盾纠纷151件。组织法治宣传活动36场。"),
            [pair("164件", "151件", false), pair("36场", "36场", true)]
        );
    }

    #[test]
    fn what_may_stay_the_same_is_no_wonder() {
        // There are as many villages and people as last year; a small number is the same by chance.
        let text = "全镇有调解员58名，讲法治课2次，应诉率100%。";
        assert!(compared(text, text).iter().all(|(_, _, suspicious)| !suspicious));
    }

    #[test]
    fn last_years_figure_quoted_this_year_is_not_this_years() {
        assert!(
            compared("全年开展行政检查142次。", "行政检查由上年的142次减至118次。").iter().all(|(_, this, _)| this != "142次")
        );
    }
}
