//! `rlcheck lsp`: the server for editors, with the files and settings of this machine.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rlcheck::output::Style;
use rlcheck::report::Report;
use rlcheck::rulebook::{Book, Config, RulebookError, load};
use rlcheck::scaffold::{Facts, LastYear, embedded_template, render};
use rlcheck::{Draft, Rulebook};

use super::Outcome;
use super::input::{self, Input};
use super::settings::{self, Error, Settings};
use crate::lsp::{self, Blank, Choice, Trouble};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 用标准输入输出通信（本来就是这样，有的编辑器会写上）
    #[arg(long, help_heading = "选项")]
    stdio: bool,
}

/// Runs the command.
pub(super) fn run(_: &Args) -> Outcome {
    if lsp::run(Arc::new(Desk::default())) { Outcome::Clean } else { Outcome::Findings }
}

/// How many sets of the client's settings are kept at a time.
const KEPT: usize = 64;

/// Texts that the client has open, by their paths.
type Open = Arc<Mutex<HashMap<PathBuf, Arc<str>>>>;

#[derive(Default)]
struct Desk {
    open: Open,
    settings: Mutex<HashMap<Choice, Settings>>,
}

/// What a fault of ours left behind is still the best there is.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// The settings of a choice.
    fn with<T>(&self, choice: &Choice, then: impl FnOnce(&mut Settings) -> T) -> T {
        let mut all = locked(&self.settings);
        if all.len() > KEPT {
            all.clear();
        }
        let settings = all.entry(choice.clone()).or_insert_with(|| {
            let open = self.open.clone();
            Settings::over(&settings::Args::of_editor(choice), Box::new(move |path| Some(locked(&open).get(path)?.to_string())))
        });
        then(settings)
    }
}

fn place(draft: Option<&Path>) -> Input {
    draft.map_or(Input::Stdin, |path| Input::File(path.to_owned()))
}

impl lsp::Desk for Desk {
    fn rulebook(&self, draft: Option<&Path>, choice: &Choice) -> Result<Rulebook, Trouble> {
        let plain = Style { color: false, width: 100 };
        self.with(choice, |settings| settings.rulebook(&place(draft))).map(|book| Rulebook::clone(&book)).map_err(|error| {
            match error {
                Error::Message(message) => Trouble { message, error: None },
                Error::Places(places) => {
                    let first = places.to_string().lines().next().unwrap_or_default().to_owned();
                    let message = if first.is_empty() { Error::Places(places.clone()).show(plain) } else { first };
                    Trouble { message, error: Some(places) }
                }
            }
        })
    }

    fn book(&self, path: &Path) -> Result<Book, RulebookError> {
        let name = path.display().to_string();
        self.with(&Choice::default(), |settings| load(&name, &|name, from| settings.fetch(name, from)))
    }

    fn open(&self, path: &Path, text: Option<Arc<str>>) {
        match text {
            Some(text) => _ = locked(&self.open).insert(path.to_owned(), text),
            None => _ = locked(&self.open).remove(path),
        }
    }

    fn forget(&self, books: bool) {
        let mut all = locked(&self.settings);
        if books {
            all.clear();
        } else {
            all.values_mut().for_each(Settings::forget_configs);
        }
    }

    fn drafts(&self, folder: &Path) -> Vec<PathBuf> {
        let (inputs, _) = input::collect(&[folder.to_owned()], false);
        inputs.into_iter().filter_map(|input| if let Input::File(path) = input { Some(path) } else { None }).collect()
    }

    fn read(&self, path: &Path) -> Result<Draft, String> {
        input::read(&Input::of(path))
    }

    fn config(&self, draft: &Path) -> Option<(PathBuf, String)> {
        self.with(&Choice::default(), |settings| settings.config(draft))
    }

    fn blank(&self, blank: &Blank) -> Result<(String, String), String> {
        let folder = blank.folder.as_deref().map(|folder| folder.join("新.md"));
        let book = lsp::Desk::rulebook(self, folder.as_deref(), &Choice::default()).map_err(|trouble| trouble.message)?;
        let last = match &blank.from {
            Some(path) => {
                let draft = input::read(&Input::of(path))?;
                Some(LastYear::of(&Report::new(&draft, &book.with_config(Config::default()))))
            }
            None => None,
        };
        let facts = facts(blank, &book.config, last.as_ref())?;
        let text = render(embedded_template(&facts), &facts, last, book.book()).map_err(|error| error.to_string())?;
        Ok((format!("{}{}年法治政府建设年度报告.md", facts.town, facts.year), text))
    }
}

/// What a blank report is about: from what is asked, the settings, last year's report, in this order.
fn facts(blank: &Blank, config: &Config, last: Option<&LastYear>) -> Result<Facts, String> {
    let need = |given: &Option<String>, set: &Option<String>, told: Option<&String>, what: &str| {
        let found = given.clone().or_else(|| set.clone()).or_else(|| told.cloned());
        found.filter(|name| !name.trim().is_empty()).ok_or_else(|| format!("缺少{what}"))
    };
    let town = need(&blank.town, &config.town, last.and_then(|last| last.town.as_ref()), "镇（乡、街道）的全称")?;
    let county = need(&blank.county, &config.county, last.and_then(|last| last.county.as_ref()), "所属县（市、区）的全称")?;
    let told = last.and_then(|last| last.year).map(|year| year + 1);
    let year = blank.year.or(config.year).or(told).ok_or("缺少报告年度")?;
    if !(1990..2100).contains(&year) {
        return Err("报告年度应当在1990到2099之间".to_owned());
    }
    let listed = || last.map(|last| last.villages.clone()).unwrap_or_default();
    let villages = if config.villages.is_empty() { listed() } else { config.villages.clone() };
    Ok(Facts { year, town, county, villages })
}
