//! Templates and how they are filled. The names that a template can use are Chinese; see `templates/township.md`.

use std::fmt;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Rest, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, context};

use super::{Facts, LastYear};
use crate::rulebook::Book;

/// The templates inside the program. Those under `parts/` are the parts of a report, by their keys in the rulebook.
const TEMPLATES: [(&str, &str); 9] = [
    ("township.md", include_str!("../../templates/township.md")),
    ("street.md", include_str!("../../templates/street.md")),
    ("report.md", include_str!("../../templates/report.md")),
    ("parts.md", include_str!("../../templates/parts.md")),
    ("parts/measures.md", include_str!("../../templates/parts/measures.md")),
    ("parts/shortcomings.md", include_str!("../../templates/parts/shortcomings.md")),
    ("parts/duties.md", include_str!("../../templates/parts/duties.md")),
    ("parts/plan.md", include_str!("../../templates/parts/plan.md")),
    ("parts/other.md", include_str!("../../templates/parts/other.md")),
];

/// How much work a template may make: a shipped one needs a hundredth of it.
const FUEL: u64 = 500_000;

/// A template by the name to show for it.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// Its name: a path, or that of an embedded one.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// The embedded template that suits a town: one for 镇 and 乡, one for 街道.
pub fn embedded_template(facts: &Facts) -> Template<'static> {
    let (name, text) = if facts.short() == "街道" { TEMPLATES[1] } else { TEMPLATES[0] };
    Template { name, text }
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// The template in which it stands.
    pub name: String,
    /// Its line, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| format!("第{line}行")).unwrap_or_default();
        write!(f, "模板 {}{line}：{}", self.name, self.message)
    }
}

impl std::error::Error for TemplateError {}

/// Fills a template: the blank report, as Markdown.
///
/// # Errors
/// What is wrong with the template, and on which line.
pub fn render(template: Template<'_>, facts: &Facts, last: Option<LastYear>, book: &Book) -> Result<String, TemplateError> {
    fill(template, facts, last, book, None).map_err(|error| explain(&error, template.name))
}

/// One part of the embedded template, by its key in the rulebook: its heading, its guidance and its blanks.
///
/// # Errors
/// What is wrong with the template, and on which line.
pub fn part_template(key: &str, facts: &Facts, book: &Book) -> Result<String, TemplateError> {
    let template = embedded_template(facts);
    fill(template, facts, None, book, Some(key)).map_err(|error| explain(&error, template.name))
}

/// Fills a template, the whole or `only` one part of it.
fn fill(template: Template<'_>, facts: &Facts, last: Option<LastYear>, book: &Book, only: Option<&str>) -> Result<String, Error> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    env.set_debug(true);
    let mut syntax = SyntaxConfig::builder();
    env.set_syntax(syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?);
    for (name, text) in TEMPLATES.into_iter().filter(|(name, _)| *name != template.name) {
        env.add_template(name, text)?;
    }
    let last = last.map(Arc::new);
    env.add_function("待填", |what: &str| format!("【待填：{what}】"));
    let before = last.clone();
    env.add_function("数", move |what: &str, unit: &str, words: Rest<String>| figure(before.as_deref(), what, unit, &words));
    let before = last.clone();
    env.add_function("沿用", move |names: Vec<String>| carried(before.as_deref(), &names));
    env.add_template(template.name, template.text)?;
    let (communities, villages): (Vec<String>, Vec<String>) =
        facts.villages.iter().cloned().partition(|name| name.ends_with("社区"));
    let values = context! {
        年度 => facts.year,
        下一年 => facts.year + 1,
        镇 => facts.town.as_str(),
        县 => facts.county.as_str(),
        简称 => facts.short(),
        行政村 => villages,
        社区 => communities,
        各部分 => parts(facts, book, only),
        骨架 => if only.is_some() { "parts.md" } else { "report.md" },
        去年 => last.as_deref().map(last_year),
    };
    let text = env.get_template(template.name)?.render(values)?;
    Ok(tidied(&text))
}

