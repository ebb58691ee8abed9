//! What an expert would mark in real drafts, where they are at hand: `../shared/drafts`, or `RLCHECK_CORPUS`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rlcheck::text::Span;
use rlcheck::{Draft, Rulebook, check};

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("RLCHECK_CORPUS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    Some(folder.join("drafts")).filter(|folder| folder.join("expected.tsv").is_file())
}

/// Every row of expected.tsv: draft, must or mustnot, rules, the text that a finding touches.
#[test]
fn expert_verdicts_are_met() {
    let Some(folder) = folder() else { return };
    let book = Rulebook::township();
    let rows = std::fs::read_to_string(folder.join("expected.tsv")).expect("a table");
    let mut missed = Vec::new();
    for row in rows.lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [name, expect, rules, text, ..] = cells.as_slice() else { continue };
        let rules: BTreeSet<&str> = rules.split(',').collect();
        let bytes = std::fs::read(folder.join(name).with_extension("txt")).expect("a draft");
        let draft = Draft::parse(name, &bytes).expect("text");
        let place = draft.source.text().find(text).map(|at| Span::new(at, at + text.len()));
        let touches = |span: Span| *text == "-" || place.is_some_and(|place| span.start < place.end && place.start < span.end);
        let found = check(&draft, &book).iter().any(|finding| {
            let spans = std::iter::once(finding.span).chain(finding.related.iter().map(|related| related.span));
            rules.contains(finding.rule.as_str()) && spans.into_iter().any(touches)
        });
        if found != (*expect == "must") {
            missed.push(row);
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
