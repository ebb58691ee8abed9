//! One run over all drafts: reading, checking and printing go on at the same time, and the output has the order of the drafts.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rlcheck::Draft;
use rlcheck::baseline::Entry;
use rlcheck::output::{Checked, Form, Page, Tally, Writer};
use rlcheck::report::Report;

use super::super::input::{self, Input};
use super::super::sink::Sink;
use super::super::{Outcome, complain, office};
use super::baseline::{Known, Notes};
use super::progress::Progress;
use super::siblings::Siblings;
use super::{Args, Job, comment, shown, stop, stream};

/// What every draft is checked with.
struct Check<'a> {
    args: &'a Args,
    jobs: &'a [Job],
    form: Form,
    last: Option<&'a Draft>,
    known: Option<&'a Known>,
    siblings: Option<Siblings<'a>>,
}

/// A draft and, where they are asked for, the bytes that comments are written into: its file's, and those of the Word file it was
/// converted to.
struct Reading {
    draft: Arc<Draft>,
    bytes: Vec<u8>,
    converted: Option<Vec<u8>>,
}

/// What is said of one draft.
struct Answer {
    tally: Tally,
    page: Page,
    /// What became of the comments, if they were asked for.
    written: Option<Result<String, String>>,
    /// What it has in all and what it has no more, where that is compared with what was found before.
    compared: Option<(String, Vec<Entry>, Vec<Entry>)>,
}

/// What has been printed so far.
struct Printed<'a> {
    jobs: &'a [Job],
    form: Form,
    writer: Box<dyn Writer>,
    sink: Sink,
    progress: Progress,
    tally: Tally,
    notes: Notes,
    outcome: Outcome,
}

/// Checks the drafts and prints what was found.
pub(super) fn run(args: &Args, jobs: &[Job], form: Form, last: Option<&Draft>, known: Option<&Known>, sink: Sink) -> Outcome {
    if jobs.len() > 1 {
        stop::listen();
    }
    let siblings = wants_siblings(args, jobs).then(|| Siblings::survey(jobs)).flatten();
    let check = Check { args, jobs, form, last, known, siblings };
    let mut printed = Printed {
        jobs,
        form,
        writer: form.writer(jobs.iter().map(|job| job.book.as_ref())),
        sink,
        progress: Progress::new("检查", jobs.len()),
        tally: Tally::default(),
        notes: known.map_or_else(Notes::default, |known| known.notes(args.accept_new)),
        outcome: Outcome::Clean,
    };
    printed.begin();
    let done = stream::each(jobs.len(), |numbers| check.drafts(numbers), |number, answer| printed.take(number, answer));
    printed.tally.left = jobs.len() - done;
    printed.end(args, known)
}

/// Drafts of a folder are compared with one another, those named one by one if it is asked for.
fn wants_siblings(args: &Args, jobs: &[Job]) -> bool {
    let asked = args.siblings || !args.no_siblings && args.paths.iter().any(|path| path.is_dir());
    let rules = ["shared-passage", "shared-figures", "foreign-place"];
    asked && jobs.len() > 1 && jobs.iter().any(|job| rules.iter().any(|rule| job.book.wants(rule)))
}

