//! The rulebooks inside the program, with the trees that the build script packed of them.

/// An embedded rulebook.
#[derive(Clone, Copy, Debug)]
pub(super) struct Embedded {
    name: &'static str,
    /// Its YAML.
    pub(super) text: &'static str,
    /// Its tree.
    pub(super) pack: &'static [u8],
}

macro_rules! books {
    ($($name:literal),* $(,)?) => {
        &[$(Embedded {
            name: $name,
            text: include_str!(concat!("../../rules/", $name, ".yaml")),
            pack: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".pack")),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned::{self, Files};

    #[test]
    fn packs_hold_what_the_texts_say() {
        for book in BOOKS {
            let read = spanned::yaml(&mut Files::default(), book.name, book.text).expect(book.name);
            assert_eq!(spanned::packed(&mut Files::default(), book.name, book.text, book.pack), Ok(read), "{}", book.name);
            assert!(!book.pack.is_empty(), "{}", book.name);
        }
    }
}
