//! A part with paragraphs, read element by element.

use std::collections::HashSet;

use super::WordError;
use super::layout::Section;
use super::props::{ParaProps, RunProps};
use super::styles::{Resolved, Styles};
use super::symbols::special;
use super::theme::Fonts;
use super::tree::{Anchor, Bit, Block, Leftover, Look, Mark, Node, Note, Para, Run, Tree};
use super::xml::{Item, Space, Tag, Xml};

/// How many fields may be open at once.
const MAX_FIELDS: usize = 64;

/// Elements within a paragraph whose content counts as the paragraph's own.
const THROUGH: [&str; 11] =
    ["hyperlink", "smartTag", "sdt", "sdtContent", "ins", "moveTo", "fldSimple", "customXml", "dir", "bdo", "rubyBase"];

/// Reads the blocks of a part (`w:body`, `w:footnotes` …).
pub(super) struct Walker<'a> {
    pub(super) xml: Xml<'a>,
    styles: &'a Styles,
    fonts: &'a Fonts,
    tree: Tree,
    /// For each open field, whether its instructions are still going on.
    fields: Vec<bool>,
    /// The paragraph that holds the text box that is being read.
    host: Option<usize>,
    /// How many open elements are tracked insertions.
    inserting: usize,
    /// Ids of comments that do not count.
    own: HashSet<String>,
}

/// The paragraph that is being read.
struct Open {
    para: Para,
    style: std::rc::Rc<Resolved>,
    run: Option<usize>,
    props: RunProps,
    look: Look,
    /// The element that is taken as one, where it starts.
    whole: Option<usize>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(text: &'a str, styles: &'a Styles, fonts: &'a Fonts) -> Self {
        let (xml, tree) = (Xml::new(text), Tree::default());
        Self { xml, styles, fonts, tree, fields: Vec::new(), host: None, inserting: 0, own: HashSet::new() }
    }

    /// The same, passing over comments with these ids.
    pub(super) fn passing(self, own: HashSet<String>) -> Self {
        Self { own, ..self }
    }

