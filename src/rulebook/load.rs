//! Layers of YAML to one book.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;

use super::pattern::Patterns;
use super::schema::{Book, Entries, Rule};
use super::{embedded, layer, valid};
use crate::spanned::{self, Files, Key, LeftOut, Node, Place, Problem, Value, nearest};

/// A rulebook as fetched: the name to show and to resolve others against, and its text.
pub type Fetched = (String, String);

/// Finds a rulebook that is no embedded one, by its name and the name of the file that asks for it.
pub type Fetch<'a> = &'a dyn Fn(&str, Option<&str>) -> Result<Fetched, String>;

/// Everything that is wrong with a rulebook, and the files that the places point into.
#[derive(Clone, Debug)]
pub struct RulebookError {
    /// What was read.
    pub files: Files,
    /// What is wrong, in the order of the layers.
    pub problems: Vec<Problem>,
}

impl fmt::Display for RulebookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            if let Some(place) = problem.place {
                let position = self.files.position(place);
                write!(f, "{}:{}:{}: ", self.files.source(place).name(), position.line, position.column)?;
            }
            writeln!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RulebookError {}

/// Declares what a rulebook can hold: a key each, named like its field of [`Book`], and whether it is one value or a
/// map of entries.
macro_rules! keys {
    ($($key:ident: $kind:ident),* $(,)?) => {
        /// What a rulebook can hold.
        pub const KEYS: &[&str] = &["extends", "over", "remove", "name", "description", "rules", $(stringify!($key)),*];

        impl Loader<'_> {
            /// Reads the value of a key into the book; `false` for a key that nobody knows.
            fn fill(&mut self, book: &mut Book, key: &str, node: &Node) -> bool {
                match key {
                    "name" | "description" | "over" => _ = self.typed::<String>(node),
                    "rules" => {
                        let placed = |(key, rule): (Key, Rule)| (key.name, Rule { place: key.place, ..rule });
                        book.rules = self.entries(node).into_iter().map(placed).collect();
                    }
                    $(stringify!($key) => keys!(@$kind self, book.$key, node),)*
                    _ => return false,
                }
                true
            }
        }
    };
    (@value $loader:ident, $field:expr, $node:ident) => { $field = $loader.typed($node).unwrap_or_default() };
    (@entries $loader:ident, $field:expr, $node:ident) => { $field = $loader.entries($node) };
}

keys! {
    figures: value,
    parts: entries,
    title: value,
    recipient: value,
    signature: value,
    request: value,
    page: value,
    copying: value,
    county: value,
    length: value,
    quoted: value,
    patterns: entries,
    mentions: entries,
    forbid: entries,
    terms: entries,
    names: entries,
    series: entries,
    sets: entries,
    laws: entries,
    known_laws: value,
    periods: entries,
    committees: entries,
    private: value,
    places: value,
    times: value,
    citing: value,
    answers: value,
    repeated: value,
    leftover: value,
    heads: value,
    dates: value,
    duties: entries,
    dimensions: entries,
}

/// How deep `extends` may go.
const DEEPEST: usize = 16;

/// Loads a rulebook by name: an embedded one, or one that `fetch` finds (given the name and, for `extends`, the
/// name of the file that asks).
///
/// # Errors
/// All that is wrong, each at its place.
pub fn load(name: &str, fetch: Fetch<'_>) -> Result<Book, RulebookError> {
    load_leaving(LeftOut::default(), name, fetch)
}

/// As [`load`], without the examples of the shipped rules: half of a rulebook, which no check reads.
///
/// # Errors
/// As [`load`].
pub fn load_to_check(name: &str, fetch: Fetch<'_>) -> Result<Book, RulebookError> {
    // The rules of these families are tried on loading where a county changes them, their examples too.
    let own = &["patterns", "mentions", "forbid"];
    load_leaving(LeftOut { fields: &["bad", "good"], but_under: own }, name, fetch)
}

