//! A piece of one line for miette: drafts have lines of a thousand characters, and miette counts columns in bytes.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::{Source, Span};

/// What is shown of one line, and how it maps to the source.
pub(super) struct Excerpt {
    name: String,
    text: String,
    /// Line and character column, from 0, that miette prints in its head.
    line: usize,
    column: usize,
    /// The part of the source that is shown.
    shown: Span,
    /// Bytes of `text` before the shown part (an ellipsis).
    lead: usize,
}

impl Excerpt {
    /// Cuts the line of `span` to `width` columns round the span.
    pub(super) fn new(source: &Source, span: Span, width: usize) -> Self {
        let index = source.line_index(span.start);
        let line = source.line_span(index);
        let text = source.slice(line);
        let (from, to) = (span.start.min(line.end) - line.start, span.end.min(line.end) - line.start);
        let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
        let first = graphemes.partition_point(|&(at, g)| at + g.len() <= from);
        let last = graphemes.partition_point(|&(at, _)| at < to).max(first);
        let cells = |g: &str| g.width().max(1);
        // A place longer than the line is shown from its beginning.
        let mut room = width;
        let fits = |(_, g): &&(usize, &str)| room.checked_sub(cells(g)).inspect(|rest| room = *rest).is_some();
        let last = first + graphemes[first..last].iter().take_while(fits).count();
        let mut used = width - room;
        let (mut start, mut end) = (first, last);
        // Grow to both sides, the text before the place being worth twice the text behind it.
        while used < width {
            let before = start.checked_sub(1).map(|at| cells(graphemes[at].1));
            let after = graphemes.get(end).map(|(_, g)| cells(g));
            match (before, after) {
                (Some(w), _) if first - start < 2 * (end - last) + 4 || after.is_none() => (start, used) = (start - 1, used + w),
                (_, Some(w)) => (end, used) = (end + 1, used + w),
                (Some(w), None) => (start, used) = (start - 1, used + w),
                (None, None) => break,
            }
        }
        let byte = |at: usize| graphemes.get(at).map_or(text.len(), |&(byte, _)| byte);
        let shown = Span::new(line.start + byte(start), line.start + byte(end));
        let lead = if start > 0 { "…" } else { "" };
        let trail = if end < graphemes.len() { "…" } else { "" };
        // A control character would drive the terminal; the mark in its place has as many bytes.
        let calm = |c: char| if c.is_control() { "?".repeat(c.len_utf8()) } else { c.to_string() };
        let body: String = source.slice(shown).chars().map(calm).collect();
        let position = source.position(span.start);
        Self {
            name: source.name().to_owned(),
            text: format!("{lead}{body}{trail}"),
            line: position.line - 1,
            column: position.column - 1,
            shown,
            lead: lead.len(),
        }
    }

    /// The place of a span of the source in the excerpt, as far as it is shown.
    pub(super) fn locate(&self, span: Span) -> Option<SourceSpan> {
        let (start, end) = (span.start.max(self.shown.start), span.end.min(self.shown.end));
        let inside = start < end || span.is_empty() && self.shown.start <= span.start && span.start <= self.shown.end;
        inside.then(|| (start - self.shown.start + self.lead, end.saturating_sub(start)).into())
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(&'a self, _: &SourceSpan, _: usize, _: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole: SourceSpan = (0, self.text.len()).into();
        let contents = MietteSpanContents::new_named(self.name.clone(), self.text.as_bytes(), whole, self.line, self.column, 1);
        Ok(Box::new(contents))
    }
}
