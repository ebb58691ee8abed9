//! `rlcheck check`: checks drafts and prints what was found.

mod baseline;
mod progress;
mod run;
mod siblings;
mod stop;
mod stream;
mod watch;

use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use rlcheck::output::{Checked, Form, Style};
use rlcheck::{Draft, Rulebook, Severity};

use self::baseline::Known;
use super::input::{self, Input};
use super::settings::{self, Settings};
use super::sink::Sink;
use super::{Outcome, complain, office, style};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Args {
    /// 要检查的稿件（.docx、.md、.txt）、文件夹，或 - 表示标准输入
    #[arg(value_name = "稿件或文件夹", required = true, help_heading = "参数")]
    paths: Vec<PathBuf>,
    /// 输出形式：human 给人看，html 是网页，csv、xlsx 是表格，json、jsonl 给程序用，sarif、github、junit 给代码平台用，lsp 给编辑器用
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
    /// 稿件再多，html 也带上全文（默认超过200份就不带）
    #[arg(long, help_heading = "选项")]
    full_text: bool,
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
    /// 旧版稿件（.doc、.wps、.odt、.rtf）也检查：用电脑上的 LibreOffice 转换，原文件不动
    #[arg(long, help_heading = "选项")]
    convert: bool,
    /// 覆盖已经有的批注文件或结果文件
    #[arg(long, help_heading = "选项")]
    force: bool,
    /// 去年的报告：把照抄去年的段落也查出来（一次只查一份稿件）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    last_year: Option<PathBuf>,
    /// 几份稿件互相比：照抄的段落、一样的数据（检查文件夹时本来就比）
    #[arg(long, overrides_with = "no_siblings", help_heading = "选项")]
    siblings: bool,
    /// 检查文件夹时，稿件之间不互相比
    #[arg(long, overrides_with = "siblings", help_heading = "选项")]
    no_siblings: bool,
    /// 只列新出现的问题：这个文件里记着上次的问题
    #[arg(long, value_name = "文件", help_heading = "选项")]
    baseline: Option<PathBuf>,
    /// 把现在的问题都记进 --baseline 的文件，下次不再列
    #[arg(long, requires = "baseline", help_heading = "选项")]
    accept_new: bool,
    /// 稿件、设置或规则库一改动就重新检查，按 Ctrl-C 结束
    #[arg(long, conflicts_with = "accept_new", help_heading = "选项")]
    watch: bool,
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
    Html,
    Sarif,
    Github,
    Junit,
    Lsp,
}

/// The form of output, as it suits the place that it goes to and the number of drafts.
fn form(args: &Args, drafts: usize) -> Form {
    /// Drafts whose full texts a page bears.
    const TEXTS: usize = 200;
    match args.format {
        Format::Human if args.output.is_some() => Form::Human(Style { color: false, width: 100 }),
        Format::Human => Form::Human(style(&std::io::stdout())),
        Format::Json => Form::Json,
        Format::Jsonl => Form::Jsonl,
        Format::Csv => Form::Csv,
        Format::Xlsx => Form::Xlsx,
        Format::Html => Form::Html { texts: args.full_text || drafts <= TEXTS },
        Format::Sarif => Form::Sarif,
        Format::Github => Form::Github,
        Format::Junit => Form::Junit(args.fail_on.severity()),
        Format::Lsp => Form::Lsp,
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

/// A draft to check, and the rules for it.
struct Job {
    input: Input,
    book: Arc<Rulebook>,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    if args.watch {
        return watch::run(args);
    }
    // SARIF carries the examples of the rules.
    let settings = if args.format == Format::Sarif { Settings::new } else { Settings::to_check };
    // The process ends here: freeing a rulebook word by word would only take time.
    once(args, &mut ManuallyDrop::new(settings(&args.settings)))
}

/// Checks everything once.
fn once(args: &Args, settings: &mut Settings) -> Outcome {
    if args.format == Format::Xlsx && args.output.is_none() {
        complain("xlsx 是表格文件，终端里显示不了；请写明文件名，例如 -o 检查结果.xlsx");
        return Outcome::Failed;
    }
    let (inputs, errors) = input::collect(&args.paths, args.convert);
    let form = form(args, inputs.len());
    let outcome = if errors.is_empty() { Outcome::Clean } else { Outcome::Failed };
    for error in &errors {
        complain(error);
    }
    let opened = last_year(args, &inputs).and_then(|last| {
        let known = Known::load(args)?;
        Ok((last, known, Sink::open(args.output.as_deref(), args.force, &inputs)?))
    });
    let job = |input: Input| Ok(Job { book: settings.rulebook(&input)?, input });
    let jobs = match inputs.into_iter().map(job).collect::<Result<Vec<_>, settings::Error>>() {
        Ok(jobs) => jobs,
        Err(error) => {
            complain(&error.show(style(&std::io::stderr())));
            return Outcome::Failed;
        }
    };
    match opened {
        Ok((last, known, sink)) => outcome.max(run::run(args, &jobs, form, last.as_ref(), known.as_ref(), sink)),
        Err(message) => {
            complain(&message);
            Outcome::Failed
        }
    }
}

/// Last year's report, if one is named.
fn last_year(args: &Args, inputs: &[Input]) -> Result<Option<Draft>, String> {
    let Some(path) = &args.last_year else { return Ok(None) };
    if inputs.len() > 1 {
        return Err("--last-year 只能配一份稿件：请一次检查一个镇的报告".to_owned());
    }
    input::read(&Input::of(path)).map(Some)
}

/// What a draft is called: by its whole path where an editor is to find it.
fn shown(input: &Input, form: Form) -> String {
    match (form, input) {
        (Form::Lsp, Input::Stdin) => "stdin".to_owned(),
        (Form::Lsp, Input::File(path)) => std::path::absolute(path).unwrap_or_else(|_| path.clone()).display().to_string(),
        _ => input::name(input),
    }
}

/// Writes the findings into the margin of a copy of the draft, or of the Word file that it was converted to.
fn comment(input: &Input, bytes: &[u8], converted: Option<&[u8]>, checked: &Checked<'_>, force: bool) -> Result<String, String> {
    let name = checked.draft.source.name();
    let (Input::File(path), Some(_)) = (input, &checked.draft.word) else {
        return Err(format!("{name}：只有 Word 稿件（.docx）能写批注"));
    };
    let out = rlcheck::word::comment(converted.unwrap_or(bytes), &checked.findings);
    let out = out.map_err(|error| format!("{name}：写不成批注：{error}"))?;
    let path = if converted.is_some() { office::beside(path) } else { input::beside(path, ".批注") };
    input::write_beside(&path, &out, force)?;
    Ok(format!("已写入{}处批注：{}", checked.findings.len(), path.display()))
}
