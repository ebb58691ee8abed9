//! All literal texts of a rulebook, found in one pass over a text.

use std::ops::Range;

use super::schema::Book;
use crate::text::{WordList, folded};

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
    /// [`Book::quoted`].
    Quoted(usize),
    /// The parts of a year in [`Book::times`].
    PartOfYear(usize),
}

/// Where a literal stands in a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub literal: Literal,
    /// Bytes of the folded text.
    pub range: Range<usize>,
}

/// The texts and what they belong to.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    words: WordList,
    /// What each of the words is; a text can be several things.
    literals: Vec<Literal>,
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
        book.quoted.iter().enumerate().for_each(|(index, text)| list.add(text, Literal::Quoted(index)));
        book.times.parts.iter().enumerate().for_each(|(index, text)| list.add(text, Literal::PartOfYear(index)));
        list.build()
    }

    /// All literals in a folded text, overlapping ones too, by their ends.
    pub(super) fn find(&self, text: &str) -> Vec<Hit> {
        // There is seldom more than one in ten characters.
        let mut hits: Vec<Hit> = Vec::with_capacity(text.len() / 32);
        self.words.each(text, |index, range| {
            let hit = Hit { literal: self.literals[index], range };
            // They come by their starts: few have to go before others.
            let later = |other: &Hit| (other.range.end, other.range.start) > (hit.range.end, hit.range.start);
            if hits.last().is_some_and(later) {
                let place = hits.iter().rposition(|other| !later(other)).map_or(0, |before| before + 1);
                hits.insert(place, hit);
            } else {
                hits.push(hit);
            }
            true
        });
        hits
    }
}

#[derive(Default)]
struct List {
    texts: Vec<String>,
    literals: Vec<Literal>,
}

impl List {
    fn add(&mut self, text: &str, literal: Literal) {
        self.texts.push(folded(text));
        self.literals.push(literal);
    }

    fn build(self) -> Lexicon {
        Lexicon { words: self.texts.into_iter().collect(), literals: self.literals }
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
    fn overlapping_literals_come_by_their_ends() {
        let mut list = List::default();
        for (index, text) in ["法制", "法制政府", "制政", "普法", "述法", "法制"].into_iter().enumerate() {
            list.add(text, Literal::Term(index));
        }
        let hits = list.build().find("建设法制政府，述法制度");
        let found: Vec<Literal> = hits.iter().map(|hit| hit.literal).collect();
        assert_eq!(found, [0, 5, 2, 1, 4, 0, 5].map(Literal::Term));
    }

    #[test]
    fn pieces_cover_the_name() {
        assert_eq!(pieces("习近平法治思想", 2), [(0, "习近平".to_owned()), (3, "法治思想".to_owned())]);
    }
}
