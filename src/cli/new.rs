//! `rlcheck new`: the blank report for a year.

use std::path::{Path, PathBuf};

use rlcheck::Draft;
use rlcheck::report::Report;
use rlcheck::rulebook::{Config, Rulebook};
use rlcheck::scaffold::{Facts, LastYear, Template, blank_paper, embedded_template, render};
use rlcheck::text::Encoding;

use super::ask::{self, Question, asker};
use super::input::{self, Input};
use super::save::{save, typed};
use super::settings::{self, Settings};
use super::{Outcome, complain, print, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 报告年度，例如 2025
    #[arg(long, value_name = "年份", help_heading = "选项")]
    year: Option<String>,
    /// 镇、乡或者街道的全称
    #[arg(long, value_name = "名称", help_heading = "选项")]
    town: Option<String>,
    /// 所属县（市、区）的全称
    #[arg(long, value_name = "名称", help_heading = "选项")]
    county: Option<String>,
    /// 去年的报告：名称、村名照用，去年的安排、不足和数据写在旁边对照
    #[arg(long, value_name = "文件", help_heading = "选项")]
    from: Option<PathBuf>,
    /// 县里自己的模板（不写就用随附的）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    template: Option<PathBuf>,
    /// 写到哪个文件（不写就用镇名和年度起名）
    #[arg(short, long, value_name = "文件", conflicts_with = "stdout", help_heading = "选项")]
    output: Option<PathBuf>,
    /// 写成公文格式的 Word 文件（说明文字写成批注）
    #[arg(long, conflicts_with = "stdout", help_heading = "选项")]
    docx: bool,
    /// 不写文件，打印出来
    #[arg(long, help_heading = "选项")]
    stdout: bool,
    /// 不提问，没写的用默认值
    #[arg(short, long, help_heading = "选项")]
    yes: bool,
    #[command(flatten)]
    settings: settings::Choice,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    match write(args) {
        Ok(()) => Outcome::Clean,
        Err(message) => {
            complain(&message);
            Outcome::Failed
        }
    }
}

fn write(args: &Args) -> Result<(), String> {
    let choice = settings::Args::of(args.settings.clone());
    let own = args.template.as_deref().map(own_template).transpose()?;
    let place = args.output.as_deref().map_or(Input::Stdin, |path| Input::File(path.to_owned()));
    let book = Settings::new(&choice).rulebook(&place).map_err(|error| error.show(style(&std::io::stderr())))?;
    let last = args.from.as_deref().map(|path| last_year(path, &book)).transpose()?;
    let facts = facts(args, &book.config, last.as_ref())?;
    for warning in last.iter().flat_map(|last| doubts(&facts, last)) {
        complain(&warning);
    }
    let template = own.as_ref().map_or_else(|| embedded_template(&facts), |(name, text)| Template { name, text });
    let text = render(template, &facts, last, book.book()).map_err(|error| error.to_string())?;
    if args.stdout {
        print(&text);
        return Ok(());
    }
    let ending = if args.docx { "docx" } else { "md" };
    let usual = || PathBuf::from(format!("{}{}年法治政府建设年度报告.{ending}", facts.town, facts.year));
    let path = args.output.clone().unwrap_or_else(usual);
    let bytes = if args.docx {
        let draft = Draft::from_text("", text.as_str(), Encoding::Utf8);
        blank_paper(&draft).map_err(|error| format!("写不成 Word 文件：{error}"))?
    } else {
        text.clone().into_bytes()
    };
    save(&path, &bytes, "要写到别处，用 -o 另起一个名字")?;
    print(&next_steps(&path, &text, &facts, args.from.as_deref()));
    Ok(())
}

/// A county's own template: its name and its text.
fn own_template(path: &Path) -> Result<(String, String), String> {
    let name = path.display().to_string();
    let text = settings::read_text(path).map_err(|message| format!("模板 {name}：{message}"))?;
    Ok((name, text))
}

