//! Edits of the text carried out in the file: as tracked changes, or straight away.

use std::collections::{BTreeMap, HashSet};

use super::AUTHOR;
use super::comments::next_id;
use super::cut::{Cut, Names};
use super::package::{rewrite, sealed};
use super::splice::{Splice, apply};
use crate::draft::word::package::Package;
use crate::draft::word::tree::Node;
use crate::draft::word::xml::escape;
use crate::draft::{Draft, Word, WordError};
use crate::finding::{Edit, Fix};
use crate::text::Span;

/// How edits are carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As changes that the drafter accepts or rejects.
    Tracked,
    /// For good.
    Accepted,
}

/// Whether the file can be changed as a fix asks: within paragraphs, and not in a number that Word counts.
pub fn can_change(draft: &Draft, fix: &Fix) -> bool {
    draft.word.as_deref().is_some_and(|word| fix.edits.iter().all(|edit| word.parts(edit).is_some()))
}

/// The file after edits, which must not overlap.
///
/// # Errors
/// [`WordError`] where the file is no Word file or an edit cannot be carried out.
pub fn change(bytes: &[u8], edits: &[Edit], mode: Mode) -> Result<Vec<u8>, WordError> {
    let package = Package::open(bytes)?;
    let word = *Draft::from_docx("", bytes)?.word.ok_or(WordError::NotWord)?;
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut state = State {
        word: &word,
        names: Names::of(word.root()),
        mode,
        id: next_id(&[Some(word.xml.as_str())])?,
        kept: HashSet::new(),
        out: Vec::new(),
    };
    for edit in edits {
        state.edit(edit).ok_or(WordError::BrokenXml)?;
    }
    let document = apply(&word.xml, state.out).ok_or(WordError::BrokenXml)?;
    let main = package.name(&word.part).unwrap_or(&word.part).to_owned();
    rewrite(&package, &BTreeMap::from([(main, sealed(&document))]))
}

/// What an edit takes out of one `w:t`, or where it puts something in.
#[derive(Clone, Copy)]
struct Part {
    node: Node,
    run: usize,
    /// Bytes of the XML.
    start: usize,
    end: usize,
}

impl Word {
    /// The texts that an edit touches; `None` where it reaches beyond what can be changed.
    fn parts(&self, edit: &Edit) -> Option<Vec<Part>> {
        if edit.replacement.contains(['\n', '\r', '\t']) {
            return None;
        }
        let Span { start, end } = edit.span;
        let inside = if edit.span.is_empty() { self.beside(start)? } else { self.pieces_in(edit.span) };
        let (mut parts, mut covered) = (Vec::<Part>::new(), start);
        let anchor = self.pieces.get(inside.start)?.anchor;
        for piece in &self.pieces[inside] {
            let (from, to) = (start.max(piece.text.start), end.min(piece.text.end));
            let whole = from == piece.text.start && to == piece.text.end;
            let (node, run) = (piece.node?, piece.run?);
            if from > covered || piece.anchor != anchor || !piece.plain && !whole {
                return None;
            }
            covered = to;
            let (first, last) = if piece.plain {
                (piece.xml.0 + (from - piece.text.start), piece.xml.0 + (to - piece.text.start))
            } else {
                piece.xml
            };
            match parts.last_mut() {
                Some(part) if part.node == node && part.end == first => part.end = last,
                _ => parts.push(Part { node, run, start: first, end: last }),
            }
        }
        (covered == end && !parts.is_empty()).then_some(parts)
    }

    /// The piece in which something is put in: the one that ends there, or else the one that starts there.
    fn beside(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let first = self.pieces.partition_point(|piece| piece.text.end < at);
        let near = self.pieces[first..].iter().take_while(|piece| piece.text.start <= at).position(|piece| piece.plain)?;
        Some(first + near..first + near + 1)
    }
}

struct State<'a> {
    word: &'a Word,
    names: Names,
    mode: Mode,
    id: u64,
    kept: HashSet<usize>,
    out: Vec<Splice>,
}

