//! One automaton for all literal texts of a rulebook.
//!
//! Building it takes longer than searching one draft with it. So the first drafts are searched with a small one, of
//! those texts only whose characters all stand in the draft; from the third on, the whole is worth its making.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::schema::Book;
use crate::text::folded;

/// What a literal belongs to: a family of the rulebook and the entry's index in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    /// [`Book::terms`].
    Term(usize),
    /// [`Book::names`]: a piece of the name that starts at this character of it.
    Piece(usize, usize),
    /// [`Book::series`] and the member's index.
    Member(usize, usize),
    /// [`Book::sets`] and the member's index.
    Listed(usize, usize),
    /// [`Book::laws`].
    Law(usize),
    /// [`Book::periods`].
    Period(usize),
    /// [`Book::committees`]: `二十届`.
    Committee(usize),
    /// [`Book::committees`]: `党的二十大`.
    Congress(usize),
    /// [`Book::duties`].
    Duty(usize),
    /// [`Book::dimensions`].
    Dimension(usize),
    /// A role of [`Book::private`] behind which a name can stand.
    Role,
    /// A group of [`Book::private`] whose number is not published.
    Group,
}

/// Where a literal stands in a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub literal: Literal,
    /// Bytes of the folded text.
    pub range: Range<usize>,
}

/// How many drafts are searched before the whole automaton is worth its making.
const WORTH_BUILDING: usize = 2;

/// The texts and what they belong to.
#[derive(Debug)]
pub(super) struct Lexicon {
    texts: Vec<String>,
    literals: Vec<Vec<Literal>>,
    whole: OnceLock<Option<AhoCorasick>>,
    drafts: AtomicUsize,
}

impl Clone for Lexicon {
    fn clone(&self) -> Self {
        Self::of(self.texts.clone(), self.literals.clone())
    }
}

/// What finds the literals in the texts of one draft.
#[derive(Debug)]
pub struct Finder<'a> {
    /// The automaton, and for each of its patterns the place in [`Lexicon::literals`] where they are not the same.
    automaton: Option<(&'a AhoCorasick, &'a [usize])>,
    small: Option<(AhoCorasick, Vec<usize>)>,
    literals: &'a [Vec<Literal>],
}

impl Finder<'_> {
    /// All literals in a folded text, overlapping ones too, by their ends.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let small = self.small.as_ref().map(|(automaton, places)| (automaton, places.as_slice()));
        let Some((automaton, places)) = self.automaton.or(small) else { return Vec::new() };
        automaton
            .find_overlapping_iter(text)
            .flat_map(|found| {
                let pattern = found.pattern().as_usize();
                let literals = &self.literals[places.get(pattern).copied().unwrap_or(pattern)];
                literals.iter().map(move |&literal| Hit { literal, range: found.range() })
            })
            .collect()
    }
}

/// The characters of a draft, as a set that may hold a few too many.
struct Characters(Vec<u64>);

impl Characters {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut set = Self(vec![0; 1024]);
        for c in texts.flat_map(str::chars) {
            let at = c as usize & 0xFFFF;
            set.0[at / 64] |= 1 << (at % 64);
        }
        set
    }

    fn hold(&self, text: &str) -> bool {
        text.chars().all(|c| {
            let at = c as usize & 0xFFFF;
            self.0[at / 64] >> (at % 64) & 1 == 1
        })
    }
}

impl Lexicon {
    pub(super) fn new(book: &Book) -> Self {
        let mut list = List::default();
        for (index, (text, _)) in book.terms.iter().enumerate() {
            list.add(text, Literal::Term(index));
        }
        for (index, (name, entry)) in book.names.iter().enumerate() {
            for (start, piece) in pieces(name, entry.within + 1) {
                list.add(&piece, Literal::Piece(index, start));
            }
        }
        for (index, (_, series)) in book.series.iter().enumerate() {
            for (member, text) in series.members.iter().enumerate() {
                list.add(text, Literal::Member(index, member));
            }
        }
        for (index, (_, set)) in book.sets.iter().enumerate() {
            for (member, texts) in set.members.iter().enumerate() {
                for text in texts {
                    list.add(text, Literal::Listed(index, member));
                }
            }
        }
        for (index, (text, _)) in book.laws.iter().enumerate() {
            list.add(text, Literal::Law(index));
        }
        for (index, (text, period)) in book.periods.iter().enumerate() {
            std::iter::once(&text.name).chain(&period.also).for_each(|text| list.add(text, Literal::Period(index)));
        }
        for (index, (text, committee)) in book.committees.iter().enumerate() {
            list.add(text, Literal::Committee(index));
            list.add(committee.congress.trim_start_matches("党的"), Literal::Congress(index));
        }
        for (index, (_, topic)) in book.duties.iter().enumerate() {
            topic.any.iter().for_each(|text| list.add(text, Literal::Duty(index)));
        }
        for (index, (_, topic)) in book.dimensions.iter().enumerate() {
            topic.any.iter().for_each(|text| list.add(text, Literal::Dimension(index)));
        }
        book.private.roles.iter().for_each(|text| list.add(text, Literal::Role));
        book.private.groups.iter().for_each(|text| list.add(text, Literal::Group));
        list.build()
    }

