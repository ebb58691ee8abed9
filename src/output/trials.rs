//! What came of running the examples of a rulebook, for its keeper.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::human::Style;
use crate::examples::{Coverage, Failure, Fault, Tested, Told};
use crate::finding::Severity;
use crate::rulebook::Book;

/// How many findings of an example are told.
const MOST: usize = 3;

/// Every failure: which entry, which sentence, what was found instead.
pub fn failures(book: &Book, tested: &Tested, style: Style) -> String {
    let mut out = String::new();
    let mut last = "";
    for failure in &tested.failures {
        if failure.case != last {
            out += &head(book, failure, style);
            last = &failure.case;
        }
        for line in body(failure) {
            // Writing to a String does not fail.
            _ = writeln!(out, "    {line}");
        }
    }
    out
}

fn head(book: &Book, failure: &Failure, style: Style) -> String {
    let place = failure.place.map(|place| {
        let (file, line) = (book.files.source(place).name(), book.files.position(place).line);
        format!("（{file}第{line}行）")
    });
    let (mark, severity) = match failure.fault {
        Fault::Changed(_) => ("!", Severity::Info),
        _ => ("✗", Severity::Error),
    };
    format!("{} {}{}\n", style.paint(Some(severity), mark), failure.case, place.unwrap_or_default())
}

fn body(failure: &Failure) -> Vec<String> {
    let rules = failure.rules.join("、");
    match &failure.fault {
        Fault::NoBad => vec!["没有能查出来的错例：不知道它到底查不查得出来；在 bad 里写一句有这种错的话".to_owned()],
        Fault::NoGood => vec!["没有正例：不知道它会不会误报；在 good 里写一句没有错的话".to_owned()],
        Fault::Silent(told) => {
            let mut lines = vec![format!("错例没有查出来：{}", one_line(&told.example))];
            lines.push(format!("应当由 {rules} 查出来，查出来的却是：{}", found(told)));
            lines
        }
        Fault::Speaks(told) => {
            let own = told.found.iter().find(|(rule, _)| failure.rules.contains(rule));
            let said = own.map(|(rule, message)| format!("{rule}：{message}")).unwrap_or_default();
            vec![format!("正例被当成了错：{}", one_line(&told.example)), format!("查出来的是 {said}")]
        }
        Fault::Unreadable(example, why) => vec![format!("例子不像稿件：{}", one_line(example)), why.clone()],
        Fault::Changed(example) => vec![format!("随附的例子和你的改动对不上了（确实要改的不用管）：{}", one_line(example))],
    }
}

fn found(told: &Told) -> String {
    if told.found.is_empty() {
        return "没有问题".to_owned();
    }
    let list = told.found.iter().take(MOST).map(|(rule, message)| format!("{rule}（{message}）"));
    let more = if told.found.len() > MOST { format!("等{}处", told.found.len()) } else { String::new() };
    list.collect::<Vec<_>>().join("、") + &more
}

/// A text of several lines on one.
fn one_line(text: &str) -> String {
    text.trim_end().replace('\n', " ⏎ ")
}

/// How many examples each family has, and which entries lack one.
pub fn coverage(families: &BTreeMap<String, Coverage>) -> String {
    let mut out = String::new();
    for (family, Coverage { entries, bad, good, bare }) in families {
        // Writing to a String does not fail.
        _ = writeln!(out, "{family:<12}{entries:>5}条，错例{bad:>4}句，正例{good:>4}句");
        for key in bare {
            _ = writeln!(out, "    例子不全：{key}");
        }
    }
    out
}

/// One line on all of them.
pub fn summary(name: &str, tested: &Tested, style: Style) -> String {
    let Tested { cases, examples, failures } = tested;
    let count = |changed: bool| failures.iter().filter(|failure| matches!(failure.fault, Fault::Changed(_)) == changed).count();
    let (wrong, changed) = (count(false), count(true));
    let noted = if changed > 0 { format!("；{changed}句随附的例子和你的改动对不上") } else { String::new() };
    match wrong {
        0 => format!("{} {name}：{cases}条规则和词条的{examples}句例子都对{noted}\n", style.paint(None, "✓")),
        _ => format!(
            "{} {name}：{cases}条规则和词条的{examples}句例子里有{wrong}处不对{noted}\n",
            style.paint(Some(Severity::Error), "✗")
        ),
    }
}
