//! The catalogue of a rulebook: as a table, as JSON, and as a page of the documentation.

use std::fmt::Write as _;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::explain::{Explanation, explain};
use super::human::Style;
use crate::rulebook::Rulebook;

/// The rules of a rulebook, by name.
pub fn catalogue(book: &Rulebook) -> Vec<Explanation<'_>> {
    book.book().rules.keys().filter_map(|rule| explain(book, rule)).collect()
}

/// Rules as a table with a line each.
pub fn table(rules: &[Explanation<'_>], style: Style) -> String {
    let name = rules.iter().map(|rule| rule.rule.width()).max().unwrap_or_default();
    let title = rules.iter().map(|rule| rule.title.width()).max().unwrap_or_default();
    let mut out = String::new();
    for rule in rules {
        let pad = |text: &str, width: usize| format!("{text}{}", " ".repeat(width - text.width()));
        let grade = style.paint(rule.grade.severity(), rule.grade.title());
        // Writing to a String does not fail.
        _ = writeln!(out, "{}  {}  {grade}", pad(rule.rule, name), pad(rule.title, title));
    }
    out
}

#[derive(Serialize)]
struct RuleJson<'a> {
    rule: &'a str,
    title: &'a str,
    severity: &'static str,
    why: &'a str,
    help: Option<&'a str>,
    basis: Option<&'a str>,
    entries: usize,
    bad: &'a [String],
    good: &'a [String],
    rulebook: At<'a>,
}

#[derive(Serialize)]
struct At<'a> {
    path: &'a str,
    line: usize,
}

/// Rules as one JSON object.
pub fn json(rules: &[Explanation<'_>]) -> String {
    #[derive(Serialize)]
    struct Rules<'a> {
        rules: Vec<RuleJson<'a>>,
    }
    let rules = Rules { rules: rules.iter().map(rule_json).collect() };
    // Nothing that is written here can fail: all keys are texts.
    serde_json::to_string_pretty(&rules).unwrap_or_default() + "\n"
}

fn rule_json<'a>(rule: &Explanation<'a>) -> RuleJson<'a> {
    let Explanation { rule, title, grade, why, basis, help, bad, good, entries, place: (path, line) } = *rule;
    RuleJson { rule, title, severity: grade.name(), why, help, basis, entries, bad, good, rulebook: At { path, line } }
}

/// The page of all rules.
pub fn page(rules: &[Explanation<'_>]) -> String {
    let mut out = String::from(HEAD);
    // Writing to a String does not fail.
    _ = writeln!(out, "\n共有{}条规则。\n\n| 规则 | 查什么 | 程度 |\n|---|---|---|", rules.len());
    for rule in rules {
        _ = writeln!(out, "| [{0}](#{0}) | {1} | {2} |", rule.rule, rule.title, rule.grade.title());
    }
    for rule in rules {
        _ = writeln!(out, "\n## {}\n\n{}", rule.rule, rule.summary().trim_end());
    }
    out
}

const HEAD: &str = "\
# 全部规则

<!-- 这一页由规则库生成：改 rules/ 里的 YAML，再运行 rlcheck rules --format md > docs/rules.md。 -->

在电脑上看某一条：`rlcheck explain 规则名`；列出全部：`rlcheck rules`。

看过了、确认没有问题的，在那一段前面写一行 `<!-- rlcheck: allow 规则名 原因 -->`，或者写进 `rlcheck.toml`：

```toml
[[allow]]
rule = \"rate-mismatch\"
text = \"办结率\"
reason = \"含上年结转\"
```

不想查某一条，或者想改轻重：

```toml
[severity]
missing-signature = \"off\"     # off 不查，info 供参考，warning 建议修改，error 必须修改
```
";
