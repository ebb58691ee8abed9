//! Text that was taken out of a source and still knows where each character stood.

use std::ops::Range;
use std::sync::OnceLock;

use super::signs::Signs;
use super::source::Span;

/// Running text with the place of every character in the source.
///
/// Built from pieces of the source in reading order; what lies between two pieces (marks of Markdown, line ends,
/// a doubled character) is left out of the text.
#[derive(Clone, Debug, Default)]
pub struct Mapped {
    text: String,
    /// Where each piece starts in `text` and in the source, in bytes, ascending in `text`.
    pieces: Vec<(usize, usize)>,
    /// Found when they are first asked for.
    signs: OnceLock<Signs>,
}

impl PartialEq for Mapped {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.pieces == other.pieces
    }
}

impl Eq for Mapped {}

impl Mapped {
    /// Appends `text`, which stands at byte `at` of the source.
    pub fn push(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        let follows = self.pieces.last().is_some_and(|&(start, source)| source + (self.text.len() - start) == at);
        if !follows {
            self.pieces.push((self.text.len(), at));
        }
        self.signs.take();
        self.text.push_str(text);
    }

    /// Appends another mapped text.
    pub fn append(&mut self, other: &Self) {
        for (index, &(start, at)) in other.pieces.iter().enumerate() {
            let end = other.pieces.get(index + 1).map_or(other.text.len(), |next| next.0);
            self.push(&other.text[start..end], at);
        }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its marks, digits and whatever else is no common 汉字.
    pub fn signs(&self) -> &Signs {
        self.signs.get_or_init(|| Signs::of(&self.text))
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A part of the text, `range` in bytes of [`Mapped::text`].
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut part = Self::default();
        for (index, &(start, at)) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.0);
            let (from, to) = (start.max(range.start), end.min(range.end));
            if from < to {
                part.push(&self.text[from..to], at + (from - start));
            }
        }
        part
    }

    /// The text without some of its bytes: ranges of [`Mapped::text`] in their order, none overlapping another.
    #[must_use]
    pub fn without(&self, left_out: &[Range<usize>]) -> Self {
        let mut rest = Self { text: String::with_capacity(self.text.len()), ..Self::default() };
        let (mut piece, mut from) = (0, 0);
        for gap in left_out.iter().cloned().chain([self.text.len()..self.text.len()]) {
            while from < gap.start {
                let (start, at) = self.pieces[piece];
                let end = self.pieces.get(piece + 1).map_or(self.text.len(), |next| next.0);
                let to = end.min(gap.start);
                if from < to {
                    rest.push(&self.text[from..to], at + (from - start));
                }
                (piece, from) = (piece + usize::from(to == end), to);
            }
            from = gap.end;
            while self.pieces.get(piece + 1).is_some_and(|next| next.0 <= from) {
                piece += 1;
            }
        }
        rest
    }

    /// The text without blanks at its ends.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let start = self.text.len() - self.text.trim_start_matches(super::cjk::is_blank).len();
        let end = self.text.trim_end_matches(super::cjk::is_blank).len();
        match start..end {
            whole if whole.len() == self.text.len() => self,
            part if part.is_empty() => Self::default(),
            part => self.slice(part),
        }
    }

    /// Byte offset in the source of the character that starts at byte `at` of the text.
    fn source_of(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|&(start, _)| start <= at).saturating_sub(1);
        self.pieces.get(index).map_or(0, |&(start, source)| source + at.saturating_sub(start))
    }

    /// The span in the source that covers `range` (bytes of [`Mapped::text`]), from its first character to its last.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.source_of(range.start);
        if range.is_empty() {
            return Span::new(start, start);
        }
        let last = self.text[range.clone()].char_indices().next_back().map_or(range.start, |(at, _)| range.start + at);
        Span::new(start, (self.source_of(last) + (range.end - last)).max(start))
    }

    /// The span of the whole text in the source.
    pub fn full_span(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// Where the source was cut: byte offsets in the text at which a new piece of the source begins.
    pub fn joints(&self) -> impl Iterator<Item = usize> + '_ {
        self.pieces.iter().skip(1).map(|piece| piece.0)
    }

    /// The byte of the text at which the source byte `offset` stands, if it is part of the text.
    pub fn locate(&self, offset: usize) -> Option<usize> {
        self.pieces.iter().enumerate().find_map(|(index, &(start, at))| {
            let end = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.0);
            (at <= offset && offset < at + (end - start)).then(|| start + (offset - at))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_reach_over_what_was_left_out() {
        let source = "管理标\n\n准化";
        let mut text = Mapped::default();
        text.push("管理标", 0);
        text.push("准化", source.find("准化").expect("stands in the source"));
        assert_eq!(text.text(), "管理标准化");
        let word = text.text().find("标准").expect("mended");
        assert_eq!(&source[text.span(word..word + "标准".len()).range()], "标\n\n准");
        assert_eq!(text.joints().collect::<Vec<_>>(), ["管理标".len()]);
        assert_eq!(text.slice(word..text.text().len()).full_span(), Span::new("管理".len(), source.len()));
        assert_eq!(text.locate(source.len() - 3), Some("管理标准".len()));
    }
}
