//! Where the XML of a paragraph can be cut, and what a cut costs.

use std::collections::HashSet;

use super::splice::Splice;
use crate::draft::Word;
use crate::draft::word::Piece;
use crate::draft::word::tree::{Node, Run};
use crate::draft::word::xml::{Item, Xml};

/// A place between two characters where something of the paragraph's own can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    /// Between runs.
    Outside(usize),
    /// Between two elements of the run with this index.
    Between(usize, usize),
    /// Within a text of that run, that of the piece with this index.
    Within(usize, usize, usize),
}

/// How the elements of a part are named.
pub(super) struct Names {
    /// Before the names of elements: `w:`, or nothing.
    pub(super) element: String,
    /// Before the names of attributes.
    pub(super) attribute: String,
    /// What declares that, where the part has no prefix.
    pub(super) declare: String,
}

impl Names {
    /// As a part names them: from the tag of its root.
    pub(super) fn of(root: &str) -> Self {
        let name = root.trim_start_matches('<').split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default();
        match name.split_once(':') {
            Some((prefix, _)) => Self { element: format!("{prefix}:"), attribute: format!("{prefix}:"), declare: String::new() },
            None => Self {
                element: String::new(),
                attribute: "rlw:".to_owned(),
                declare: format!(" xmlns:rlw=\"{}\"", namespace(root)),
            },
        }
    }

    /// An opening tag, its attributes given as they are written.
    pub(super) fn open(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        let mut out = format!("<{}{name}{}", self.element, if attributes.is_empty() { "" } else { &self.declare });
        for (name, value) in attributes {
            out += &[" ", &self.attribute, name, "=\"", value, "\""].concat();
        }
        out + ">"
    }

    /// An element without content.
    pub(super) fn empty(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        let open = self.open(name, attributes);
        [&open[..open.len() - 1], "/>"].concat()
    }

    /// A closing tag.
    pub(super) fn close(&self, name: &str) -> String {
        format!("</{}{name}>", self.element)
    }
}

/// The namespace that a root declares for its own name.
pub(super) fn namespace(root: &str) -> &str {
    let name = root.trim_start_matches('<').split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default();
    let key = name.split_once(':').map_or_else(|| "xmlns".to_owned(), |(prefix, _)| format!("xmlns:{prefix}"));
    let found = root.match_indices(&key).find_map(|(at, _)| {
        let rest = root[at + key.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    });
    found.unwrap_or("http://schemas.openxmlformats.org/wordprocessingml/2006/main")
}

impl Word {
    /// The opening tag of the root of the main part.
    pub(super) fn root(&self) -> &str {
        let mut reader = Xml::new(&self.xml);
        loop {
            match reader.next() {
                Ok(Item::Open(tag)) => return &self.xml[tag.range],
                Ok(Item::End) | Err(_) => return "",
                Ok(_) => {}
            }
        }
    }

    /// Whether a piece stands in a text box.
    pub(super) fn boxed(&self, piece: &Piece) -> bool {
        self.anchors[piece.anchor].host.is_some()
    }

    /// The cut before the byte `at` of the text, which stands in the piece with this index.
    pub(super) fn before(&self, index: usize, at: usize) -> Cut {
        let piece = &self.pieces[index];
        let byte = if piece.plain { piece.xml.0 + (at - piece.text.start) } else { piece.xml.0 };
        let Some(run) = piece.run else { return Cut::Outside(piece.xml.0) };
        match piece.node {
            Some(node) if byte > node.text.0 => Cut::Within(byte, run, index),
            node => self.between(node.map_or(piece.xml.0, |node| node.open.0), run),
        }
    }

    /// The cut behind the byte `at` of the text, whose last character stands in the piece with this index.
    pub(super) fn behind(&self, index: usize, at: usize) -> Cut {
        let piece = &self.pieces[index];
        let byte = if piece.plain { piece.xml.0 + (at - piece.text.start) } else { piece.xml.1 };
        let Some(run) = piece.run else { return Cut::Outside(piece.xml.1) };
        match piece.node {
            Some(node) if byte < node.text.1 => Cut::Within(byte, run, index),
            node => self.between(node.map_or(piece.xml.1, |node| node.close.1), run),
        }
    }

    fn between(&self, at: usize, run: usize) -> Cut {
        let Run { open, props, close, .. } = self.runs[run];
        match at {
            _ if at <= props.map_or(open.1, |props| props.1) => Cut::Outside(open.0),
            _ if at >= close.0 => Cut::Outside(close.1),
            _ => Cut::Between(at, run),
        }
    }

    /// What it takes to put `inner` at a cut.
    pub(super) fn insert(&self, cut: Cut, inner: &str, kept: &mut HashSet<usize>, out: &mut Vec<Splice>) {
        match cut {
            Cut::Outside(at) => out.push(Splice::insert(at, inner)),
            Cut::Between(at, run) => {
                let text = [&self.close_run(run), inner, &self.open_run(run)].concat();
                out.push(Splice::insert(at, text));
            }
            Cut::Within(at, run, piece) => {
                let Some(node) = self.pieces[piece].node else { return };
                let text = [&self.close_text(&node), &self.close_run(run), inner, &self.open_run(run), &self.open_text(&node)];
                out.push(Splice::insert(at, text.map(|part| part as &str).concat()));
                self.keep_blanks(&node, kept, out);
            }
        }
    }

    /// Makes a text count its blanks, once: when it is cut, a blank may come to stand at its end.
    pub(super) fn keep_blanks(&self, node: &Node, kept: &mut HashSet<usize>, out: &mut Vec<Splice>) {
        if !kept.insert(node.open.0) || node.keep {
            return;
        }
        out.push(Splice::replace(node.open.0, node.open.1, self.open_text(node)));
        for (start, end) in [(node.open.1, node.text.0), (node.text.1, node.close.0)] {
            if start < end {
                out.push(Splice::replace(start, end, ""));
            }
        }
    }

    /// The tag that closes a run.
    pub(super) fn close_run(&self, run: usize) -> String {
        let Run { close, .. } = self.runs[run];
        self.xml[close.0..close.1].to_owned()
    }

    /// A run's opening tag and its properties once more.
    pub(super) fn open_run(&self, run: usize) -> String {
        let Run { open, props, late, .. } = self.runs[run];
        let tag = &self.xml[open.0..open.1];
        let props = match props {
            Some(props) => self.xml[props.0..props.1].to_owned(),
            // Those that do not count must not come first now.
            None if late => Names::of(tag).empty("rPr", &[]),
            None => String::new(),
        };
        [tag, &props].concat()
    }

    /// The tag that closes a text.
    pub(super) fn close_text(&self, node: &Node) -> String {
        self.xml[node.close.0..node.close.1].to_owned()
    }

    /// A text's opening tag once more, so that its blanks count.
    pub(super) fn open_text(&self, node: &Node) -> String {
        match Xml::new(&self.xml[node.open.0..node.open.1]).next() {
            Ok(Item::Open(tag)) => tag.with("xml:space", "preserve"),
            _ => String::new(),
        }
    }
}
