//! `incomplete-formula`: a member of a fixed series lacks or stands at the wrong place.
//!
//! Bad: `增强“四个意识”、做到“两个维护”` Good: `增强“四个意识”、坚定“四个自信”、做到“两个维护”`. Basis: the entry of
//! rules/formulas.yaml. One member alone, or `两个确立` beside `两个维护`, is complete.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::finding::Finding;
use crate::report::{Passage, Report, any_of};
use crate::rulebook::{Family, Hit, Series, Set};
use crate::spanned::Key;
use crate::text::cjk;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "incomplete-formula", out);
    let book = report.book.book();
    let year = report.identity.year.unwrap_or(u32::MAX);
    for (passage, hits) in report.prose_with(Family::Member) {
        for (index, members) in by_entry(hits) {
            let (key, series) = &book.series[index];
            if series.from.is_none_or(|from| from <= year) {
                in_order(report, passage, &members, (key, series), out);
            }
        }
    }
    for (passage, hits) in report.prose_with(Family::Listed) {
        for (index, members) in by_entry(hits) {
            let (name, set) = &book.sets[index];
            together(report, passage, &members, (name, set), out);
        }
    }
}

/// Where a member stands, and which it is.
type Member = (Range<usize>, usize);

/// The members in a text by the entry that they belong to, those of each in the order of the text.
fn by_entry(hits: &[Hit]) -> BTreeMap<usize, Vec<Member>> {
    let mut entries: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
    for hit in hits {
        entries.entry(hit.index()).or_default().push((hit.range(), hit.member()));
    }
    for members in entries.values_mut() {
        members.sort_by_key(|(range, _)| range.start);
    }
    entries
}

fn in_order(report: &Report<'_>, passage: &Passage<'_>, members: &[Member], (key, series): (&Key, &Series), out: &mut Vec<Finding>) {
    let mut rest = members;
    while let Some((first, _)) = rest.first() {
        let sentence = passage.sentence(first);
        let count = rest.iter().take_while(|(range, _)| range.start < sentence.end).count();
        let (here, later) = rest.split_at(count.max(1));
        rest = later;
        let [(first, _), .., (last, _)] = here else { continue };
        if any_of(&passage.text()[sentence], &series.not_near) {
            continue;
        }
        let lacking: Vec<&str> = (0..series.members.len())
            .filter(|member| here.iter().all(|(_, other)| other != member))
            .map(|member| series.members[member].as_str())
            .collect();
        if series.members.len() - lacking.len() < series.least.unwrap_or(2) {
            continue;
        }
        let sorted = here.windows(2).all(|pair| pair[0].1 <= pair[1].1);
        let once = here.len() + lacking.len() == series.members.len();
        let message = if !lacking.is_empty() {
            format!("并提时要写全，缺少{}", lacking.into_iter().map(cjk::quoted).collect::<String>())
        } else if !sorted && once {
            format!("{}的顺序不对", series.members.iter().map(|member| cjk::quoted(member)).collect::<String>())
        } else {
            continue;
        };
        let span = passage.span(first.start..last.end);
        let mut finding = report.finding("incomplete-formula", span, message).asked(key.place).help(format!("完整的写法是：{}", series.right));
        if let Some(basis) = &series.basis {
            finding = finding.basis(basis.clone());
        }
        out.push(finding);
    }
}

/// The longest stretch between two neighbours of a list, in bytes.
const STEP: usize = 48;

fn together(report: &Report<'_>, passage: &Passage<'_>, hits: &[Member], (key, set): (&Key, &Set), out: &mut Vec<Finding>) {
    let (text, name) = (passage.text(), key.as_str());
    if !text.contains(name) {
        return;
    }
    let mut start = 0;
    while start < hits.len() {
        let linked = |pair: &[Member]| {
            let (from, to) = (pair[0].0.end, pair[1].0.start);
            let between = text.get(from..to).unwrap_or_default();
            from > to || to - from <= STEP && between.contains(['、', '和', '与', '及']) && !between.contains(['。', '；', '，', '：', '》'])
        };
        let length = hits[start..].windows(2).take_while(|pair| linked(pair)).count() + 1;
        let list = &hits[start..start + length];
        start += length;
        // What the sentence names elsewhere does not lack.
        let sentence = passage.sentence(&list[0].0);
        let here = |member: &usize| hits.iter().any(|(range, other)| other == member && sentence.contains(&range.start));
        let lacking: Vec<usize> = (0..set.members.len()).filter(|member| !here(member)).collect();
        let (from, to) = (list[0].0.start, list[length - 1].0.end);
        let rest = text[to..].chars().take(8).collect::<String>();
        let several = list.iter().any(|(_, member)| *member != list[0].1);
        let open = ["等", "、"].iter().any(|word| rest.contains(word)) || text[..from].ends_with('、');
        let &[lacks] = lacking.as_slice() else { continue };
        if open || !several {
            continue;
        }
        let span = passage.span(from..to);
        let message = format!("{}没有写全，缺少{}", cjk::quoted(name), cjk::quoted(&set.names[lacks]));
        let mut finding =
            report.finding("incomplete-formula", span, message).asked(key.place).help(format!("写全为{}", cjk::quoted(&set.names.join("、"))));
        if let Some(basis) = &set.basis {
            finding = finding.basis(basis.clone());
        }
        out.push(finding);
    }
}
