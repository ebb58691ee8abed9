//! TOML to nodes. The only file that knows the TOML library.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::{Key, Node, Place, Problem, Value};

/// Reads one TOML document.
pub(super) fn read(text: &str, file: usize) -> Result<Node, Problem> {
    let table = DeTable::parse(text).map_err(|error| {
        let range = error.span().unwrap_or(0..0);
        Problem::new(Place { file, start: range.start, end: range.end }, "这里不符合 TOML 的写法")
            .help("文字要加双引号，例如 town = \"青溪镇\"；名字只用英文字母；列表写在方括号里")
    })?;
    Ok(Node { value: map(table.into_inner(), file), place: Place { file, start: 0, end: 0 } })
}

fn map(table: DeTable<'_>, file: usize) -> Value {
    let mut entries: Vec<_> = table
        .into_iter()
        .map(|(key, value)| {
            let place = place(&key.span(), file);
            (Key { name: key.into_inner().into_owned(), place }, node(value, file))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.place.start);
    Value::Map(entries)
}

fn node(value: Spanned<DeValue<'_>>, file: usize) -> Node {
    let place = place(&value.span(), file);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned().into()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::Int),
        DeValue::Float(number) => number.as_str().parse().map_or(Value::Null, Value::Float),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Datetime(date) => Value::Text(date.to_string().into()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| node(item, file)).collect()),
        DeValue::Table(table) => map(table, file),
    };
    Node { value, place }
}

fn place(range: &std::ops::Range<usize>, file: usize) -> Place {
    Place { file, start: range.start, end: range.end }
}
