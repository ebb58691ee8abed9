//! What is wrong with a book though every value has its type: names that nothing bears, references to nothing, limits
//! that nobody can keep.

use super::own::{Counted, Forbid};
use super::schema::{Book, Grade, Rule};
use crate::spanned::{Key, Place, Problem, nearest};

/// The rules whose findings are terms of the rulebook.
const OF_TERMS: [&str; 10] = [
    "wrong-term",
    "law-name",
    "misspelt-formula",
    "incomplete-formula",
    "anachronism",
    "copied-claim",
    "secrecy-mark",
    "placeholder",
    "leftover-text",
    Forbid::RULE,
];
/// The last report year that an entry can name.
const LAST_YEAR: u32 = 2099;

/// Everything that is wrong with the entries of layers that `own` picks by their places.
pub(super) fn problems(book: &Book, own: impl Fn(Place) -> bool) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut check = Check { book, own: &own, found: &mut found };
    check.patterns();
    check.rules_of_terms();
    check.mentions();
    check.parts();
    check.length();
    check.bounds();
    found
}

struct Check<'a> {
    book: &'a Book,
    own: &'a dyn Fn(Place) -> bool,
    found: &'a mut Vec<Problem>,
}

impl Check<'_> {
    /// A problem at a path, if the value there is one of an own layer.
    fn say(&mut self, path: &[&str], message: impl Into<String>, help: impl Into<String>) {
        let place = (1..=path.len()).rev().find_map(|length| self.book.origin(&path[..length]));
        let Some(place) = place.filter(|place| (self.own)(*place)) else { return };
        self.found.push(Problem::new(place, message).help(help));
    }

    fn patterns(&mut self) {
        for (key, pattern) in &self.book.patterns {
            let of = |field| ["patterns", key.as_str(), field];
            if !is_rule_name(key) {
                let message = format!("规则名“{key}”只能用小写英文字母、数字和连字符");
                self.say(&["patterns", key], message, "例如 county-banned-words；中文名称写在 title 里");
            } else if self.book.rules.contains_key(key.as_str()) {
                let message = format!("“{key}”是已有的规则，不能再作为自己的规则名");
                self.say(&["patterns", key], message, "换一个名字；要调整已有规则的程度，写在 rules 下面");
            }
            if (self.own)(key.place) {
                self.found.extend(pattern.find.problems());
            }
            let groups = pattern.find.groups();
            for (field, text) in [("message", Some(&pattern.message)), ("replacement", pattern.replacement.as_ref())] {
                if let Some(number) = text.and_then(|text| groups_taken(text).find(|number| *number > groups)) {
                    let message = format!("{field} 里写了 ${number}，find 里只有{groups}对括号");
                    self.say(&of(field), message, "半角括号括起来的是一组，从左到右是 $1、$2；$0 是找到的全文");
                }
            }
            if pattern.safe && pattern.replacement.is_none() {
                self.say(&of("safe"), "safe: true 要和 replacement 一起写", "写上 replacement，或者删去 safe");
            }
            self.examples(&["patterns", key], &pattern.bad, &pattern.good);
        }
    }

    /// A term speaks through a rule that looks at terms.
    fn rules_of_terms(&mut self) {
        for (key, term) in &self.book.terms {
            if !OF_TERMS.contains(&term.rule.as_str()) {
                let near = nearest(&term.rule, OF_TERMS).map(|near| format!("是不是想写“{near}”？")).unwrap_or_default();
                let help = format!("{near}用词可以归到：{}", OF_TERMS.join("、"));
                self.say(&["terms", key, "rule"], format!("用词不能归到“{}”这条规则", term.rule), help);
            }
        }
    }

    fn mentions(&mut self) {
        for (key, mention) in &self.book.mentions {
            if mention.any.is_empty() {
                self.say(&["mentions", key, "any"], format!("“{key}”没有写要找的字"), "在 any 里写上哪些字算是写到了");
            }
            self.examples(&["mentions", key], &mention.bad, &mention.good);
        }
        for (key, forbid) in &self.book.forbid {
            self.examples(&["forbid", key], &forbid.bad, &forbid.good);
        }
    }

    /// Own entries bring both kinds of examples, or none.
    fn examples(&mut self, path: &[&str], bad: &[String], good: &[String]) {
        let lacking = match (bad.is_empty(), good.is_empty()) {
            (true, false) => "错例 bad",
            (false, true) => "正例 good",
            _ => return,
        };
        self.say(path, format!("“{}”缺少{lacking}", path.last().unwrap_or(&"")), "错例、正例各写一句，都会作为测试运行");
    }

    fn parts(&mut self) {
        for (key, part) in &self.book.parts {
            if part.max_chars.is_some_and(|most| most < part.min_chars) {
                let message = format!("max_chars 比 min_chars（{}）还小", part.min_chars);
                self.say(
                    &["parts", key, "max_chars"],
                    message,
                    "最多的字数要比最少的字数大；下面一层定了 min_chars 的，一起改小",
                );
            }
            for (name, _) in part.must.iter().filter(|(_, must)| must.any.is_empty()) {
                self.say(&["parts", key, "must", name], format!("“{name}”没有写要找的字"), "在 any 里写上哪些字算是写到了");
            }
            for (name, count) in &part.count {
                let path = ["parts", key.as_str(), "count", name];
                match count.of {
                    Counted::Words if count.any.is_empty() => {
                        self.say(
                            &path,
                            format!("“{name}”没有写要数什么"),
                            "在 any 里写上要数的字，或者写 of: figures（数据）、of: items（分条）",
                        );
                    }
                    Counted::Figures | Counted::Items if !count.any.is_empty() => {
                        self.say(&path, format!("“{name}”写了 of，就不用再写 any"), "两样留一样");
                    }
                    _ if count.at_least == 0 => self.say(&path, "at_least 至少是1", "写要有几个"),
                    _ => {}
                }
            }
        }
    }

    fn length(&mut self) {
        let Some(length) = &self.book.length else { return };
        match (length.min, length.max) {
            (None, None) => self.say(&["length"], "length 下面要写最少或者最多的字数", "例如 length: {max: 5000}"),
            (Some(min), Some(max)) if max < min => {
                self.say(&["length", "max"], format!("最多{max}字，比最少的{min}字还少"), "核对 min 和 max");
            }
            _ => {}
        }
    }

    /// Parts that entries name, and their years.
    fn bounds(&mut self) {
        let book = self.book;
        let terms = book.terms.iter().map(|(key, it)| Bounds::new("terms", key, it.part.as_deref(), it.from, it.until));
        let patterns = book.patterns.iter().map(|(key, it)| Bounds::new("patterns", key, it.part.as_deref(), it.from, it.until));
        let mentions = book.mentions.iter().map(|(key, it)| Bounds::new("mentions", key, it.part.as_deref(), it.from, it.until));
        let forbid = book.forbid.iter().map(|(key, it)| Bounds::new("forbid", key, it.part.as_deref(), it.from, it.until));
        let all: Vec<Bounds<'_>> = terms.chain(patterns).chain(mentions).chain(forbid).collect();
        let parts = || book.parts.iter().map(|(key, _)| key.as_str());
        for Bounds { family, key, part, from, until } in all {
            if let Some(part) = part.filter(|part| !parts().any(|key| key == *part)) {
                let near = nearest(part, parts()).map(|near| format!("是不是想写“{near}”？")).unwrap_or_default();
                let help = format!("{near}可以写：{}", parts().collect::<Vec<_>>().join("、"));
                self.say(&[family, key, "part"], format!("报告没有“{part}”这一部分"), help);
            }
            if let (Some(from), Some(until)) = (from, until)
                && from > until
            {
                self.say(&[family, key, "until"], format!("从{from}年起，到{until}年就已经结束"), "核对 from 和 until");
            }
            for (field, year) in [("from", from), ("until", until)] {
                if year.is_some_and(|year| !(1990..=LAST_YEAR).contains(&year)) {
                    self.say(&[family, key, field], format!("{field} 要写四位数的年份"), "例如 from: 2025");
                }
            }
        }
    }
}

