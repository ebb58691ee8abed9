//! YAML and TOML as trees that know where every value stands, and errors that point there.
//!
//! A file is read into [`Node`]s, layers are laid over one another as nodes, and only then the typed rulebook is
//! made of them by serde ([`from_node`]): so every error names a file, a line and a column, in Chinese.

mod de;
mod packed;
mod toml;
mod yaml;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

pub use de::{Spanned, from_node};
pub use packed::{LeftOut, Pack};

use crate::text::{Position, Source};

/// A place in one of the files of a [`Files`]: bytes of its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// Index of the file.
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
}

/// The files that a rulebook or a configuration was read from.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

/// A file whose lines are counted when a place in it is first asked for: most runs ask for none.
#[derive(Clone, Debug)]
struct File {
    name: String,
    text: Cow<'static, str>,
    source: OnceLock<Source>,
}

impl File {
    fn source(&self) -> &Source {
        self.source.get_or_init(|| Source::new(self.name.as_str(), self.text.as_ref()))
    }
}

impl Files {
    /// Adds a file and gives its index.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> usize {
        self.files.push(File { name: name.into(), text: text.into(), source: OnceLock::new() });
        self.files.len() - 1
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().map(File::source)
    }

    /// The file that a place is in.
    pub fn source(&self, place: Place) -> &Source {
        self.files[place.file].source()
    }

    /// Line and column of a place.
    pub fn position(&self, place: Place) -> Position {
        self.source(place).position(place.start)
    }
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub place: Place,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing (`key:`).
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a point.
    Float(f64),
    /// A text; dates are texts too.
    Text(Cow<'static, str>),
    /// A list.
    List(Vec<Node>),
    /// Keys with their values, in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key itself.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

impl Key {
    /// The key itself.
    pub fn as_str(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl PartialEq<str> for Key {
    fn eq(&self, other: &str) -> bool {
        self.name == other
    }
}

impl PartialEq<String> for Key {
    fn eq(&self, other: &String) -> bool {
        self.name == *other
    }
}

impl std::ops::Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        &self.name
    }
}

/// What is wrong with a file of rules or settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as far as it is known.
    pub place: Option<Place>,
    /// What.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem at a place.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place: Some(place), message: message.into(), help: None }
    }

    /// A problem with a hint.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Node {
    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else { return None };
        entries.iter().find(|(name, _)| name.name == key).map(|(_, node)| node)
    }

    /// Takes a key out of a map.
    pub fn take(&mut self, key: &str) -> Option<Self> {
        let Value::Map(entries) = &mut self.value else { return None };
        let at = entries.iter().position(|(name, _)| name.name == key)?;
        Some(entries.remove(at).1)
    }

    /// Lays `over` over this node: maps merge key by key, lists grow, everything else is replaced.
    #[must_use]
    pub fn overlaid(self, over: Self) -> Self {
        let value = match (self.value, over.value) {
            (Value::Map(mut base), Value::Map(entries)) => {
                for (key, node) in entries {
                    match base.iter().position(|(name, _)| name.name == key.name) {
                        Some(at) => {
                            let old = std::mem::replace(&mut base[at].1, Self { value: Value::Null, place: node.place });
                            base[at] = (key, old.overlaid(node));
                        }
                        None => base.push((key, node)),
                    }
                }
                Value::Map(base)
            }
            (Value::List(mut base), Value::List(items)) => {
                for item in items {
                    if !base.iter().any(|other| other.value == item.value) {
                        base.push(item);
                    }
                }
                Value::List(base)
            }
            (_, value) => value,
        };
        Self { value, place: over.place }
    }
}

/// Reads YAML.
///
/// # Errors
/// The first thing that is no YAML, with its place.
pub fn yaml(files: &mut Files, name: &str, text: &str) -> Result<Node, Problem> {
    let file = files.add(name, text.to_owned());
    yaml::read(files.files[file].source(), file)
}

/// Reads YAML of which the build script has packed the tree, some fields left out.
///
/// # Errors
/// As [`yaml`], where the pack holds no tree.
pub fn packed(files: &mut Files, name: &str, text: &'static str, pack: Pack, left_out: LeftOut) -> Result<Node, Problem> {
    let file = files.add(name, text);
    packed::read(pack, file, left_out).map_or_else(|| yaml::read(files.files[file].source(), file), Ok)
}

/// Reads TOML.
///
/// # Errors
/// The first thing that is no TOML, with its place.
pub fn toml(files: &mut Files, name: &str, text: &str) -> Result<Node, Problem> {
    let file = files.add(name, text.to_owned());
    toml::read(text, file)
}

/// The nearest of `names` to a mistyped `name`, if one is near.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    by_nearness(name, names).first().copied()
}

/// Those of `names` that are near a mistyped `name`, the nearest first.
pub fn by_nearness<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let folded = name.to_lowercase().replace('_', "-");
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .map(|other| (strsim::damerau_levenshtein(&folded, &other.to_lowercase().replace('_', "-")), other))
        .filter(|&(distance, other)| distance <= 1 + other.chars().count() / 4 && distance < other.chars().count())
        .collect();
    near.sort_by_key(|&(distance, _)| distance);
    near.into_iter().map(|(_, other)| other).collect()
}
