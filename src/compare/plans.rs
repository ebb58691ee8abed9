//! What became of last year's plan and of last year's shortcomings.

use std::collections::HashSet;

use crate::draft::Role;
use crate::report::{Item, Report};
use crate::text::cjk;

/// Something that last year's report planned and this year's does not speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untraced {
    /// The item of last year's plan.
    pub item: Item,
    /// Whether this year's plan has it again.
    pub again: bool,
}

/// An item has a trace where at least this share of its three-character runs comes back.
const TRACE: f64 = 0.06;
/// An item with fewer runs says too little to be looked for.
const FEWEST: usize = 8;

/// The items of last year's plan that have no trace in this year's report outside its own plan.
pub fn untraced(last: &Report<'_>, this: &Report<'_>) -> Vec<Untraced> {
    let planned = |index: usize| this.parts.at(index) == Some("plan");
    let runs_of = |plan: bool| -> HashSet<[char; 3]> {
        let blocks = this.draft.blocks.iter().enumerate().filter(|(index, _)| planned(*index) == plan);
        let mut found = HashSet::new();
        for (_, block) in blocks {
            match &block.role {
                Role::Table(table) => table.rows.iter().flatten().for_each(|cell| found.extend(runs(this, cell.text()))),
                Role::Title | Role::Recipient | Role::DocumentNumber => {}
                _ => found.extend(runs(this, block.text.text())),
            }
        }
        found
    };
    let (done, planned_again) = (runs_of(false), runs_of(true));
    // A report without text of its own is no place to look for traces.
    if done.is_empty() {
        return Vec::new();
    }
    let share = |item: &HashSet<[char; 3]>, text: &HashSet<[char; 3]>| item.intersection(text).count() as f64 / item.len() as f64;
    last.items("plan")
        .into_iter()
        .filter_map(|item| {
            let wanted = runs(last, &item.text);
            (wanted.len() >= FEWEST && share(&wanted, &done) < TRACE).then(|| {
                // A thing is planned again where a good part of its words comes back.
                let again = share(&wanted, &planned_again) > 4.0 * TRACE;
                Untraced { item, again }
            })
        })
        .collect()
}

/// The three-character runs of a text's 汉字, fixed words left out.
fn runs(report: &Report<'_>, text: &str) -> HashSet<[char; 3]> {
    let fixed = report.book.book().copying.fixed.find_iter(text);
    let mut found = HashSet::new();
    let mut start = 0;
    for end in fixed.iter().map(|range| range.start).chain([text.len()]) {
        for clause in text[start.min(end)..end].split(|c: char| !cjk::is_han(c)) {
            let chars: Vec<char> = clause.chars().collect();
            found.extend(chars.windows(3).map(|window| [window[0], window[1], window[2]]));
        }
        start = fixed.iter().find(|range| range.start == end).map_or(text.len(), |range| range.end);
    }
    found
}

/// This year's shortcomings that stand word for word in last year's report, with last year's.
pub(super) fn repeated(last: &Report<'_>, this: &Report<'_>) -> Vec<(Item, Item)> {
    let words = |item: &Item| item.text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let old: Vec<(String, Item)> = last.items("shortcomings").into_iter().map(|item| (words(&item), item)).collect();
    this.items("shortcomings")
        .into_iter()
        .filter_map(|item| {
            let own = words(&item);
            let same = old.iter().find(|(other, _)| *other == own)?;
            (own.chars().count() >= 12).then(|| (item, same.1.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Encoding;
    use crate::{Draft, Rulebook};

    fn report(parts: &[&str]) -> Draft {
        let heads = ["一、主要举措和成效", "二、存在的不足和原因", "三、下一年度主要安排"];
        let text: String = heads.iter().zip(parts).flat_map(|(head, text)| [*head, "\n\n", *text, "\n\n"]).collect();
        Draft::from_text("稿", format!("柳川镇2025年法治政府建设年度报告\n\n{text}"), Encoding::Utf8)
    }

    #[test]
    fn what_was_planned_and_not_told() {
        let book = Rulebook::township();
        let plan = "（一）建设法治文化公园。在镇区河边设置宪法长廊。\n\n（二）配备视频调解设备。方便在外务工人员参加调解。";
        let last = report(&["做了工作。", "还有不足。", plan]);
        let this = report(&[
            "镇里配备了视频调解设备，在外务工人员足不出户参加调解。",
            "还有不足。",
            "（一）建设法治文化公园，在镇区河边设置宪法长廊。",
        ]);
        let found = untraced(&Report::new(&last, &book), &Report::new(&this, &book));
        let [Untraced { item, again: true }] = found.as_slice() else { panic!("{found:?}") };
        assert!(item.text.starts_with("建设法治文化公园"), "{}", item.text);
    }

    #[test]
    fn shortcomings_word_for_word() {
        let book = Rulebook::township();
        let last = report(&[
            "做了工作。",
            "（一）普法到户次数偏少。原因是人手少、分工不细。\n\n（二）合同送审不及时。原因是没有时限。",
            "抓普法。",
        ]);
        let this = report(&[
            "做了工作。",
            "（一）合同送审还不及时，原因是时限太长。\n\n（二）普法到户次数偏少。原因是人手少，分工不细。",
            "抓普法。",
        ]);
        let found = repeated(&Report::new(&last, &book), &Report::new(&this, &book));
        let [(item, _)] = found.as_slice() else { panic!("{found:?}") };
        assert!(item.text.starts_with("普法到户"), "{}", item.text);
    }
}
