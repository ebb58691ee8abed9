//! The heart, measured: the table of judged sentences, mutations of what is consistent, and the corpora where they are present.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use rlcheck::figures::{Claim, Kind, Ledger, Verdict};
use rlcheck::text::Encoding;
use rlcheck::{Draft, Rulebook};

static BOOK: LazyLock<Rulebook> = LazyLock::new(Rulebook::township);

fn draft(text: &str) -> Draft {
    Draft::from_text("draft.md", format!("一、主要举措和成效\n\n{text}\n"), Encoding::Utf8)
}

fn ledger(draft: &Draft) -> Ledger<'_> {
    Ledger::of(draft, BOOK.lexicon())
}

/// The rules of the figures that speak (approximation only hints).
fn wrong<'l>(ledger: &'l Ledger<'_>) -> Vec<&'l Claim> {
    ledger.claims.iter().filter(|claim| claim.is_wrong() && claim.kind != Kind::Approximation).collect()
}

struct Row {
    verdict: &'static str,
    rule: &'static str,
    text: String,
    why: &'static str,
}

fn rows() -> Vec<Row> {
    let table = include_str!("figures.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 4, "{line}");
        Row {
            verdict: cells[0],
            rule: cells[1],
            text: cells[2].replace('¶', "\n\n").replace("\\n", "\n").replace("\\t", "\t"),
            why: cells[3],
        }
    })
    .collect()
}

#[test]
fn judged_sentences() {
    let mut failed = Vec::new();
    for row in rows() {
        let draft = draft(&row.text);
        let ledger = ledger(&draft);
        let rule = |claim: &Claim| claim.kind.rule() == row.rule;
        let loud = ledger
            .claims
            .iter()
            .any(|claim| claim.is_wrong() && (claim.kind != Kind::Approximation || row.rule == "approximation"));
        let met = match row.verdict {
            "inconsistent" => ledger.claims.iter().any(|claim| claim.is_wrong() && rule(claim)),
            "consistent" => {
                !loud
                    && (["approximation", "impossible-figure", "unreachable-rate", "figure-conflict"].contains(&row.rule)
                        || ledger.claims.iter().any(|claim| claim.verdict == Verdict::Consistent))
            }
            _ => !loud,
        };
        if !met {
            let said: Vec<String> = ledger
                .claims
                .iter()
                .map(|c| format!("{:?} {} {} {}", c.verdict, c.kind.rule(), c.arithmetic, c.message))
                .collect();
            failed.push(format!("{} {}: {}\n    why: {}\n    said: {said:?}", row.verdict, row.rule, row.text, row.why));
        }
    }
    assert!(failed.is_empty(), "{} rows are not met:\n{}", failed.len(), failed.join("\n"));
}

/// Every wrong version of a sound claim: one of its numbers changed in a digit, a little and a lot.
fn mutations(text: &str) -> Vec<(String, String)> {
    let draft = draft(text);
    let ledger = ledger(&draft);
    let source = draft.source.text();
    let start = source.find(text).expect("stands in the draft");
    let mut out = Vec::new();
    // What is written as about, more or at least leaves room on purpose, and so does a multiple.
    let inexact = ["余", "多", "约", "近", "左右", "以上", "以内", "超", "突破", "不", "倍", "番", "成", "至少", "分之"];
    let exact =
        |claim: &&Claim| !claim.grounds.iter().any(|g| g.role != "列举" && inexact.iter().any(|word| g.text.contains(word)));
    for claim in
        ledger.claims.iter().filter(|claim| claim.verdict == Verdict::Consistent && claim.kind != Kind::Unreachable).filter(exact)
    {
        let figures: Vec<_> = claim
            .grounds
            .iter()
            .filter(|g| g.role != "列举" && g.role != "最后一项" && g.role != "前文")
            .map(|g| g.span)
            .collect();
        let spans = if claim.kind == Kind::Count { vec![claim.span] } else { figures };
        for span in spans {
            let written = &source[span.range()];
            // A total in a coarser unit than its parts is rounded: what changes must change much.
            let rounded =
                matches!(claim.kind, Kind::Rate | Kind::Change) && claim.grounds.iter().any(|g| g.text.contains(['万', '亿']));
            let mixed = rounded
                || claim.kind == Kind::Sum
                    && claim.grounds.iter().any(|g| g.text.contains(['万', '亿']))
                    && claim.grounds.windows(2).any(|w| scale(&w[0].text) != scale(&w[1].text));
            for changed in variants(written, claim.kind, mixed) {
                let mut mutated = source.to_owned();
                mutated.replace_range(span.range(), &changed);
                out.push((
                    format!("{} {}: {written} → {changed}", claim.kind.rule(), claim.arithmetic),
                    mutated[start..start + text.len() + changed.len() - written.len()].to_owned(),
                ));
            }
        }
    }
    out
}

