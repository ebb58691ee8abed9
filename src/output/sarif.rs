//! `--format sarif`: SARIF 2.1.0, for code hosts, editors and dashboards.
//!
//! Results are written as they come; the rules stand before them, the files behind them.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::form::{Page, Writer};
use super::{Checked, Tally};
use crate::finding::{Edit, Elsewhere, Finding, Fix, Related, Severity};
use crate::rulebook::{Grade, Rule, Rulebook};
use crate::text::{Source, Span};

/// The base of relative paths: the folder in which rlcheck runs.
const ROOT: &str = "SRCROOT";

/// The results of a draft, and the draft as an artifact.
pub(super) fn page(checked: &Checked<'_>) -> Page {
    let file = File { source: &checked.draft.source, word: checked.draft.word.is_some() };
    let marks = fingerprints(checked);
    let results = checked.findings.iter().zip(marks).map(|(finding, mark)| result(checked, &file, finding, &mark).to_string());
    Page { text: results.collect::<Vec<_>>().join(",\n"), aside: file.artifact().to_string(), ..Page::default() }
}

/// A draft as SARIF sees it.
struct File<'a> {
    source: &'a Source,
    /// Whether it is a Word file, whose text is not that of its bytes.
    word: bool,
}

impl File<'_> {
    fn artifact(&self) -> Value {
        let kind = if self.word {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        } else if Path::new(self.source.name()).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt")) {
            "text/plain"
        } else {
            "text/markdown"
        };
        json!({"location": location(self.source.name()), "mimeType": kind, "sourceLanguage": "zh-CN"})
    }

    fn physical(&self, span: Span) -> Value {
        json!({"artifactLocation": location(self.source.name()), "region": self.region(span, true)})
    }

    /// A place: lines and columns in characters; in a Word file, characters of the text that is read out of it.
    fn region(&self, span: Span, snippet: bool) -> Value {
        let (start, end) = (self.source.position(span.start), self.source.position(span.end));
        let mut region = if self.word {
            let before = |offset: usize| self.source.text()[..offset].chars().count();
            json!({
                "charOffset": before(start.offset),
                "charLength": before(end.offset) - before(start.offset),
                "properties": {"note": "按读出的文字数的位置，不是文件里的字节", "line": start.line, "column": start.column},
            })
        } else {
            json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
        };
        if snippet {
            region["snippet"] = json!({"text": self.source.slice(span)});
        }
        region
    }

    fn fix(&self, fix: &Fix) -> Value {
        let replacement =
            |edit: &Edit| json!({"deletedRegion": self.region(edit.span, false), "insertedContent": {"text": edit.replacement}});
        json!({
            "description": {"text": fix.title},
            "artifactChanges": [{
                "artifactLocation": location(self.source.name()),
                "replacements": fix.edits.iter().map(replacement).collect::<Vec<_>>(),
            }],
        })
    }
}

fn result(checked: &Checked<'_>, file: &File<'_>, finding: &Finding, fingerprint: &str) -> Value {
    let related = |(at, related): (usize, &Related)| {
        let place = related.elsewhere.as_ref().map_or_else(|| file.physical(related.span), elsewhere);
        json!({"id": at + 1, "physicalLocation": place, "message": {"text": related.message}})
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": finding.said()},
        "locations": [{"physicalLocation": file.physical(finding.span)}],
        "partialFingerprints": {"rlcheck/v1": fingerprint},
        "properties": {"severity": finding.severity.name(), "part": finding.part, "data": finding.data},
    });
    if !finding.related.is_empty() {
        result["relatedLocations"] = finding.related.iter().enumerate().map(related).collect();
    }
    // A program that applies fixes would write them into the bytes of a Word file.
    if !finding.fixes.is_empty() && file.word {
        result["properties"]["fixes"] = finding.fixes.iter().map(|fix| Value::from(fix.title.as_str())).collect();
    } else if !finding.fixes.is_empty() {
        result["fixes"] = finding.fixes.iter().map(|fix| file.fix(fix)).collect();
        result["properties"]["safe"] = finding.fixes.iter().map(|fix| Value::from(fix.safe)).collect();
    }
    if let Some(place) = finding.asked {
        let files = &checked.book.book().files;
        let position = files.position(place);
        result["properties"]["rulebook"] =
            json!({"path": files.source(place).name(), "line": position.line, "column": position.column});
    }
    result
}

/// A place in another draft; of a Word file only which one it is, as its lines are not the file's.
fn elsewhere(there: &Elsewhere) -> Value {
    let mut place = json!({"artifactLocation": location(&there.path)});
    if !there.path.to_ascii_lowercase().ends_with(".docx") {
        let (start, end) = (there.start, there.end);
        place["region"] =
            json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column});
    }
    place
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// What tells a finding from the others of its draft, wherever the text round it moves: the rule, the text that it
/// marks, and how many of the same stand before it.
fn fingerprints(checked: &Checked<'_>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut mark = |finding: &Finding| {
        let text = checked.draft.source.slice(finding.span);
        let mut key: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{3000}').collect();
        for fact in ["section", "missing"] {
            _ = write!(key, "\n{}", finding.data.get(fact).and_then(Value::as_str).unwrap_or_default());
        }
        key = format!("{}\n{key}", finding.rule);
        let before = seen.entry(key.clone()).or_default();
        *before += 1;
        format!("{:016x}:{before}", fnv(&key))
    };
    checked.findings.iter().map(&mut mark).collect()
}

