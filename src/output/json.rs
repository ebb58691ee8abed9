//! `--format json`: one object for a run, stable and versioned (additions only).

use std::ops::Range;

use serde::Serialize;
use serde_json::{Value, json};

use super::form::{Page, Writer};
use super::overview::states;
use super::summary::Summary;
use super::{Checked, Tally};
use crate::finding::{Elsewhere, Finding, Fix, Related};
use crate::spanned::{self, Files};
use crate::text::{Position, Source, Span};

/// Bytes that most findings need, in the output.
const ROOM: usize = 1024;

#[derive(Serialize)]
struct SummaryJson {
    #[serde(flatten)]
    tally: Tally,
    rules: Value,
}

/// A value as JSON text. Nothing that is written here can fail: all keys are texts.
fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What made the output.
pub(super) fn tool() -> Value {
    json!({"name": "rlcheck", "version": env!("CARGO_PKG_VERSION")})
}

/// A draft with what was found in it. The keys are written as they stand here: a draft has thousands of them.
pub(super) fn draft(checked: &Checked<'_>) -> String {
    let Checked { identity, findings, draft, book, since, .. } = checked;
    let mut out = String::with_capacity(ROOM * (findings.len() + 1));
    string(&mut out, "{\"path\":", draft.source.name());
    out.push_str(",\"year\":");
    match identity.year {
        Some(year) => number(&mut out, "", year as usize),
        None => out.push_str("null"),
    }
    option(&mut out, ",\"town\":", identity.town.as_deref());
    let mut places = Places { source: &draft.source, span: Span::new(0, 0), start: draft.source.position(0), written: 0..0 };
    list(&mut out, ",\"findings\":", findings, |out, found| finding(out, &mut places, &book.book().files, found));
    parts(&mut out, checked);
    if let Some(since) = since {
        number(&mut out, ",\"baseline\":{\"known\":", since.known.len());
        list(&mut out, ",\"fixed\":", &since.fixed, |out, entry| out.push_str(&write(entry)));
        out.push('}');
    }
    out.push('}');
    out
}

/// Each required part, by its key: present, incomplete or missing.
fn parts(out: &mut String, checked: &Checked<'_>) {
    let mut states = states(checked);
    states.sort_unstable_by_key(|(key, ..)| *key);
    out.push_str(",\"parts\":{");
    for (at, (key, _, state)) in states.into_iter().enumerate() {
        string(out, if at == 0 { "" } else { "," }, key);
        string(out, ":", state.name());
    }
    out.push('}');
}

/// Where the places of a draft are: most are sought in the order of the text, and some lines have a thousand characters.
struct Places<'a> {
    source: &'a Source,
    /// The last span that was sought.
    span: Span,
    /// Where it begins.
    start: Position,
    /// Where in the output its bounds stand, if they do.
    written: Range<usize>,
}

impl Places<'_> {
    /// Writes where a span begins and ends: what mends a finding mostly stands where the finding does.
    fn bounds(&mut self, out: &mut String, span: Span) {
        if span == self.span && !self.written.is_empty() {
            out.extend_from_within(self.written.clone());
            return;
        }
        let start = self.source.position_from(self.start, span.start);
        let from = out.len();
        positions(out, start, self.source.position_from(start, span.end));
        (self.span, self.start, self.written) = (span, start, from..out.len());
    }

    /// Writes what stands at a span, and where it is.
    fn place(&mut self, out: &mut String, span: Span) {
        string(out, "\"text\":", self.source.slice(span));
        out.push(',');
        self.bounds(out, span);
    }
}

fn finding(out: &mut String, places: &mut Places<'_>, files: &Files, finding: &Finding) {
    let Finding { rule, severity, message, help, basis, span, part, data, related, fixes, asked } = finding;
    string(out, "{\"rule\":", rule);
    out.extend([",\"severity\":\"", severity.name(), "\""]);
    string(out, ",\"message\":", message);
    option(out, ",\"help\":", help.as_deref());
    option(out, ",\"basis\":", basis.as_deref());
    out.push(',');
    places.place(out, *span);
    option(out, ",\"part\":", part.as_deref());
    out.push_str(",\"data\":");
    if data.is_empty() {
        out.push_str("{}");
    } else {
        out.push_str(&write(data));
    }
    list(out, ",\"related\":", related, |out, related| self::related(out, places, related));
    list(out, ",\"fixes\":", fixes, |out, fix| self::fix(out, places, fix));
    out.push_str(",\"rulebook\":");
    match asked {
        Some(place) => asked_by(out, files, *place),
        None => out.push_str("null"),
    }
    out.push('}');
}

