//! The trees of the shipped rulebooks as the build script packed them.
//!
//! A node is a tag (null, false, true, whole number, number with a point, text, list, map), its place (offset and
//! length) and what it holds. Counts and lengths are written seven bits a byte, the lowest first.

use super::{Key, Node, Place, Value};

/// Reads a pack; `None` where it holds no tree.
pub(super) fn read(pack: &[u8], file: usize) -> Option<Node> {
    let mut reader = Reader { rest: pack, file };
    reader.node().filter(|_| reader.rest.is_empty())
}

struct Reader<'a> {
    rest: &'a [u8],
    file: usize,
}

impl<'a> Reader<'a> {
    fn node(&mut self) -> Option<Node> {
        let tag = self.bytes(1)?[0];
        let place = self.place()?;
        let value = match tag {
            0 => Value::Null,
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::Int(i64::from_le_bytes(self.bytes(8)?.try_into().ok()?)),
            4 => Value::Float(f64::from_le_bytes(self.bytes(8)?.try_into().ok()?)),
            5 => Value::Text(self.text()?),
            6 => {
                let count = self.number()?;
                Value::List((0..count).map(|_| self.node()).collect::<Option<_>>()?)
            }
            7 => {
                let count = self.number()?;
                let entry = |_| {
                    let place = self.place()?;
                    let name = self.text()?;
                    Some((Key { name, place }, self.node()?))
                };
                Value::Map((0..count).map(entry).collect::<Option<_>>()?)
            }
            _ => return None,
        };
        Some(Node { value, place })
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
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

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        Some(std::str::from_utf8(self.bytes(length)?).ok()?.to_owned())
    }
}
