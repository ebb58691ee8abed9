//! `rlcheck rules`: the catalogue.

use clap::ValueEnum;
use rlcheck::output::rules;
use rlcheck::rulebook::Grade;
use rlcheck::spanned::nearest;

use super::chosen;
use crate::cli::settings::Choice;
use crate::cli::{Outcome, complain, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 只列名称、标题或说明里有这个词的规则
    #[arg(value_name = "词", help_heading = "参数")]
    word: Option<String>,
    /// 只列这种程度的规则：error、warning、info 或 off
    #[arg(long, value_name = "程度", value_enum, hide_possible_values = true, help_heading = "选项")]
    severity: Option<Severity>,
    /// 只列写在这个文件里的规则，例如 structure（结构和格式）、figures（数据）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    file: Option<String>,
    /// 输出形式：human 给人看，json 给程序用，md 是 Markdown 的网页
    #[arg(
        long,
        value_name = "形式",
        value_enum,
        default_value = "human",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "选项"
    )]
    format: Format,
    #[command(flatten)]
    choice: Choice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Md,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Severity {
    Error,
    Warning,
    Info,
    Off,
}

impl From<Severity> for Grade {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
            Severity::Off => Self::Off,
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    let Some(book) = chosen(&args.choice) else { return Outcome::Failed };
    if let Some(message) = args.word.as_deref().and_then(mistyped) {
        complain(&message);
        return Outcome::Failed;
    }
    let mut list = rules::catalogue(&book);
    let all = list.len();
    if let Some(word) = &args.word {
        list.retain(|rule| [rule.rule, rule.title, rule.why].iter().any(|text| text.contains(word.as_str())));
    }
    if let Some(severity) = args.severity {
        list.retain(|rule| rule.grade == severity.into());
    }
    if let Some(file) = &args.file {
        let files: Vec<&str> = list.iter().map(|rule| rule.place.0).collect();
        if !files.iter().any(|path| is_file(path, file)) {
            complain(&format!("没有写在“{file}”里的规则；规则写在：{}", stems(&files).join("、")));
            return Outcome::Failed;
        }
        list.retain(|rule| is_file(rule.place.0, file));
    }
    match args.format {
        Format::Json => print(&rules::json(&list)),
        Format::Md => print(&rules::page(&list)),
        Format::Human if list.is_empty() => print("没有这样的规则\n"),
        Format::Human => {
            print(&rules::table(&list, style(&std::io::stdout())));
            print(&format!(
                "\n{}条规则{}；看某一条的说明：rlcheck explain 规则\n",
                list.len(),
                if list.len() < all { format!("（共{all}条）") } else { String::new() }
            ));
        }
    }
    Outcome::Clean
}

/// What to say to a word that is nearly a command and no word of the rulebook.
fn mistyped(word: &str) -> Option<String> {
    let near = nearest(word, ["show", "test", "lint", "new"]).filter(|_| word.bytes().all(|b| b.is_ascii_lowercase()))?;
    Some(format!("命令写错了：没有“{word}”这个命令，是不是想写“{near}”？\n运行 rlcheck rules --help 查看用法"))
}

/// Whether a path names a file: `rules/structure.yaml` is `structure` and `structure.yaml`.
fn is_file(path: &str, file: &str) -> bool {
    path == file || path.rsplit(['/', '\\']).next().is_some_and(|name| name == file) || stem(path) == file
}

fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn stems<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    let mut stems: Vec<&str> = paths.iter().map(|path| stem(path)).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}