/// The line of the rulebook that asked for a finding.
fn asked_by(out: &mut String, files: &Files, place: spanned::Place) {
    let Position { line, column, .. } = files.position(place);
    string(out, "{\"path\":", files.source(place).name());
    number(out, ",\"line\":", line);
    number(out, ",\"column\":", column);
    out.push('}');
}

fn related(out: &mut String, places: &mut Places<'_>, related: &Related) {
    string(out, "{\"message\":", &related.message);
    out.push(',');
    match &related.elsewhere {
        Some(Elsewhere { path, text, start, end }) => {
            string(out, "\"path\":", path);
            string(out, ",\"text\":", text);
            out.push(',');
            positions(out, *start, *end);
        }
        None => places.place(out, related.span),
    }
    out.push('}');
}

fn fix(out: &mut String, places: &mut Places<'_>, fix: &Fix) {
    string(out, "{\"title\":", &fix.title);
    out.push_str(if fix.safe { ",\"safe\":true" } else { ",\"safe\":false" });
    list(out, ",\"edits\":", &fix.edits, |out, edit| {
        out.push('{');
        places.bounds(out, edit.span);
        string(out, ",\"replacement\":", &edit.replacement);
        out.push('}');
    });
    out.push('}');
}

fn positions(out: &mut String, start: Position, end: Position) {
    for (key, Position { offset, line, column }) in [("\"start\":{\"offset\":", start), (",\"end\":{\"offset\":", end)] {
        number(out, key, offset);
        number(out, ",\"line\":", line);
        number(out, ",\"column\":", column);
        out.push('}');
    }
}

/// Writes a list behind its key.
fn list<'t, T>(out: &mut String, key: &str, items: &'t [T], mut each: impl FnMut(&mut String, &'t T)) {
    out.push_str(key);
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        each(out, item);
    }
    out.push(']');
}

/// Writes a text that may be missing behind its key.
fn option(out: &mut String, key: &str, text: Option<&str>) {
    match text {
        Some(text) => string(out, key, text),
        None => out.extend([key, "null"]),
    }
}

/// Writes a text behind its key.
#[inline]
fn string(out: &mut String, key: &str, text: &str) {
    out.push_str(key);
    quoted(out, text);
}

/// Writes a text.
fn quoted(out: &mut String, text: &str) {
    // Looks at all bytes, which is faster than to stop at one that is hardly ever there.
    let special = |byte| u8::from(matches!(byte, ..b' ' | b'"' | b'\\'));
    let escaped = text.bytes().fold(0, |found, byte| found | special(byte));
    if escaped != 0 {
        out.push_str(&write(&text));
    } else {
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}

/// Writes a number behind its key.
#[inline]
fn number(out: &mut String, key: &str, number: usize) {
    out.push_str(key);
    digits(out, number);
}

/// The numbers of two digits, one behind the other.
const PAIRS: &str = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

fn digits(out: &mut String, number: usize) {
    if number < 10 {
        out.push(char::from(b'0' + number as u8));
        return;
    }
    if number >= 100 {
        digits(out, number / 100);
    }
    let pair = number % 100 * 2;
    out.push_str(&PAIRS[pair..pair + 2]);
}

/// The sum over all drafts.
pub(super) fn sum(tally: Tally, summary: &Summary) -> String {
    write(&SummaryJson { tally, rules: summary.rules() })
}

/// Writes the object.
#[derive(Default)]
pub(super) struct Json {
    /// Whether a draft has been written.
    begun: bool,
    summary: Summary,
}

impl Writer for Json {
    fn head(&mut self) -> String {
        format!("{{\"tool\":{},\"drafts\":[", tool())
    }

    fn draft(&mut self, page: Page) -> String {
        let Page { mut text, overview, .. } = page;
        if let Some(overview) = overview {
            self.summary.add(*overview);
        }
        text.insert_str(0, if std::mem::replace(&mut self.begun, true) { ",\n" } else { "\n" });
        text
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        Ok(format!("\n],\"summary\":{}}}\n", sum(tally, &self.summary)).into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_and_numbers_are_json(text in any::<String>(), control in "[\\x00-\\x7f]{0,9}", count in any::<usize>()) {
            let mut out = String::new();
            string(&mut out, "[", &text);
            string(&mut out, ",", &control);
            number(&mut out, ",", count);
            option(&mut out, ",", None);
            out.push(']');
            assert_eq!(out, json!([text, control, count, null]).to_string());
        }
    }
}