fn load_leaving(left_out: LeftOut, name: &str, fetch: Fetch<'_>) -> Result<Book, RulebookError> {
    let mut loader = Loader { fetch, left_out, files: Files::default(), problems: Vec::new(), shipped: Vec::new() };
    let node = loader.layers(name);
    let book = node.filter(|_| loader.problems.is_empty()).map(|node| loader.book(name, node));
    let Loader { files, problems, .. } = loader;
    match book {
        Some(book) if problems.is_empty() => Ok(Book { files, ..book }),
        _ => Err(RulebookError { files, problems }),
    }
}

struct Loader<'a> {
    fetch: Fetch<'a>,
    left_out: LeftOut,
    files: Files,
    problems: Vec<Problem>,
    /// Whether each file is an embedded one, which tests keep in order.
    shipped: Vec<bool>,
}

impl Loader<'_> {
    /// Reads a rulebook; `street+guizhou` are two, the second over the first.
    fn layers(&mut self, name: &str) -> Option<Node> {
        let names: Vec<&str> = name.split('+').map(str::trim).collect();
        if names.len() < 2 || embedded::get(names[0]).is_none() {
            return self.layer(name, None, None, &mut Vec::new());
        }
        names.into_iter().try_fold(None, |base, name| self.layer(name, None, base, &mut Vec::new()).map(Some)).flatten()
    }

    /// Reads a rulebook and lays it, and what it extends, over `base`. `from` asked for it, at a place in its file.
    fn layer(
        &mut self,
        name: &str,
        from: Option<(&str, Place)>,
        mut base: Option<Node>,
        chain: &mut Vec<String>,
    ) -> Option<Node> {
        let (shown, mut node) = self.read(name, from, chain)?;
        chain.push(shown.clone());
        let mut parents = self.parents(node.take("extends"));
        // An overlay that lies over nothing brings what it is made for.
        if let Some(Node { value: Value::Text(under), place }) = node.take("over")
            && base.is_none()
        {
            parents.insert(0, (under.into_owned(), place));
        }
        for (parent, place) in parents {
            base = Some(self.layer(&parent, Some((&shown, place)), base, chain)?);
        }
        chain.pop();
        layer::write_out(&mut node);
        if let Some(what) = node.take("remove") {
            let mut nothing = Node { value: Value::Map(Vec::new()), place: what.place };
            layer::remove(base.as_mut().unwrap_or(&mut nothing), &what, &mut self.problems);
        }
        self.problems.extend(layer::idle_offs(base.as_ref(), &node));
        Some(match base {
            Some(base) => base.overlaid(node),
            None => node,
        })
    }

    /// Reads one file: the name to show and its tree.
    fn read(&mut self, name: &str, from: Option<(&str, Place)>, chain: &[String]) -> Option<(String, Node)> {
        let (shown, text, pack) = match embedded::get(name) {
            Some(book) => (format!("rules/{name}.yaml"), Cow::Borrowed(book.text), Some(book)),
            None => match (self.fetch)(name, from.map(|(from, _)| from)) {
                Ok((shown, text)) => (shown, Cow::Owned(text), None),
                Err(message) => {
                    let help = nearest(name, embedded::names()).map(|near| format!("是不是想写“{near}”？"));
                    self.problems.push(Problem { place: from.map(|(_, place)| place), message, help });
                    return None;
                }
            },
        };
        if chain.contains(&shown) || chain.len() > DEEPEST {
            let message = format!("extends 绕成了圈：{} → {shown}", chain.join(" → "));
            let help = Some("去掉其中一处 extends".to_owned());
            self.problems.push(Problem { place: from.map(|(_, place)| place), message, help });
            return None;
        }
        self.shipped.push(pack.is_some());
        let read = match pack {
            Some(book) => spanned::packed(&mut self.files, &shown, book.text, book.pack, self.left_out),
            None => spanned::yaml(&mut self.files, &shown, &text),
        };
        match read {
            Ok(node) if matches!(node.value, Value::Map(_)) => return Some((shown, node)),
            Ok(node) => {
                let problem = Problem::new(node.place, "规则库应当是“名字: 内容”的对照");
                self.problems.push(problem.help("例如第一行写 extends: township"));
            }
            Err(problem) => self.problems.push(problem),
        }
        None
    }

    fn parents(&mut self, extends: Option<Node>) -> Vec<(String, Place)> {
        let items = match extends {
            None => return Vec::new(),
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => vec![node],
        };
        let mut parents = Vec::new();
        for item in items {
            match item.value {
                Value::Text(name) => parents.push((name.into_owned(), item.place)),
                _ => self.problems.push(Problem::new(item.place, "extends 后面写规则库的名字").help("例如 extends: township")),
            }
        }
        parents
    }

    fn book(&mut self, name: &str, node: Node) -> Book {
        let mut book = Book { name: name.to_owned(), ..Book::default() };
        let Value::Map(entries) = &node.value else { return book };
        for (key, node) in entries {
            if !self.fill(&mut book, &key.name, node) {
                let help = match nearest(key, KEYS.iter().copied()) {
                    Some(near) => format!("是不是想写“{near}”？"),
                    None => format!("这里可以写：{}", KEYS.join("、")),
                };
                self.problems.push(Problem::new(key.place, format!("不认识“{key}”")).help(help));
            }
        }
        book.tree = Some(node);
        self.try_patterns(&book);
        self.problems.extend(valid::problems(&book, |place| !self.shipped[place.file]));
        book.enlist();
        book
    }

    fn typed<T: DeserializeOwned>(&mut self, node: &Node) -> Option<T> {
        spanned::from_node(node).map_err(|problem| self.problems.push(problem)).ok()
    }

    /// The entries of a map, each by itself, so that one broken entry hides no other. What holds nothing is switched off.
    fn entries<T: DeserializeOwned>(&mut self, node: &Node) -> Entries<T> {
        let Value::Map(entries) = &node.value else {
            _ = self.typed::<BTreeMap<String, T>>(node);
            return Vec::new();
        };
        let on = entries.iter().filter(|(_, node)| node.value != Value::Null);
        on.filter_map(|(key, node)| Some((key.clone(), self.typed(node)?))).collect()
    }

    /// Tries the expressions of rulebooks that are not shipped.
    fn try_patterns(&mut self, book: &Book) {
        let own = |place: Place| !self.shipped[place.file];
        let problems: Vec<Problem> = patterns(book).flat_map(|patterns| patterns.problems(own)).collect();
        self.problems.extend(problems);
    }
}

