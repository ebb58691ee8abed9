//! What last year's report tells about the one to be written.

use std::collections::BTreeSet;

use crate::compare::{Stated, stated};
use crate::report::Report;
use crate::text::cjk;

/// Last year's report, as far as this year's goes on from it.
#[derive(Clone, Debug, Default)]
pub struct LastYear {
    /// The year that it reports on.
    pub year: Option<u32>,
    /// Whose it is.
    pub town: Option<String>,
    /// Its county or district.
    pub county: Option<String>,
    /// The villages and communities that it lists.
    pub villages: Vec<String>,
    /// What it planned, item by item.
    pub plan: Vec<String>,
    /// Its shortcomings, item by item.
    pub shortcomings: Vec<String>,
    /// Its figures, those of its plan left out.
    pub figures: Vec<Stated>,
    /// What its measures say in figures, under the headings they stand under: `受理事项4380件`.
    pub measured: Vec<(String, Vec<String>)>,
    /// Its whole text, to find names in.
    pub text: String,
}

impl LastYear {
    /// Reads last year's report.
    pub fn of(report: &Report<'_>) -> Self {
        let texts = |key: &str| report.items(key).into_iter().map(|item| calm(&item.text)).collect();
        let text: String = report.draft.prose(0..report.draft.blocks.len()).flat_map(|block| [block.text.text(), "\n"]).collect();
        let figures = stated(report);
        Self {
            year: report.identity.year,
            town: report.identity.town.clone(),
            county: report.identity.county.clone(),
            villages: villages(&text),
            plan: texts("plan"),
            shortcomings: texts("shortcomings"),
            measured: measured(report, &figures),
            figures,
            text,
        }
    }

    /// The first figure in `unit` that counts one of `words` in a sentence with one of `about` (any sentence, where that is empty).
    pub(super) fn figure(&self, unit: &str, words: &[&str], about: &[&str]) -> Option<&Stated> {
        let holds = |text: &str, words: &[&str]| words.is_empty() || words.iter().any(|word| text.contains(word));
        self.figures
            .iter()
            .find(|figure| figure.text.ends_with(unit) && holds(&figure.counts, words) && holds(&figure.sentence, about))
    }
}

/// Text that can stand in a comment: nothing in it ends one.
fn calm(text: &str) -> String {
    text.replace("--", "——").replace(['<', '>'], "")
}

/// The figures of the measures by the headings of the second level that they stand under.
fn measured(report: &Report<'_>, figures: &[Stated]) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    let mut heading = None;
    for figure in figures.iter().filter(|figure| report.parts.at(figure.block) == Some("measures")) {
        let above = report
            .draft
            .headings()
            .take_while(|(index, _, _)| *index < figure.block)
            .filter(|(_, _, heading)| heading.level <= 2)
            .last();
        let at = above.map(|(index, _, _)| index);
        if groups.is_empty() || heading != at {
            groups.push((above.map_or_else(|| "开头".to_owned(), |(_, block, _)| calm(block.text.text())), Vec::new()));
            heading = at;
        }
        let said = clause(report, figure);
        if let Some((_, list)) = groups.last_mut().filter(|(_, list)| list.last() != Some(&said)) {
            list.push(said);
        }
    }
    groups
}

/// The clause that a figure stands in, or what it counts where it stands in a table.
fn clause(report: &Report<'_>, figure: &Stated) -> String {
    let text = &report.draft.blocks[figure.block].text;
    let whole = text.text();
    let Some(at) = text.locate(figure.span.start) else { return calm(&format!("{}{}", figure.counts, figure.text)) };
    let mark = |c: char| matches!(c, '，' | '。' | '；' | '：' | '、');
    let start = whole[..at].char_indices().rev().find(|&(_, c)| mark(c)).map_or(0, |(at, c)| at + c.len_utf8());
    let end = whole[at..].find(mark).map_or(whole.len(), |end| at + end);
    calm(whole[start..end].trim())
}

/// The villages and communities of a list such as `9个行政村（上渠村、下渠村）和1个社区（兴禾社区）`.
fn villages(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (at, open) in text.match_indices('（') {
        let before = &text[..at];
        let listed = ["村", "社区", "村委会", "居委会", "村（居）"].iter().any(|unit| before.ends_with(unit));
        let Some(end) = text[at..].find('）').map(|end| at + end).filter(|_| listed) else { continue };
        let names: Vec<&str> = text[at + open.len()..end].split('、').map(str::trim).collect();
        let is_name = |name: &&str| {
            (name.ends_with('村') || name.ends_with("社区"))
                && (2..=10).contains(&name.chars().count())
                && name.chars().all(cjk::is_han)
        };
        if names.len() > 1 && names.iter().all(is_name)
            || names.len() == 1 && before.ends_with("1个社区") && names.iter().all(is_name)
        {
            found.extend(names.into_iter().filter(|name| seen.insert((*name).to_owned())).map(str::to_owned));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn villages_are_read_from_their_list() {
        let text = "全镇辖3个行政村（上渠村、下渠村、柳坝村）和1个社区（兴禾社区），每个村（社区）有一名法律顾问（由县里统一选派、考核）。";
        assert_eq!(villages(text), ["上渠村", "下渠村", "柳坝村", "兴禾社区"]);
    }

    #[test]
    fn nothing_ends_a_comment() {
        assert_eq!(calm("甲-->乙<!--丙"), "甲——乙!——丙");
    }
}
