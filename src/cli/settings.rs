//! `rlcheck.toml` and the rulebook that belong to a draft.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rlcheck::Rulebook;
use rlcheck::output::{Style, problems};
use rlcheck::rulebook::{Book, Config, Fetch, RulebookError, embedded_names, load, load_to_check};
use rlcheck::spanned::{Files, Problem, nearest};

use super::input::{Input, reason};

/// What the command line says about rules and settings.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 报告年度，例如 2025（不写就从标题里认）
    #[arg(long, value_name = "年份", help_heading = "选项", value_parser = clap::value_parser!(u32).range(1990..2100))]
    pub(super) year: Option<u32>,
    #[command(flatten)]
    pub(super) choice: Choice,
    /// 只查这些规则，用逗号隔开
    #[arg(long, value_name = "规则,…", value_delimiter = ',', help_heading = "选项")]
    only: Vec<String>,
    /// 不查这些规则，用逗号隔开
    #[arg(long, value_name = "规则,…", value_delimiter = ',', help_heading = "选项")]
    except: Vec<String>,
}

impl Args {
    /// What an editor asks for.
    pub(super) fn of_editor(choice: &crate::lsp::Choice) -> Self {
        Self {
            year: choice.year,
            choice: Choice { rulebook: choice.rulebook.clone(), config: None },
            only: choice.only.clone(),
            except: choice.except.clone(),
        }
    }

    /// Nothing but a choice of rulebook and settings.
    pub(super) fn of(choice: Choice) -> Self {
        Self { choice, ..Self::default() }
    }
}

/// Which rulebook and which settings.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub(super) struct Choice {
    /// 规则库：名称（township 等，叠放写 street+guizhou）、.yaml 文件或文件夹的路径
    #[arg(long, value_name = "名称或路径", help_heading = "选项")]
    rulebook: Option<String>,
    /// 设置文件（不写就从稿件所在文件夹往上找 rlcheck.toml）
    #[arg(long, value_name = "路径", help_heading = "选项")]
    config: Option<PathBuf>,
}

/// Why there is no rulebook.
#[derive(Debug)]
pub(super) enum Error {
    /// A message that says it all.
    Message(String),
    /// Mistakes in a file, at their places.
    Places(RulebookError),
}

impl Error {
    /// The error as it is shown.
    pub(super) fn show(&self, style: Style) -> String {
        match self {
            Self::Message(message) => message.clone(),
            Self::Places(error) => problems(error, style).trim_end().to_owned(),
        }
    }
}

/// Finds a text that is newer than the file's: one that an editor has open.
pub(super) type Open = Box<dyn Fn(&Path) -> Option<String> + Send>;