    /// Reads the main part.
    pub(super) fn document(mut self) -> Result<Tree, WordError> {
        self.open_root("document")?;
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.is("body") => {
                    let blocks = self.blocks()?;
                    self.tree.blocks.extend(blocks);
                }
                Item::Open(_) => {
                    self.xml.skip()?;
                }
                Item::End => return Ok(self.tree),
                _ => {}
            }
        }
    }

    /// Reads a part of notes: each with its id.
    pub(super) fn notes(mut self, root: &str, name: &str) -> Result<Vec<(String, Vec<Block>)>, WordError> {
        self.open_root(root)?;
        let mut notes = Vec::new();
        loop {
            match self.xml.next()? {
                // Separators bear a type.
                Item::Open(tag) if tag.is(name) && tag.attr("type").is_none() => {
                    let id = tag.attr("id").unwrap_or_default().into_owned();
                    notes.push((id, self.blocks()?));
                }
                Item::Open(_) => {
                    self.xml.skip()?;
                }
                Item::End => return Ok(notes),
                _ => {}
            }
        }
    }

    fn open_root(&mut self, name: &str) -> Result<(), WordError> {
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.is(name) => return Ok(()),
                Item::Open(_) | Item::End => return Err(WordError::NotWord),
                _ => {}
            }
        }
    }

    /// Blocks up to the end of the element that was opened last.
    fn blocks(&mut self) -> Result<Vec<Block>, WordError> {
        let mut blocks = Vec::new();
        self.blocks_into(&mut blocks)?;
        Ok(blocks)
    }

    pub(super) fn blocks_into(&mut self, blocks: &mut Vec<Block>) -> Result<(), WordError> {
        loop {
            let tag = match self.xml.next()? {
                Item::Open(tag) => tag,
                Item::Close(_) => return Ok(()),
                Item::End => return Err(WordError::BrokenXml),
                _ => continue,
            };
            match (tag.space, tag.name()) {
                (Space::Word, "p") => blocks.push(Block::Para(Box::new(self.para(&tag)?))),
                (Space::Word, "tbl") => blocks.push(Block::Table(self.rows()?)),
                (Space::Word, "sectPr") => {
                    let section = Section::read(&mut self.xml)?;
                    self.tree.sections.push(section);
                }
                (Space::Word, "ins" | "moveTo") => {
                    self.inserting += 1;
                    self.blocks_into(blocks)?;
                    self.inserting -= 1;
                }
                (Space::Word, "sdt" | "sdtContent" | "customXml") => self.blocks_into(blocks)?,
                (Space::Choice, "AlternateContent") => {
                    if self.choice()? {
                        self.blocks_into(blocks)?;
                        self.xml.skip()?;
                    }
                }
                _ => {
                    self.xml.skip()?;
                }
            }
        }
    }

    /// Opens the first `mc:Choice`; `false` where there is none, and all is passed.
    fn choice(&mut self) -> Result<bool, WordError> {
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.space == Space::Choice && tag.name() == "Choice" => return Ok(true),
                Item::Open(_) => {
                    self.xml.skip()?;
                }
                Item::Close(_) => return Ok(false),
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
    }

    pub(super) fn para(&mut self, tag: &Tag<'_>) -> Result<Para, WordError> {
        let anchor = self.tree.anchors.len();
        let end = tag.range.end;
        self.tree.anchors.push(Anchor { content: end, close: (end, end), host: self.host });
        let mut state = Open {
            para: Para { anchor, ..Para::default() },
            style: self.styles.paragraph(None),
            run: None,
            props: RunProps::default(),
            look: Look::default(),
            whole: None,
        };
        let close = self.inline(&mut state)?;
        // Instructions do not reach into the next paragraph: a field that is cut off must not swallow the text.
        self.fields.iter_mut().for_each(|instructs| *instructs = false);
        self.tree.anchors[anchor].close = (close.start, close.end);
        let mark = &state.para.props.mark;
        let end = state.para.text.len();
        if mark.deleted {
            state.para.marks.push(Mark { kind: Leftover::Deletion, range: end..end });
        } else if mark.changed || state.para.props.changed {
            state.para.marks.push(Mark { kind: Leftover::Insertion, range: 0..end });
        }
        Ok(state.para)
    }

    /// The content of a paragraph, or of an element within one, to its end; where its closing tag stands.
    fn inline(&mut self, open: &mut Open) -> Result<std::ops::Range<usize>, WordError> {
        loop {
            let tag = match self.xml.next()? {
                Item::Open(tag) => tag,
                Item::Close(range) => return Ok(range),
                Item::End => return Err(WordError::BrokenXml),
                _ => continue,
            };
            let from = open.para.text.len();
            match (tag.space, tag.name()) {
                (Space::Word, "pPr") => {
                    let props = ParaProps::read(&mut self.xml)?;
                    open.style = self.styles.paragraph(props.style.as_deref());
                    // Properties that do not come first, which no program writes, leave the place where it is.
                    if self.is_first(self.tree.anchors[open.para.anchor].content, tag.range.start) {
                        self.tree.anchors[open.para.anchor].content = self.xml.position();
                    }
                    if let Some(section) = props.section.clone() {
                        self.tree.sections.push(section);
                    }
                    open.para.props = props;
                }
                (Space::Word, "r") => self.run(&tag, open)?,
                (Space::Word, "ins" | "moveTo") => {
                    self.inserting += 1;
                    self.inline(open)?;
                    self.inserting -= 1;
                    open.para.marks.push(Mark { kind: Leftover::Insertion, range: from..open.para.text.len() });
                }
                (Space::Word, "del" | "moveFrom") => {
                    self.xml.skip()?;
                    open.para.marks.push(Mark { kind: Leftover::Deletion, range: from..from });
                }
                (Space::Word, name) if THROUGH.contains(&name) => {
                    self.inline(open)?;
                }
                (Space::Math, "oMath" | "oMathPara") => self.as_one(&tag, open)?,
                (Space::Choice, "AlternateContent") => {
                    if self.choice()? {
                        self.inline(open)?;
                        self.xml.skip()?;
                    }
                }
                _ => {
                    self.xml.skip()?;
                }
            }
        }
    }

    fn run(&mut self, tag: &Tag<'_>, open: &mut Open) -> Result<(), WordError> {
        let index = self.tree.runs.len();
        let start = (tag.range.start, tag.range.end);
        self.tree.runs.push(Run {
            open: start,
            props: None,
            late: false,
            close: (start.1, start.1),
            whole: open.run.is_none() && open.whole.is_none(),
            inserted: self.inserting > 0,
        });
        let outer = (open.run.replace(index), std::mem::take(&mut open.props));
        self.look(open);
        let from = open.para.text.len();
        let close = self.in_run(open)?;
        let run = &mut self.tree.runs[index];
        run.close = (close.start, close.end);
        let to = open.para.text.len();
        let mut mark = |kind| open.para.marks.push(Mark { kind, range: from..to });
        if open.props.highlight == Some(true) && to > from {
            mark(Leftover::Highlight);
        }
        if open.props.changed {
            mark(Leftover::Insertion);
        }
        (open.run, open.props) = outer;
        self.look(open);
        Ok(())
    }

    /// The content of a run, or of an element within one, to its end.
    fn in_run(&mut self, open: &mut Open) -> Result<std::ops::Range<usize>, WordError> {
        loop {
            let tag = match self.xml.next()? {
                Item::Open(tag) => tag,
                Item::Close(range) => return Ok(range),
                Item::End => return Err(WordError::BrokenXml),
                _ => continue,
            };
            let range = tag.range.clone();
            match (tag.space, tag.name()) {
                // Properties come first; others, which no program writes, do not count.
                (Space::Word, "rPr") if open.run.is_some_and(|run| self.is_first(self.tree.runs[run].open.1, range.start)) => {
                    open.props = RunProps::read(&mut self.xml)?;
                    if let Some(run) = open.run {
                        self.tree.runs[run].props = Some((range.start, self.xml.position()));
                    }
                    self.look(open);
                }
                (Space::Word, "rPr") => {
                    if let Some(run) = open.run {
                        self.tree.runs[run].late = true;
                    }
                    self.xml.skip()?;
                }
                (Space::Word, "t") => self.characters(&tag, open)?,
                (Space::Word, "fldChar") => {
                    self.field(&tag);
                    self.xml.skip()?;
                }
                (Space::Word, "footnoteReference" | "endnoteReference") => {
                    let kind = if tag.name().starts_with('f') { Note::Foot } else { Note::End };
                    open.para.notes.push((kind, tag.attr("id").unwrap_or_default().into_owned()));
                    self.xml.skip()?;
                }
                (Space::Word, "commentReference") => {
                    let at = open.para.text.len();
                    if tag.attr("id").is_none_or(|id| !self.own.contains(&*id)) {
                        open.para.marks.push(Mark { kind: Leftover::Comment, range: at..at });
                    }
                    self.xml.skip()?;
                }
                (Space::Word, "ruby") => self.as_one(&tag, open)?,
                (Space::Word, "drawing" | "pict" | "object") => self.boxes(open)?,
                // The run cannot be cut within it.
                (Space::Choice, "AlternateContent") => {
                    let (outer, first) = (open.whole, open.para.pieces.len());
                    open.whole = Some(outer.unwrap_or(range.start));
                    if self.choice()? {
                        self.in_run(open)?;
                        self.xml.skip()?;
                    }
                    self.settle(open, outer, first);
                }
                (Space::Word, name) => {
                    let text = special(name, &tag);
                    let close = self.xml.skip()?;
                    if let Some(text) = text {
                        let end = if tag.empty { range.end } else { close.end };
                        self.push(open, &text, range.start..end, None, false);
                    }
                }
                _ => {
                    self.xml.skip()?;
                }
            }
        }
    }

    /// The characters of a `w:t`. Blanks at its ends count only where it says so.
    fn characters(&mut self, tag: &Tag<'_>, open: &mut Open) -> Result<(), WordError> {
        let keep = tag.attr("space").is_some_and(|space| space == "preserve");
        let mut found: Vec<(std::borrow::Cow<'a, str>, std::ops::Range<usize>, bool)> = Vec::new();
        let mut solid = true;
        let close = loop {
            match self.xml.next()? {
                Item::Text(range) => found.push((self.xml.text()[range.clone()].into(), range, true)),
                Item::Other(text, range) => found.push((text, range, false)),
                Item::Open(_) => {
                    solid = false;
                    self.xml.skip()?;
                }
                Item::Close(range) => break range,
                Item::End => return Err(WordError::BrokenXml),
            }
        };
        // A text that holds elements, which no program writes, is not taken apart.
        let (outer, first) = (open.whole, open.para.pieces.len());
        if !solid {
            open.whole = Some(outer.unwrap_or(tag.range.start));
        }
        if !keep {
            let blank = [' ', '\t', '\r', '\n'];
            if let Some((text, range, true)) = found.first_mut() {
                let cut = text.len() - text.trim_start_matches(blank).len();
                *range = range.start + cut..range.end;
                *text = text[cut..].to_owned().into();
            }
            if let Some((text, range, true)) = found.last_mut() {
                let end = text.trim_end_matches(blank).len();
                *range = range.start..range.start + end;
                *text = text[..end].to_owned().into();
            }
        }
        let inner = match (found.first(), found.last()) {
            (Some((_, first, _)), Some((_, last, _))) => (first.start, last.end),
            _ => (tag.range.end, tag.range.end),
        };
        let node = Node { open: (tag.range.start, tag.range.end), text: inner, close: (close.start, close.end), keep };
        for (text, range, plain) in found {
            // A line end within a text is a blank like any other.
            if text.contains(['\n', '\r']) {
                let text = text.replace("\r\n", " ").replace(['\n', '\r'], " ");
                let fits = text.len() == range.len();
                self.push(open, &text, range, Some(node), plain && fits);
            } else {
                self.push(open, &text, range, Some(node), plain);
            }
        }
        self.settle(open, outer, first);
        Ok(())
    }

    /// Adds characters to the paragraph, unless they are hidden or a field's instructions.
    fn push(&mut self, open: &mut Open, text: &str, xml: std::ops::Range<usize>, node: Option<Node>, plain: bool) {
        if text.is_empty() || self.fields.contains(&true) {
            return;
        }
        let at = open.para.text.len();
        let style = self.styles.character(open.props.style.as_deref());
        if open.props.hidden.or(style.hidden).or(open.style.run.hidden) == Some(true) {
            open.para.marks.push(Mark { kind: Leftover::Hidden, range: at..at });
            return;
        }
        let (xml, node, plain) = match open.whole {
            Some(start) => (start..start, None, false),
            None => (xml, node, plain),
        };
        let run = open.run.filter(|&run| open.whole.is_none() && self.tree.runs[run].whole);
        open.para.pieces.push(Bit { at, xml, run, node, plain, look: open.look.clone(), anchor: open.para.anchor });
        open.para.text.push_str(text);
    }

    /// Reads an element whose text cannot be taken apart: a formula, a word with its reading.
    fn as_one(&mut self, tag: &Tag<'_>, open: &mut Open) -> Result<(), WordError> {
        let (outer, first) = (open.whole, open.para.pieces.len());
        open.whole = Some(outer.unwrap_or(tag.range.start));
        let mut depth = 0usize;
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.space == Space::Word && tag.name() == "r" => self.run(&tag, open)?,
                Item::Open(tag) if tag.is("rt") || tag.is("rubyPr") || tag.is("del") => {
                    self.xml.skip()?;
                }
                Item::Open(tag) if tag.space == Space::Math && tag.name() == "t" => self.characters(&tag, open)?,
                Item::Open(_) => depth += 1,
                Item::Close(_) if depth == 0 => break,
                Item::Close(_) => depth -= 1,
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
        self.settle(open, outer, first);
        Ok(())
    }

    /// Ends an element that is taken as one: its pieces, from `first` on, stand in the whole of it.
    fn settle(&self, open: &mut Open, outer: Option<usize>, first: usize) {
        let start = std::mem::replace(&mut open.whole, outer);
        if let (Some(start), None) = (start, outer) {
            let run = open.run.filter(|&run| self.tree.runs[run].whole);
            for piece in &mut open.para.pieces[first..] {
                (piece.xml, piece.run) = (start..self.xml.position(), run);
            }
        }
    }

    /// Whether nothing but blanks stands between these places.
    fn is_first(&self, from: usize, to: usize) -> bool {
        self.xml.text()[from..to].trim().is_empty()
    }

    /// Text boxes within a drawing.
    fn boxes(&mut self, open: &mut Open) -> Result<(), WordError> {
        let mut depth = 0usize;
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.is("txbxContent") => {
                    let host = self.host.replace(self.host.unwrap_or(open.para.anchor));
                    let fields = std::mem::take(&mut self.fields);
                    let blocks = self.blocks()?;
                    (self.host, self.fields) = (host, fields);
                    open.para.boxes.extend(blocks);
                }
                Item::Open(tag) if tag.space == Space::Choice && tag.name() == "Fallback" => {
                    self.xml.skip()?;
                }
                Item::Open(_) => depth += 1,
                Item::Close(_) if depth == 0 => return Ok(()),
                Item::Close(_) => depth -= 1,
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
    }

    fn field(&mut self, tag: &Tag<'_>) {
        match tag.attr("fldCharType").as_deref() {
            Some("begin") if self.fields.len() < MAX_FIELDS => self.fields.push(true),
            Some("separate") => {
                if let Some(last) = self.fields.last_mut() {
                    *last = false;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Settles how the characters of the open run look.
    fn look(&self, open: &mut Open) {
        let style = self.styles.character(open.props.style.as_deref());
        let props = open.props.over(&style).over(&open.style.run);
        let font = props.font.as_ref().and_then(|font| self.fonts.resolve(font));
        open.look = Look { bold: props.bold == Some(true), size: props.size, font };
    }
}