/// The hash FNV-1a: the same in every version of the program.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Where a file is: relative to the root, or absolute.
fn location(name: &str) -> Value {
    let path = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    if cfg!(windows) && drive {
        return json!({"uri": format!("file:///{}{}", &path[..2], encode(&path[2..]))});
    }
    if path.starts_with('/') {
        return json!({"uri": format!("file://{}", encode(&path))});
    }
    let mut relative = path.as_str();
    while let Some(rest) = relative.strip_prefix("./") {
        relative = rest;
    }
    json!({"uri": encode(relative), "uriBaseId": ROOT})
}

/// A path with everything but letters, digits and slashes percent-encoded, as a URI writes it.
fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// What SARIF says of a rule.
fn descriptor(name: &str, rule: &Rule) -> Value {
    let sections = [
        rule.help.as_ref().map(|help| format!("改法：{help}")),
        rule.basis.as_ref().map(|basis| format!("依据：{basis}")),
        (!rule.bad.is_empty()).then(|| format!("这样写会指出：\n{}", rule.bad.join("\n"))),
        (!rule.good.is_empty()).then(|| format!("这样写没有问题：\n{}", rule.good.join("\n"))),
    ];
    let help: Vec<String> = std::iter::once(rule.why.clone()).chain(sections.into_iter().flatten()).collect();
    let severity = rule.severity.severity();
    json!({
        "id": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": help.join("\n\n")},
        "defaultConfiguration": {"level": severity.map_or("none", level), "enabled": rule.severity != Grade::Off},
    })
}

/// Writes the log.
pub(super) struct Sarif {
    rules: String,
    first: bool,
    artifacts: Vec<String>,
    unread: Vec<Value>,
}

impl Sarif {
    pub(super) fn new<'a>(books: impl Iterator<Item = &'a Rulebook>) -> Self {
        let (mut rules, mut last) = (BTreeMap::<&str, Value>::new(), std::ptr::null());
        for book in books.map(Rulebook::book) {
            // Drafts of one folder share their rulebook.
            if !std::ptr::eq(last, book) {
                last = std::ptr::from_ref(book);
                for (name, rule) in &book.rules {
                    rules.entry(name).or_insert_with(|| descriptor(name, rule));
                }
            }
        }
        let rules = rules.values().map(Value::to_string).collect::<Vec<_>>().join(",\n");
        Self { rules, first: true, artifacts: Vec::new(), unread: Vec::new() }
    }
}

impl Writer for Sarif {
    fn head(&mut self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        format!(
            "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\n\
             \"columnKind\":\"unicodeCodePoints\",\"language\":\"zh-CN\",\n\
             \"originalUriBaseIds\":{{\"{ROOT}\":{{\"description\":{{\"text\":\"运行 rlcheck 的文件夹\"}}}}}},\n\
             \"tool\":{{\"driver\":{{\"name\":\"rlcheck\",\"version\":\"{version}\",\"semanticVersion\":\"{version}\",\"language\":\"zh-CN\",\n\
             \"shortDescription\":{{\"text\":\"乡镇法治政府建设年度报告的提交前检查\"}},\"rules\":[\n{}\n]}}}},\n\"results\":[\n",
            std::mem::take(&mut self.rules)
        )
    }

    fn draft(&mut self, page: Page) -> String {
        self.artifacts.push(page.aside);
        if page.text.is_empty() {
            return String::new();
        }
        let between = if std::mem::replace(&mut self.first, false) { "" } else { ",\n" };
        format!("{between}{}", page.text)
    }

    fn unread(&mut self, name: &str, why: &str) -> String {
        self.unread.push(json!({
            "level": "error",
            "message": {"text": why},
            "locations": [{"physicalLocation": {"artifactLocation": location(name)}}],
        }));
        String::new()
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        let invocation = json!({"executionSuccessful": self.unread.is_empty(), "toolExecutionNotifications": std::mem::take(&mut self.unread)});
        let artifacts = std::mem::take(&mut self.artifacts).join(",\n");
        let summary = json!({"summary": tally});
        let tail =
            format!("\n],\n\"artifacts\":[\n{artifacts}\n],\n\"invocations\":[{invocation}],\n\"properties\":{summary}\n}}]}}\n");
        Ok(tail.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use crate::text::Encoding;

    #[test]
    fn paths_are_relative_and_encoded() {
        assert_eq!(location("./稿件/a b#1%.md")["uri"], "%E7%A8%BF%E4%BB%B6/a%20b%231%25.md");
        assert_eq!(location("/tmp/a:b.md"), json!({"uri": "file:///tmp/a%3Ab.md"}));
    }

    #[test]
    fn fingerprints_stay_when_lines_move() {
        let book = Rulebook::township();
        let text = "# 柳川镇2025年法治政府建设年度报告\n\n一、主要举措和成效\n\n受理信访件40件，办结37件，办结率达100%。\n\n另受理投诉20件，办结19件，办结率达100%。\n";
        let of = |text: &str| {
            let draft = Draft::from_text("稿.md", text, Encoding::Utf8);
            let checked = Checked::new(&draft, &book);
            let marks: Vec<(String, String)> =
                checked.findings.iter().map(|f| f.rule.clone()).zip(fingerprints(&checked)).collect();
            marks.into_iter().filter(|(rule, _)| rule == "rate-mismatch").collect::<Vec<_>>()
        };
        let marks = of(text);
        assert_eq!(marks.len(), 2);
        assert_ne!(marks[0], marks[1]);
        assert_eq!(of(&text.replace("一、主要", "\n\n全镇辖9个村。\n\n一、主要")), marks);
    }
}