/// Loads a rulebook.
type Load = fn(&str, Fetch<'_>) -> Result<Book, RulebookError>;

/// The settings of a run: each folder's configuration and each rulebook is read once.
pub(super) struct Settings {
    args: Args,
    load: Load,
    open: Open,
    books: HashMap<String, Rulebook>,
    configs: HashMap<Option<PathBuf>, Arc<Rulebook>>,
    /// The configuration of each folder, so that it is looked for once.
    folders: HashMap<PathBuf, Option<PathBuf>>,
    /// The files that were read, or should have been.
    read: RefCell<BTreeSet<PathBuf>>,
}

impl Settings {
    pub(super) fn new(args: &Args) -> Self {
        Self::over(args, Box::new(|_| None))
    }

    /// Settings for a command that shows no examples of rules.
    pub(super) fn to_check(args: &Args) -> Self {
        Self { load: load_to_check, ..Self::new(args) }
    }

    /// Settings that read what an editor has open instead of the files.
    pub(super) fn over(args: &Args, open: Open) -> Self {
        let (books, configs) = (HashMap::new(), HashMap::new());
        let load = load as Load;
        Self { args: args.clone(), load, open, books, configs, folders: HashMap::new(), read: RefCell::default() }
    }

    /// Forgets the configurations, so that they are read anew.
    pub(super) fn forget_configs(&mut self) {
        self.configs.clear();
        self.folders.clear();
    }

    /// The rulebook for a draft, its folder's configuration laid over it.
    pub(super) fn rulebook(&mut self, input: &Input) -> Result<Arc<Rulebook>, Error> {
        let folder = match input {
            Input::File(draft) => draft.parent().unwrap_or(Path::new("")),
            Input::Stdin => Path::new(""),
        };
        let path = match (&self.args.choice.config, self.folders.get(folder)) {
            (Some(path), _) => Some(path.clone()),
            (None, Some(known)) => known.clone(),
            (None, None) => {
                let found = self.find_upward(folder);
                self.folders.insert(folder.to_owned(), found.clone());
                found
            }
        };
        self.read.borrow_mut().extend(path.clone());
        if let Some(book) = self.configs.get(&path) {
            return Ok(book.clone());
        }
        let (mut config, shown) = match &path {
            Some(path) => {
                let shown = path.display().to_string();
                let text = self.text(path).map_err(|message| Error::Message(format!("{shown}：{message}")))?;
                (Config::parse(&shown, &text).map_err(Error::Places)?, Some((shown, text)))
            }
            None => (Config::default(), None),
        };
        config.year = self.args.year.or(config.year);
        let (name, base) = match (&self.args.choice.rulebook, &config.rulebook) {
            (Some(name), _) => (name.clone(), None),
            (None, Some(name)) => (name.clone(), path.as_deref()),
            (None, None) => ("township".to_owned(), None),
        };
        let book = self.book(&name, base)?;
        if let Some((shown, text)) = &shown {
            known_rules(&config, &book, shown, text)?;
        }
        config.only = (!self.args.only.is_empty()).then(|| self.args.only.iter().cloned().collect());
        config.except = self.args.except.iter().cloned().collect();
        known(config.only.iter().flatten().chain(&config.except), &book)?;
        let book = Arc::new(book.with_config(config));
        self.configs.insert(path, book.clone());
        Ok(book)
    }

    /// The files of rules and settings that were read, or that should be there and are not.
    pub(super) fn files(&self) -> BTreeSet<PathBuf> {
        self.read.borrow().clone()
    }

    /// A rulebook by name, a path being relative to the file that names it.
    fn book(&mut self, name: &str, base: Option<&Path>) -> Result<Rulebook, Error> {
        let key = format!("{}\n{name}", base.map(|base| base.display().to_string()).unwrap_or_default());
        if let Some(book) = self.books.get(&key) {
            return Ok(book.clone());
        }
        let first = base.map(|base| base.display().to_string());
        let fetch = |name: &str, from: Option<&str>| self.fetch(name, from.or(first.as_deref()));
        let book = (self.load)(name, &fetch).map_err(|error| match error.problems.as_slice() {
            [Problem { place: None, message, help }] => {
                Error::Message(format!("{message}{}", help.as_ref().map(|help| format!("，{help}")).unwrap_or_default()))
            }
            _ => Error::Places(error),
        })?;
        let book = Rulebook::new(book, Config::default());
        self.books.insert(key, book.clone());
        Ok(book)
    }

    /// `rlcheck.toml` in a folder or the nearest one above it.
    fn find_upward(&self, folder: &Path) -> Option<PathBuf> {
        let near = folder.join("rlcheck.toml");
        if self.is_file(&near) {
            return Some(near);
        }
        let whole = std::path::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()?;
        whole.ancestors().skip(1).map(|folder| folder.join("rlcheck.toml")).find(|path| self.is_file(path))
    }

    /// The configuration that speaks for a draft: its path and its text.
    pub(super) fn config(&self, draft: &Path) -> Option<(PathBuf, String)> {
        let path = self.find_upward(draft.parent()?)?;
        let text = self.text(&path).ok()?;
        Some((path, text))
    }

    /// Reads a rulebook that is no embedded one.
    pub(super) fn fetch(&self, name: &str, from: Option<&str>) -> Result<(String, String), String> {
        let looks_like_path = name.contains(['/', '\\']) || [".yaml", ".yml"].iter().any(|ending| name.ends_with(ending));
        if !looks_like_path {
            return Err(format!(
                "没有名叫“{name}”的规则库；现有：{}；自己的规则库请写文件路径",
                embedded_names().collect::<Vec<_>>().join("、")
            ));
        }
        let folder = from.and_then(|from| Path::new(from).parent()).unwrap_or(Path::new(""));
        let path = folder.join(name);
        self.read.borrow_mut().insert(path.clone());
        if path.is_dir() {
            return folder_of_rules(&path);
        }
        let text = self.text(&path).map_err(|message| format!("规则库 {}：{message}", path.display()))?;
        Ok((path.display().to_string(), text))
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file() || (self.open)(path).is_some()
    }

    /// The text of a file of settings or rules.
    fn text(&self, path: &Path) -> Result<String, String> {
        (self.open)(path).map_or_else(|| read_text(path), Ok)
    }
}

/// A rulebook by name, without any settings.
pub(super) fn bare(name: &str) -> Result<Rulebook, Error> {
    Settings::new(&Args::default()).book(name, None)
}

/// A folder of rulebooks as one that extends all of them, in the order of their names.
fn folder_of_rules(folder: &Path) -> Result<(String, String), String> {
    let shown = folder.display();
    let entries = std::fs::read_dir(folder).map_err(|error| format!("文件夹 {shown}：{}", reason(&error)))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && [".yaml", ".yml"].iter().any(|ending| name.ends_with(ending)))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(format!("文件夹 {shown} 里没有规则库（.yaml 文件）"));
    }
    let list = serde_json::to_string(&names).map_err(|error| error.to_string())?;
    Ok((folder.join("*.yaml").display().to_string(), format!("extends: {list}\n")))
}

