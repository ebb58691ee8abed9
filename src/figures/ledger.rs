//! The ledger 数据台账: all figures and all claims of a draft.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::claim::Claim;
use super::conflict::{self, Quantities};
use super::figure::Figure;
use super::ordinals::Runs;
use super::passage::Passage;
use super::words::{Lexicon, contains};
use super::{change, list, occasions, pairing, rate, sum, table, villages};
use crate::draft::{Draft, Role};
use crate::text::Mapped;

/// A figure of the draft with what surrounds it, in words.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The figure.
    pub figure: Figure,
    /// Index of its block in [`Draft::blocks`].
    pub block: usize,
    /// It as written, with unit and words of exactness.
    pub text: String,
    /// What it counts: the phrase before it and behind it.
    pub counts: String,
    /// The sentence that it stands in.
    pub sentence: String,
}

/// All figures and claims of a draft, in reading order.
#[derive(Clone, Debug, Default)]
pub struct Ledger<'a> {
    /// What the text says about the figures.
    pub claims: Vec<Claim>,
    texts: Vec<Text<'a>>,
    /// The figures in words, put when they are first asked for: a check asks for none.
    entries: OnceLock<Vec<Entry>>,
}

/// A text that was read, and where it stands.
#[derive(Clone, Debug)]
struct Text<'a> {
    passage: Passage<'a>,
    block: usize,
    /// What the row and the column of a table say of it.
    cell: String,
    /// Whether it is a paragraph of what was done, and not of what is planned.
    done: bool,
}

impl<'a> Ledger<'a> {
    /// Reads a draft.
    pub fn of(draft: &'a Draft, lexicon: &Lexicon) -> Self {
        let mut ledger = Self::default();
        let (mut runs, mut quantities) = (Runs::default(), Quantities::default());
        let mut run_in: Option<&Mapped> = None;
        let mut plan = (0, false);
        for (index, block) in draft.blocks.iter().enumerate() {
            let opening = run_in.take();
            match &block.role {
                Role::Heading(heading) => {
                    if heading.level <= plan.0 || !plan.1 {
                        plan = (heading.level, contains(block.text.text(), &lexicon.words.plans));
                    }
                    let prose = block.text.text().contains(['，', '。']);
                    if prose && !heading.run_in {
                        let passage = ledger.passage(Cow::Borrowed(&block.text), lexicon);
                        if !Runs::opens_with_point(&passage) {
                            runs.close(&mut ledger.claims);
                        }
                        runs.read(&passage, lexicon, &mut ledger.claims);
                        ledger.compare(&mut quantities, &passage, lexicon, index, plan.1);
                        ledger.keep(passage, index, !plan.1);
                        continue;
                    }
                    if heading.run_in {
                        run_in = Some(&block.text);
                        continue;
                    }
                    let passage = Passage::new(Cow::Borrowed(&block.text), lexicon);
                    if !Runs::opens_with_point(&passage) {
                        runs.close(&mut ledger.claims);
                    }
                    list::claims(&passage, lexicon, &mut ledger.claims);
                    runs.read(&passage, lexicon, &mut ledger.claims);
                    ledger.keep(passage, index, false);
                }
                Role::Table(content) => {
                    table::claims(content, &lexicon.words.tables, &mut ledger.claims);
                    for (label, head, cell) in table::cells(content) {
                        let passage = ledger.passage(Cow::Borrowed(cell), lexicon);
                        let cell = [label, head].map(|cell| cell.map_or("", |cell| cell.text().trim())).join("");
                        ledger.texts.push(Text { passage, block: index, cell, done: false });
                    }
                    quantities.table(content);
                }
                Role::Paragraph(_) | Role::Note => {
                    let passage = match opening {
                        Some(heading) => ledger.passage(Cow::Owned(joined(draft, heading, &block.text)), lexicon),
                        None => ledger.passage(Cow::Borrowed(&block.text), lexicon),
                    };
                    runs.read(&passage, lexicon, &mut ledger.claims);
                    ledger.compare(&mut quantities, &passage, lexicon, index, plan.1);
                    ledger.keep(passage, index, !plan.1);
                }
                _ => {}
            }
        }
        runs.close(&mut ledger.claims);
        let done = ledger.texts.iter().filter(|text| text.done).map(|text| &text.passage);
        quantities.close(done, lexicon, &mut ledger.claims);
        let paragraphs = ledger.texts.iter().filter(|text| text.cell.is_empty()).map(|text| &text.passage);
        villages::claims(paragraphs, lexicon, &mut ledger.claims);
        ledger.settle();
        ledger
    }

