//! Packs the shipped rulebooks: reading YAML takes longer than checking a draft, so the program carries the trees
//! that it would read. `src/spanned/packed.rs` says what a pack looks like and reads it.

use std::path::Path;
use std::{env, fmt, fs, io};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};

/// `off`, `yes` and the like are words.
fn options() -> serde_yaml::Options {
    serde_yaml::options! { strict_booleans: true }
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    for entry in fs::read_dir("rules")? {
        let path = entry?.path();
        let Some(name) = path.file_stem().filter(|_| path.extension().is_some_and(|ending| ending == "yaml")) else { continue };
        let text = fs::read_to_string(&path)?;
        let mut pack = Pack::default();
        // What is no YAML gets an empty pack: the program reads the text itself then, and says what is wrong.
        if let Ok(root) = serde_yaml::from_str_with_options::<Spanned<Raw>>(&text, options()) {
            write(&root, &mut pack);
        }
        let file = Path::new(&out).join(name);
        fs::write(file.with_extension("pack"), pack.tree)?;
        fs::write(file.with_extension("letters"), pack.letters)?;
    }
    Ok(())
}

enum Raw {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

/// A tree, and its texts and keys one behind the other.
#[derive(Default)]
struct Pack {
    tree: Vec<u8>,
    letters: String,
}

fn write(node: &Spanned<Raw>, pack: &mut Pack) {
    let tag = match &node.value {
        Raw::Null => 0,
        Raw::Bool(false) => 1,
        Raw::Bool(true) => 2,
        Raw::Int(_) => 3,
        Raw::Float(_) => 4,
        Raw::Text(_) => 5,
        Raw::List(_) => 6,
        Raw::Map(_) => 7,
    };
    pack.tree.push(tag);
    place(&node.referenced, pack);
    match &node.value {
        Raw::Null | Raw::Bool(_) => {}
        Raw::Int(value) => pack.tree.extend(value.to_le_bytes()),
        Raw::Float(value) => pack.tree.extend(value.to_le_bytes()),
        Raw::Text(text) => string(text, pack),
        Raw::List(items) => {
            number(items.len(), pack);
            for item in items {
                write(item, pack);
            }
        }
        Raw::Map(entries) => {
            number(entries.len(), pack);
            for (key, value) in entries {
                place(&key.referenced, pack);
                string(&key.value, pack);
                write(value, pack);
            }
        }
    }
}

fn place(location: &Location, pack: &mut Pack) {
    let span = location.span();
    number(usize::try_from(span.byte_offset().unwrap_or_default()).unwrap_or_default(), pack);
    number(usize::try_from(span.byte_len().unwrap_or_default()).unwrap_or_default(), pack);
}

fn string(text: &str, pack: &mut Pack) {
    number(text.len(), pack);
    pack.letters.push_str(text);
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn number(mut value: usize, pack: &mut Pack) {
    while value > 127 {
        pack.tree.push((value & 127) as u8 | 128);
        value >>= 7;
    }
    pack.tree.push(value as u8);
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Int(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Raw, E> {
        i64::try_from(value).map(Raw::Int).map_err(E::custom)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}