/// The required parts in their usual order, or only one, as a template sees them.
fn parts(facts: &Facts, book: &Book, only: Option<&str>) -> Vec<Value> {
    let wanted = |key: &str| only.is_none_or(|only| only == key);
    let mut parts: Vec<_> = book.parts.iter().filter(|(key, part)| part.required && wanted(key)).collect();
    parts.sort_by_key(|(_, part)| part.order);
    let heading =
        |text: &str| text.replace("{year}", &format!("{}年度", facts.year)).replace("{next}", &format!("{}年度", facts.year + 1));
    parts
        .into_iter()
        .map(|(key, part)| {
            context! {
                键 => key.as_str(),
                名称 => part.title.as_str(),
                标题 => heading(part.heading.as_deref().unwrap_or(&part.title)),
                要求 => part.help.as_deref().unwrap_or("写清做了什么"),
                依据 => part.basis.as_deref().unwrap_or("上级的要求"),
            }
        })
        .collect()
}

fn last_year(last: &LastYear) -> Value {
    let measured: Vec<Value> =
        last.measured.iter().map(|(heading, figures)| context! { 标题 => heading, 内容 => figures }).collect();
    context! { 年度 => last.year, 安排 => &last.plan, 不足 => &last.shortcomings, 数据 => measured }
}

/// A figure to be filled in with its unit, last year's in a comment behind it. The first of `words` says what last year's figure counts,
/// the second what its sentence speaks of; `|` stands between alternatives.
fn figure(last: Option<&LastYear>, what: &str, unit: &str, words: &[String]) -> String {
    let alternatives = |index: usize| words.get(index).map(|words| words.split('|').collect::<Vec<_>>()).unwrap_or_default();
    let before = last.and_then(|last| last.figure(unit, &alternatives(0), &alternatives(1)));
    let before = before.map(|figure| format!("<!-- 去年{} -->", figure.text)).unwrap_or_default();
    format!("【待填：{what}】{unit}{before}")
}

/// The first of `names` that last year's report uses, else the first.
fn carried(last: Option<&LastYear>, names: &[String]) -> Option<String> {
    let used = last.and_then(|last| names.iter().find(|name| last.text.contains(name.as_str())));
    used.or_else(|| names.first()).cloned()
}

/// A text without runs of empty lines.
fn tidied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && empty) {
            out.push_str(line);
            out.push('\n');
        }
        empty = line.is_empty();
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// Says in Chinese what is wrong with a template.
fn explain(error: &Error, name: &str) -> TemplateError {
    // An error in an included template is the source of the one that is reported.
    let mut inner = error;
    while let Some(source) = std::error::Error::source(inner).and_then(|source| source.downcast_ref::<Error>()) {
        inner = source;
    }
    let place = inner.template_source().zip(inner.range()).and_then(|(text, range)| text.get(range)).unwrap_or_default();
    let place = place.trim_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '%'));
    let quoted = if place.is_empty() { String::new() } else { format!("“{place}”") };
    let message = match inner.kind() {
        ErrorKind::SyntaxError => format!("写法不对{quoted}：检查 {{{{ }}}}、{{% %}} 是不是成对，if、for 有没有结束"),
        ErrorKind::UndefinedError => {
            format!("没有{quoted}这个词，可以用：年度、下一年、镇、县、简称、行政村、社区、各部分、去年")
        }
        ErrorKind::UnknownFunction => format!("没有{quoted}这个写法，可以用：待填、数、沿用"),
        ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => format!("没有{quoted}这个写法"),
        ErrorKind::MissingArgument | ErrorKind::TooManyArguments => format!("{quoted}括号里的内容多了或者少了"),
        ErrorKind::TemplateNotFound => {
            let known: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
            format!("没有要套用的模板{quoted}，可以套用：{}", known.join("、"))
        }
        ErrorKind::OutOfFuel => "重复的次数太多，停下来了".to_owned(),
        _ => format!("{quoted}这里填不出内容"),
    };
    TemplateError { name: inner.name().unwrap_or(name).to_owned(), line: inner.line(), message }
}