/// 万, 亿 … as written.
fn scale(text: &str) -> String {
    text.chars().filter(|c| "十百千万亿".contains(*c)).collect()
}

/// Other numbers than the one written, beyond rounding.
fn variants(written: &str, kind: Kind, much: bool) -> Vec<String> {
    let Some(at) = written.find(|c: char| c.is_ascii_digit()) else {
        let from = ["二", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
        let to = ["四", "四", "五", "六", "七", "八", "九", "六", "七", "七"];
        let found = written.char_indices().find_map(|(at, c)| from.iter().position(|f| *f == c.to_string()).map(|i| (at, i)));
        let single = written.matches(|c: char| from.contains(&c.to_string().as_str())).count() == 1;
        return found
            .filter(|_| single)
            .map(|(at, i)| format!("{}{}{}", &written[..at], to[i], &written[at + 3..]))
            .into_iter()
            .collect();
    };
    let digits: String = written[at..].chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let Ok(value) = digits.parse::<f64>() else { return Vec::new() };
    if digits.contains(',') || written[at + digits.len()..].contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let decimals = digits.split_once('.').map_or(0, |(_, d)| d.len());
    let step = 10f64.powi(-i32::try_from(decimals).expect("few"));
    let by = if kind == Kind::Count {
        step
    } else if decimals > 0 || written.contains('%') {
        (step * 8.0).max(value * 0.06)
    } else {
        (value * 0.06).ceil().max(1.0)
    };
    let by = if much { by.max(value * 0.3) } else { by };
    let mut values = vec![value - by];
    if !written.contains('%') || value + by <= 100.0 {
        values.push(value + by);
    }
    values
        .into_iter()
        .filter(|v| *v > 0.0 && (kind != Kind::Count || *v > 1.0))
        .map(|v| written.replacen(&digits, &format!("{v:.decimals$}"), 1))
        .collect()
}

/// Share of mutations noticed, with those that were not.
fn noticed(texts: impl Iterator<Item = String>) -> (usize, usize, Vec<String>) {
    let (mut seen, mut all, mut missed) = (0, 0, Vec::new());
    for text in texts {
        for (what, mutated) in mutations(&text) {
            all += 1;
            let draft = draft(&mutated);
            let ledger = ledger(&draft);
            if wrong(&ledger).is_empty() {
                missed.push(format!("{what}   {mutated}"));
            } else {
                seen += 1;
            }
        }
    }
    (seen, all, missed)
}

#[test]
fn wrong_versions_of_sound_sentences_are_noticed() {
    let texts = rows().into_iter().filter(|row| row.verdict == "consistent").map(|row| row.text);
    let (seen, all, missed) = noticed(texts);
    println!("mutations of the table: {seen} of {all} noticed\n{}", missed.join("\n"));
    assert!(seen * 100 >= all * 95, "{seen} of {all} noticed:\n{}", missed.join("\n"));
}

/// The corpora, where they are present: `RLCHECK_CORPUS` or ../shared/corpus.
fn corpus(name: &str) -> Option<Vec<serde_json::Value>> {
    let folder = std::env::var_os("RLCHECK_CORPUS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"), PathBuf::from);
    let text = std::fs::read_to_string(folder.join(name)).ok()?;
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect())
}