/// Where an entry holds: in a part of the report, from one report year until another.
struct Bounds<'a> {
    family: &'a str,
    key: &'a Key,
    part: Option<&'a str>,
    from: Option<u32>,
    until: Option<u32>,
}

impl<'a> Bounds<'a> {
    fn new(family: &'a str, key: &'a Key, part: Option<&'a str>, from: Option<u32>, until: Option<u32>) -> Self {
        Self { family, key, part, from, until }
    }
}

/// `county-banned-words`.
fn is_rule_name(name: &str) -> bool {
    let plain = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.split('-').all(plain) && name.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The groups that a message or a replacement takes: `$1`.
fn groups_taken(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.split('$').skip(1).filter_map(|rest| Some(rest.chars().next()?.to_digit(10)? as usize))
}

impl Book {
    /// Enters own rules in the catalogue, and forbidden wordings among the terms.
    pub(super) fn enlist(&mut self) {
        let rules = self.patterns.iter().map(|(key, pattern)| {
            let rule = Rule {
                title: pattern.title.clone(),
                severity: pattern.severity,
                why: pattern.why.clone().unwrap_or_else(|| pattern.title.clone()),
                place: key.place,
                help: pattern.help.clone(),
                basis: pattern.basis.clone(),
                bad: pattern.bad.clone(),
                good: pattern.good.clone(),
                part: pattern.part.clone(),
                needs: None,
            };
            (key.name.clone(), rule)
        });
        self.rules.extend(rules);
        for (key, forbid) in self.forbid.iter().filter(|(_, forbid)| forbid.severity != Grade::Off) {
            self.terms.push((key.clone(), forbid.term()));
        }
    }
}
