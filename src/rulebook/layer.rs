//! What a layer may say of those below it, besides laying its values over theirs: short forms (`某词: off`), and
//! `remove`, which takes values away.

use crate::spanned::{Key, Node, Place, Problem, Value, nearest};

/// Maps of entries of which each can be switched off or re-graded by one word.
const GRADED: [&str; 2] = ["rules", "patterns"];
/// Maps of entries of which each can be switched off by one word or by nothing at all.
const ENTRIES: [&str; 12] =
    ["parts", "terms", "names", "series", "sets", "laws", "periods", "committees", "duties", "dimensions", "mentions", "forbid"];

/// Maps of entries that bear a grade of their own.
const OWN_GRADE: [&str; 4] = ["terms", "names", "mentions", "forbid"];

/// What can stand for an entry in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Short {
    /// A grade: `date-form: off`.
    Grade,
    /// A grade, or nothing.
    GradeOrNothing,
    /// A message: `某词: 为什么`.
    Text,
    /// Nothing but `off`, or nothing.
    Off,
}

/// The families of which an entry can be written in short, and how.
pub(super) fn short_forms() -> impl Iterator<Item = (&'static str, Short)> {
    let short = |family: &str| match family {
        "forbid" => Short::Text,
        family if OWN_GRADE.contains(&family) => Short::GradeOrNothing,
        _ => Short::Off,
    };
    let entries = ENTRIES.into_iter().map(move |family| (family, short(family)));
    GRADED.into_iter().map(|family| (family, Short::Grade)).chain(entries)
}

/// Writes the short forms of a layer out: `date-form: off` is `date-form: {severity: off}`, `某词: off` is `某词:`
/// without anything, which switches the entry off, `某词: info` re-grades it, and `forbid` may give nothing but its
/// message.
pub(super) fn write_out(layer: &mut Node) {
    let Value::Map(families) = &mut layer.value else { return };
    for (family, node) in families {
        let graded = GRADED.contains(&family.as_str());
        if !graded && !ENTRIES.contains(&family.as_str()) {
            continue;
        }
        let Value::Map(entries) = &mut node.value else { continue };
        for (_, entry) in entries {
            let (Some(word), place) = (word(entry), entry.place) else { continue };
            let field = match word {
                "off" if !graded => {
                    entry.value = Value::Null;
                    continue;
                }
                _ if graded => "severity",
                "info" | "warning" | "error" if OWN_GRADE.contains(&family.as_str()) => "severity",
                _ if family.as_str() == "forbid" => "message",
                _ => continue,
            };
            let word = word.to_owned();
            let text = Node { value: Value::Text(word.into()), place };
            entry.value = Value::Map(vec![(Key { name: field.to_owned(), place }, text)]);
        }
    }
}

/// One word that stands for an entry; YAML reads a bare `off` as false.
fn word(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        Value::Bool(false) => Some("off"),
        _ => None,
    }
}

/// Entries of a layer that are switched off and that no layer below has.
pub(super) fn idle_offs(base: Option<&Node>, layer: &Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    for family in ENTRIES {
        let Some(Value::Map(entries)) = layer.get(family).map(|node| &node.value) else { continue };
        let below = base.and_then(|base| base.get(family));
        for (key, _) in entries.iter().filter(|(_, entry)| entry.value == Value::Null) {
            if below.and_then(|below| below.get(key)).is_none() {
                let problem = Problem::new(key.place, format!("下面几层的 {family} 里没有“{key}”，关不掉"));
                problems.push(suggested(problem, key, names(below)));
            }
        }
    }
    problems
}

/// Takes away from the layers below what a layer's `remove` names: a list under a list takes items, a list under a map
/// takes keys, and a map goes a step further down.
pub(super) fn remove(base: &mut Node, what: &Node, problems: &mut Vec<Problem>) {
    match (&mut base.value, &what.value) {
        (Value::Map(entries), Value::Map(steps)) => {
            for (key, what) in steps {
                match entries.iter_mut().find(|(name, _)| name.name == key.name) {
                    Some((_, node)) => remove(node, what, problems),
                    None => problems.push(absent(key.place, key, entries.iter().map(|(name, _)| name.as_str()))),
                }
            }
        }
        (Value::Map(entries), Value::List(names)) => {
            for name in names {
                match entries.iter().position(|(key, _)| matches!(&name.value, Value::Text(name) if *name == key.name)) {
                    Some(at) => _ = entries.remove(at),
                    None => problems.push(absent(name.place, &shown(name), entries.iter().map(|(name, _)| name.as_str()))),
                }
            }
        }
        (Value::List(items), Value::List(names)) => {
            for name in names {
                match items.iter().position(|item| item.value == name.value) {
                    Some(at) => _ = items.remove(at),
                    None => problems.push(absent(name.place, &shown(name), items.iter().filter_map(text))),
                }
            }
        }
        _ => problems.push(
            Problem::new(what.place, "remove 下面要列出去掉哪几项")
                .help("例如 remove: {known_laws: [乡镇企业法]}，或者整项去掉：remove: {recipient: [party]}"),
        ),
    }
}

fn absent<'a>(place: Place, name: &str, names: impl Iterator<Item = &'a str>) -> Problem {
    suggested(Problem::new(place, format!("下面几层里没有“{name}”，去不掉")), name, names)
}

fn suggested<'a>(problem: Problem, name: &str, names: impl Iterator<Item = &'a str>) -> Problem {
    match nearest(name, names) {
        Some(near) => problem.help(format!("是不是想写“{near}”？")),
        None => problem.help("请照下面一层的写法抄，一个字也不能差；本来就没有的，删去这一项"),
    }
}

fn names(node: Option<&Node>) -> impl Iterator<Item = &str> {
    let entries = match node.map(|node| &node.value) {
        Some(Value::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|(key, _)| key.as_str())
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        _ => "这一项".to_owned(),
    }
}
