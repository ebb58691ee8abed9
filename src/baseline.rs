//! What was found before: a list of findings that a run leaves out, so that it shows only what is new.
//!
//! A finding is known again by its rule, its text, the part it stands in and its draft, wherever in the draft it has moved to. The file is
//! JSON, sorted, an entry a line, so that two versions of it compare well.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::finding::Finding;
use crate::text::cjk;

/// Characters of a text that are written out; of a longer one a hash stands behind them.
const WRITTEN: usize = 40;
/// The version of the file's form.
const VERSION: u32 = 1;

/// A finding that was known before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its rule.
    pub rule: String,
    /// The part that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Its text without blanks, shortened.
    pub text: String,
    /// The how-manieth of its like it is, from 1.
    pub occurrence: usize,
}

/// What was found before, by the paths of the drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    drafts: BTreeMap<String, BTreeSet<Entry>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    tool: String,
    kind: String,
    version: u32,
    entries: Vec<Line>,
}

/// An entry as it stands in the file. No `flatten`: it would let unknown keys pass.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    path: String,
    rule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<String>,
    text: String,
    occurrence: usize,
}

/// How the findings of a draft stand to what was found before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// For each finding, whether it was known.
    pub known: Vec<bool>,
    /// What was found before and is no more.
    pub fixed: Vec<Entry>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong with it, in Chinese.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |line: usize| match line {
            0 => "不是 rlcheck 写的基线文件".to_owned(),
            line => format!("第{line}行写坏了，不是 rlcheck 写的基线文件"),
        };
        let text = text.trim_start_matches('\u{feff}');
        let file: FileForm = serde_json::from_str(text).map_err(|error| wrong(error.line()))?;
        if file.kind != "baseline" || file.tool != "rlcheck" {
            return Err(wrong(0));
        }
        if file.version != VERSION {
            return Err(format!("是第{}版的基线文件，这个 rlcheck 只认第{VERSION}版", file.version));
        }
        let mut baseline = Self::default();
        for Line { path, rule, part, text, occurrence } in file.entries {
            baseline.drafts.entry(path).or_default().insert(Entry { rule, part, text, occurrence });
        }
        Ok(baseline)
    }

    /// The text of its file.
    pub fn write(&self) -> String {
        let mut out = format!("{{\"tool\":\"rlcheck\",\"kind\":\"baseline\",\"version\":{VERSION},\"entries\":[");
        let entries = self.drafts.iter().flat_map(|(path, entries)| entries.iter().map(move |entry| (path, entry)));
        for (index, (path, entry)) in entries.enumerate() {
            let Entry { rule, part, text, occurrence } = entry.clone();
            let line = Line { path: path.clone(), rule, part, text, occurrence };
            out.push_str(if index == 0 { "\n" } else { ",\n" });
            // Texts and numbers alone: writing them does not fail.
            out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        }
        out + "\n]}\n"
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.drafts.values().map(BTreeSet::len).sum()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// The drafts that it speaks of.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.drafts.keys().map(String::as_str)
    }

    /// Compares what was found in a draft with what was found before. Rules that did not run (`wants`) can tell of nothing fixed.
    pub fn compare(&self, path: &str, found: &[Entry], wants: impl Fn(&str) -> bool) -> Compared {
        let none = BTreeSet::new();
        let old = self.drafts.get(path).unwrap_or(&none);
        let new: BTreeSet<&Entry> = found.iter().collect();
        Compared {
            known: found.iter().map(|entry| old.contains(entry)).collect(),
            fixed: old.iter().filter(|entry| wants(&entry.rule) && !new.contains(entry)).cloned().collect(),
        }
    }

    /// Takes over what was found in a draft: what is fixed goes, what is new comes.
    pub fn accept(&mut self, path: &str, found: Vec<Entry>, fixed: &[Entry]) {
        let entries = self.drafts.entry(path.to_owned()).or_default();
        for entry in fixed {
            entries.remove(entry);
        }
        entries.extend(found);
        if entries.is_empty() {
            self.drafts.remove(path);
        }
    }
}

