//! All texts of a draft as one, so that a word is sought in all of them at once.

use memchr::memmem::Finder;

use super::{Passage, Report};

/// The folded texts of a draft, a line each.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    text: String,
    /// Where each line ends, its line end included.
    ends: Vec<usize>,
}

impl Whole {
    fn of(passages: &[Passage<'_>]) -> Self {
        let length = passages.iter().map(|passage| passage.text().len() + 1).sum();
        let mut whole = Self { text: String::with_capacity(length), ends: Vec::with_capacity(passages.len()) };
        for passage in passages {
            whole.text.push_str(passage.text());
            whole.text.push('\n');
            whole.ends.push(whole.text.len());
        }
        whole
    }
}

impl<'a> Report<'a> {
    /// Where a word stands: the text that holds it, and the byte in that. No folded text has a line end, and no word.
    pub fn find<'r>(&'r self, word: &'r Finder<'_>) -> impl Iterator<Item = (&'r Passage<'a>, usize)> {
        let whole = self.whole.get_or_init(|| Whole::of(self.passages()));
        let (mut number, mut start) = (0, 0);
        word.find_iter(whole.text.as_bytes()).filter_map(move |at| {
            while let Some(&end) = whole.ends.get(number).filter(|end| **end <= at) {
                (number, start) = (number + 1, end);
            }
            Some((self.passages().get(number)?, at - start))
        })
    }

    /// The same in what reads as text.
    pub fn find_in_prose<'r>(&'r self, word: &'r Finder<'_>) -> impl Iterator<Item = (&'r Passage<'a>, usize)> {
        self.find(word).filter(|(passage, _)| passage.is_prose)
    }

    /// The same, in each text the first time.
    pub fn first_in_prose<'r>(&'r self, word: &'r Finder<'_>) -> impl Iterator<Item = (&'r Passage<'a>, usize)> {
        let mut last: Option<&Passage<'_>> = None;
        self.find_in_prose(word)
            .filter(move |(passage, _)| !last.replace(passage).is_some_and(|last| std::ptr::eq(last, *passage)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Encoding;
    use crate::{Draft, Rulebook};

    #[test]
    fn a_word_is_found_where_each_text_has_it() {
        let text = "柳川镇2025年法治政府建设年度报告\n\n一、下一年度安排\n\n全镇抓普法，全镇抓执法。\n\n柳川镇人民政府\n";
        let (draft, book) = (Draft::from_text("稿", text, Encoding::Utf8), Rulebook::township());
        let report = Report::new(&draft, &book);
        for word in ["镇", "年度", "。柳", "报告", "度安排", "无"] {
            let places = |passage: &Passage<'_>| passage.text().match_indices(word).map(|(at, _)| at).collect::<Vec<_>>();
            let wanted: Vec<_> =
                report.passages().iter().flat_map(|passage| places(passage).into_iter().map(|at| (passage.block, at))).collect();
            let found: Vec<_> = report.find(&Finder::new(word)).map(|(passage, at)| (passage.block, at)).collect();
            assert_eq!(found, wanted, "{word}");
        }
    }
}
