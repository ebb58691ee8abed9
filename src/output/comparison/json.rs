//! A comparison for programs: one JSON object, stable and versioned (additions only).

use serde_json::{Value, json};

use crate::compare::{Comparison, Copied, Moved, Stated};
use crate::report::{Item, Report};
use crate::text::{Source, Span};

pub(super) fn comparison(last: &Report<'_>, this: &Report<'_>, found: &Comparison) -> String {
    let (old, new) = (&last.draft.source, &this.draft.source);
    let (same, changed): (Vec<&Moved>, Vec<&Moved>) = found.figures.iter().partition(|moved| moved.difference() == 0.0);
    let moved = |list: Vec<&Moved>| list.into_iter().map(|one| self::moved(old, new, one)).collect::<Vec<_>>();
    let object = json!({
        "tool": {"name": "rlcheck", "version": env!("CARGO_PKG_VERSION")},
        "last": report(last),
        "this": report(this),
        "copied": {
            "share": tenth(found.copies.share),
            "threshold": number(this.book.book().copying.threshold),
            "passages": found.copies.passages.iter().map(|one| copied(old, this, one)).collect::<Vec<_>>(),
        },
        "shortcomings": found.copies.repeated.iter().map(|(new_item, old_item)| with(item(new, new_item), "last", item(old, old_item))).collect::<Vec<_>>(),
        "plans": found.untraced.iter().map(|one| with(item(old, &one.item), "again", Value::from(one.again))).collect::<Vec<_>>(),
        "figures": {"same": moved(same), "changed": moved(changed)},
        "summary": {
            "copied": found.copies.passages.len(),
            "shortcomings": found.copies.repeated.len(),
            "plans": found.untraced.len(),
            "suspicious": found.figures.iter().filter(|one| one.suspicious).count(),
        },
    });
    format!("{object}\n")
}

fn report(report: &Report<'_>) -> Value {
    json!({"path": report.draft.source.name(), "year": report.identity.year, "town": report.identity.town})
}

/// A text with its place.
fn place(source: &Source, text: &str, span: Span) -> Value {
    json!({"text": text, "start": source.position(span.start), "end": source.position(span.end)})
}

/// An object with one more key.
fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

fn item(source: &Source, item: &Item) -> Value {
    place(source, &item.text, item.span)
}

fn copied(old: &Source, this: &Report<'_>, one: &Copied) -> Value {
    let change = |(last, this): (&str, &str)| json!({"last": last, "this": this});
    let mut object = place(&this.draft.source, one.this.text(), one.span());
    object["part"] = Value::from(this.part_at(one.span()));
    object["chars"] = Value::from(one.chars);
    object["last"] = place(old, one.last.text(), one.last.full_span());
    object["changes"] = one.changed().map(change).collect();
    object
}

fn moved(old: &Source, new: &Source, one: &Moved) -> Value {
    let figure = |source: &Source, stated: &Stated| with(place(source, &stated.text, stated.span), "value", number(stated.value));
    json!({
        "counts": one.this.counts,
        "unit": one.this.unit,
        "last": figure(old, &one.last),
        "this": figure(new, &one.this),
        "difference": number(one.difference()),
        "percent": one.percent().map(number),
        "suspicious": one.suspicious,
    })
}

/// A value as a JSON number: whole where it is whole.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 { Value::from(value as i64) } else { Value::from(value) }
}

fn tenth(value: f64) -> Value {
    number((value * 10.0).round() / 10.0)
}
