//! Lists of regular expressions, compiled once and only when they are needed.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use crate::spanned::{Place, Problem, Spanned};

/// Regular expressions of which any may match.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Patterns {
    items: Vec<Spanned<String>>,
    #[serde(skip)]
    joined: OnceLock<Option<Regex>>,
}

impl Patterns {
    /// The expressions as one; `None` where there are none.
    fn regex(&self) -> Option<&Regex> {
        let join = || {
            let alternatives: Vec<String> = self.items.iter().map(|item| format!("(?:{})", item.value)).collect();
            // Every expression was tried on loading, so that the whole compiles too.
            Regex::new(&alternatives.join("|")).ok().filter(|_| !self.items.is_empty())
        };
        self.joined.get_or_init(join).as_ref()
    }

    /// Whether any of them matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// All matches, as byte ranges of `text`.
    pub fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
        self.regex().into_iter().flat_map(|regex| regex.find_iter(text)).map(|found| found.range())
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

/// Compiles one expression of a rulebook.
///
/// # Errors
/// A problem that says in Chinese what is wrong with it.
pub(super) fn expression(item: &Spanned<String>) -> Result<Regex, Problem> {
    Regex::new(&item.value).map_err(|error| {
        let text = error.to_string();
        let hint = if text.contains("look-around") {
            "不支持前后环视（(?=…)、(?!…)、(?<=…)）；要排除的情形请写到 not 里"
        } else if text.contains("unclosed group") || text.contains("unopened group") {
            "半角圆括号要成对；要找括号本身请写成 \\( 或用全角（）"
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
        };
        Problem::new(item.place, format!("正则表达式写错了：{}", item.value)).help(hint)
    })
}
