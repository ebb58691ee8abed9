//! The page of a section: paper, margins, grid, footers.

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
    /// Ids of the relations to its footers: of all pages, and of even ones.
    pub(crate) footer: Option<String>,
    pub(crate) even_footer: Option<String>,
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
                        "footerReference" => {
                            let id = tag.attr("id").map(std::borrow::Cow::into_owned);
                            match tag.attr("type").as_deref() {
                                Some("even") => section.even_footer = id,
                                Some("first") => {}
                                _ => section.footer = id,
                            }
                        }
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
