//! What is wrong with a rulebook though it can be read: entries that can never speak, that another hides, that
//! contradict another, and tables that end before the year of the report. Only what is certain is said.

mod headings;
mod tables;
mod terms;

use crate::rulebook::Book;
use crate::spanned::{Place, Problem};

/// Everything that a keeper should look at who writes for the reports of `year`, in the order of the files.
pub fn lint(book: &Book, year: u32) -> Vec<Problem> {
    let mut found = Vec::new();
    rules(book, &mut found);
    terms::lint(book, &mut found);
    headings::lint(book, &mut found);
    tables::lint(book, year, &mut found);
    found.sort_by_key(|problem| problem.place.map(|place| (std::cmp::Reverse(place.file), place.start)));
    found
}

/// Rules of the catalogue that no check and no entry speaks for.
fn rules(book: &Book, found: &mut Vec<Problem>) {
    for (name, rule) in &book.rules {
        let own = book.patterns.iter().any(|(key, _)| key.name == *name);
        if !own && !crate::checks::is_known(name) {
            let problem = Problem::new(rule.place, format!("“{name}”没有对应的检查，永远查不到什么"));
            found.push(problem.help("自己的规则写在 patterns 下面；只改已有规则的，核对规则名（rlcheck rules 列出全部）"));
        }
    }
}

/// A wording in quotes, unless it brings its own.
fn quoted(text: &str) -> String {
    if text.contains(['“', '”']) { text.to_owned() } else { format!("“{text}”") }
}

/// `第12行`, with the file where it is another.
fn place_of(book: &Book, place: Place, from: Place) -> String {
    let line = book.files.position(place).line;
    if place.file == from.file { format!("第{line}行") } else { format!("{}第{line}行", book.files.source(place).name()) }
}
