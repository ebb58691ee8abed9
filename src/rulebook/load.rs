//! Layers of YAML to one book.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;

use super::embedded;
use super::pattern::Patterns;
use super::schema::{Book, Entries, Rule};
use crate::spanned::{self, Files, Key, Node, Place, Problem, Value, nearest};

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

/// What a rulebook can hold.
const KEYS: [&str; 26] = [
    "extends",
    "name",
    "description",
    "figures",
    "rules",
    "parts",
    "title",
    "recipient",
    "signature",
    "request",
    "page",
    "copying",
    "county",
    "terms",
    "names",
    "series",
    "sets",
    "laws",
    "known_laws",
    "periods",
    "committees",
    "private",
    "places",
    "duties",
    "dimensions",
    "quoted",
];

/// How deep `extends` may go.
const DEEPEST: usize = 16;

/// Loads a rulebook by name: an embedded one, or one that `fetch` finds (given the name and, for `extends`, the
/// name of the file that asks).
///
/// # Errors
/// All that is wrong, each at its place.
pub fn load(name: &str, fetch: Fetch<'_>) -> Result<Book, RulebookError> {
    let mut loader = Loader { fetch, files: Files::default(), problems: Vec::new(), shipped: Vec::new() };
    let node = loader.layer(name, None, &mut Vec::new());
    let book = node.filter(|_| loader.problems.is_empty()).map(|node| loader.book(name, node));
    let Loader { files, problems, .. } = loader;
    match book {
        Some(book) if problems.is_empty() => Ok(Book { files, ..book }),
        _ => Err(RulebookError { files, problems }),
    }
}

struct Loader<'a> {
    fetch: Fetch<'a>,
    files: Files,
    problems: Vec<Problem>,
    /// Whether each file is an embedded one, which tests keep in order.
    shipped: Vec<bool>,
}

impl Loader<'_> {
    /// Reads a rulebook and lays it over the ones that it extends. `from` asked for it, at a place in its file.
    fn layer(&mut self, name: &str, from: Option<(&str, Place)>, chain: &mut Vec<String>) -> Option<Node> {
        let (shown, text, pack) = match embedded::get(name) {
            Some(book) => (format!("rules/{name}.yaml"), book.text.to_owned(), Some(book.pack)),
            None => match (self.fetch)(name, from.map(|(from, _)| from)) {
                Ok((shown, text)) => (shown, text, None),
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
            Some(pack) => spanned::packed(&mut self.files, &shown, &text, pack),
            None => spanned::yaml(&mut self.files, &shown, &text),
        };
        let mut node = match read {
            Ok(node) => node,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        if !matches!(node.value, Value::Map(_)) {
            self.problems.push(Problem::new(node.place, "规则库应当是“名字: 内容”的对照").help("例如第一行写 extends: township"));
            return None;
        }
        chain.push(shown.clone());
        let mut base = None;
        for (parent, place) in self.parents(node.take("extends")) {
            let layer = self.layer(&parent, Some((&shown, place)), chain)?;
            base = Some(match base {
                Some(base) => Node::overlaid(base, layer),
                None => layer,
            });
        }
        chain.pop();
        Some(match base {
            Some(base) => base.overlaid(node),
            None => node,
        })
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
                Value::Text(name) => parents.push((name, item.place)),
                _ => self.problems.push(Problem::new(item.place, "extends 后面写规则库的名字").help("例如 extends: township")),
            }
        }
        parents
    }

    fn book(&mut self, name: &str, node: Node) -> Book {
        let mut book = Book { name: name.to_owned(), ..Book::default() };
        let Value::Map(entries) = node.value else { return book };
        for (key, node) in entries {
            match key.name.as_str() {
                "name" | "description" => _ = self.typed::<String>(&node),
                "figures" => book.figures = self.typed(&node).unwrap_or_default(),
                "rules" => {
                    let placed = |(key, rule): (Key, Rule)| (key.name, Rule { place: key.place, ..rule });
                    book.rules = self.entries(&node).into_iter().map(placed).collect();
                }
                "parts" => book.parts = self.entries(&node),
                "title" => book.title = self.typed(&node).unwrap_or_default(),
                "recipient" => book.recipient = self.typed(&node).unwrap_or_default(),
                "signature" => book.signature = self.typed(&node).unwrap_or_default(),
                "request" => book.request = self.typed(&node).unwrap_or_default(),
                "page" => book.page = self.typed(&node).unwrap_or_default(),
                "county" => book.county = self.typed(&node).unwrap_or_default(),
                "copying" => book.copying = self.typed(&node).unwrap_or_default(),
                "quoted" => book.quoted = self.typed(&node).unwrap_or_default(),
                "terms" => book.terms = self.entries(&node),
                "names" => book.names = self.entries(&node),
                "series" => book.series = self.entries(&node),
                "sets" => book.sets = self.entries(&node),
                "laws" => book.laws = self.entries(&node),
                "known_laws" => book.known_laws = self.typed(&node).unwrap_or_default(),
                "periods" => book.periods = self.entries(&node),
                "committees" => book.committees = self.entries(&node),
                "private" => book.private = self.typed(&node).unwrap_or_default(),
                "places" => book.places = self.typed(&node).unwrap_or_default(),
                "duties" => book.duties = self.entries(&node),
                "dimensions" => book.dimensions = self.entries(&node),
                unknown => {
                    let help = match nearest(unknown, KEYS) {
                        Some(near) => format!("是不是想写“{near}”？"),
                        None => format!("这里可以写：{}", KEYS.join("、")),
                    };
                    self.problems.push(Problem::new(key.place, format!("不认识“{unknown}”")).help(help));
                }
            }
        }
        self.try_patterns(&book);
        book
    }

    fn typed<T: DeserializeOwned>(&mut self, node: &Node) -> Option<T> {
        spanned::from_node(node).map_err(|problem| self.problems.push(problem)).ok()
    }

    /// The entries of a map, each by itself, so that one broken entry hides no other.
    fn entries<T: DeserializeOwned>(&mut self, node: &Node) -> Entries<T> {
        let Value::Map(entries) = &node.value else {
            _ = self.typed::<BTreeMap<String, T>>(node);
            return Vec::new();
        };
        entries.iter().filter_map(|(key, node)| Some((key.clone(), self.typed(node)?))).collect()
    }

    /// Tries the expressions of rulebooks that are not shipped.
    fn try_patterns(&mut self, book: &Book) {
        let own = |place: Place| !self.shipped[place.file];
        let problems: Vec<Problem> = patterns(book).flat_map(|patterns| patterns.problems(own)).collect();
        self.problems.extend(problems);
    }
}

/// Every list of expressions in a book.
fn patterns(book: &Book) -> impl Iterator<Item = &Patterns> {
    let parts = book.parts.iter().flat_map(|(_, part)| {
        let musts = part.must.values().flat_map(|must| [&must.any, &must.not]);
        [&part.headings, &part.not].into_iter().chain(musts)
    });
    let recipient = [&book.recipient.party, &book.recipient.government, &book.recipient.copy_only];
    let others = [&book.signature.party, &book.signature.government, &book.request.phrases, &book.copying.fixed];
    parts.chain(recipient).chain(others)
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
