//! What a file says of itself besides its text: its pages, its page numbers, whom it names.

use std::collections::HashSet;

use super::WordError;
use super::layout::Section;
use super::package::Package;
use super::xml::{Item, Xml};

/// The form of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    /// Its sections, in order.
    pub(crate) sections: Vec<Section>,
    /// Whether pages are numbered, and if so whether the number stands between dashes.
    pub(crate) page_number: Option<bool>,
    /// Whom the file's properties name: what they are called, and the name.
    pub(crate) names: Vec<(&'static str, String)>,
}

/// The properties of a file that name somebody.
const NAMES: [(&str, &str); 4] =
    [("creator", "作者"), ("lastModifiedBy", "最后保存者"), ("Company", "单位"), ("Manager", "主管")];

impl Form {
    /// Reads the form of a document from the parts round its main one.
    pub(super) fn read(package: &Package<'_>, main: &str, sections: Vec<Section>) -> Result<Self, WordError> {
        let mut form = Self { sections, ..Self::default() };
        for relation in package.relations(main)?.iter().filter(|relation| matches!(&*relation.kind, "footer" | "header")) {
            if let Some(text) = package.text(&relation.target)?
                && let Some(dashes) = page_number(&text)?
            {
                form.page_number = Some(form.page_number.unwrap_or(false) | dashes);
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

/// Whether a footer numbers the page, and if so whether between dashes.
fn page_number(text: &str) -> Result<Option<bool>, WordError> {
    let (mut xml, mut numbered, mut dashes, mut instructs) = (Xml::new(text), false, false, false);
    loop {
        match xml.next()? {
            Item::Open(tag) => {
                instructs = tag.is("instrText");
                numbered |= tag.is("fldSimple") && tag.attr("instr").is_some_and(|instr| is_page(&instr));
            }
            Item::Text(range) if instructs => numbered |= is_page(&text[range]),
            Item::Text(range) => dashes |= text[range].contains(['—', '－', '–', '-', '―', '─']),
            Item::Close(_) => instructs = false,
            Item::Other(..) => {}
            Item::End => return Ok(numbered.then_some(dashes)),
        }
    }
}

fn is_page(instruction: &str) -> bool {
    instruction.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("PAGE"))
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
