//! The page of a section: paper, margins, page numbers.

use super::WordError;
use super::xml::{Item, Xml};

/// What a section says of its page, in twentieths of a point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) width: Option<i64>,
    pub(crate) height: Option<i64>,
    pub(crate) top: Option<i64>,
    pub(crate) right: Option<i64>,
    pub(crate) bottom: Option<i64>,
    pub(crate) left: Option<i64>,
    pub(crate) gutter: Option<i64>,
    /// Whether page numbers are written between dashes.
    pub(crate) dashes: bool,
    /// The distance of the lines of its grid, if it has one.
    pub(crate) line_pitch: Option<i64>,
    /// By how much its grid widens a character, in 4096ths of a point, if it has one for characters.
    pub(crate) char_space: Option<i64>,
    /// The ids of its footers, each with the pages that it stands on.
    pub(crate) footers: Vec<(String, String)>,
}

impl Section {
    /// Reads `w:sectPr` to its end.
    pub(crate) fn read(xml: &mut Xml<'_>) -> Result<Self, WordError> {
        let mut section = Self::default();
        loop {
            match xml.next()? {
                Item::Open(tag) => {
                    match tag.name() {
                        "pgSz" => (section.width, section.height) = (tag.twips("w"), tag.twips("h")),
                        "pgMar" => {
                            (section.top, section.right) = (tag.twips("top"), tag.twips("right"));
                            (section.bottom, section.left) = (tag.twips("bottom"), tag.twips("left"));
                            section.gutter = tag.twips("gutter");
                        }
                        "docGrid" => {
                            let kind = tag.attr("type").unwrap_or_default().into_owned();
                            section.line_pitch = tag.twips("linePitch").filter(|_| kind.starts_with("lines"));
                            section.char_space = (kind == "linesAndChars").then(|| tag.number("charSpace").unwrap_or(0));
                        }
                        "footerReference" => {
                            let value = |name| tag.attr(name).unwrap_or_default().into_owned();
                            section.footers.push((value("type"), value("id")));
                        }
                        "pgNumType" => section.dashes = tag.attr("fmt").as_deref() == Some("numberInDash"),
                        _ => {}
                    }
                    xml.skip()?;
                }
                Item::Close(_) => return Ok(section),
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
    }
}