impl State<'_> {
    fn edit(&mut self, edit: &Edit) -> Option<()> {
        let parts = self.word.parts(edit)?;
        let last = parts.len() - 1;
        let new = escape(&edit.replacement);
        for (index, part) in parts.iter().enumerate() {
            match self.mode {
                Mode::Accepted => {
                    let text = if index == 0 { new.as_str() } else { "" };
                    self.out.push(Splice::replace(part.start, part.end, text));
                    self.word.keep_blanks(&part.node, &mut self.kept, &mut self.out);
                }
                Mode::Tracked => {
                    let new = if index == last { new.as_str() } else { "" };
                    self.tracked(part, new);
                }
            }
        }
        Some(())
    }

    /// Takes a part out and puts text in its place, both as tracked changes.
    fn tracked(&mut self, part: &Part, new: &str) {
        let word = self.word;
        let Part { node, run, start, end } = *part;
        let mut inner = String::new();
        if start < end {
            let raw = &word.xml[start..end];
            let text = self.names.open("delText", &[]).replace('>', " xml:space=\"preserve\">");
            let text = [text.as_str(), raw, &self.names.close("delText")].concat();
            inner += &self.mark("del", run, &text);
        }
        if !new.is_empty() {
            let text = [&word.open_text(&node), new, &word.close_text(&node)].concat();
            let inserted = word.runs[run].inserted;
            inner += &if inserted { self.run(run, &text) } else { self.mark("ins", run, &text) };
        }
        let all = word.runs[run];
        let head = start <= node.text.0 && node.open.0 <= all.props.map_or(all.open.1, |props| props.1);
        let tail = end >= node.text.1 && node.close.1 >= all.close.0;
        if start == end {
            let cut = match () {
                () if head => Cut::Outside(all.open.0),
                () if tail => Cut::Outside(all.close.1),
                () => return self.split(part, &inner, false, false),
            };
            word.insert(cut, &inner, &mut self.kept, &mut self.out);
        } else {
            self.split(part, &inner, head, tail);
        }
    }

    /// Puts `inner` in place of a part, the run around it closed before and opened again behind; not so at the head
    /// and the tail of the run, where nothing would be left in it.
    fn split(&mut self, part: &Part, inner: &str, head: bool, tail: bool) {
        let (word, Part { node, run, start, end }) = (self.word, *part);
        let all = word.runs[run];
        let before = if head { String::new() } else { word.close_text(&node) + &word.close_run(run) };
        let after = if tail { String::new() } else { word.open_run(run) + &word.open_text(&node) };
        let from = if head { all.open.0 } else { start };
        let to = if tail { all.close.1 } else { end };
        self.out.push(Splice::replace(from, to, [before.as_str(), inner, &after].concat()));
        match (head, tail) {
            (false, true) => {
                word.keep_blanks(&node, &mut self.kept, &mut self.out);
                // Blanks behind the text went with the run.
                let behind = (node.text.1, node.close.0);
                self.out.retain(|splice| behind.0 == behind.1 || (splice.start, splice.end) != behind);
            }
            (false, false) => word.keep_blanks(&node, &mut self.kept, &mut self.out),
            (true, false) => {
                if self.kept.insert(node.open.0) && !node.keep && node.text.1 < node.close.0 {
                    self.out.push(Splice::replace(node.text.1, node.close.0, ""));
                }
            }
            (true, true) => {}
        }
    }

    /// A run like `run` with other content.
    fn run(&self, run: usize, content: &str) -> String {
        [&self.word.open_run(run), content, &self.word.close_run(run)].concat()
    }

    fn mark(&mut self, name: &str, run: usize, content: &str) -> String {
        let id = self.id.to_string();
        self.id += 1;
        self.names.open(name, &[("id", &id), ("author", AUTHOR)]) + &self.run(run, content) + &self.names.close(name)
    }
}
