//! What a file says of itself besides its text: its pages, its page numbers, whom it names.

use std::collections::HashSet;

use super::WordError;
use super::footer::{PageNumber, page_numbers};
use super::layout::Section;
use super::package::Package;
use super::styles::Styles;
use super::theme::Fonts;
use super::xml::{Item, Xml};

/// The form of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    /// Its sections, in order.
    pub(crate) sections: Vec<Section>,
    /// Whether pages are numbered, and if so whether the number stands between dashes.
    pub(crate) page_number: Option<bool>,
    /// The page numbers in the footers of the first section.
    pub(crate) numbers: Vec<(Pages, PageNumber)>,
    /// Whom the file's properties name: what they are called, and the name.
    pub(crate) names: Vec<(&'static str, String)>,
}

/// The properties of a file that name somebody.
const NAMES: [(&str, &str); 4] =
    [("creator", "作者"), ("lastModifiedBy", "最后保存者"), ("Company", "单位"), ("Manager", "主管")];

impl Form {
    /// Reads the form of a document from the parts round its main one.
    pub(super) fn read(
        package: &Package<'_>,
        main: &str,
        sections: Vec<Section>,
        (styles, fonts): (&Styles, &Fonts),
    ) -> Result<Self, WordError> {
        let mut form = Self { sections, ..Self::default() };
        let relations = package.relations(main)?;
        let apart = match package.related(main, "settings")? {
            Some(name) => package.text(&name)?.is_some_and(|text| even_apart(&text)),
            None => false,
        };
        for relation in relations.iter().filter(|relation| matches!(&*relation.kind, "footer" | "header")) {
            let Some(text) = package.text(&relation.target)? else { continue };
            let numbers = page_numbers(&text, styles, fonts)?;
            if let Some(dashes) = numbers.iter().map(|number| number.dashes).reduce(|one, other| one | other) {
                form.page_number = Some(form.page_number.unwrap_or(false) | dashes);
            }
            // The first section is the report's; what is said twice, as for older programs, is not sure.
            let pages = form.sections.first().and_then(|section| {
                let kind = &section.footers.iter().find(|(_, id)| *id == relation.id)?.0;
                Pages::of(kind, apart)
            });
            if let (Some(pages), [number]) = (pages, numbers.as_slice()) {
                form.numbers.push((pages, number.clone()));
            }
        }
        if form.page_number.is_some() && form.sections.iter().any(|section| section.dashes) {
            form.page_number = Some(true);
        }
        for kind in ["core-properties", "extended-properties"] {
            let Some(name) = package.related("", kind)? else { continue };
            if let Some(text) = package.text(&name)? {
                names(&text, &mut form.names)?;
            }
        }
        Ok(form)
    }
}

/// Which pages a footer stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    All,
    Odd,
    Even,
}

impl Pages {
    /// As the type of a footer says; `apart` where even pages have footers of their own.
    fn of(kind: &str, apart: bool) -> Option<Self> {
        match (kind, apart) {
            ("default" | "", true) => Some(Self::Odd),
            ("default" | "", false) => Some(Self::All),
            ("even", true) => Some(Self::Even),
            _ => None,
        }
    }
}

/// Whether the settings give even pages footers of their own.
fn even_apart(text: &str) -> bool {
    let mut xml = Xml::new(text);
    loop {
        match xml.next() {
            Ok(Item::Open(tag)) if tag.is("evenAndOddHeaders") => return tag.on(),
            Ok(Item::End) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

fn names(text: &str, found: &mut Vec<(&'static str, String)>) -> Result<(), WordError> {
    let mut xml = Xml::new(text);
    let mut open = None;
    loop {
        match xml.next()? {
            Item::Open(tag) => open = NAMES.iter().find(|(name, _)| *name == tag.name()).map(|(_, title)| *title),
            Item::Text(range) => {
                if let Some(title) = open.filter(|_| !text[range.clone()].trim().is_empty()) {
                    found.push((title, text[range].trim().to_owned()));
                }
            }
            Item::Close(_) => open = None,
            Item::Other(..) => {}
            Item::End => return Ok(()),
        }
    }
}

/// Ids of the comments that rlcheck wrote: they are answers, and nothing that was left unfinished.
pub(super) fn own_comments(package: &Package<'_>, main: &str) -> Result<HashSet<String>, WordError> {
    let mut own = HashSet::new();
    let Some(name) = package.related(main, "comments")? else { return Ok(own) };
    let Some(text) = package.text(&name)? else { return Ok(own) };
    let mut xml = Xml::new(&text);
    loop {
        match xml.next()? {
            Item::Open(tag) if tag.is("comment") && tag.attr("author").as_deref() == Some(crate::word::AUTHOR) => {
                own.insert(tag.attr("id").unwrap_or_default().into_owned());
            }
            Item::End => return Ok(own),
            _ => {}
        }
    }
}