    /// Reads one paragraph or cell.
    fn passage(&mut self, text: Cow<'a, Mapped>, lexicon: &Lexicon) -> Passage<'a> {
        let passage = Passage::new(text, lexicon);
        let claims = &mut self.claims;
        list::claims(&passage, lexicon, claims);
        if !passage.figures.is_empty() {
            rate::claims(&passage, lexicon, claims);
            sum::claims(&passage, lexicon, claims);
            change::claims(&passage, lexicon, claims);
            pairing::claims(&passage, lexicon, claims);
            conflict::approximations(&passage, lexicon, claims);
            occasions::claims(&passage, lexicon, claims);
        }
        passage
    }

    /// Holds the quantities of a paragraph against those before it.
    fn compare(&mut self, quantities: &mut Quantities, passage: &Passage, lexicon: &Lexicon, block: usize, plan: bool) {
        conflict::all_done(passage, lexicon, &mut self.claims);
        if !plan {
            quantities.read(passage, lexicon, block, &mut self.claims);
        }
    }

    fn keep(&mut self, passage: Passage<'a>, block: usize, done: bool) {
        if !passage.figures.is_empty() {
            self.texts.push(Text { passage, block, cell: String::new(), done });
        }
    }

    /// The figures, each with the index of its block in [`Draft::blocks`].
    pub fn figures(&self) -> impl Iterator<Item = (usize, &Figure)> {
        self.texts.iter().flat_map(|text| text.figures().map(|figure| (text.block, figure)))
    }

    /// The figures in words. `lexicon` is the one that the draft was read with.
    pub fn entries(&self, lexicon: &Lexicon) -> &[Entry] {
        self.entries.get_or_init(|| self.texts.iter().flat_map(|text| text.entries(lexicon)).collect())
    }

    /// Puts claims in order; of several about one place one speaks: a sound sum silences a doubtful one of the same total.
    fn settle(&mut self) {
        use std::collections::HashSet;

        use super::claim::{Kind, Verdict};
        let sound: HashSet<_> = self
            .claims
            .iter()
            .filter(|c| c.kind == Kind::Count && c.verdict == Verdict::Consistent)
            .map(|c| c.span.start)
            .collect();
        let summed: HashSet<_> = self
            .claims
            .iter()
            .filter(|c| c.kind == Kind::Sum && c.verdict == Verdict::Consistent)
            .flat_map(|c| c.grounds.iter().skip(1).map(|g| g.span.start))
            .collect();
        let mut said = HashSet::new();
        self.claims.retain(|claim| {
            if !claim.is_wrong() {
                return true;
            }
            let settled = match claim.kind {
                Kind::Count => sound.contains(&claim.span.start),
                Kind::Sum => claim.grounds.iter().skip(1).any(|ground| summed.contains(&ground.span.start)),
                _ => false,
            };
            !settled && said.insert((claim.kind, claim.span.start))
        });
        self.claims.sort_by_key(|claim| (claim.span.start, claim.span.end));
    }
}

impl Text<'_> {
    fn figures(&self) -> impl Iterator<Item = &Figure> {
        // “四个意识”, “三重一大”: a name that has a number in it.
        let passage = &self.passage;
        let name = |pair: &super::passage::Pair| pair.is_quote() && super::code::is_code(passage.slice(pair.inner.clone()));
        passage.figures.iter().filter(move |figure| !(figure.quoted && passage.round(figure.digits.start).any(name)))
    }

    fn entries(&self, lexicon: &Lexicon) -> impl Iterator<Item = Entry> {
        let passage = &self.passage;
        self.figures().map(move |figure| {
            let name = super::naming::name(passage, figure, lexicon);
            Entry {
                text: passage.slice(figure.range.clone()).to_owned(),
                counts: if name.is_empty() { self.cell.clone() } else { name },
                sentence: passage.around(figure.range.clone()).to_owned(),
                block: self.block,
                figure: figure.clone(),
            }
        })
    }
}

/// A heading that runs on in its line, with the text behind it: `“六大工程”：强核工程…`.
fn joined(draft: &Draft, heading: &Mapped, body: &Mapped) -> Mapped {
    let (end, start) = (heading.full_span().end, body.full_span().start);
    let mut whole = Mapped::with_capacity(heading.text().len() + body.text().len() + 12);
    whole.append(heading);
    if let Some(between) = draft.source.text().get(end..start)
        && between.len() <= 12
    {
        whole.push(between, end);
    }
    whole.append(body);
    whole
}