/// Reads a file of settings or rules: text of any encoding, at most a megabyte.
pub(super) fn read_text(path: &Path) -> Result<String, String> {
    const MOST: u64 = 1024 * 1024;
    let size = std::fs::metadata(path).map_err(|error| reason(&error))?.len();
    if size > MOST {
        return Err("文件太大，不像规则库或设置文件".to_owned());
    }
    let bytes = std::fs::read(path).map_err(|error| reason(&error))?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(String::new());
    }
    rlcheck::text::decode(&bytes)
        .map(|(text, _)| text.trim_start_matches('\u{feff}').to_owned())
        .map_err(|error| error.to_string())
}

/// Rules named on the command line must be ones of the rulebook.
pub(super) fn known<'a>(rules: impl IntoIterator<Item = &'a String>, book: &Rulebook) -> Result<(), Error> {
    match rules.into_iter().find(|rule| !book.book().rules.contains_key(rule)) {
        Some(rule) => Err(Error::Message(unknown_rule(rule, book.book()))),
        None => Ok(()),
    }
}

/// Every rule that a configuration names must be one of the rulebook.
fn known_rules(config: &Config, book: &Rulebook, shown: &str, text: &str) -> Result<(), Error> {
    let mut files = Files::default();
    files.add(shown, text.to_owned());
    let graded = config.severity.iter().map(|(rule, grade)| (rule, grade.place));
    let allowed = config.allow.iter().map(|allow| (&allow.rule.value, allow.rule.place));
    let problems: Vec<Problem> = graded
        .chain(allowed)
        .filter(|(rule, _)| !book.book().rules.contains_key(rule))
        .map(|(rule, place)| Problem::new(place, unknown_rule(rule, book.book())))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Places(RulebookError { files, problems })) }
}

fn unknown_rule(rule: &str, book: &Book) -> String {
    let known: BTreeSet<&str> = book.rules.keys().map(String::as_str).collect();
    let near = nearest(rule, known).map(|near| format!("，是不是想写“{near}”？")).unwrap_or_default();
    format!("没有“{rule}”这条规则{near}")
}
