//! Lists of regular expressions, compiled only when they are needed.
//!
//! Checking one draft should take milliseconds, and compiling expressions for a fast search takes longer than that:
//! so a library that compiles fast searches the first texts, and one that searches fast takes over when there is
//! more. Both give the same answers: what they would read differently (`\d`) is written out first. Most texts are
//! told without any search: they hold none of the words that every match must hold.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;

use super::required::{Need, Needs};
use crate::spanned::{Place, Problem, Spanned};

/// How many bytes are searched before the fast search is worth its compilation.
const WORTH_COMPILING: usize = 8 * 1024;

/// One regular expression, with its groups.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Spanned<String>")]
pub struct Expression(Patterns);

impl From<Spanned<String>> for Expression {
    fn from(item: Spanned<String>) -> Self {
        Self(Patterns { items: vec![item], ..Patterns::default() })
    }
}

/// A match and its groups: the whole first; a group that took no part is `None`.
pub type Groups = Vec<Option<Range<usize>>>;

impl Expression {
    /// All matches with their groups, as byte ranges of `text`.
    pub fn matches(&self, text: &str) -> Vec<Groups> {
        match self.0.engine(text) {
            Some(Engine::Light(regex)) => {
                let groups =
                    |found: regex_lite::Captures<'_>| found.iter().map(|group| group.map(|group| group.range())).collect();
                regex.captures_iter(text).map(groups).collect()
            }
            Some(Engine::Fast(regex)) => {
                let groups = |found: regex::Captures<'_>| found.iter().map(|group| group.map(|group| group.range())).collect();
                regex.captures_iter(text).map(groups).collect()
            }
            None => Vec::new(),
        }
    }

    /// As a list of one.
    pub(super) fn patterns(&self) -> &Patterns {
        &self.0
    }

    /// What is wrong with it besides its grammar: it is sought in folded text, and must match something.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let Some(item) = self.0.items.first() else { return Vec::new() };
        let Ok(regex) = regex::Regex::new(&plain_digits(&item.value)) else { return Vec::new() };
        let mut problems = Vec::new();
        if regex.is_match("") {
            let problem = Problem::new(item.place, format!("“{}”什么都没有也算找到", item.value));
            problems.push(problem.help("把 * 改成 +，或者写上一定要有的字"));
        }
        problems.extend(never_folded(item));
        problems
    }

    /// How many groups it has.
    pub(super) fn groups(&self) -> usize {
        let regex = self.0.items.first().and_then(|item| regex::Regex::new(&plain_digits(&item.value)).ok());
        regex.map_or(0, |regex| regex.captures_len() - 1)
    }
}

/// A mark that no folded text holds: the expression would never match.
fn never_folded(item: &Spanned<String>) -> Option<Problem> {
    let (mut chars, mut in_braces, mut group_head) = (item.value.chars().peekable(), false, false);
    while let Some(c) = chars.next() {
        let wide = match c {
            '\\' => match chars.next()? {
                '(' => Some('（'),
                ')' => Some('）'),
                '?' => Some('？'),
                _ => None,
            },
            '{' => {
                in_braces = true;
                None
            }
            '}' => {
                in_braces = false;
                None
            }
            '(' => {
                group_head = chars.peek() == Some(&'?');
                continue;
            }
            ',' if !in_braces => Some('，'),
            ';' => Some('；'),
            '!' => Some('！'),
            ':' if !group_head => Some('：'),
            ':' => {
                group_head = false;
                None
            }
            ' ' | '　' => Some(' '),
            _ => None,
        };
        if let Some(wide) = wide {
            let message = format!("“{}”里的半角标点或空格，稿件里找不到", item.value);
            let help = match wide {
                ' ' => "对照时稿件里的空格都已去掉，请删去空格".to_owned(),
                wide => format!("对照时稿件里的标点都已换成全角，请写“{wide}”"),
            };
            return Some(Problem::new(item.place, message).help(help));
        }
    }
    None
}