#[test]
fn corpus_sentences() {
    let Some(items) = corpus("figures.jsonl") else { return };
    let (mut alarms, mut missing, mut unseen, mut related) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut sound = Vec::new();
    for item in &items {
        let field = |key: &str| item[key].as_str().unwrap_or_default();
        let text = field("sentence").to_owned();
        let draft = draft(&text);
        let ledger = ledger(&draft);
        let wrong = wrong(&ledger);
        let said = || {
            ledger
                .claims
                .iter()
                .map(|c| format!("{:?} {} {} {}", c.verdict, c.kind.rule(), c.arithmetic, c.message))
                .collect::<Vec<_>>()
                .join("\n      ")
        };
        if field("expected") != "error" && !wrong.is_empty() {
            alarms.push(format!("{} {}: {}\n      {}", field("id"), field("relation"), said(), text));
        }
        if field("expected") == "error" && field("confidence") == "high" && wrong.is_empty() {
            missing.push(format!("{}: {text}", field("id")));
        }
        let relation = field("relation");
        let partial = [
            "partial",
            "without",
            "implied",
            "unclear",
            "approx",
            "unrelated",
            "one count",
            "counts",
            "cut by",
            "side",
            "chain",
            "larger",
            "far",
            "bound",
            "before the total",
        ]
        .iter()
        .any(|w| relation.contains(w));
        let kind = [
            "a rate",
            "a two rates",
            "b sum",
            "b mixed",
            "b by",
            "b change",
            "b trailing",
            "b a rate",
            "b rounding",
            "b parts",
            "b total",
            "c ",
            "d from-to",
            "d times",
            "d rounded",
            "d doubling",
            "d average",
            "d mixed",
            "d share",
        ];
        if field("expected") == "ok"
            && kind.iter().any(|k| relation.starts_with(k))
            && (!partial || relation.starts_with("c "))
            && !relation.contains("cut by")
        {
            related += 1;
            if ledger.claims.iter().any(|claim| claim.verdict == Verdict::Consistent) {
                sound.push(text);
            } else {
                unseen.push(format!("{} {relation}: {}\n      {text}", field("id"), said()));
            }
        }
    }
    println!("false alarms {}:\n{}\nmissed {}: {}\n", alarms.len(), alarms.join("\n"), missing.len(), missing.join("\n"));
    println!("recognised {} of {related}; not: \n{}", related - unseen.len(), unseen.join("\n"));
    let (seen, all, missed) = noticed(sound.into_iter());
    println!("mutations of the corpus: {seen} of {all} noticed\n{}", missed.join("\n"));
    assert!(alarms.len() <= 1 && missing.is_empty());
    assert!((related - unseen.len()) * 100 >= related * 80);
    assert!(seen * 100 >= all * 95);
}

#[test]
#[ignore = "prints every finding in the reports of the corpus"]
fn corpus_reports() {
    let Some(items) = corpus("reports.jsonl") else { return };
    let (mut total, mut chars) = (0usize, 0usize);
    let mut kinds: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for item in &items {
        let text = item["text"].as_str().unwrap_or_default();
        let draft = Draft::from_text("report.txt", text, Encoding::Utf8);
        let ledger = Ledger::of(&draft, BOOK.lexicon());
        chars += text.chars().count();
        for claim in &ledger.claims {
            let at = match claim.verdict {
                Verdict::Consistent => 0,
                Verdict::Inconsistent(_) => 1,
                Verdict::NotComparable(_) => 2,
            };
            kinds.entry(claim.kind.rule()).or_default()[at] += 1;
        }
        // What is nearly wrong is worth reading too.
        for claim in ledger
            .claims
            .iter()
            .filter(|claim| std::env::var_os("FIGURE_NEAR").is_some() && matches!(claim.verdict, Verdict::NotComparable(_)))
        {
            println!(
                "NEAR {:?} {} {:?} {:?}",
                claim.verdict,
                claim.arithmetic,
                claim.grounds.iter().map(|g| g.text.as_str()).collect::<Vec<_>>(),
                claim.facts
            );
        }
        for finding in wrong(&ledger) {
            total += 1;
            let line = draft.source.line_span(draft.source.line_index(finding.span.start));
            let from = text[..finding.span.start].char_indices().rev().nth(70).map_or(line.start, |(at, _)| at).max(line.start);
            let to = text[finding.span.end..]
                .char_indices()
                .nth(110)
                .map_or(line.end, |(at, _)| finding.span.end + at)
                .min(line.end)
                .max(finding.span.end);
            println!(
                "{} {} {}\n    …{}【{}】{}",
                item["id"].as_str().unwrap_or_default(),
                finding.kind.rule(),
                finding.message,
                &text[from..finding.span.start],
                &text[finding.span.range()],
                &text[finding.span.end..to]
            );
        }
    }
    println!("{kinds:?}  (consistent, inconsistent, not comparable)");
    println!("{total} findings in {chars} characters, {:.2} per 100,000", total as f64 * 1e5 / chars as f64);
}

#[test]
#[ignore = "shows the claims of `FIGURE_TEXT`"]
fn show() {
    let text = std::env::var("FIGURE_TEXT").unwrap_or_default();
    let draft = draft(&text);
    let ledger = ledger(&draft);
    for entry in ledger.entries(BOOK.lexicon()) {
        println!("{} | {} | {:?}", entry.text, entry.counts, entry.figure.period);
    }
    for claim in &ledger.claims {
        println!("{:?} {} {} {}", claim.verdict, claim.kind.rule(), claim.arithmetic, claim.message);
    }
}
