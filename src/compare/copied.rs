//! Passages that this year's report has taken over from last year's.
//!
//! Both texts are cut into runs of eight characters (汉字 and digits; fixed formulas and names of laws, which every report bears, are
//! taken out first). A sentence most of whose runs stand in last year's report too is copied, be it that a number in it was changed.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::plans;
use crate::draft::{Block, Draft, Role};
use crate::report::{Item, Report};
use crate::rulebook::Copying;
use crate::text::{Mapped, Span, cjk};

/// How many characters a run has.
const RUN: usize = 8;
/// The fewest characters of a passage that is worth a word.
const SHORTEST: usize = 18;
/// The fewest characters of a sentence that is judged by itself.
const SHORTEST_SENTENCE: usize = 10;
/// The longest passage, in tokens, whose changes are looked for.
const LONGEST_DIFF: usize = 4000;

/// What this year's report shares with last year's.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// Shared runs in per cent of those of the shorter text.
    pub share: f64,
    /// Shortcomings told word for word as last year: this year's and last year's.
    pub repeated: Vec<(Item, Item)>,
    /// The other copied passages, in the order of this year's text.
    pub passages: Vec<Copied>,
}

/// A passage that stands in both reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Its text this year.
    pub this: Mapped,
    /// Its text last year.
    pub last: Mapped,
    /// 汉字, letters and digits of this year's text.
    pub chars: usize,
    /// 汉字 and digits that both share, fixed formulas left out.
    pub own: usize,
    /// Where the two differ, in this year's order.
    pub changes: Vec<Change>,
}

/// A place where two texts differ: bytes of each, of which one may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// In last year's text.
    pub last: Range<usize>,
    /// In this year's text.
    pub this: Range<usize>,
}

impl Copied {
    /// Where it stands this year.
    pub fn span(&self) -> Span {
        self.this.full_span()
    }

    /// What was changed: last year's words and this year's.
    pub fn changed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.changes.iter().map(|change| (&self.last.text()[change.last.clone()], &self.this.text()[change.this.clone()]))
    }
}

type Run = [char; RUN];

/// A paragraph with its compared characters.
struct Unit {
    text: Mapped,
    /// The compared characters with their places in the text, in stretches that no fixed words break.
    kept: Vec<(usize, char)>,
    /// For each of `kept`, whether a run begins there.
    runs: Vec<Option<Run>>,
    /// Sentences, as ranges of the text.
    sentences: Vec<Range<usize>>,
}

impl Unit {
    fn new(text: Mapped, copying: &Copying) -> Self {
        let whole = text.text();
        let fixed: Vec<Range<usize>> = copying.fixed.find_iter(whole);
        let mut fixed_at = 0;
        let mut kept: Vec<(usize, char)> = Vec::new();
        // Index of the stretch that each kept character belongs to.
        let mut stretch: Vec<usize> = Vec::new();
        for (at, c) in whole.char_indices() {
            while fixed.get(fixed_at).is_some_and(|range| range.end <= at) {
                fixed_at += 1;
            }
            let inside = fixed.get(fixed_at).is_some_and(|range| range.start <= at);
            let c = cjk::half_width(c);
            if !inside && (cjk::is_han(c) || c.is_ascii_digit()) {
                kept.push((at, c));
                stretch.push(fixed_at);
            }
        }
        let run = |index: usize| {
            let window = kept.get(index..index + RUN)?;
            (stretch[index] == stretch[index + RUN - 1]).then(|| std::array::from_fn(|offset| window[offset].1))
        };
        let runs = (0..kept.len()).map(run).collect();
        let sentences = sentences(whole);
        Self { text, kept, runs, sentences }
    }

    /// The kept characters that stand in `range` of the text, as indices.
    fn kept_in(&self, range: &Range<usize>) -> Range<usize> {
        let index = |at: usize| self.kept.partition_point(|&(place, _)| place < at);
        index(range.start)..index(range.end)
    }
}

/// What `this` has taken over from `last`.
pub fn copies(last: &Report<'_>, this: &Report<'_>) -> Copies {
    let copying = &this.book.book().copying;
    let [old, new] = [last.draft, this.draft].map(|draft| units(draft, copying));
    let [old_runs, new_runs] =
        [&old, &new].map(|units| units.iter().flat_map(|unit| unit.runs.iter().flatten()).collect::<HashSet<_>>());
    let shared = old_runs.intersection(&new_runs).count();
    let smaller = old_runs.len().min(new_runs.len());
    let share = if smaller == 0 { 0.0 } else { shared as f64 * 100.0 / smaller as f64 };
    let repeated = plans::repeated(last, this);
    let told = |passage: &Copied| repeated.iter().any(|(item, _)| item.span.touches(passage.span()));
    let passages = all_passages(&old, &new).into_iter().filter(|passage| !told(passage)).collect();
    Copies { share, repeated, passages }
}

