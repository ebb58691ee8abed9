//! `--watch`: checks again whenever a draft, `rlcheck.toml` or the rulebook has changed.
//!
//! What counts is what the files are like (their times and sizes), not what the system tells of them: an editor may write in place, or write
//! another file and rename it. Notices of the system only say when to look again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::super::input::{self, Input};
use super::super::settings::Settings;
use super::super::{Outcome, complain, print};
use super::{Args, once, stop};

/// How often Ctrl-C is looked for while nothing happens.
const LOOK: Duration = Duration::from_millis(100);
/// How long files must be at rest: an editor takes several steps to save one.
const REST: Duration = Duration::from_millis(200);
/// How often files are looked at where the system gives no notice.
const POLL: Duration = Duration::from_secs(1);

/// What files are like: when they were changed, and their size; `None` for those that are not there.
type Stamps = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// Runs until Ctrl-C; the outcome is that of the last run.
pub(super) fn run(args: &Args) -> Outcome {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        complain("--watch 要看着文件，标准输入（-）看不了");
        return Outcome::Failed;
    }
    stop::listen();
    let mut rules = BTreeSet::new();
    loop {
        if std::io::stdout().is_terminal() {
            print("\u{1b}[2J\u{1b}[3J\u{1b}[H");
        }
        let before = stamps(args, &rules);
        let mut settings = Settings::new(&args.settings);
        let outcome = once(args, &mut settings);
        // What was not known of before is as it is now.
        rules = settings.files();
        let mut seen = stamps(args, &rules);
        seen.extend(before);
        complain("正在看着稿件、设置和规则库，有改动就重新检查；按 Ctrl-C 结束");
        if stop::asked() || !changed(args, &rules, &seen) {
            return outcome;
        }
    }
}

/// Waits for a change; `false` when Ctrl-C comes first.
fn changed(args: &Args, rules: &BTreeSet<PathBuf>, seen: &Stamps) -> bool {
    let (sender, notices) = channel();
    let watcher = notify::recommended_watcher(move |_| _ = sender.send(()));
    let watcher = watcher.ok().and_then(|watcher| watch(watcher, args, rules));
    let mut idle = Duration::ZERO;
    loop {
        if stamps(args, rules) != *seen {
            rest(&notices, args, rules);
            return !stop::asked();
        }
        loop {
            if stop::asked() {
                return false;
            }
            idle += LOOK;
            let told = if watcher.is_some() {
                notices.recv_timeout(LOOK).is_ok()
            } else {
                std::thread::sleep(LOOK);
                false
            };
            if told || watcher.is_none() && idle >= POLL {
                idle = Duration::ZERO;
                break;
            }
        }
    }
}

/// Waits until the files are at rest.
fn rest(notices: &Receiver<()>, args: &Args, rules: &BTreeSet<PathBuf>) {
    let mut last = stamps(args, rules);
    loop {
        std::thread::sleep(REST);
        while notices.try_recv().is_ok() {}
        let now = stamps(args, rules);
        if now == last || stop::asked() {
            return;
        }
        last = now;
    }
}

/// Asks the system for notices of the folders that everything lies in; `None` where it gives none.
fn watch(mut watcher: RecommendedWatcher, args: &Args, rules: &BTreeSet<PathBuf>) -> Option<RecommendedWatcher> {
    // A renamed file is another file: its folder tells of it.
    for path in args.paths.iter().filter(|path| path.is_dir()) {
        watcher.watch(path, RecursiveMode::Recursive).ok()?;
    }
    let folders: BTreeSet<&Path> =
        args.paths.iter().filter(|path| !path.is_dir()).chain(rules).map(|path| folder(path)).collect();
    for path in folders {
        watcher.watch(path, RecursiveMode::NonRecursive).ok()?;
    }
    Some(watcher)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What everything that the outcome hangs on is like.
fn stamps(args: &Args, rules: &BTreeSet<PathBuf>) -> Stamps {
    let (inputs, _) = input::collect(&args.paths, args.convert);
    let mut paths: BTreeSet<PathBuf> = rules.clone();
    for input in inputs {
        if let Input::File(path) = input {
            paths.insert(folder(&path).join("rlcheck.toml"));
            paths.insert(path);
        }
    }
    paths.extend(args.last_year.iter().chain(&args.baseline).cloned());
    let stamp = |path: PathBuf| {
        let data = std::fs::metadata(&path).ok();
        let stamp = data.and_then(|data| Some((data.modified().ok()?, data.len())));
        (path, stamp)
    };
    paths.into_iter().map(stamp).collect()
}