/// Every list of expressions in a book.
pub(super) fn patterns(book: &Book) -> impl Iterator<Item = &Patterns> {
    let parts = book.parts.iter().flat_map(|(_, part)| {
        let musts = part.must.values().flat_map(|must| [&must.any, &must.not, &must.headings]);
        let counts = part.count.values().map(|count| &count.any);
        [&part.headings, &part.not, &part.loose, &part.told].into_iter().chain(musts).chain(counts)
    });
    let recipient = [&book.recipient.party, &book.recipient.government, &book.recipient.copy_only];
    let mentions = book.mentions.iter().flat_map(|(_, mention)| [&mention.any, &mention.not]);
    let own = book.patterns.iter().flat_map(|(_, pattern)| [pattern.find.patterns(), &pattern.not]);
    let form = [&book.signature.party, &book.signature.government];
    let others = form.into_iter().chain([&book.request.phrases, &book.copying.fixed, &book.times.rest, &book.answers.reasons]);
    parts.chain(recipient).chain(others).chain(mentions).chain(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_expressions_are_in_order() {
        for name in embedded::names() {
            let book = load(name, &|name, _| Err(name.to_owned())).unwrap_or_else(|error| panic!("{error}"));
            let problems: Vec<Problem> = patterns(&book).flat_map(|patterns| patterns.problems(|_| true)).collect();
            assert_eq!(problems, [], "{name}");
        }
    }
}
