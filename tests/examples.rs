//! The shipped examples: what is said of each, so that a change shows its reach.

use std::fmt::Write as _;
use std::path::Path;

use rlcheck::{Draft, Rulebook, check};

fn findings(path: &str) -> String {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a shipped example");
    let draft = Draft::parse(path, &bytes).expect("text");
    let mut out = String::new();
    for finding in check(&draft, &Rulebook::township()) {
        let position = draft.source.position(finding.span.start);
        let text = draft.source.slice(finding.span).replace('\n', "¶");
        writeln!(
            out,
            "{}:{} {} {}: {}\n    {text}",
            position.line,
            position.column,
            finding.severity.name(),
            finding.rule,
            finding.message
        )
        .expect("a string takes everything");
    }
    out
}

#[test]
fn clean_examples_have_no_findings() {
    for path in ["examples/clean.md", "examples/two-years/2024.md", "examples/two-years/2025.md"] {
        assert_eq!(findings(path), "", "{path}");
    }
}

#[test]
fn faulty_example() {
    insta::assert_snapshot!("faulty", findings("examples/faulty.md"));
}

#[test]
fn plain_example() {
    insta::assert_snapshot!("plain", findings("examples/plain.txt"));
}
