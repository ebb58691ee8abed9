//! Page numbers in a footer or header: whether there are any, and how they look.

use super::WordError;
use super::props::{Font, ParaProps, RunProps};
use super::styles::Styles;
use super::theme::Fonts;
use super::xml::{Item, Xml};

/// A page number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageNumber {
    /// Whether it stands between dashes.
    pub(crate) dashes: bool,
    /// On which side it stands; `None` where that is not sure.
    pub(crate) side: Option<Side>,
    /// In half points, where all of it has one size.
    pub(crate) size: Option<u32>,
    /// The font of its digits, where all of it has one.
    pub(crate) font: Option<std::sync::Arc<str>>,
}

/// Where a line stands between the margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Middle,
    Right,
}

/// The page numbers of a footer or header.
pub(super) fn page_numbers(text: &str, styles: &Styles, fonts: &Fonts) -> Result<Vec<PageNumber>, WordError> {
    let mut reader = Reader { xml: Xml::new(text), text, styles, fonts, found: Vec::new() };
    reader.inside(&mut Para::default())?;
    Ok(reader.found)
}

struct Reader<'a> {
    xml: Xml<'a>,
    text: &'a str,
    styles: &'a Styles,
    fonts: &'a Fonts,
    found: Vec<PageNumber>,
}

/// The paragraph that is being read.
#[derive(Default)]
struct Para {
    props: ParaProps,
    /// Properties of the open run, and of all that show something.
    run: RunProps,
    shown: Vec<RunProps>,
    numbered: bool,
    dashes: bool,
    /// Whether something else than its alignment settles where it stands: a frame, a text box, a tab.
    placed: bool,
}

impl Reader<'_> {
    /// Reads up to the end of the element that was opened last.
    fn inside(&mut self, para: &mut Para) -> Result<(), WordError> {
        loop {
            let tag = match self.xml.next()? {
                Item::Open(tag) => tag,
                Item::Close(_) | Item::End => return Ok(()),
                _ => continue,
            };
            match tag.name() {
                "p" if tag.is("p") => {
                    let mut inner = Para { placed: para.placed, ..Para::default() };
                    self.inside(&mut inner)?;
                    self.finish(&inner);
                }
                "txbxContent" => {
                    self.inside(&mut Para { placed: true, ..Para::default() })?;
                }
                "pPr" if tag.is("pPr") => para.props = ParaProps::read(&mut self.xml)?,
                "rPr" if tag.is("rPr") => para.run = RunProps::read(&mut self.xml)?,
                "r" if tag.is("r") => {
                    para.run = RunProps::default();
                    self.inside(para)?;
                }
                "tab" | "ptab" => {
                    para.placed = true;
                    self.xml.skip()?;
                }
                "instrText" => para.numbered |= is_page(&self.characters()?),
                "t" => {
                    let text = self.characters()?;
                    para.dashes |= text.contains(['—', '－', '–', '-', '―', '─']);
                    if !text.trim().is_empty() {
                        para.shown.push(para.run.clone());
                    }
                }
                name => {
                    para.numbered |= name == "fldSimple" && tag.attr("instr").is_some_and(|instr| is_page(&instr));
                    self.inside(para)?;
                }
            }
        }
    }

    /// The text of the element that was opened last.
    fn characters(&mut self) -> Result<String, WordError> {
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Item::Text(range) => text += &self.text[range],
                Item::Other(other, _) => text += &other,
                Item::Open(_) => {
                    self.xml.skip()?;
                }
                Item::Close(_) | Item::End => return Ok(text),
            }
        }
    }

    fn finish(&mut self, para: &Para) {
        if !para.numbered {
            return;
        }
        let style = self.styles.paragraph(para.props.style.as_deref());
        let props = para.props.over(&style.para);
        let side = match props.align.as_deref() {
            _ if para.placed || props.framed == Some(true) => None,
            Some("left" | "start") => Some(Side::Left),
            Some("center") => Some(Side::Middle),
            Some("right" | "end") => Some(Side::Right),
            _ => None,
        };
        let look = |run: &RunProps| {
            let run = run.over(&self.styles.character(run.style.as_deref())).over(&style.run);
            let named = run.latin.as_ref().filter(|font| matches!(font, Font::Name(_)));
            (run.size, named.and_then(|font| self.fonts.resolve(font)))
        };
        let looks: Vec<_> = para.shown.iter().map(look).collect();
        let alike = looks.first().filter(|first| looks.iter().all(|look| look == *first)).cloned().unwrap_or_default();
        self.found.push(PageNumber { dashes: para.dashes, side, size: alike.0, font: alike.1 });
    }
}

fn is_page(instruction: &str) -> bool {
    instruction.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("PAGE"))
}
