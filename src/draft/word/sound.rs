//! Whether what was read out of a Word file holds together.

use super::{Piece, Word};
use crate::text::{Source, Span};

impl Word {
    /// What is wrong with the places of the characters of `source`, which this was read with: for tests, as a reader
    /// that is right has nothing wrong.
    ///
    /// # Errors
    /// The first place that is none, in words.
    pub fn sound(&self, source: &Source) -> Result<(), String> {
        let text = source.text();
        let whole = |span: Span| text.get(span.range()).is_some();
        let mut end = 0;
        for piece in &self.pieces {
            if !whole(piece.text) || piece.text.start < end {
                return Err(format!("the text of {piece:?}"));
            }
            end = piece.text.end;
            self.piece(piece, &text[piece.text.range()]).map_err(|what| format!("{what} of {piece:?}"))?;
        }
        let lost = self.places.iter().find(|(span, anchor)| !whole(*span) || *anchor >= self.anchors.len());
        match lost.or_else(|| self.places.windows(2).find(|two| two[0].0 > two[1].0).map(|two| &two[1])) {
            Some(place) => Err(format!("the line {place:?}")),
            None => Ok(()),
        }
    }

    fn piece(&self, piece: &Piece, text: &str) -> Result<(), &'static str> {
        let xml = self.xml.get(piece.xml.0..piece.xml.1).ok_or("the XML")?;
        // A line end or a tab may have been read as a blank.
        let alike = |a: u8, b: u8| a == b || b == b' ' && a.is_ascii_whitespace();
        if piece.plain && (xml.len() != text.len() || !xml.bytes().zip(text.bytes()).all(|(a, b)| alike(a, b))) {
            return Err("the bytes");
        }
        let within = |outer: (usize, usize)| outer.0 <= piece.xml.0 && piece.xml.1 <= outer.1;
        if piece.run.is_some_and(|run| self.runs.get(run).is_none_or(|run| !within((run.open.1, run.close.0)))) {
            return Err("the run");
        }
        if piece.node.is_some_and(|node| !within(node.text) || node.open.1 > node.text.0 || node.text.1 > node.close.0) {
            return Err("the element");
        }
        let anchor = self.anchors.get(piece.anchor).ok_or("the paragraph")?;
        if within((anchor.content, anchor.close.0)) { Ok(()) } else { Err("the paragraph") }
    }
}
