//! XML as it is needed here: elements with their namespace and their place, text, nothing else.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::WordError;

/// How deep elements may nest.
pub(crate) const MAX_DEPTH: usize = 256;
/// How many elements a part may hold; 300 pages hold some 200,000.
pub(crate) const MAX_ELEMENTS: usize = 1_000_000;
/// How many bytes a tag may take, and how many names of namespaces it may declare.
const MAX_TAG: usize = 64 * 1024;

/// The namespaces that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// `WordprocessingML`, strict or transitional.
    Word,
    /// Formulas.
    Math,
    /// `mc:AlternateContent`.
    Choice,
    /// Anything else.
    Other,
}

/// An element's opening tag.
pub(crate) struct Tag<'a> {
    start: BytesStart<'a>,
    /// Its namespace.
    pub(crate) space: Space,
    /// Where the tag stands.
    pub(crate) range: Range<usize>,
    /// Whether it closes itself.
    pub(crate) empty: bool,
}

impl Tag<'_> {
    /// Its name without a prefix.
    pub(crate) fn name(&self) -> &str {
        let name = self.full_name();
        name.rsplit(':').next().unwrap_or(name)
    }

    /// Its name with its prefix.
    pub(crate) fn full_name(&self) -> &str {
        let raw: &str = &self.start;
        raw.split([' ', '\t', '\r', '\n', '/']).next().unwrap_or_default()
    }

    /// Whether it is the element `name` of `WordprocessingML`.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.space == Space::Word && self.name() == name
    }

    /// The value of an attribute, by its name without a prefix.
    pub(crate) fn attr(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| local(attribute.key.as_ref()) == name)?;
        #[allow(deprecated)]
        found.unescape_value().ok().map(|value| Cow::Owned(value.into_owned()))
    }

    /// The tag once more, with `key` in place of whatever attribute of that name it has, whatever its prefix.
    pub(crate) fn with(&self, key: &str, value: &str) -> String {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let mut out = ["<", self.full_name()].concat();
        for other in attributes.flatten().filter(|other| local(other.key.as_ref()) != local(key)) {
            let quote = if other.value.contains('"') { "'" } else { "\"" };
            out += &[" ", other.key.as_ref(), "=", quote, &other.value, quote].concat();
        }
        out + &[" ", key, "=\"", value, "\">"].concat()
    }

    /// Whether a switch (`w:b`, `w:vanish`) is on: it is unless it says otherwise.
    pub(crate) fn on(&self) -> bool {
        !matches!(self.attr("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// A number in an attribute.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        let value = self.attr(name)?;
        value.parse().ok().or_else(|| value.parse::<f64>().ok().map(|value| value as i64))
    }

    /// A length in an attribute, in twentieths of a point.
    pub(crate) fn twips(&self, name: &str) -> Option<i64> {
        self.attr(name).and_then(|value| twips(&value))
    }
}

/// A length in twentieths of a point: a number, or (in strict files) one with its unit.
fn twips(value: &str) -> Option<i64> {
    let units = [("mm", 1440.0 / 25.4), ("cm", 1440.0 / 2.54), ("in", 1440.0), ("pt", 20.0), ("pc", 240.0), ("pi", 240.0)];
    let (number, factor) =
        units.iter().find_map(|(unit, factor)| Some((value.strip_suffix(unit)?, *factor))).unwrap_or((value, 1.0));
    let length = number.trim().parse::<f64>().ok()? * factor;
    (length.abs() < 1e6).then_some(length.round() as i64)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What stands next in the XML.
pub(crate) enum Item<'a> {
    /// An element begins. One that closes itself is followed by its [`Item::Close`] all the same.
    Open(Tag<'a>),
    /// An element ends; where its closing tag stands (empty for one that closes itself).
    Close(Range<usize>),
    /// Text as written: every byte of it is a byte of the XML.
    Text(Range<usize>),
    /// A character or text that the XML writes in another way.
    Other(Cow<'a, str>, Range<usize>),
    /// The end of the part.
    End,
}

/// Reads a part from its start to its end, within limits.
pub(crate) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    text: &'a str,
    depth: usize,
    elements: usize,
    /// The end of an element that closed itself.
    closed: Option<usize>,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { reader: NsReader::from_str(text), text, depth: 0, elements: 0, closed: None }
    }

    /// The next item. Comments and processing instructions are passed over, a DOCTYPE is refused.
    pub(crate) fn next(&mut self) -> Result<Item<'a>, WordError> {
        if let Some(at) = self.closed.take() {
            self.depth -= 1;
            return Ok(Item::Close(at..at));
        }
        loop {
            let from = self.position();
            if let Some(rest) = self.text.as_bytes().get(from..)
                && rest.first() == Some(&b'<')
                && rest.iter().take(MAX_TAG).all(|&b| b != b'>')
                && rest.len() > MAX_TAG
                && !rest.starts_with(b"<!")
                && !rest.starts_with(b"<?")
            {
                return Err(WordError::BrokenXml);
            }
            let (space, event) = self.reader.read_resolved_event().map_err(|_| WordError::BrokenXml)?;
            let space = match space {
                ResolveResult::Bound(Namespace(name)) => space_of(name),
                _ => Space::Other,
            };
            let to = self.position();
            match event {
                Event::Start(start) => {
                    self.enter()?;
                    return Ok(Item::Open(Tag { start, space, range: from..to, empty: false }));
                }
                Event::Empty(start) => {
                    self.enter()?;
                    self.closed = Some(to);
                    return Ok(Item::Open(Tag { start, space, range: from..to, empty: true }));
                }
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or(WordError::BrokenXml)?;
                    return Ok(Item::Close(from..to));
                }
                Event::Text(_) => return Ok(Item::Text(from..to)),
                Event::CData(data) => return Ok(Item::Other(data.into_inner(), from..to)),
                Event::GeneralRef(name) => {
                    let c = match name.resolve_char_ref().map_err(|_| WordError::BrokenXml)? {
                        Some(c) => c.to_string(),
                        None => predefined(&name.into_inner()).ok_or(WordError::BrokenXml)?.to_owned(),
                    };
                    return Ok(Item::Other(Cow::Owned(c), from..to));
                }
                Event::DocType(_) => return Err(WordError::Doctype),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
                Event::Eof if self.depth > 0 => return Err(WordError::BrokenXml),
                Event::Eof => return Ok(Item::End),
            }
        }
    }

    /// Passes over the rest of the element that was opened last; where its closing tag stands.
    pub(crate) fn skip(&mut self) -> Result<Range<usize>, WordError> {
        let depth = self.depth;
        loop {
            match self.next()? {
                Item::Close(range) if self.depth < depth => return Ok(range),
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
    }

    /// The XML itself.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// How far the part has been read.
    pub(crate) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn enter(&mut self) -> Result<(), WordError> {
        self.depth += 1;
        self.elements += 1;
        match () {
            () if self.depth > MAX_DEPTH => Err(WordError::TooDeep),
            () if self.elements > MAX_ELEMENTS => Err(WordError::TooLarge),
            () => Ok(()),
        }
    }
}

fn space_of(name: &str) -> Space {
    match name {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main" | "http://purl.oclc.org/ooxml/wordprocessingml/main" => {
            Space::Word
        }
        "http://schemas.openxmlformats.org/officeDocument/2006/math" | "http://purl.oclc.org/ooxml/officeDocument/math" => {
            Space::Math
        }
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Choice,
        _ => Space::Other,
    }
}

fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

/// Text as it is written between tags and in attributes. Characters that XML cannot hold are left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, WordError> {
        let (mut xml, mut out) = (Xml::new(text), String::new());
        loop {
            match xml.next()? {
                Item::Open(tag) => out += &["<", tag.name(), ">"].concat(),
                Item::Close(_) => out += "</>",
                Item::Text(range) => out += &text[range],
                Item::Other(text, _) => out += &text,
                Item::End => return Ok(out),
            }
        }
    }

    #[test]
    fn references_and_sections_are_text() {
        assert_eq!(read("<a:b xmlns:a=''>甲&amp;&#x4E59;<![CDATA[<丙>]]><c/></a:b>"), Ok("<b>甲&乙<丙><c></></>".to_owned()));
    }

    #[test]
    fn tricks_are_refused() {
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        let wide = format!("<r>{}</r>", "<a/>".repeat(MAX_ELEMENTS));
        let long = format!("<a {}/>", "b='' ".repeat(100_000));
        assert_eq!(read("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), Err(WordError::Doctype));
        assert_eq!(read("<a>&b;</a>"), Err(WordError::BrokenXml));
        assert_eq!(read("<a><b></a>"), Err(WordError::BrokenXml));
        assert_eq!(read("<a>"), Err(WordError::BrokenXml));
        assert_eq!(read("</a>"), Err(WordError::BrokenXml));
        assert_eq!(read(&deep), Err(WordError::TooDeep));
        assert_eq!(read(&wide), Err(WordError::TooLarge));
        assert_eq!(read(&long), Err(WordError::BrokenXml));
    }
}
