//! Styles: what a paragraph or a run inherits.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::WordError;
use super::props::{ParaProps, RunProps};
use super::xml::{Item, Xml};

/// How long a chain of `basedOn` may be.
const LONGEST_CHAIN: usize = 64;

/// One style as written.
#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    para: ParaProps,
    run: RunProps,
}

/// A style with everything that it inherits.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Its name in small letters: `heading 1`, `toc 2`, `title`.
    pub(crate) name: String,
    pub(crate) para: ParaProps,
    pub(crate) run: RunProps,
    /// The style in the chain that bears the number: a list's level may belong to it.
    pub(crate) numbered_by: Option<String>,
}

/// All styles of a file.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    all: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    run: RunProps,
    para: ParaProps,
    resolved: RefCell<HashMap<String, Rc<Resolved>>>,
    characters: RefCell<HashMap<String, Rc<RunProps>>>,
}

impl Styles {
    /// Reads the part of styles.
    pub(crate) fn read(text: &str) -> Result<Self, WordError> {
        let (mut styles, mut xml) = (Self::default(), Xml::new(text));
        loop {
            match xml.next()? {
                Item::Open(tag) if tag.is("styles") || tag.is("docDefaults") || tag.is("rPrDefault") || tag.is("pPrDefault") => {}
                Item::Open(tag) if tag.is("rPr") => styles.run = RunProps::read(&mut xml)?,
                Item::Open(tag) if tag.is("pPr") => styles.para = ParaProps::read(&mut xml)?,
                Item::Open(tag) if tag.is("style") => {
                    let id = tag.attr("styleId").unwrap_or_default().into_owned();
                    let paragraph = tag.attr("type").is_none_or(|kind| kind == "paragraph");
                    let default = matches!(tag.attr("default").as_deref(), Some("1" | "true" | "on"));
                    if paragraph && default {
                        styles.default = Some(id.clone());
                    }
                    let style = style(&mut xml)?;
                    styles.all.insert(id, style);
                }
                Item::Open(_) => {
                    xml.skip()?;
                }
                Item::End => return Ok(styles),
                _ => {}
            }
        }
    }

    /// The style of a paragraph, everything inherited; the default one where it names none.
    pub(crate) fn paragraph(&self, id: Option<&str>) -> Rc<Resolved> {
        let id = id.filter(|id| self.all.contains_key(*id)).or(self.default.as_deref()).unwrap_or_default();
        if let Some(found) = self.resolved.borrow().get(id) {
            return found.clone();
        }
        let chain = self.chain(id);
        let mut found = Resolved {
            name: chain.first().map(|(_, style)| style.name.to_lowercase()).unwrap_or_default(),
            numbered_by: chain.iter().find(|(_, style)| style.para.number.is_some()).map(|(id, _)| (*id).to_owned()),
            ..Resolved::default()
        };
        for (_, style) in &chain {
            found.para = found.para.over(&style.para);
            found.run = found.run.over(&style.run);
        }
        found.para = found.para.over(&self.para);
        found.run = found.run.over(&self.run);
        let found = Rc::new(found);
        self.resolved.borrow_mut().insert(id.to_owned(), found.clone());
        found
    }

    /// The properties that a character style gives.
    pub(crate) fn character(&self, id: Option<&str>) -> Rc<RunProps> {
        let id = id.filter(|id| self.all.contains_key(*id)).unwrap_or_default();
        if let Some(found) = self.characters.borrow().get(id) {
            return found.clone();
        }
        let found = self.chain(id).iter().fold(RunProps::default(), |props, (_, style)| props.over(&style.run));
        let found = Rc::new(found);
        self.characters.borrow_mut().insert(id.to_owned(), found.clone());
        found
    }

    /// The number that a list style leads to.
    pub(crate) fn list(&self, id: &str) -> Option<u32> {
        self.chain(id).iter().find_map(|(_, style)| style.para.number.and_then(|number| number.list))
    }

    /// A style and what it is based on, the style itself first; a circle is cut.
    fn chain<'a>(&'a self, id: &'a str) -> Vec<(&'a str, &'a Style)> {
        let (mut chain, mut next) = (Vec::new(), Some(id));
        while let Some(id) = next
            && let Some(style) = self.all.get(id)
            && chain.len() < LONGEST_CHAIN
            && chain.iter().all(|(other, _)| *other != id)
        {
            chain.push((id, style));
            next = style.based_on.as_deref();
        }
        chain
    }
}

fn style(xml: &mut Xml<'_>) -> Result<Style, WordError> {
    let mut style = Style::default();
    loop {
        match xml.next()? {
            Item::Open(tag) if tag.is("rPr") => style.run = RunProps::read(xml)?,
            Item::Open(tag) if tag.is("pPr") => style.para = ParaProps::read(xml)?,
            Item::Open(tag) => {
                let value = || tag.attr("val").map(std::borrow::Cow::into_owned);
                match tag.name() {
                    "name" => style.name = value().unwrap_or_default(),
                    "basedOn" => style.based_on = value(),
                    _ => {}
                }
                xml.skip()?;
            }
            Item::Close(_) => return Ok(style),
            Item::End => return Err(WordError::BrokenXml),
            _ => {}
        }
    }
}