/// The passages of some paragraphs that stand in others too, in their order.
pub fn passages_between(others: Vec<Mapped>, these: Vec<Mapped>, copying: &Copying) -> Vec<Copied> {
    let [others, these] = [others, these].map(|texts| texts.into_iter().map(|text| Unit::new(text, copying)).collect::<Vec<_>>());
    all_passages(&others, &these)
}

fn all_passages(old: &[Unit], new: &[Unit]) -> Vec<Copied> {
    let mut places: HashMap<Run, Vec<(usize, usize)>> = HashMap::new();
    for (index, unit) in old.iter().enumerate() {
        for (at, run) in unit.runs.iter().enumerate().filter_map(|(at, run)| Some((at, (*run)?))) {
            let known = places.entry(run).or_default();
            // More places of one run say nothing more, and would make a text that repeats itself slow.
            if known.len() < 4 {
                known.push((index, at));
            }
        }
    }
    new.iter().flat_map(|unit| passages(unit, old, &places)).collect()
}

/// The copied passages of a paragraph: its copied sentences, neighbours joined.
fn passages(unit: &Unit, old: &[Unit], places: &HashMap<Run, Vec<(usize, usize)>>) -> Vec<Copied> {
    let mut covered = vec![false; unit.kept.len()];
    for (at, _) in unit.runs.iter().enumerate().filter(|(_, run)| run.is_some_and(|run| places.contains_key(&run))) {
        covered[at..at + RUN].fill(true);
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut joined = false;
    for sentence in &unit.sentences {
        let kept = unit.kept_in(sentence);
        let count = covered[kept.clone()].iter().filter(|covered| **covered).count();
        if kept.len() < SHORTEST_SENTENCE || count * 4 < kept.len() * 3 {
            joined = false;
            continue;
        }
        match found.last_mut() {
            Some(passage) if joined => passage.end = sentence.end,
            _ => found.push(sentence.clone()),
        }
        joined = true;
    }
    found.into_iter().filter_map(|passage| copied(unit, &passage, &covered, old, places)).collect()
}

/// A passage with the one of last year that it was taken from.
fn copied(
    unit: &Unit,
    passage: &Range<usize>,
    covered: &[bool],
    old: &[Unit],
    places: &HashMap<Run, Vec<(usize, usize)>>,
) -> Option<Copied> {
    let kept = unit.kept_in(passage);
    let mut votes: HashMap<usize, usize> = HashMap::new();
    let seen: Vec<&(usize, usize)> =
        unit.runs[kept.clone()].iter().flatten().filter_map(|run| places.get(run)).flatten().collect();
    for (index, _) in &seen {
        *votes.entry(*index).or_default() += 1;
    }
    let (&source, _) = votes.iter().max_by_key(|&(&index, &count)| (count, std::cmp::Reverse(index)))?;
    let hits = || seen.iter().filter(|(index, _)| *index == source).map(|&&(_, at)| at);
    let (first, last) = (hits().min()?, hits().max()? + RUN - 1);
    let from = &old[source];
    let old_text = clauses(&from.text, from.kept[first].0, from.kept[last].0);
    let (first, last) = (kept.clone().find(|&at| covered[at])?, kept.clone().rfind(|&at| covered[at])?);
    let new_text = clauses(&unit.text, unit.kept[first].0, unit.kept[last].0);
    let chars = cjk::length(new_text.text());
    let own = covered[kept].iter().filter(|covered| **covered).count();
    let changes = changes(old_text.text(), new_text.text());
    (chars >= SHORTEST).then_some(Copied { this: new_text, last: old_text, chars, own, changes })
}

/// The part of a text from the beginning of the clause at `first` to the end of the clause at `last`, both in bytes.
fn clauses(text: &Mapped, first: usize, last: usize) -> Mapped {
    let whole = text.text();
    let mark = |c: char| matches!(c, '。' | '，' | '；' | '：' | '！' | '？' | ',' | ';' | ':');
    let start = whole[..first].char_indices().rev().find(|&(_, c)| mark(c)).map_or(0, |(at, c)| at + c.len_utf8());
    let end = whole[last..].char_indices().find(|&(_, c)| mark(c)).map_or(whole.len(), |(at, c)| last + at + c.len_utf8());
    text.slice(start..end).trimmed()
}

/// The paragraphs of a draft, ready to be compared.
fn units(draft: &Draft, copying: &Copying) -> Vec<Unit> {
    paragraphs(draft).into_iter().map(|text| Unit::new(text, copying)).collect()
}

/// The paragraphs of a draft; a heading that its text follows on the same line is the first sentence of that text.
pub fn paragraphs(draft: &Draft) -> Vec<Mapped> {
    let mut paragraphs = Vec::new();
    let mut head: Option<Mapped> = None;
    for block in &draft.blocks {
        match &block.role {
            Role::Heading(heading) if heading.run_in => head = Some(with_mark(draft, block)),
            Role::Paragraph(_) => {
                let mut text = head.take().unwrap_or_default();
                text.append(&block.text);
                paragraphs.push(text);
            }
            _ => head = None,
        }
    }
    paragraphs
}

/// A heading with the mark that closes it.
fn with_mark(draft: &Draft, block: &Block) -> Mapped {
    let mut text = block.text.clone();
    let end = text.full_span().end;
    if let Some(mark) = draft.source.text()[end..].chars().next().filter(|c| matches!(c, '。' | '：' | ':')) {
        text.push(mark.encode_utf8(&mut [0; 4]), end);
    }
    text
}

fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let ends =
        text.char_indices().filter(|&(_, c)| cjk::ends_sentence(c) || matches!(c, '；' | ';')).map(|(at, c)| at + c.len_utf8());
    ends.chain([text.len()]).map(|end| std::mem::replace(&mut start, end)..end).filter(|sentence| !sentence.is_empty()).collect()
}

