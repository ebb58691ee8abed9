//! Properties of runs and paragraphs, as a style or the text itself gives them.

use super::WordError;
use super::xml::{Item, Tag, Xml};

/// A font: by its name, or by its place in the theme (`minorEastAsia`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Font {
    /// Named.
    Name(String),
    /// Looked up in the theme.
    Theme(String),
}

/// Properties of a run; `None` where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunProps {
    pub(crate) style: Option<String>,
    pub(crate) bold: Option<bool>,
    pub(crate) hidden: Option<bool>,
    pub(crate) highlight: Option<bool>,
    /// In half points.
    pub(crate) size: Option<u32>,
    /// Of Chinese characters.
    pub(crate) font: Option<Font>,
    /// Of Latin letters and digits.
    pub(crate) latin: Option<Font>,
    /// Whether the paragraph mark that these belong to was deleted, or the properties are a tracked change.
    pub(crate) deleted: bool,
    pub(crate) changed: bool,
}

impl RunProps {
    /// These, and what `under` says where they say nothing.
    pub(crate) fn over(&self, under: &Self) -> Self {
        Self {
            style: self.style.clone().or_else(|| under.style.clone()),
            bold: self.bold.or(under.bold),
            hidden: self.hidden.or(under.hidden),
            highlight: self.highlight.or(under.highlight),
            size: self.size.or(under.size),
            font: self.font.clone().or_else(|| under.font.clone()),
            latin: self.latin.clone().or_else(|| under.latin.clone()),
            deleted: self.deleted,
            changed: self.changed,
        }
    }

    /// Reads `w:rPr` to its end.
    pub(crate) fn read(xml: &mut Xml<'_>) -> Result<Self, WordError> {
        let mut props = Self::default();
        loop {
            match xml.next()? {
                Item::Open(tag) => {
                    props.take(&tag);
                    xml.skip()?;
                }
                Item::Close(_) => return Ok(props),
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
    }

    fn take(&mut self, tag: &Tag<'_>) {
        if tag.space != super::xml::Space::Word {
            return;
        }
        match tag.name() {
            "rStyle" => self.style = tag.attr("val").map(std::borrow::Cow::into_owned),
            "b" => self.bold = Some(tag.on()),
            "vanish" => self.hidden = Some(tag.on()),
            "highlight" => self.highlight = Some(tag.on()),
            "sz" => self.size = tag.number("val").and_then(|size| u32::try_from(size).ok()),
            "rFonts" => {
                let font = |theme: &str, name: &str| {
                    let theme = tag.attr(theme).map(|name| Font::Theme(name.into_owned()));
                    theme.or_else(|| tag.attr(name).map(|name| Font::Name(name.into_owned())))
                };
                self.font = font("eastAsiaTheme", "eastAsia");
                self.latin = font("asciiTheme", "ascii");
            }
            "del" => self.deleted = true,
            "ins" | "rPrChange" => self.changed = true,
            _ => {}
        }
    }
}

/// The number that a paragraph bears: of which list, on which level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumberRef {
    pub(crate) list: Option<u32>,
    pub(crate) level: Option<u8>,
}

/// How high the lines of a paragraph are; `None` where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LineHeight {
    /// In twentieths of a point; for [`LineRule::Auto`], 240 stand for one line.
    pub(crate) line: Option<i64>,
    pub(crate) rule: Option<LineRule>,
    /// Whether the lines keep to the grid of the page.
    pub(crate) grid: Option<bool>,
}

/// What a line's height means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum LineRule {
    /// As many lines.
    Auto,
    /// No less.
    AtLeast,
    /// Neither more nor less.
    Exact,
}

impl LineRule {
    fn of(name: &str) -> Self {
        match name {
            "exact" => Self::Exact,
            "atLeast" => Self::AtLeast,
            _ => Self::Auto,
        }
    }
}

impl LineHeight {
    fn over(self, under: Self) -> Self {
        Self { line: self.line.or(under.line), rule: self.rule.or(under.rule), grid: self.grid.or(under.grid) }
    }
}