fn last_year(path: &Path, book: &Rulebook) -> Result<LastYear, String> {
    let draft = input::read(&Input::of(path))?;
    // Whose report it is and of which year, it says itself.
    let book = book.with_config(Config::default());
    Ok(LastYear::of(&Report::new(&draft, &book)))
}

/// What the report is about: from the options, the settings, last year's report, in this order, or asked for.
fn facts(args: &Args, config: &Config, last: Option<&LastYear>) -> Result<Facts, String> {
    let mut asker = asker(args.yes);
    let from = |option: &Option<String>, setting: &Option<String>, last: Option<&String>| {
        option.clone().or_else(|| setting.clone()).or_else(|| last.cloned())
    };
    let town = Question { flag: "--town", what: "镇（乡、街道）的全称", example: "柳川镇", default: None };
    let town = asker.answer(&town, from(&args.town, &config.town, last.and_then(|last| last.town.as_ref())), ask::town)?;
    let county = Question { flag: "--county", what: "所属县（市、区）的全称", example: "云砚县", default: None };
    let county =
        asker.answer(&county, from(&args.county, &config.county, last.and_then(|last| last.county.as_ref())), ask::county)?;
    let next = last.and_then(|last| last.year).map(|year| (year + 1).to_string());
    let year = Question { flag: "--year", what: "报告年度", example: "2025", default: Some(usual_year().to_string()) };
    let year = asker.answer(&year, args.year.clone().or_else(|| config.year.map(|year| year.to_string())).or(next), ask::year)?;
    let listed = || last.map(|last| last.villages.clone()).unwrap_or_default();
    let villages = if config.villages.is_empty() { listed() } else { config.villages.clone() };
    Ok(Facts { year, town, county, villages })
}

/// The year whose report is written now: last year's until June, from then on this year's.
fn usual_year() -> i32 {
    use chrono::Datelike;
    let today = chrono::Local::now().date_naive();
    if today.month() <= 6 { today.year() - 1 } else { today.year() }
}

/// What looks as if the wrong file had been named.
fn doubts(facts: &Facts, last: &LastYear) -> Vec<String> {
    let mut doubts = Vec::new();
    if let Some(year) = last.year.filter(|year| year + 1 != facts.year) {
        doubts.push(format!("注意：去年的报告应当是{}年度的，这份写的是{year}年度", facts.year - 1));
    }
    if let Some(town) = last.town.as_ref().filter(|town| **town != facts.town) {
        doubts.push(format!("注意：去年的报告应当是{}的，这份写的是{town}", facts.town));
    }
    doubts
}

/// What was written and what to do with it.
fn next_steps(path: &Path, text: &str, facts: &Facts, from: Option<&Path>) -> String {
    let shown = typed(path);
    let mut steps = vec![
        "打开文件，把【待填：……】换成今年的实际情况；不需要的小节整节删掉".to_owned(),
        format!("运行 rlcheck check {shown}，按提示改到没有问题"),
    ];
    if let Some(from) = from {
        steps.push(format!("运行 rlcheck compare {} {shown}，看有没有照抄去年、漏掉去年的安排", typed(from)));
    }
    let guidance = match path.extension() {
        Some(ending) if ending == "docx" => "说明文字在批注里，定稿时在“审阅”里删除全部批注",
        _ => "定稿时删掉 <!-- 和 --> 之间的说明文字",
    };
    steps.push(guidance.to_owned());
    let steps: Vec<String> = steps.iter().enumerate().map(|(index, step)| format!("  {}. {step}\n", index + 1)).collect();
    let steps = steps.concat();
    // The guidance shows what a blank looks like.
    let blanks = text.matches("【待填：").count() - text.matches("【待填：……").count();
    format!("已写好{}年度的空白报告：{shown}（要填的有{}处）\n接下来：\n{steps}", facts.year, blanks)
}