/// Where two texts differ. A number is one thing: 187 becomes 204, not 1, 8 and 7 something else.
pub fn changes(last: &str, this: &str) -> Vec<Change> {
    let (old, new) = (tokens(last), tokens(this));
    if old.len().max(new.len()) > LONGEST_DIFF {
        return Vec::new();
    }
    let [old_words, new_words] =
        [(last, &old), (this, &new)].map(|(text, tokens)| tokens.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>());
    let bytes = |tokens: &[Range<usize>], range: Range<usize>, len: usize| {
        let start = tokens.get(range.start).map_or(len, |token| token.start);
        if range.is_empty() { start..start } else { start..tokens[range.end - 1].end }
    };
    capture_diff_slices(Algorithm::Myers, &old_words, &new_words)
        .into_iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| Change { last: bytes(&old, op.old_range(), last.len()), this: bytes(&new, op.new_range(), this.len()) })
        .collect()
}

/// A text as numbers and single characters.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut in_number = false;
    for (at, c) in text.char_indices() {
        let digit = cjk::is_digit(c) || in_number && matches!(c, '.' | '%');
        match tokens.last_mut() {
            Some(token) if digit && in_number => token.end = at + c.len_utf8(),
            _ => tokens.push(at..at + c.len_utf8()),
        }
        in_number = digit;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Rulebook;
    use crate::text::Encoding;

    fn compared(last: &str, this: &str) -> Copies {
        let book = Rulebook::township();
        let [last, this] = [last, this].map(|text| Draft::from_text("稿", text, Encoding::Utf8));
        copies(&Report::new(&last, &book), &Report::new(&this, &book))
    }

    const LAST: &str = "今年雨水多。镇综治中心设立纠纷分流窗口，群众反映的问题由窗口统一登记、当日研判，全年分流各类诉求187件。后来天晴了，各村清理沟渠。";

    #[test]
    fn a_changed_number_in_a_copied_sentence() {
        let found = compared(
            LAST,
            "河道清淤完工。镇综治中心设立纠纷分流窗口，群众反映的问题由窗口统一登记、当日研判，全年分流各类诉求204件。群众满意。",
        );
        let [passage] = found.passages.as_slice() else { panic!("{found:?}") };
        assert!(
            passage.this.text().starts_with("镇综治中心") && passage.this.text().ends_with("204件。"),
            "{}",
            passage.this.text()
        );
        let [Change { last, this }] = passage.changes.as_slice() else { panic!("{:?}", passage.changes) };
        assert_eq!((&passage.last.text()[last.clone()], &passage.this.text()[this.clone()]), ("187", "204"));
    }

    #[test]
    fn formulas_and_names_of_laws_are_nobodys_own() {
        let formulas = "全镇坚持以习近平新时代中国特色社会主义思想为指导，增强“四个意识”、坚定“四个自信”、做到“两个维护”，落实《法治政府建设实施纲要（2021—2025年）》。";
        let found = compared(formulas, formulas);
        assert!(found.passages.is_empty(), "{found:?}");
    }

    #[test]
    fn a_text_of_its_own_shares_nothing() {
        let found = compared(LAST, "法律顾问每季度到村坐班，审查合同三十份，退回补充材料四次，村民可以提前预约时间。");
        assert!(found.passages.is_empty() && found.share < 1.0, "{found:?}");
    }

    proptest! {
        /// The changes turn one text into the other.
        #[test]
        fn changes_lead_from_one_text_to_the_other(last in "[镇村0-9件。]{0,20}", this in "[镇村0-9件。]{0,20}") {
            let mut made = String::new();
            let mut at = 0;
            for change in changes(&last, &this) {
                made.push_str(&last[at..change.last.start]);
                made.push_str(&this[change.this.clone()]);
                at = change.last.end;
            }
            made.push_str(&last[at..]);
            prop_assert_eq!(made, this);
        }

        /// Whatever stands in the two texts, each passage lies in its text.
        #[test]
        fn nothing_breaks(last in "(镇里|纠纷|登记|研判|全年|1|《|》|。|，|\n){0,60}", this in "(镇里|纠纷|登记|研判|全年|1|《|》|。|，|\n){0,60}") {
            let found = compared(&last, &this);
            prop_assert!((0.0..=100.0).contains(&found.share));
            prop_assert!(found.passages.iter().all(|passage| passage.span().end <= this.len()));
        }
    }
}