impl Check<'_> {
    /// Checks some drafts together. A fault of our own in one draft must not end the run over the others: then each is checked by
    /// itself. Comments are written once only.
    fn drafts(&self, numbers: Range<usize>) -> Vec<Result<Answer, String>> {
        let together = numbers.len() > 1 && !self.args.comments;
        let answers = together.then(|| catch_unwind(AssertUnwindSafe(|| self.try_drafts(numbers.clone()))).ok()).flatten();
        answers.unwrap_or_else(|| numbers.map(|number| self.draft(number)).collect())
    }

    fn draft(&self, number: usize) -> Result<Answer, String> {
        let checked = catch_unwind(AssertUnwindSafe(|| self.try_drafts(number..number + 1).pop()));
        let name = || shown(&self.jobs[number].input, self.form);
        let fault = || Err(format!("{}：检查时程序出了错，这份稿件没有检查完", name()));
        checked.ok().flatten().unwrap_or_else(fault)
    }

    /// Does each step for all of the drafts before the next one.
    fn try_drafts(&self, numbers: Range<usize>) -> Vec<Result<Answer, String>> {
        let readings: Vec<_> = numbers.clone().map(|number| self.reading(number)).collect();
        let read = || numbers.clone().zip(&readings).filter_map(|(number, reading)| Some((number, reading.as_ref().ok()?)));
        let book = |number: usize| self.jobs[number].book.as_ref();
        let beside =
            |(number, reading): (usize, &Reading)| Some(self.siblings.as_ref()?.beside(number, &reading.draft, book(number)));
        let neighbours: Vec<_> = read().map(beside).collect();
        let reports = read().map(|(number, reading)| Report::new(&reading.draft, book(number)).beside(self.last));
        let reports = reports.zip(&neighbours).map(|(report, neighbours)| report.among(neighbours.as_ref())).collect();
        let checked = read().zip(Checked::all(reports));
        let answers: Vec<_> = checked.map(|((number, reading), checked)| self.answer(number, reading, checked)).collect();
        let mut answers = answers.into_iter();
        readings.into_iter().filter_map(|reading| reading.map_or_else(|why| Some(Err(why)), |_| answers.next().map(Ok))).collect()
    }

    fn reading(&self, number: usize) -> Result<Reading, String> {
        let Job { input, .. } = &self.jobs[number];
        let name = shown(input, self.form);
        let kept = self.siblings.as_ref().and_then(|siblings| siblings.draft(number));
        match kept.filter(|draft| draft.source.name() == name && !self.args.comments) {
            Some(draft) => Ok(Reading { draft, bytes: Vec::new(), converted: None }),
            None => self.read(input, &name),
        }
    }

    fn answer(&self, number: usize, reading: &Reading, mut checked: Checked<'_>) -> Answer {
        let Job { input, .. } = &self.jobs[number];
        let compared = self.known.map(|known| {
            let path = known.name(input);
            let entries = checked.compare(&known.baseline, &path);
            let fixed = checked.since.as_ref().map(|since| since.fixed.clone()).unwrap_or_default();
            (path, entries, fixed)
        });
        let Reading { bytes, converted, .. } = reading;
        let written = self.args.comments.then(|| comment(input, bytes, converted.as_deref(), &checked, self.args.force));
        Answer { tally: checked.tally(), page: self.form.page(&checked), written, compared }
    }

    fn read(&self, input: &Input, name: &str) -> Result<Reading, String> {
        let bytes = input::bytes(input).map_err(|message| format!("{name}：{message}"))?;
        let (draft, converted) = office::parse(name, &bytes, self.args.convert)?;
        let bytes = if self.args.comments { bytes } else { Vec::new() };
        Ok(Reading { draft: Arc::new(draft), bytes, converted })
    }
}

impl Printed<'_> {
    fn begin(&mut self) {
        let head = self.writer.head();
        self.sink.write(head.as_bytes());
    }

    /// Prints the next draft.
    fn take(&mut self, number: usize, answer: Result<Answer, String>) {
        let (text, said) = match answer {
            Ok(answer) => self.answered(answer),
            Err(message) => {
                self.outcome = Outcome::Failed;
                let name = shown(&self.jobs[number].input, self.form);
                let why = message.strip_prefix(&format!("{name}：")).unwrap_or(&message);
                (self.writer.unread(&name, why), Some(message))
            }
        };
        let sink = &mut self.sink;
        self.progress.aside(|| {
            sink.write(text.as_bytes());
            if let Some(message) = said {
                complain(&message);
            }
        });
        self.progress.step(number + 1);
    }

    /// What to print of a draft, and what to tell the user of it.
    fn answered(&mut self, answer: Answer) -> (String, Option<String>) {
        let Answer { tally, page, written, compared } = answer;
        self.tally.add(tally);
        if let Some((path, entries, fixed)) = compared {
            self.notes.note(&path, entries, &fixed, tally.errors + tally.warnings + tally.infos);
        }
        let said = written.map(|written| {
            written.unwrap_or_else(|message| {
                self.outcome = Outcome::Failed;
                message
            })
        });
        (self.writer.draft(page), said)
    }

    /// Closes the output, be it that the run was broken off, and says how it went.
    fn end(self, args: &Args, known: Option<&Known>) -> Outcome {
        let Self { mut writer, mut sink, form, progress, tally, notes, mut outcome, .. } = self;
        drop(progress);
        let written = writer.tail(tally).and_then(|tail| {
            sink.write(&tail);
            sink.finish()
        });
        if let Err(message) = written {
            complain(&message);
            outcome = Outcome::Failed;
        }
        if tally.left > 0 {
            if !matches!(form, Form::Human(_)) || args.output.is_some() {
                complain(&format!("已中断，查了{}份，剩{}份", tally.drafts, tally.left));
            }
            if args.accept_new {
                complain("没有检查完，--baseline 的文件没有动");
            }
            return Outcome::Failed;
        }
        for message in known.iter().flat_map(|known| known.stale(&notes)) {
            complain(&message);
        }
        match known.map(|known| known.write(&notes)) {
            Some(Ok(Some(message))) => complain(&message),
            Some(Err(message)) => {
                complain(&message);
                outcome = Outcome::Failed;
            }
            _ => {}
        }
        let found = !args.accept_new && tally.worst().is_some_and(|worst| worst >= args.fail_on.severity());
        outcome.max(if found { Outcome::Findings } else { Outcome::Clean })
    }
}
