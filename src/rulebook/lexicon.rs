//! All literal texts of a rulebook, found in one pass over a text.

use std::ops::Range;

use super::schema::Book;
use crate::text::{WordList, folded};

/// What a literal belongs to in the rulebook, where [`Hit::index`] tells which entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// [`Book::terms`].
    Term,
    /// [`Book::names`]: a piece of the name that starts at character [`Hit::member`] of it.
    Piece,
    /// [`Book::series`], of which it is the [`Hit::member`].
    Member,
    /// [`Book::sets`], of which it is the [`Hit::member`].
    Listed,
    /// [`Book::laws`].
    Law,
    /// [`Book::periods`].
    Period,
    /// [`Book::committees`]: `二十届`.
    Committee,
    /// [`Book::committees`]: `党的二十大`.
    Congress,
    /// [`Book::duties`].
    Duty,
    /// [`Book::dimensions`].
    Dimension,
    /// A role of [`Book::private`] behind which a name can stand.
    Role,
    /// A group of [`Book::private`] whose number is not published.
    Group,
    /// [`Book::quoted`].
    Quoted,
    /// The parts of a year in [`Book::times`].
    PartOfYear,
}

impl Family {
    /// How many there are.
    pub const COUNT: usize = Self::PartOfYear as usize + 1;
}

/// Where a literal stands in the texts of a draft. A draft has hundreds: they are kept small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    passage: u32,
    start: u32,
    end: u32,
    index: u32,
    member: u32,
}

impl Hit {
    /// The number of the text.
    pub fn passage(self) -> usize {
        self.passage as usize
    }

    /// Bytes of the folded text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Which entry of its family it belongs to.
    pub fn index(self) -> usize {
        self.index as usize
    }

    /// Which part of that entry it is; 0 where an entry has none.
    pub fn member(self) -> usize {
        self.member as usize
    }
}

/// What a text of the rulebook is.
#[derive(Clone, Copy, Debug)]
struct Literal {
    family: Family,
    index: usize,
    member: usize,
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
            list.add(text, Family::Term, index, 0);
        }
        for (index, (name, entry)) in book.names.iter().enumerate() {
            for (start, piece) in pieces(name, entry.within + 1) {
                list.add(&piece, Family::Piece, index, start);
            }
        }
        for (index, (_, series)) in book.series.iter().enumerate() {
            for (member, text) in series.members.iter().enumerate() {
                list.add(text, Family::Member, index, member);
            }
        }
        for (index, (_, set)) in book.sets.iter().enumerate() {
            for (member, texts) in set.members.iter().enumerate() {
                for text in texts {
                    list.add(text, Family::Listed, index, member);
                }
            }
        }
        for (index, (text, _)) in book.laws.iter().enumerate() {
            list.add(text, Family::Law, index, 0);
        }
        for (index, (text, period)) in book.periods.iter().enumerate() {
            std::iter::once(&text.name).chain(&period.also).for_each(|text| list.add(text, Family::Period, index, 0));
        }
        for (index, (text, committee)) in book.committees.iter().enumerate() {
            list.add(text, Family::Committee, index, 0);
            list.add(committee.congress.trim_start_matches("党的"), Family::Congress, index, 0);
        }
        for (index, (_, topic)) in book.duties.iter().enumerate() {
            topic.any.iter().for_each(|text| list.add(text, Family::Duty, index, 0));
        }
        for (index, (_, topic)) in book.dimensions.iter().enumerate() {
            topic.any.iter().for_each(|text| list.add(text, Family::Dimension, index, 0));
        }
        book.private.roles.iter().for_each(|text| list.add(text, Family::Role, 0, 0));
        book.private.groups.iter().for_each(|text| list.add(text, Family::Group, 0, 0));
        book.quoted.iter().enumerate().for_each(|(index, text)| list.add(text, Family::Quoted, index, 0));
        book.times.parts.iter().enumerate().for_each(|(index, text)| list.add(text, Family::PartOfYear, index, 0));
        list.build()
    }

    /// Takes in all literals in the folded text of that number, overlapping ones too, by their ends.
    pub(super) fn find(&self, number: usize, text: &str, found: &mut Vec<(Family, Hit)>) {
        let before = found.len();
        self.words.each(text, |word, range| {
            let Literal { family, index, member } = self.literals[word];
            let (start, end) = (range.start as u32, range.end as u32);
            let hit = Hit { passage: number as u32, start, end, index: index as u32, member: member as u32 };
            // They come by their starts: few have to go before others.
            let sooner = |(_, other): &(Family, Hit)| (other.end, other.start) <= (end, start);
            if found[before..].last().is_none_or(sooner) {
                found.push((family, hit));
            } else {
                let place = found[before..].iter().rposition(sooner).map_or(0, |last| last + 1);
                found.insert(before + place, (family, hit));
            }
            true
        });
    }
}

#[derive(Default)]
struct List {
    texts: Vec<String>,
    literals: Vec<Literal>,
}

impl List {
    fn add(&mut self, text: &str, family: Family, index: usize, member: usize) {
        self.texts.push(folded(text));
        self.literals.push(Literal { family, index, member });
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
            list.add(text, Family::Term, index, 0);
        }
        let (lexicon, mut found) = (list.build(), Vec::new());
        lexicon.find(0, "普法", &mut found);
        lexicon.find(1, "建设法制政府，述法制度", &mut found);
        let found: Vec<_> = found.iter().map(|(_, hit)| (hit.passage(), hit.index())).collect();
        assert_eq!(found, [(0, 3), (1, 0), (1, 5), (1, 2), (1, 1), (1, 4), (1, 0), (1, 5)]);
    }

    #[test]
    fn pieces_cover_the_name() {
        assert_eq!(pieces("习近平法治思想", 2), [(0, "习近平".to_owned()), (3, "法治思想".to_owned())]);
    }
}