/// Regular expressions of which any may match.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Patterns {
    items: Vec<Spanned<String>>,
    /// What a text must hold for a match, where the expressions say so.
    #[serde(skip)]
    needs: OnceLock<Option<Needs>>,
    #[serde(skip)]
    searched: AtomicUsize,
    #[serde(skip)]
    light: OnceLock<Option<regex_lite::Regex>>,
    /// Each expression by itself, for a text that only has to match one of them: few are ever needed.
    #[serde(skip)]
    singles: OnceLock<Vec<OnceLock<Option<regex_lite::Regex>>>>,
    #[serde(skip)]
    fast: OnceLock<Option<regex::Regex>>,
}

impl Clone for Patterns {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), ..Self::default() }
    }
}

/// What compiled the expressions.
enum Engine<'a> {
    Light(&'a regex_lite::Regex),
    Fast(&'a regex::Regex),
}

impl Patterns {
    /// Whether a text holds what every match must hold: `false` is sure and soon told.
    pub fn may_match(&self, text: &str) -> bool {
        self.needs().is_none_or(|needs| needs.are_met(text))
    }

    fn needs(&self) -> Option<&Needs> {
        self.needs.get_or_init(|| Needs::of(&self.items)).as_ref()
    }

    /// Whether an expression by itself matches.
    fn single_matches(&self, item: usize, text: &str) -> bool {
        let singles = self.singles.get_or_init(|| vec![OnceLock::new(); self.items.len()]);
        let compile = || regex_lite::Regex::new(&plain_digits(&self.items[item].value)).ok();
        singles[item].get_or_init(compile).as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// The expressions as one; `None` where there are none, or none of them can match.
    fn engine(&self, text: &str) -> Option<Engine<'_>> {
        if self.may_match(text) { self.compiled(text) } else { None }
    }

    /// What searches a text as long as this.
    fn compiled(&self, text: &str) -> Option<Engine<'_>> {
        let searched = self.searched.fetch_add(text.len(), Ordering::Relaxed);
        // Every expression was tried on loading, so that the whole compiles too.
        if searched < WORTH_COMPILING {
            let compile = || regex_lite::Regex::new(&self.joined()).ok().filter(|_| !self.is_empty());
            self.light.get_or_init(compile).as_ref().map(Engine::Light)
        } else {
            let compile = || regex::Regex::new(&self.joined()).ok().filter(|_| !self.is_empty());
            self.fast.get_or_init(compile).as_ref().map(Engine::Fast)
        }
    }

    /// Compiles for the fast search now, in a process that will search more than one draft.
    pub(super) fn hasten(&self) {
        self.searched.fetch_max(WORTH_COMPILING, Ordering::Relaxed);
        _ = self.compiled("");
    }

    fn joined(&self) -> String {
        let alternatives: Vec<String> = self.items.iter().map(|item| format!("(?:{})", plain_digits(&item.value))).collect();
        alternatives.join("|")
    }

    /// Whether any of them matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.is_match_of(text, self.needs().map(|needs| (needs.cases.as_slice(), needs.held(text))))
    }

    /// The same where it is known what the expressions ask for, and of which sets of words a text holds one.
    pub(super) fn is_match_of(&self, text: &str, held: Option<(&[Need], u128)>) -> bool {
        if let Some((cases, held)) = held {
            let mut met = cases.iter().filter(|case| case.is_met(held)).peekable();
            if met.peek().is_none() || met.clone().any(|case| case.is_word) {
                return met.peek().is_some();
            }
        }
        if self.searched.load(Ordering::Relaxed) < WORTH_COMPILING {
            self.searched.fetch_add(text.len(), Ordering::Relaxed);
            let may =
                |item: &usize| held.is_none_or(|(cases, held)| cases.iter().any(|case| case.item == *item && case.is_met(held)));
            return (0..self.items.len()).filter(may).any(|item| self.single_matches(item, text));
        }
        match self.compiled(text) {
            Some(Engine::Light(regex)) => regex.is_match(text),
            Some(Engine::Fast(regex)) => regex.is_match(text),
            None => false,
        }
    }

    /// The first match, as a byte range of `text`.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        match self.engine(text)? {
            Engine::Light(regex) => regex.find(text).map(|found| found.range()),
            Engine::Fast(regex) => regex.find(text).map(|found| found.range()),
        }
    }

    /// All matches, as byte ranges of `text`.
    pub fn find_iter(&self, text: &str) -> Vec<Range<usize>> {
        match self.engine(text) {
            Some(Engine::Light(regex)) => regex.find_iter(text).map(|found| found.range()).collect(),
            Some(Engine::Fast(regex)) => regex.find_iter(text).map(|found| found.range()).collect(),
            None => Vec::new(),
        }
    }

    /// The expressions as the rulebook writes them.
    pub fn items(&self) -> &[Spanned<String>] {
        &self.items
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What is wrong with the expressions that `tried` asks for by their places.
    pub(super) fn problems(&self, tried: impl Fn(Place) -> bool) -> Vec<Problem> {
        self.items.iter().filter(|item| tried(item.place)).filter_map(|item| expression(item).err()).collect()
    }
}

