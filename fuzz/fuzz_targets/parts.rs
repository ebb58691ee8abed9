//! A package as text: `=== name` on a line of its own, then the content of that part, and so on.
//!
//! The parts that every package needs and that are not named are those of a sound file.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What begins a part.
pub(crate) const HEAD: &[u8] = b"=== ";

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The kinds of parts that the main part can lead to, with their names.
const LINKED: [&str; 9] =
    ["styles", "numbering", "theme", "footnotes", "endnotes", "comments", "settings", "header", "footer"];
/// The parts that the text is read from.
const TEXT: [&str; 6] = ["document", "styles", "numbering", "theme", "footnotes", "endnotes"];

/// Whether an input is a package itself.
pub(crate) fn is_zip(data: &[u8]) -> bool {
    data.starts_with(b"PK")
}

/// Names and contents of parts.
pub(crate) struct Parts<'a>(pub(crate) Vec<(&'a [u8], &'a [u8])>);

impl<'a> Parts<'a> {
    /// Reads an input; what stands before the first head is a main part.
    pub(crate) fn of(data: &'a [u8]) -> Self {
        let mut heads: Vec<usize> = (0..data.len())
            .filter(|&at| data[at..].starts_with(HEAD) && (at == 0 || data[at - 1] == b'\n'))
            .collect();
        heads.push(data.len());
        let before = &data[..heads[0]];
        let mut parts = if before.is_empty() { Vec::new() } else { vec![(b"word/document.xml".as_slice(), before)] };
        for two in heads.windows(2) {
            let part = &data[two[0] + HEAD.len()..two[1]];
            let line = part.iter().position(|&b| b == b'\n').unwrap_or(part.len());
            parts.push((&part[..line], part.get(line + 1..).unwrap_or_default()));
        }
        Self(parts)
    }

    /// The input again.
    pub(crate) fn text(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, content) in &self.0 {
            let end = if content.ends_with(b"\n") { "".as_bytes() } else { b"\n" };
            out.extend([HEAD, name, b"\n", content, end].concat());
        }
        out
    }

    /// Whether no part is named but those that the text is read from, each once.
    pub(crate) fn only_text(&self) -> bool {
        let known = |name: &[u8]| TEXT.iter().any(|text| name == format!("word/{text}.xml").as_bytes());
        let once = |name: &[u8]| self.0.iter().filter(|(other, _)| *other == name).count() == 1;
        self.0.iter().all(|(name, _)| known(name) && once(name))
    }

    /// The package.
    pub(crate) fn packed(&self) -> Vec<u8> {
        let has = |name: &str| self.0.iter().any(|(other, _)| *other == name.as_bytes());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut put = |name: &str, content: &[u8]| {
            // A name that stands there already is refused; the first one counts.
            if zip.start_file(name, options).is_ok() {
                zip.write_all(content).expect("memory takes everything");
            }
        };
        let types = format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
        );
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
        };
        let relations = |inner: &str| format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>");
        let main = relation("a", "officeDocument", "word/document.xml")
            + &relation("b", "core-properties", "docProps/core.xml")
            + &relation("c", "extended-properties", "docProps/app.xml");
        let linked: String = LINKED
            .iter()
            .filter(|kind| has(&format!("word/{kind}.xml")))
            .map(|kind| relation(kind, kind, &format!("{kind}.xml")))
            .collect();
        let usual = [
            ("[Content_Types].xml", types),
            ("_rels/.rels", relations(&main)),
            ("word/_rels/document.xml.rels", relations(&linked)),
        ];
        for (name, content) in usual.iter().filter(|(name, _)| !has(name)) {
            put(name, content.as_bytes());
        }
        for (name, content) in &self.0 {
            put(&String::from_utf8_lossy(name), content);
        }
        zip.finish().expect("memory takes everything").into_inner()
    }
}
