//! The trees of the shipped rulebooks as the build script packed them.
//!
//! A node is a tag (null, false, true, whole number, number with a point, text, list, map), its place (offset and
//! length) and what it holds. Counts and lengths are written seven bits a byte, the lowest first. The letters of texts
//! and keys stand by themselves, one behind the other, so that a text is a piece of the program's own and need not be
//! copied.

use super::{Key, Node, Place, Value};

/// A tree in a pack.
#[derive(Clone, Copy, Debug)]
pub struct Pack {
    /// The nodes.
    pub tree: &'static [u8],
    /// The texts and keys.
    pub letters: &'static str,
}

/// What of a tree is not read: fields of the entries, at any depth.
#[derive(Clone, Copy, Debug, Default)]
pub struct LeftOut {
    /// Their keys.
    pub fields: &'static [&'static str],
    /// Keys of the root under which they are read all the same.
    pub but_under: &'static [&'static str],
}

/// Reads a pack; `None` where it holds no tree.
pub(super) fn read(pack: Pack, file: usize, left_out: LeftOut) -> Option<Node> {
    let mut reader = Reader { rest: pack.tree, letters: pack.letters, file, left_out, depth: 0, skipping: false };
    reader.node().filter(|_| reader.rest.is_empty() && reader.letters.is_empty())
}

/// Room is made at once for no more than this many: a count may be wrong.
const MOST: usize = 4096;

struct Reader {
    rest: &'static [u8],
    letters: &'static str,
    file: usize,
    left_out: LeftOut,
    /// How many maps are open.
    depth: usize,
    /// Whether what is to be left out is left out here.
    skipping: bool,
}

impl Reader {
    fn node(&mut self) -> Option<Node> {
        let tag = self.bytes(1)?[0];
        let place = self.place()?;
        let value = match tag {
            0 => Value::Null,
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::Int(i64::from_le_bytes(self.bytes(8)?.try_into().ok()?)),
            4 => Value::Float(f64::from_le_bytes(self.bytes(8)?.try_into().ok()?)),
            5 => Value::Text(self.text()?.into()),
            6 => {
                let count = self.number()?;
                let mut items = Vec::with_capacity(count.min(MOST));
                for _ in 0..count {
                    items.push(self.node()?);
                }
                Value::List(items)
            }
            7 => {
                let count = self.number()?;
                let mut entries = Vec::with_capacity(count.min(MOST));
                self.depth += 1;
                for _ in 0..count {
                    let place = self.place()?;
                    let name = self.text()?;
                    if self.depth == 1 {
                        self.skipping = !self.left_out.but_under.contains(&name);
                    }
                    if self.skipping && self.left_out.fields.contains(&name) {
                        self.skip()?;
                    } else {
                        entries.push((Key { name: name.to_owned(), place }, self.node()?));
                    }
                }
                self.depth -= 1;
                Value::Map(entries)
            }
            _ => return None,
        };
        Some(Node { value, place })
    }

    /// Passes over a node.
    fn skip(&mut self) -> Option<()> {
        let tag = self.bytes(1)?[0];
        self.place()?;
        match tag {
            0..=2 => {}
            3 | 4 => _ = self.bytes(8)?,
            5 => _ = self.text()?,
            6 => {
                for _ in 0..self.number()? {
                    self.skip()?;
                }
            }
            7 => {
                for _ in 0..self.number()? {
                    self.place()?;
                    self.text()?;
                    self.skip()?;
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn bytes(&mut self, count: usize) -> Option<&'static [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(bytes)
    }

    fn number(&mut self) -> Option<usize> {
        let (mut value, mut shift) = (0usize, 0);
        loop {
            let byte = self.bytes(1)?[0];
            value |= usize::from(byte & 127).checked_shl(shift)?;
            if byte < 128 {
                return Some(value);
            }
            shift += 7;
        }
    }

    fn place(&mut self) -> Option<Place> {
        let start = self.number()?;
        let length = self.number()?;
        Some(Place { file: self.file, start, end: start + length })
    }

    fn text(&mut self) -> Option<&'static str> {
        let length = self.number()?;
        let (text, letters) = self.letters.split_at_checked(length)?;
        self.letters = letters;
        Some(text)
    }
}