/// Writes `\d` out as the digits 0 to 9, in a class or outside.
fn plain_digits(expression: &str) -> String {
    let (mut plain, mut chars, mut in_class) = (String::new(), expression.chars(), false);
    while let Some(c) = chars.next() {
        if c != '\\' {
            in_class = c == '[' || in_class && c != ']';
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some('d') => plain.push_str(if in_class { "0-9" } else { "[0-9]" }),
            Some(next) => plain.extend([c, next]),
            None => plain.push(c),
        }
    }
    plain
}

/// Tries one expression of a rulebook.
///
/// # Errors
/// A problem that says in Chinese what is wrong with it.
fn expression(item: &Spanned<String>) -> Result<(), Problem> {
    let problem = |hint| Err(Problem::new(item.place, format!("正则表达式写错了：{}", item.value)).help(hint));
    if ["\\w", "\\W", "\\s", "\\S", "\\D", "\\b", "\\B", "\\p", "\\P", "(?i"].iter().any(|class| item.value.contains(class)) {
        return problem("不支持 \\w、\\s、\\b、\\p、(?i)；要找的字请直接写出来，数字写 \\d");
    }
    let Err(error) = regex::Regex::new(&plain_digits(&item.value)) else {
        return match regex_lite::Regex::new(&plain_digits(&item.value)) {
            Ok(_) => Ok(()),
            Err(_) => problem("请写得简单一些"),
        };
    };
    let text = error.to_string();
    problem(if text.contains("look-around") {
        "不支持前后环视（(?=…)、(?!…)、(?<=…)）；要排除的情形请写到 not 里"
    } else if text.contains("unclosed group") || text.contains("unopened group") {
        "半角圆括号要成对；要找括号本身请写全角（）"
    } else if text.contains("unclosed character class") {
        "方括号要成对；要找方括号本身请写成 \\["
    } else if text.contains("repetition operator") {
        "* + ? 前面要有文字；要找这些符号本身请写成 \\* \\+ \\?"
    } else if text.contains("backreference") {
        "不支持 \\1 这样的回指"
    } else if text.contains("exceeds size limit") {
        "这条表达式太大，请减少重复次数"
    } else {
        "请检查括号、方括号和反斜杠"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_give_the_same_matches() {
        let item = |text: &str| Spanned { value: text.to_owned(), place: Place::default() };
        let patterns =
            Patterns { items: vec![item("20\\d\\d年"), item("[\\d、]+件$"), item("办.*率")], ..Patterns::default() };
        let text = "２０２３年2024年办结率，办理3、5件";
        let light = patterns.find_iter(text);
        patterns.searched.store(WORTH_COMPILING, Ordering::Relaxed);
        assert_eq!(light, patterns.find_iter(text));
        for (text, wanted) in [(text, true), ("2024年", true), ("约3、5件", true), ("3件等", false)] {
            for searched in [0, WORTH_COMPILING] {
                patterns.searched.store(searched, Ordering::Relaxed);
                assert_eq!(patterns.is_match(text), wanted, "{text} {searched}");
            }
        }
        assert_eq!(light.iter().map(|found| &text[found.clone()]).collect::<Vec<_>>(), ["2024年", "办结率", "3、5件"]);
    }
}
