//! YAML to nodes. The only file that knows the YAML library.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Error, Location, Spanned};

use super::{Key, Node, Place, Problem, Value};
use crate::text::{Source, Span};

/// A value as the library gives it.
enum Raw {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
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
        i64::try_from(value).map(Raw::Int).map_err(|_| E::custom("数太大"))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
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

/// Reads one YAML document.
pub(super) fn read(source: &Source, file: usize) -> Result<Node, Problem> {
    // `off`, `yes` and the like are words.
    let options = serde_yaml::options! { strict_booleans: true };
    let raw: Spanned<Raw> =
        serde_yaml::from_str_with_options(source.text(), options).map_err(|error| problem(&error, source, file))?;
    Ok(node(raw, file))
}

fn node(raw: Spanned<Raw>, file: usize) -> Node {
    let place = place(&raw.referenced, file);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Bool(value) => Value::Bool(value),
        Raw::Int(value) => Value::Int(value),
        Raw::Float(value) => Value::Float(value),
        Raw::Text(value) => Value::Text(value.into()),
        Raw::List(items) => Value::List(items.into_iter().map(|item| node(item, file)).collect()),
        Raw::Map(entries) => {
            let entry = |(key, value): (Spanned<String>, Spanned<Raw>)| {
                let place = self::place(&key.referenced, file);
                (Key { name: key.value, place }, node(value, file))
            };
            Value::Map(entries.into_iter().map(entry).collect())
        }
    };
    Node { value, place }
}

fn place(location: &Location, file: usize) -> Place {
    let span = location.span();
    let start = span.byte_offset().unwrap_or_default() as usize;
    Place { file, start, end: start + span.byte_len().unwrap_or_default() as usize }
}

/// The library's error in Chinese, at the place it names.
fn problem(error: &Error, source: &Source, file: usize) -> Problem {
    let error = error.without_snippet();
    let place = error.location().map(|location| {
        if location.span().byte_offset().is_some() {
            return self::place(&location, file);
        }
        let start = source.offset(location.line() as usize, location.column() as usize).unwrap_or(source.text().len());
        let end = source.text()[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        Place { file, start, end }
    });
    let line = place.map(|place| source.slice(source.line_span(source.line_index(place.start)))).unwrap_or_default();
    let (message, help) = match error {
        Error::DuplicateMappingKey { key, .. } => {
            (format!("“{}”写了两次", key.as_deref().unwrap_or("这一项")), Some("同一级里每个名字只能写一次，请合并成一处"))
        }
        Error::Budget { .. } | Error::AliasReplayLimitExceeded { .. } | Error::AliasExpansionLimitExceeded { .. } => {
            ("文件嵌套或引用太多，不像正常的规则库，已停止读取".to_owned(), None)
        }
        Error::UnknownAnchor { .. } => ("引用了没有定义的锚点（* 开头的名字）".to_owned(), None),
        _ if line.contains('：') && !line.contains(':') => {
            ("这一行看不懂".to_owned(), Some("冒号要用半角“:”，后面空一格，例如 severity: warning"))
        }
        _ if line.contains('\t') => ("这一行看不懂".to_owned(), Some("缩进只能用空格，不能用制表符（Tab）")),
        _ => {
            let help = "请检查缩进是否对齐、冒号后是否空格、引号是否成对；含有冒号、#、* 等符号的文字要用引号括起来";
            ("这里不符合 YAML 的写法".to_owned(), Some(help))
        }
    };
    let place = place.or(Some(Place { file, ..Place::default() }));
    let place = place.map(|place| clamp(place, source));
    Problem { place, message, help: help.map(str::to_owned) }
}

/// A place within the text and within one line.
fn clamp(place: Place, source: &Source) -> Place {
    let line: Span = source.line_span(source.line_index(place.start.min(source.text().len())));
    let start = place.start.min(line.end);
    Place { start, end: place.end.clamp(start, line.end), ..place }
}