/// Properties of a paragraph; `None` where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ParaProps {
    pub(crate) style: Option<String>,
    /// 0 for the first level, 9 for text.
    pub(crate) outline: Option<u8>,
    pub(crate) number: Option<NumberRef>,
    /// Whether the first line is indented.
    pub(crate) indented: Option<bool>,
    /// How it is aligned.
    pub(crate) align: Option<String>,
    /// Whether a frame settles where it stands.
    pub(crate) framed: Option<bool>,
    /// How high its lines are.
    pub(crate) height: LineHeight,
    /// Properties of the paragraph mark.
    pub(crate) mark: RunProps,
    /// Whether the properties are a tracked change.
    pub(crate) changed: bool,
    /// A section that ends with this paragraph.
    pub(crate) section: Option<super::layout::Section>,
}

impl ParaProps {
    /// These, and what `under` says where they say nothing. The number is settled by level and list apart.
    pub(crate) fn over(&self, under: &Self) -> Self {
        let number = match (self.number, under.number) {
            (Some(own), Some(under)) => Some(NumberRef { list: own.list.or(under.list), level: own.level.or(under.level) }),
            (own, under) => own.or(under),
        };
        Self {
            style: self.style.clone().or_else(|| under.style.clone()),
            outline: self.outline.or(under.outline),
            number,
            indented: self.indented.or(under.indented),
            align: self.align.clone().or_else(|| under.align.clone()),
            framed: self.framed.or(under.framed),
            height: self.height.over(under.height),
            mark: self.mark.over(&under.mark),
            changed: self.changed,
            section: None,
        }
    }

    /// Reads `w:pPr` to its end.
    pub(crate) fn read(xml: &mut Xml<'_>) -> Result<Self, WordError> {
        let mut props = Self::default();
        loop {
            let tag = match xml.next()? {
                Item::Open(tag) => tag,
                Item::Close(_) => return Ok(props),
                Item::End => return Err(WordError::BrokenXml),
                _ => continue,
            };
            if tag.space != super::xml::Space::Word {
                xml.skip()?;
                continue;
            }
            match tag.name() {
                "rPr" => {
                    props.mark = RunProps::read(xml)?;
                    continue;
                }
                "numPr" => {
                    props.number = Some(number(xml)?);
                    continue;
                }
                "sectPr" => {
                    props.section = Some(super::layout::Section::read(xml)?);
                    continue;
                }
                "pStyle" => props.style = tag.attr("val").map(std::borrow::Cow::into_owned),
                "outlineLvl" => props.outline = tag.number("val").and_then(|level| u8::try_from(level).ok()),
                "ind" => {
                    let first = ["firstLineChars", "firstLine"].iter().find_map(|name| tag.number(name));
                    props.indented = first.map(|first| first > 0);
                }
                "jc" => props.align = tag.attr("val").map(std::borrow::Cow::into_owned),
                "framePr" => props.framed = Some(true),
                "snapToGrid" => props.height.grid = Some(tag.on()),
                "spacing" => {
                    props.height.line = tag.twips("line");
                    props.height.rule = tag.attr("lineRule").map(|rule| LineRule::of(&rule));
                }
                "pPrChange" => props.changed = true,
                _ => {}
            }
            xml.skip()?;
        }
    }
}

fn number(xml: &mut Xml<'_>) -> Result<NumberRef, WordError> {
    let mut number = NumberRef::default();
    loop {
        match xml.next()? {
            Item::Open(tag) => {
                let value = tag.number("val");
                match tag.name() {
                    "numId" => number.list = value.and_then(|value| u32::try_from(value).ok()),
                    "ilvl" => number.level = value.and_then(|value| u8::try_from(value).ok()).filter(|&level| level < 9),
                    _ => {}
                }
                xml.skip()?;
            }
            Item::Close(_) => return Ok(number),
            Item::End => return Err(WordError::BrokenXml),
            _ => {}
        }
    }
}
