//! Nodes to typed values by serde, with Chinese errors that carry a place.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::{Key, Node, Place, Problem, Value, nearest};

/// Makes a typed value of a node.
///
/// # Errors
/// The first thing that does not fit the type, with its place.
pub fn from_node<T: de::DeserializeOwned>(node: &Node) -> Result<T, Problem> {
    T::deserialize(node).map_err(|error| error.at(node.place))
}

/// A value that remembers where it stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

const SPANNED: &str = "$rlcheck::Spanned";

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw<T> {
            file: usize,
            start: usize,
            end: usize,
            value: T,
        }
        struct ThisVisitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ThisVisitor<T> {
            type Value = Spanned<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value with its place")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let raw = Raw::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Spanned { value: raw.value, place: Place { file: raw.file, start: raw.start, end: raw.end } })
            }
        }
        deserializer.deserialize_struct(SPANNED, &[], ThisVisitor(std::marker::PhantomData))
    }
}

/// A serde error on its way to a place. Nobody outside sees one: [`from_node`] makes a [`Problem`] of it.
#[derive(Debug)]
pub struct Error {
    problem: Problem,
}

impl Error {
    fn new(message: impl Into<String>, help: Option<String>) -> Self {
        Self { problem: Problem { place: None, message: message.into(), help } }
    }

    /// The error as a problem; at `place`, unless it has a place already.
    fn at(self, place: Place) -> Problem {
        Problem { place: self.problem.place.or(Some(place)), ..self.problem }
    }

    fn placed(self, place: Place) -> Self {
        Self { problem: self.at(place) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string(), None)
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let wide = matches!(found, de::Unexpected::Str(text) if text.contains('：'));
        let help = wide.then(|| "冒号要用半角“:”，后面空一格，例如 severity: warning".to_owned());
        Self::new(format!("这里应当是{}，写的却是{}", kind(&expected.to_string()), written(&found)), help)
    }

    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let help = match nearest(field, expected.iter().copied()) {
            Some(name) => format!("是不是想写“{name}”？"),
            None if expected.is_empty() => "这里不能写任何名字".to_owned(),
            None => format!("这里可以写：{}", expected.join("、")),
        };
        Self::new(format!("不认识“{field}”"), Some(help))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let help = match nearest(variant, expected.iter().copied()) {
            Some(name) => format!("是不是想写“{name}”？可以写：{}", expected.join("、")),
            None => format!("可以写：{}", expected.join("、")),
        };
        Self::new(format!("不认识“{variant}”"), Some(help))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("缺少“{field}”"), Some(format!("在这一项里补上 {field}")))
    }
}

/// What serde expected, in a drafter's words.
fn kind(expected: &str) -> &'static str {
    match expected {
        "a string" | "a borrowed string" => "文字",
        "a boolean" => "true 或 false",
        "a sequence" => "列表（每行以“- ”开头，或写在方括号里）",
        "a map" => "“名字: 内容”的对照",
        "a tuple of size 2" => "方括号里的两个值，例如 [2015, 2020]",
        text if text.starts_with("struct") => "“名字: 内容”的对照",
        text if text.starts_with("enum") || text.starts_with("variant") => "一个选项",
        text if text.starts_with(['i', 'u', 'f']) => "数字",
        _ => "别的内容",
    }
}

/// What is written instead.
fn written(found: &de::Unexpected<'_>) -> String {
    match found {
        de::Unexpected::Str(text) => format!("文字“{text}”"),
        de::Unexpected::Bool(value) => format!("{value}"),
        de::Unexpected::Signed(number) => format!("数字 {number}"),
        de::Unexpected::Unsigned(number) => format!("数字 {number}"),
        de::Unexpected::Float(number) => format!("数字 {number}"),
        de::Unexpected::Seq => "列表".to_owned(),
        de::Unexpected::Map => "“名字: 内容”的对照".to_owned(),
        _ => "空的".to_owned(),
    }
}

impl<'de> Deserializer<'de> for &Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Int(value) => visitor.visit_i64(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::Text(text) => visitor.visit_str(text),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Map(entries) => visitor.visit_map(Entries { entries: entries.iter(), value: None }),
        }
        .map_err(|error: Error| error.placed(self.place))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, count: usize, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::List(items) if items.len() != count => {
                let message = format!("这里应当写{count}个值，写的却是{}个", items.len());
                Err(Error::new(message, Some("写在方括号里，例如 [2015, 2020]".to_owned())).placed(self.place))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name != SPANNED {
            return self.deserialize_any(visitor);
        }
        visitor.visit_map(Placed { node: self, next: 0 })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.value {
            Value::Text(name) => visitor.visit_enum(name.as_ref().into_deserializer()),
            // YAML reads a bare `off` as false.
            Value::Bool(false) => visitor.visit_enum("off".into_deserializer()),
            _ => Err(de::Error::invalid_type(self.unexpected(), &visitor)),
        }
        .map_err(|error: Error| error.placed(self.place))
    }

    /// A text may be written as a bare number (`12345`).
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Int(number) => visitor.visit_string(number.to_string()),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq
        tuple_struct map identifier ignored_any
    }
}

impl Node {
    fn unexpected(&self) -> de::Unexpected<'_> {
        match &self.value {
            Value::Null => de::Unexpected::Unit,
            Value::Bool(value) => de::Unexpected::Bool(*value),
            Value::Int(value) => de::Unexpected::Signed(*value),
            Value::Float(value) => de::Unexpected::Float(*value),
            Value::Text(text) => de::Unexpected::Str(text),
            Value::List(_) => de::Unexpected::Seq,
            Value::Map(_) => de::Unexpected::Map,
        }
    }
}

struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(node) = self.0.next() else { return Ok(None) };
        seed.deserialize(node).map(Some).map_err(|error| error.placed(node.place))
    }
}

struct Entries<'a> {
    entries: std::slice::Iter<'a, (Key, Node)>,
    value: Option<&'a Node>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((key, node)) = self.entries.next() else { return Ok(None) };
        self.value = Some(node);
        let name: StrDeserializer<'_, Error> = key.name.as_str().into_deserializer();
        seed.deserialize(name).map(Some).map_err(|error| error.placed(key.place))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let node = self.value.take().ok_or_else(|| <Error as de::Error>::custom("内容缺失"))?;
        seed.deserialize(node).map_err(|error| error.placed(node.place))
    }
}

/// The entries of a [`Spanned`]: its place, then its value.
struct Placed<'a> {
    node: &'a Node,
    next: usize,
}

impl<'de> MapAccess<'de> for Placed<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(&name) = ["file", "start", "end", "value"].get(self.next) else { return Ok(None) };
        self.next += 1;
        let name: StrDeserializer<'_, Error> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Place { file, start, end } = self.node.place;
        match [file, start, end].get(self.next - 1) {
            Some(&number) => seed.deserialize(number.into_deserializer()),
            None => seed.deserialize(self.node),
        }
    }
}
