//! The package: a zip of parts, and how one part leads to another.

use std::cell::{Cell, RefCell};
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::WordError;
use super::xml::{Item, Xml};

/// The largest part that is read, unpacked, in bytes.
pub(crate) const MAX_PART: u64 = 64 * 1024 * 1024;
/// The most that all parts may take unpacked, in bytes; also the largest file that is read.
pub const MAX_TOTAL: u64 = 256 * 1024 * 1024;
/// The most parts that a file may hold.
pub(crate) const MAX_ENTRIES: usize = 10_000;

/// An opened package.
pub(crate) struct Package<'a> {
    archive: RefCell<ZipArchive<Cursor<&'a [u8]>>>,
    /// Names of all parts, without the leading slash, in the order of the file.
    names: Vec<String>,
    /// How many bytes have been unpacked: parts may overlap, and one may be asked for again and again.
    unpacked: Cell<u64>,
}

/// Where a relation leads.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    /// Its id in the part that holds it.
    pub(crate) id: String,
    /// The last word of its type: `officeDocument`, `styles`, `comments` …
    pub(crate) kind: String,
    /// The name of the part that it leads to.
    pub(crate) target: String,
}

impl<'a> Package<'a> {
    /// Opens a package and looks at its table of contents; nothing is unpacked yet.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, WordError> {
        if bytes.len() as u64 > MAX_TOTAL {
            return Err(WordError::TooLarge);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WordError::Broken)?;
        if archive.len() > MAX_ENTRIES {
            return Err(WordError::TooManyParts);
        }
        let (mut names, mut total) = (Vec::with_capacity(archive.len()), 0u64);
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|_| WordError::Broken)?;
            if entry.encrypted() {
                return Err(WordError::Encrypted);
            }
            total = total.saturating_add(entry.size());
            let name = entry.name().map_err(|_| WordError::Broken)?;
            names.push(name.replace('\\', "/"));
        }
        if total > MAX_TOTAL {
            return Err(WordError::TooLarge);
        }
        Ok(Self { archive: RefCell::new(archive), names, unpacked: Cell::new(0) })
    }

    /// Whether a part is there; names differ in case only by mistake.
    fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        let exact = self.names.iter().position(|other| other == name);
        exact.or_else(|| self.names.iter().position(|other| other.eq_ignore_ascii_case(name)))
    }

    /// The name of a part as the file writes it.
    pub(crate) fn name(&self, name: &str) -> Option<&str> {
        self.index(name).map(|index| self.names[index].as_str())
    }

    /// The bytes of a part; `None` where there is no such part.
    pub(crate) fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, WordError> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let mut archive = self.archive.borrow_mut();
        let entry = archive.by_index(index).map_err(|_| WordError::Broken)?;
        if entry.size() > MAX_PART {
            return Err(WordError::TooLarge);
        }
        let mut bytes = Vec::with_capacity(entry.size().min(1 << 20) as usize);
        entry.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| WordError::Broken)?;
        self.unpacked.set(self.unpacked.get() + bytes.len() as u64);
        if bytes.len() as u64 > MAX_PART || self.unpacked.get() > MAX_TOTAL {
            return Err(WordError::TooLarge);
        }
        Ok(Some(bytes))
    }

    /// The text of a part of XML; `None` where there is no such part.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, WordError> {
        self.bytes(name)?.map(decode).transpose()
    }

    /// The relations of a part (`""` for those of the package); none where it has none.
    pub(crate) fn relations(&self, part: &str) -> Result<Vec<Relation>, WordError> {
        let Some(text) = self.text(&relations_of(part))? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let mut xml = Xml::new(&text);
        loop {
            match xml.next()? {
                Item::Open(tag) if tag.name() == "Relationship" => {
                    let attr = |name| tag.attr(name).unwrap_or_default().into_owned();
                    if attr("TargetMode") != "External" {
                        let kind = attr("Type").rsplit('/').next().unwrap_or_default().to_owned();
                        found.push(Relation { id: attr("Id"), kind, target: resolve(part, &attr("Target")) });
                    }
                }
                Item::End => return Ok(found),
                _ => {}
            }
        }
    }

    /// The part of one kind that `part` leads to.
    pub(crate) fn related(&self, part: &str, kind: &str) -> Result<Option<String>, WordError> {
        let found = self.relations(part)?.into_iter().find(|relation| relation.kind == kind).map(|relation| relation.target);
        Ok(found.filter(|target| self.index(target).is_some()))
    }

    /// The name of the main part.
    pub(crate) fn main(&self) -> Result<String, WordError> {
        self.related("", "officeDocument")?.ok_or(WordError::NotWord)
    }

    /// The archive itself, to copy parts from.
    pub(crate) fn archive(&self) -> std::cell::RefMut<'_, ZipArchive<Cursor<&'a [u8]>>> {
        self.archive.borrow_mut()
    }

    /// The names of all parts in the order of the file.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }
}

/// The name of the part that holds the relations of a part.
pub(crate) fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The name of the part that a target written in `part` leads to.
fn resolve(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                folders.pop();
            }
            _ => folders.push(step),
        }
    }
    folders.join("/")
}

/// XML to text: UTF-8, or UTF-16 with or without a byte order mark. A mark is taken off.
fn decode(bytes: Vec<u8>) -> Result<String, WordError> {
    let utf16 = |codec: &'static encoding_rs::Encoding, bytes: &[u8]| {
        let (text, broken) = codec.decode_without_bom_handling(bytes);
        if broken { Err(WordError::BrokenXml) } else { Ok(text.into_owned()) }
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(encoding_rs::UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => utf16(encoding_rs::UTF_16BE, rest),
        [b'<', 0, ..] => utf16(encoding_rs::UTF_16LE, &bytes),
        [0, b'<', ..] => utf16(encoding_rs::UTF_16BE, &bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(|_| WordError::BrokenXml),
        _ => String::from_utf8(bytes).map_err(|_| WordError::BrokenXml),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        assert_eq!(resolve("", "word/document.xml"), "word/document.xml");
        assert_eq!(resolve("word/document.xml", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word/document.xml", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word/document.xml", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(relations_of("word/document.xml"), "word/_rels/document.xml.rels");
        assert_eq!(relations_of(""), "_rels/.rels");
    }
}
