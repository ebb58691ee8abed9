//! Text that was taken out of a source and still knows where each character stood.

use std::ops::Range;
use std::sync::OnceLock;

use super::cjk;
use super::signs::Signs;
use super::source::Span;

/// Running text with the place of every character in the source.
///
/// Built from pieces of the source in reading order; what lies between two pieces (marks of Markdown, line ends,
/// a doubled character) is left out of the text.
#[derive(Debug, Default)]
pub struct Mapped {
    text: String,
    /// Where the first piece starts in the source, in bytes. Most texts have no other.
    first: usize,
    /// Where each further piece starts in `text` and in the source, in bytes, ascending in `text`.
    further: Vec<(usize, usize)>,
    /// Found when they are first asked for.
    signs: OnceLock<Box<Signs>>,
}

impl Clone for Mapped {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), first: self.first, further: self.further.clone(), signs: OnceLock::new() }
    }
}

impl PartialEq for Mapped {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.first == other.first && self.further == other.further
    }
}

impl Eq for Mapped {}

impl Mapped {
    /// A piece of the source that starts at byte `at` of it.
    pub fn piece(text: &str, at: usize) -> Self {
        if text.is_empty() { Self::default() } else { Self { text: text.to_owned(), first: at, ..Self::default() } }
    }

    /// An empty text with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// Appends `text`, which stands at byte `at` of the source.
    pub fn push(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        let (start, source) = self.further.last().copied().unwrap_or((0, self.first));
        if self.text.is_empty() {
            self.first = at;
        } else if source + (self.text.len() - start) != at {
            self.further.push((self.text.len(), at));
        }
        self.signs.take();
        self.text.push_str(text);
    }

    /// Its pieces: where each stands in `text`, and where it starts in the source.
    fn pieces(&self) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
        let ends = self.further.iter().map(|piece| piece.0).chain([self.text.len()]);
        [(0, self.first)].into_iter().chain(self.further.iter().copied()).zip(ends).map(|((start, at), end)| (start..end, at))
    }

    /// Appends another mapped text.
    pub fn append(&mut self, other: &Self) {
        self.append_part(other, 0..other.text.len());
    }

    /// Appends a part of another mapped text, `range` in its bytes.
    pub fn append_part(&mut self, other: &Self, range: Range<usize>) {
        if other.further.is_empty() {
            self.push(&other.text[range.clone()], other.first + range.start);
            return;
        }
        for (piece, at) in other.pieces() {
            let (from, to) = (piece.start.max(range.start), piece.end.min(range.end));
            if from < to {
                self.push(&other.text[from..to], at + (from - piece.start));
            }
        }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its marks, digits and whatever else is no common 汉字.
    pub fn signs(&self) -> &Signs {
        self.signs.get_or_init(|| Box::new(Signs::of(&self.text)))
    }

    /// How many 汉字, letters and digits it holds, as [`cjk::length`] counts them.
    pub fn length(&self) -> usize {
        let others = self.signs().others.iter();
        let (bytes, counted) =
            others.fold((0, 0), |(bytes, counted), (_, c)| (bytes + c.len_utf8(), counted + usize::from(cjk::is_counted(*c))));
        // All the others are common 汉字.
        counted + (self.text.len() - bytes) / '字'.len_utf8()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A part of the text, `range` in bytes of [`Mapped::text`].
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        if self.further.is_empty() {
            let end = range.end.min(self.text.len());
            return Self::piece(&self.text[range.start.min(end)..end], self.first + range.start);
        }
        let mut part = Self::default();
        part.append_part(self, range);
        part
    }

    /// A part of the text without blanks at its ends, `range` in bytes of [`Mapped::text`].
    #[must_use]
    pub fn trimmed_slice(&self, range: Range<usize>) -> Self {
        let inner = cjk::trimmed(&self.text[range.clone()]);
        self.slice(range.start + inner.start..range.start + inner.end)
    }

    /// The text without some of its bytes: ranges of [`Mapped::text`] in their order, none overlapping another.
    #[must_use]
    pub fn without(&self, left_out: &[Range<usize>]) -> Self {
        let mut rest = Self::with_capacity(self.text.len());
        let (mut pieces, mut from) = (self.pieces().peekable(), 0);
        let end = self.text.len();
        for gap in left_out.iter().cloned().chain(std::iter::once(end..end)) {
            while let Some((piece, at)) = pieces.peek().filter(|(piece, _)| piece.start < gap.start) {
                let (start, to) = (from.max(piece.start), piece.end.min(gap.start));
                if start < to {
                    rest.push(&self.text[start..to], at + (start - piece.start));
                }
                if piece.end > gap.start {
                    break;
                }
                pieces.next();
            }
            from = gap.end;
        }
        rest
    }

    /// The text without blanks at its ends.
    #[must_use]
    pub fn trimmed(self) -> Self {
        match cjk::trimmed(&self.text) {
            whole if whole.len() == self.text.len() => self,
            part => self.slice(part),
        }
    }

    /// Byte offset in the source of the character that starts at byte `at` of the text, and where its piece ends in the text.
    fn source_of(&self, at: usize) -> (usize, usize) {
        let after = self.further.partition_point(|&(start, _)| start <= at);
        let (start, source) = after.checked_sub(1).map_or((0, self.first), |index| self.further[index]);
        (source + (at - start), self.further.get(after).map_or(self.text.len(), |piece| piece.0))
    }

    /// The span in the source that covers `range` (bytes of [`Mapped::text`]), from its first character to its last.
    pub fn span(&self, range: Range<usize>) -> Span {
        if self.further.is_empty() {
            return Span::new(self.first + range.start, self.first + range.end.max(range.start));
        }
        let (start, end) = self.source_of(range.start);
        if range.end <= end {
            return Span::new(start, start + range.len());
        }
        let last = self.text[range.clone()].char_indices().next_back().map_or(range.start, |(at, _)| range.start + at);
        Span::new(start, (self.source_of(last).0 + (range.end - last)).max(start))
    }

    /// The span of the whole text in the source.
    pub fn full_span(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// Where the source was cut: byte offsets in the text at which a new piece of the source begins.
    pub fn joints(&self) -> impl Iterator<Item = usize> + '_ {
        self.further.iter().map(|piece| piece.0)
    }

    /// The byte of the text at which the source byte `offset` stands, if it is part of the text.
    pub fn locate(&self, offset: usize) -> Option<usize> {
        self.pieces().find_map(|(piece, at)| (at <= offset && offset < at + piece.len()).then(|| piece.start + (offset - at)))
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