/// The findings of a draft as entries, in their order.
pub fn entries(draft: &Draft, findings: &[Finding]) -> Vec<Entry> {
    let mut counts: BTreeMap<Entry, usize> = BTreeMap::new();
    findings
        .iter()
        .map(|finding| {
            let text = normalised(draft.source.slice(finding.span));
            let entry = Entry { rule: finding.rule.clone(), part: finding.part.clone(), text, occurrence: 0 };
            let count = counts.entry(entry.clone()).or_default();
            *count += 1;
            Entry { occurrence: *count, ..entry }
        })
        .collect()
}

/// A text without blanks; of a long one its beginning and a hash of it all.
fn normalised(text: &str) -> String {
    let text: String = text.chars().filter(|c| !cjk::is_blank(*c) && !c.is_whitespace()).collect();
    match text.char_indices().nth(WRITTEN) {
        None => text,
        Some((end, _)) => {
            let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, mix);
            format!("{}…{hash:016x}", &text[..end])
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Encoding;
    use crate::{Rulebook, check};

    fn found(text: &str) -> Vec<Entry> {
        let draft = Draft::from_text("稿", text, Encoding::Utf8);
        entries(&draft, &check(&draft, &Rulebook::township()))
    }

    const TEXT: &str =
        "石坪乡2025年法治政府建设年度报告\n\n一、主要举措和成效\n\n受理信访事项48件，办结46件，办结率100%。\n\n2026年01月20日\n";

    #[test]
    fn moved_lines_are_known_again() {
        let mut baseline = Baseline::default();
        baseline.accept("稿", found(TEXT), &[]);
        let moved = found(&TEXT.replace("\n\n受理", "\n\n\n今年雨水多，各村清理沟渠。\n\n受理"));
        assert!(!moved.is_empty());
        let compared = baseline.compare("稿", &moved, |_| true);
        assert!(compared.known.iter().all(|known| *known) && compared.fixed.is_empty(), "{compared:?}");
    }

    #[test]
    fn what_is_mended_is_fixed_and_what_comes_is_new() {
        let mut baseline = Baseline::default();
        baseline.accept("稿", found(TEXT), &[]);
        let mended = found(&TEXT.replace("100%", "95.8%").replace("48件，", "48件、约50余件，"));
        let compared = baseline.compare("稿", &mended, |_| true);
        assert!(compared.fixed.iter().any(|entry| entry.rule == "rate-mismatch"), "{compared:?}");
        assert!(compared.known.contains(&false), "{compared:?}");
        assert!(
            baseline
                .compare("稿", &mended, |rule| rule != "rate-mismatch")
                .fixed
                .iter()
                .all(|entry| entry.rule != "rate-mismatch")
        );
    }

    #[test]
    fn files_of_another_form_are_refused() {
        for text in
            ["", "[]", "{}", "{\"tool\":\"rlcheck\"", "{\"tool\":\"x\",\"kind\":\"baseline\",\"version\":1,\"entries\":[]}"]
        {
            assert!(Baseline::parse(text).is_err(), "{text}");
        }
        let newer = "{\"tool\":\"rlcheck\",\"kind\":\"baseline\",\"version\":2,\"entries\":[]}";
        assert!(Baseline::parse(newer).is_err_and(|message| message.contains("第2版")));
    }

    proptest! {
        /// What is written is read again as it was.
        #[test]
        fn written_and_read(list in prop::collection::vec(("[a-z]{1,3}", "[a-z-]{1,5}", prop::option::of("[a-z]{1,4}"), "\\PC{0,50}", 1..4_usize), 0..12)) {
            let mut baseline = Baseline::default();
            for (path, rule, part, text, occurrence) in list {
                baseline.accept(&path, vec![Entry { rule, part, text, occurrence }], &[]);
            }
            let text = baseline.write();
            prop_assert_eq!(text.lines().count(), baseline.len() + 2);
            prop_assert_eq!(Baseline::parse(&text), Ok(baseline));
        }
    }
}
