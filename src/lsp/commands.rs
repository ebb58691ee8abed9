//! Commands that clients call: the ledger of figures, a blank report, the comparison with last year, the text as the server has it.

use std::path::{Path, PathBuf};

use lsp_server::ErrorCode;
use rlcheck::Draft;
use rlcheck::compare::Comparison;
use rlcheck::output::{Style, comparison, ledger, lsp::file_path};
use rlcheck::report::Report;
use rlcheck::rulebook::Config;
use rlcheck::text::Encoding;
use serde_json::{Value, json};

use super::Blank;
use super::analysis::Analysis;
use super::session::{Act, Answer, Refusal, View, parse};

/// The commands by their names.
pub(super) const NAMES: [&str; 4] = ["rlcheck.figures", "rlcheck.new", "rlcheck.compare", "rlcheck.text"];

/// How wide the comparison is written, in columns.
const STYLE: Style = Style { color: false, width: 100 };

/// A command on what is on disk.
type OnDisk = Box<dyn FnOnce(&View) -> Answer + Send>;

fn wrong(message: impl Into<String>) -> Refusal {
    Refusal::new(ErrorCode::InvalidParams, message)
}

fn failed(message: impl Into<String>) -> Refusal {
    Refusal::new(ErrorCode::RequestFailed, message)
}

/// The document that a command is about: the first argument, an address or an object with `uri`.
pub(super) fn document(command: &str, arguments: &[Value]) -> Option<String> {
    let first = arguments.first().filter(|_| command != "rlcheck.new")?;
    first.as_str().or_else(|| first.get("uri")?.as_str()).map(str::to_owned)
}

/// A command on a document that is open.
pub(super) fn on_document(command: &str, arguments: &[Value]) -> Result<Act, Refusal> {
    match command {
        "rlcheck.figures" => Ok(Box::new(|analysis, _| figures(analysis))),
        "rlcheck.text" => Ok(Box::new(|analysis, view| Ok(json!({"text": &*analysis.text, "version": view.version})))),
        "rlcheck.compare" => {
            let last = last_year(arguments)?;
            Ok(Box::new(move |analysis, view| {
                let draft = Draft::from_text(&shown(view.path.as_deref(), &view.uri), &*analysis.text, Encoding::Utf8);
                compare(&draft, &last, view.path.as_deref(), view)
            }))
        }
        _ => Err(unknown(command)),
    }
}

/// A command on what is not open.
pub(super) fn on_disk(command: &str, arguments: Vec<Value>) -> Result<OnDisk, Refusal> {
    let path = |arguments: &[Value]| {
        let uri = document(command, arguments).ok_or_else(|| wrong("第一个参数写稿件的地址"))?;
        Ok(file_path(&uri).map_or_else(|| PathBuf::from(uri), PathBuf::from))
    };
    match command {
        "rlcheck.figures" => {
            let path = path(&arguments)?;
            Ok(Box::new(move |view| {
                let draft = view.desk.read(&path).map_err(failed)?;
                let book = view.desk.rulebook(Some(&path), &view.settings.choice).map_err(|trouble| failed(trouble.message))?;
                Ok(told(&Report::new(&draft, &book)))
            }))
        }
        "rlcheck.compare" => {
            let (path, last) = (path(&arguments)?, last_year(&arguments)?);
            Ok(Box::new(move |view| compare(&view.desk.read(&path).map_err(failed)?, &last, Some(&path), view)))
        }
        "rlcheck.new" => {
            let mut given = arguments.into_iter().next().unwrap_or_else(|| json!({}));
            for key in ["from", "folder"] {
                if let Some(path) = given.get(key).and_then(Value::as_str).and_then(file_path) {
                    given[key] = path.into();
                }
            }
            let blank: Blank = parse(given)?;
            Ok(Box::new(move |view| {
                let folder = file_path(&view.uri).map(PathBuf::from);
                let blank = Blank { folder: blank.folder.or(folder), ..blank };
                let (name, text) = view.desk.blank(&blank).map_err(failed)?;
                Ok(json!({"name": name, "text": text}))
            }))
        }
        "rlcheck.text" => Err(wrong("这个文件没有打开")),
        _ => Err(unknown(command)),
    }
}

fn unknown(command: &str) -> Refusal {
    wrong(format!("没有 {command} 这个命令"))
}

fn figures(analysis: &Analysis) -> Answer {
    match &analysis.draft {
        Some(checkup) => Ok(told(&checkup.report())),
        None => Err(failed("这个文件不是稿件")),
    }
}

/// The ledger as Markdown for a person and as data.
fn told(report: &Report<'_>) -> Value {
    json!({"markdown": ledger::markdown(report), "ledger": ledger::json(report)})
}

/// Last year's report, as the arguments name it: `last` of the first one, or the second one.
fn last_year(arguments: &[Value]) -> Result<PathBuf, Refusal> {
    let named = arguments.first().and_then(|first| first.get("last")).or_else(|| arguments.get(1)).and_then(Value::as_str);
    let named = named.ok_or_else(|| wrong("第二个参数写去年的报告"))?;
    Ok(file_path(named).map_or_else(|| PathBuf::from(named), PathBuf::from))
}

fn shown(path: Option<&Path>, uri: &str) -> String {
    path.map_or_else(|| uri.to_owned(), |path| path.display().to_string())
}

fn compare(this: &Draft, last: &Path, path: Option<&Path>, view: &View) -> Answer {
    let book = view.desk.rulebook(path, &view.settings.choice).map_err(|trouble| failed(trouble.message))?;
    let last = view.desk.read(last).map_err(failed)?;
    let own = book.with_config(Config { year: None, ..book.config.clone() });
    let (last, this) = (Report::new(&last, &own), Report::new(this, &book));
    let found = Comparison::of(&last, &this);
    Ok(json!({"text": comparison(&last, &this, &found, Some(STYLE))}))
}
