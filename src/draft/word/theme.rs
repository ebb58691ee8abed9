//! Fonts of the theme.

use std::collections::HashMap;
use std::sync::Arc;

use super::WordError;
use super::props::Font;
use super::xml::{Item, Xml};

/// The fonts that a theme gives for Chinese text, by their place in it.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    major: Option<Arc<str>>,
    minor: Option<Arc<str>>,
    /// Each name once.
    names: std::cell::RefCell<HashMap<String, Arc<str>>>,
}

impl Fonts {
    /// Reads the part of the theme.
    pub(super) fn read(text: &str) -> Result<Self, WordError> {
        let (mut fonts, mut xml, mut major) = (Self::default(), Xml::new(text), false);
        loop {
            match xml.next()? {
                Item::Open(tag) => {
                    let font = || tag.attr("typeface").filter(|name| !name.is_empty()).map(|name| Arc::from(&*name));
                    match tag.name() {
                        "majorFont" => major = true,
                        "minorFont" => major = false,
                        // The one for Chinese script stands behind the general one and is surer.
                        "ea" if major => fonts.major = font().or(fonts.major.take()),
                        "ea" => fonts.minor = font().or(fonts.minor.take()),
                        "font" if tag.attr("script").as_deref() == Some("Hans") => {
                            let place = if major { &mut fonts.major } else { &mut fonts.minor };
                            *place = place.take().or_else(font);
                        }
                        _ => {}
                    }
                }
                Item::End => return Ok(fonts),
                _ => {}
            }
        }
    }

    /// The name of a font.
    pub(super) fn resolve(&self, font: &Font) -> Option<Arc<str>> {
        match font {
            Font::Theme(place) if place.starts_with("major") => self.major.clone(),
            Font::Theme(_) => self.minor.clone(),
            Font::Name(name) => {
                let mut names = self.names.borrow_mut();
                if let Some(known) = names.get(name) {
                    return Some(known.clone());
                }
                let new: Arc<str> = Arc::from(name.as_str());
                names.insert(name.clone(), new.clone());
                Some(new)
            }
        }
    }
}
