//! `rlcheck check`: checks drafts and prints what was found.

use std::path::PathBuf;

use clap::ValueEnum;
use rayon::prelude::*;
use rlcheck::output::{Checked, Form, Page, Style, Tally};
use rlcheck::{Draft, Rulebook, Severity};

use super::input::{self, Input};
use super::settings::{self, Settings};
use super::sink::Sink;
use super::{Outcome, complain, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 要检查的稿件（.docx、.md、.txt）、文件夹，或 - 表示标准输入
    #[arg(value_name = "稿件或文件夹", required = true, help_heading = "参数")]
    paths: Vec<PathBuf>,
    /// 输出形式：human 给人看，csv、xlsx 是表格，json、jsonl 给程序用，sarif、github、junit 给代码平台用
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
    /// 写到这个文件，不在终端显示（xlsx 必须写到文件）
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    output: Option<PathBuf>,
    /// 到什么程度算不通过（退出码 1）：error、warning 或 info，默认 error
    #[arg(
        long,
        value_name = "程度",
        value_enum,
        default_value = "error",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "选项"
    )]
    fail_on: FailOn,
    /// 把问题写成 Word 批注，另存为“稿件.批注.docx”
    #[arg(long, help_heading = "选项")]
    comments: bool,
    /// 覆盖已经有的批注文件或结果文件
    #[arg(long, help_heading = "选项")]
    force: bool,
    /// 去年的报告：把照抄去年的段落也查出来（一次只查一份稿件）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    last_year: Option<PathBuf>,
    #[command(flatten)]
    settings: settings::Args,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Jsonl,
    Csv,
    Xlsx,
    Sarif,
    Github,
    Junit,
}

/// The form of output, as it suits the place that it goes to.
fn form(args: &Args) -> Form {
    match args.format {
        Format::Human if args.output.is_some() => Form::Human(Style { color: false, width: 100 }),
        Format::Human => Form::Human(style(&std::io::stdout())),
        Format::Json => Form::Json,
        Format::Jsonl => Form::Jsonl,
        Format::Csv => Form::Csv,
        Format::Xlsx => Form::Xlsx,
        Format::Sarif => Form::Sarif,
        Format::Github => Form::Github,
        Format::Junit => Form::Junit(args.fail_on.severity()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
}

impl FailOn {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

/// How many drafts are read before their findings are printed, so that memory does not grow with their number.
const BATCH: usize = 256;

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    let form = form(args);
    if form.is_binary() && args.output.is_none() {
        complain("xlsx 是表格文件，终端里显示不了；请写明文件名，例如 -o 检查结果.xlsx");
        return Outcome::Failed;
    }
    let (inputs, errors) = input::collect(&args.paths);
    let mut outcome = Outcome::Clean;
    for error in &errors {
        complain(error);
        outcome = Outcome::Failed;
    }
    let mut settings = Settings::new(&args.settings);
    let jobs =
        match inputs.iter().map(|input| Ok((input, settings.rulebook(input)?))).collect::<Result<Vec<_>, settings::Error>>() {
            Ok(jobs) => jobs,
            Err(error) => {
                complain(&error.show(style(&std::io::stderr())));
                return Outcome::Failed;
            }
        };
    let last = match last_year(args, &inputs) {
        Ok(last) => last,
        Err(message) => {
            complain(&message);
            return Outcome::Failed;
        }
    };
    let mut sink = match Sink::open(args.output.as_deref(), args.force, &inputs) {
        Ok(sink) => sink,
        Err(message) => {
            complain(&message);
            return Outcome::Failed;
        }
    };
    let mut tally = Tally::default();
    let mut writer = form.writer(jobs.iter().map(|(_, book)| book));
    sink.write(writer.head().as_bytes());
    for batch in jobs.chunks(BATCH) {
        let results: Vec<_> = batch.par_iter().map(|(input, book)| check(input, book, last.as_ref(), form, args)).collect();
        for ((input, _), result) in batch.iter().zip(results) {
            match result {
                Ok(Answer { tally: one, page, written }) => {
                    sink.write(writer.draft(page).as_bytes());
                    tally.add(one);
                    match written {
                        Some(Ok(message)) => complain(&message),
                        Some(Err(message)) => {
                            complain(&message);
                            outcome = Outcome::Failed;
                        }
                        None => {}
                    }
                }
                Err(message) => {
                    let name = input::name(input);
                    let why = message.strip_prefix(&format!("{name}：")).unwrap_or(&message);
                    sink.write(writer.unread(&name, why).as_bytes());
                    complain(&message);
                    outcome = Outcome::Failed;
                }
            }
        }
    }
    let written = writer.tail(tally).and_then(|tail| {
        sink.write(&tail);
        sink.finish()
    });
    if let Err(message) = written {
        complain(&message);
        outcome = Outcome::Failed;
    }
    let found = tally.worst().is_some_and(|worst| worst >= args.fail_on.severity());
    outcome.max(if found { Outcome::Findings } else { Outcome::Clean })
}

/// Last year's report, if one is named.
fn last_year(args: &Args, inputs: &[Input]) -> Result<Option<Draft>, String> {
    let Some(path) = &args.last_year else { return Ok(None) };
    if inputs.len() > 1 {
        return Err("--last-year 只能配一份稿件：请一次检查一个镇的报告".to_owned());
    }
    input::read(&Input::of(path)).map(Some)
}

/// What is said of one draft.
struct Answer {
    tally: Tally,
    page: Page,
    /// What became of the comments, if they were asked for.
    written: Option<Result<String, String>>,
}

/// Checks one draft. A fault of our own in one draft must not end the run over the others.
fn check(input: &Input, book: &Rulebook, last: Option<&Draft>, form: Form, args: &Args) -> Result<Answer, String> {
    let name = input::name(input);
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let bytes = input::bytes(input).map_err(|message| format!("{name}：{message}"))?;
        let draft = input::parse(&name, &bytes)?;
        let checked = Checked::beside(&draft, book, last);
        let written = args.comments.then(|| comment(input, &bytes, &checked, args.force));
        Ok(Answer { tally: checked.tally(), page: form.page(&checked), written })
    }))
    .unwrap_or_else(|_| Err(format!("{name}：检查时程序出了错，这份稿件没有检查完")))
}

/// Writes the findings into the margin of a copy of the draft.
fn comment(input: &Input, bytes: &[u8], checked: &Checked<'_>, force: bool) -> Result<String, String> {
    let name = checked.draft.source.name();
    let (Input::File(path), Some(_)) = (input, &checked.draft.word) else {
        return Err(format!("{name}：只有 Word 稿件（.docx）能写批注"));
    };
    let out = rlcheck::word::comment(bytes, &checked.findings).map_err(|error| format!("{name}：写不成批注：{error}"))?;
    let path = input::beside(path, ".批注");
    input::write_beside(&path, &out, force)?;
    Ok(format!("已写入{}处批注：{}", checked.findings.len(), path.display()))
}
