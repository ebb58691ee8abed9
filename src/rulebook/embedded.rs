//! The rulebooks inside the program, with the trees that the build script packed of them.

use super::schema::Book;
use crate::spanned::{Pack, Place};
use crate::text::Source;

/// An embedded rulebook.
#[derive(Clone, Copy, Debug)]
pub(super) struct Embedded {
    name: &'static str,
    /// Its YAML.
    pub(super) text: &'static str,
    /// Its tree.
    pub(super) pack: Pack,
}

macro_rules! books {
    ($($name:literal),* $(,)?) => {
        &[$(Embedded {
            name: $name,
            text: include_str!(concat!("../../rules/", $name, ".yaml")),
            pack: Pack {
                tree: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".pack")),
                letters: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".letters")),
            },
        }),*]
    };
}

const BOOKS: &[Embedded] = books![
    "beijing",
    "chongqing",
    "copying",
    "county",
    "county-department",
    "county-government",
    "coverage",
    "figures",
    "form",
    "formulas",
    "guizhou",
    "laws",
    "marks",
    "national",
    "own",
    "page",
    "parts",
    "periods",
    "places",
    "private",
    "residue",
    "shandong",
    "street",
    "structure",
    "terms",
    "tianjin",
    "times",
    "township",
    "upward",
    "wording",
    "words",
];

/// An embedded rulebook by its name.
pub(super) fn get(name: &str) -> Option<Embedded> {
    BOOKS.iter().find(|book| book.name == name).copied()
}

/// The names of those that are rulebooks by themselves; the others are pieces of them.
pub fn names() -> impl Iterator<Item = &'static str> {
    BOOKS.iter().filter(|book| book.text.contains("\nname: ")).map(|book| book.name)
}

/// Whether a file is an embedded one, as it was read.
fn is(file: &Source) -> bool {
    BOOKS.iter().any(|book| file.name() == format!("rules/{}.yaml", book.name) && file.text() == book.text)
}

impl Book {
    /// Whether a place stands in a shipped file.
    pub fn ships(&self, place: Place) -> bool {
        is(self.files.source(place))
    }

    /// Whether all of its layers are shipped ones.
    pub fn is_shipped(&self) -> bool {
        self.files.iter().all(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned::{self, Files, LeftOut, Node, Value};

    /// A tree without some fields of the entries under its keys.
    fn without(node: &mut Node, left_out: LeftOut) {
        match &mut node.value {
            Value::Map(entries) => {
                entries.retain(|(key, _)| !left_out.fields.contains(&key.as_str()));
                for (_, node) in entries {
                    without(node, left_out);
                }
            }
            Value::List(items) => items.iter_mut().for_each(|node| without(node, left_out)),
            _ => {}
        }
    }

    #[test]
    fn what_is_left_out_of_a_pack_is_nothing_else() {
        let left_out = LeftOut { fields: &["bad", "good"], but_under: &["terms"] };
        for book in BOOKS {
            let mut read = spanned::yaml(&mut Files::default(), book.name, book.text).expect(book.name);
            if let Value::Map(families) = &mut read.value {
                let others = families.iter_mut().filter(|(key, _)| key.as_str() != "terms");
                others.for_each(|(_, node)| without(node, left_out));
            }
            let packed = spanned::packed(&mut Files::default(), book.name, book.text, book.pack, left_out);
            assert_eq!(packed, Ok(read), "{}", book.name);
        }
    }

    #[test]
    fn packs_hold_what_the_texts_say() {
        for book in BOOKS {
            let read = spanned::yaml(&mut Files::default(), book.name, book.text).expect(book.name);
            let packed = spanned::packed(&mut Files::default(), book.name, book.text, book.pack, LeftOut::default());
            assert_eq!(packed, Ok(read), "{}", book.name);
            assert!(!book.pack.tree.is_empty(), "{}", book.name);
        }
    }
}
