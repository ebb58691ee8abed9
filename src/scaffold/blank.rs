//! A blank report as a Word file: its guidance stands in the margin, where it is written and where it can be removed.

use super::paper;
use crate::draft::{Block, Draft, WordError};
use crate::text::Span;
use crate::word::{Remark, remark};

/// A blank report as a Word file. What stands in `<!-- -->` becomes a comment: one between paragraphs on what follows
/// it, one within a paragraph on the blank before it.
///
/// # Errors
/// [`WordError`] where the file cannot take the comments.
pub fn blank_paper(draft: &Draft) -> Result<Vec<u8>, WordError> {
    let bytes = paper(draft);
    let word = Draft::from_docx("", &bytes)?;
    let remarks: Vec<Remark> = draft
        .comments
        .iter()
        .filter_map(|&span| {
            let text = draft.source.slice(span).trim_start_matches("<!--").trim_end_matches("-->");
            let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
            let span = place(draft, &word, span)?;
            (!lines.is_empty()).then_some(Remark { span, lines })
        })
        .collect();
    if remarks.is_empty() { Ok(bytes) } else { remark(&bytes, &remarks) }
}

/// Where a comment of the draft belongs in its Word file.
fn place(draft: &Draft, word: &Draft, comment: Span) -> Option<Span> {
    // The Word file has the same blocks in the same order.
    let twin = |index: usize| word.blocks.get(index).filter(|_| word.blocks.len() == draft.blocks.len());
    let within = |block: &&Block| block.span().start < comment.start && comment.end < block.span().end;
    if let Some(index) = draft.blocks.iter().position(|block| within(&block)) {
        let (block, twin) = (&draft.blocks[index], twin(index)?);
        let before = (0..=block.text.text().len())
            .filter(|&at| block.text.text().is_char_boundary(at))
            .take_while(|&at| at == 0 || block.text.span(0..at).end <= comment.start)
            .last()?;
        let text = twin.text.text().get(..before)?;
        let start = text.rfind("【待填").unwrap_or(0);
        return Some(twin.text.span(start..before));
    }
    let index = draft.blocks.iter().position(|block| block.span().start >= comment.end);
    twin(index.unwrap_or(draft.blocks.len().checked_sub(1)?)).map(|block| block.text.full_span())
}