    fn of(texts: Vec<String>, literals: Vec<Vec<Literal>>) -> Self {
        Self { texts, literals, whole: OnceLock::new(), drafts: AtomicUsize::new(0) }
    }

    /// What finds the literals in the folded texts of a draft.
    pub(super) fn finder<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Finder<'_> {
        let literals = self.literals.as_slice();
        if self.drafts.fetch_add(1, Ordering::Relaxed) < WORTH_BUILDING {
            let set = Characters::of(texts);
            let places: Vec<usize> = (0..self.texts.len()).filter(|&at| set.hold(&self.texts[at])).collect();
            let patterns = places.iter().map(|&at| &self.texts[at]);
            let kind = Some(AhoCorasickKind::NoncontiguousNFA);
            let small = AhoCorasick::builder().match_kind(MatchKind::Standard).kind(kind).prefilter(false).build(patterns);
            return Finder { automaton: None, small: small.ok().map(|automaton| (automaton, places)), literals };
        }
        let automaton = self.whole().map(|automaton| (automaton, [].as_slice()));
        Finder { automaton, small: None, literals }
    }

    fn whole(&self) -> Option<&AhoCorasick> {
        let build = || AhoCorasick::builder().match_kind(MatchKind::Standard).build(&self.texts).ok();
        self.whole.get_or_init(build).as_ref()
    }

    /// Builds the whole automaton now, in a process that will search more than one draft.
    pub(super) fn hasten(&self) {
        _ = self.whole();
        self.drafts.fetch_max(WORTH_BUILDING, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct List {
    texts: Vec<String>,
    literals: Vec<Vec<Literal>>,
    places: HashMap<String, usize>,
}

impl List {
    fn add(&mut self, text: &str, literal: Literal) {
        let text = folded(text);
        if text.is_empty() {
            return;
        }
        let place = *self.places.entry(text).or_insert_with_key(|text| {
            self.texts.push(text.clone());
            self.literals.push(Vec::new());
            self.literals.len() - 1
        });
        self.literals[place].push(literal);
    }

    fn build(self) -> Lexicon {
        Lexicon::of(self.texts, self.literals)
    }
}

/// A name cut into `count` pieces, each with the character at which it starts: whoever makes fewer than `count`
/// faults leaves one piece whole.
fn pieces(name: &str, count: usize) -> Vec<(usize, String)> {
    let chars: Vec<char> = folded(name).chars().collect();
    let bounds: Vec<usize> = (0..=count).map(|index| chars.len() * index / count).collect();
    bounds.windows(2).map(|pair| (pair[0], chars[pair[0]..pair[1]].iter().collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_automata_find_the_same() {
        let mut list = List::default();
        for (index, text) in ["法制", "法制政府", "制政", "普法", "述法"].into_iter().enumerate() {
            list.add(text, Literal::Term(index));
        }
        let lexicon = list.build();
        let text = "建设法制政府，述法制度";
        let found: Vec<Vec<Hit>> = (0..=WORTH_BUILDING).map(|_| lexicon.finder([text].into_iter()).find(text)).collect();
        assert_eq!(found[0].len(), 5);
        assert!(found.iter().all(|hits| *hits == found[0]));
    }

    #[test]
    fn pieces_cover_the_name() {
        assert_eq!(pieces("习近平法治思想", 2), [(0, "习近平".to_owned()), (3, "法治思想".to_owned())]);
    }
}
