//! The parts of a report, recognised by the wording of their headings and not by their numbers.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::draft::{Block, Draft, Role, Section};
use crate::rulebook::{Book, Part};
use crate::text::cjk;

/// Where a part was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its key in the rulebook.
    pub key: String,
    /// Index in [`Draft::blocks`] of its heading, or of the paragraph that it begins with.
    pub heading: usize,
    /// Blocks that belong to it, the heading left out.
    pub body: Range<usize>,
    /// How it was recognised.
    pub how: How,
}

/// How a part was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By a first-level heading.
    Heading,
    /// By a heading within another part.
    Inside,
    /// By the words that a paragraph begins with.
    Lead,
    /// It has first-level headings of the town's own.
    Themes,
}

/// The parts of a report.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// In the order of the draft; a part can be in several places.
    pub found: Vec<Found>,
    /// First-level headings that stand for several required parts, and which ones.
    pub merged: Vec<(usize, Vec<String>)>,
    /// For each block the index in `found` of the innermost part in which it stands, once all are found.
    innermost: Vec<Option<usize>>,
    /// Where each block begins in the source.
    pub(super) starts: Vec<usize>,
}

impl Parts {
    pub(super) fn of(draft: &Draft, book: &Book, year: Option<u32>) -> Self {
        let next_year = year.map(|year| spellings(year + 1));
        let titles = vec![OnceCell::new(); draft.sections.len()];
        let mut reading = Reading { draft, book, next_year, titles, result: Self::default() };
        reading.top_level();
        reading.loose();
        reading.inside();
        reading.themes();
        reading.leads();
        let mut result = reading.result;
        result.found.sort_by_key(|found| (found.heading, found.body.end));
        result.starts = draft.blocks.iter().map(|block| block.span().start).collect();
        result.innermost = vec![None; draft.blocks.len()];
        // The widest first, so that the innermost stays; of several as wide the first.
        let mut widest: Vec<usize> = (0..result.found.len()).collect();
        widest.sort_by_key(|&index| std::cmp::Reverse((result.found[index].body.len(), index)));
        for index in widest {
            let Found { heading, body, .. } = &result.found[index];
            for block in body.clone().chain([*heading]) {
                result.innermost[block] = Some(index);
            }
        }
        result
    }

    /// The places of a part.
    pub fn get<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Found> + 'a {
        self.found.iter().filter(move |found| found.key == key)
    }

    /// Whether a part was found.
    pub fn has(&self, key: &str) -> bool {
        self.found.iter().any(|found| found.key == key)
    }

    /// The part in which a block stands: the innermost.
    pub fn at(&self, block: usize) -> Option<&str> {
        self.innermost.get(block).copied().flatten().map(|index| self.found[index].key.as_str())
    }

    /// Whether each of so many blocks stands in a part.
    pub fn hold(&self, key: &str, blocks: usize) -> Vec<bool> {
        let mut held = vec![false; blocks];
        for found in self.found.iter().filter(|found| found.key == key) {
            held[found.heading] = true;
            held[found.body.clone()].fill(true);
        }
        held
    }

    /// The same as [`Parts::at`] while parts are still being found.
    fn so_far_at(&self, block: usize) -> Option<&str> {
        let holds = |found: &&Found| found.heading == block || found.body.contains(&block);
        self.found.iter().filter(holds).min_by_key(|found| found.body.len()).map(|found| found.key.as_str())
    }
}

/// What stands between several things that one heading names.
const SEPARATORS: [char; 8] = ['、', '，', ',', '和', '及', '与', '暨', '；'];

/// A year as it is written: `2025年`, `２０２５年`, `二〇二五年`, `二○二五年`, and without 年.
fn spellings(year: u32) -> [String; 5] {
    let with = |digits: &str| {
        let digit = |c: char| digits.chars().nth(c.to_digit(10)? as usize);
        format!("{}年", year.to_string().chars().filter_map(digit).collect::<String>())
    };
    let [half, full, han, round] =
        ["0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "○一二三四五六七八九"].map(with);
    [half, full, han, round, year.to_string()]
}

struct Reading<'a> {
    draft: &'a Draft,
    book: &'a Book,
    /// The year behind that of the report, in the ways in which a heading writes it.
    next_year: Option<[String; 5]>,
    /// The keys that the heading of each section names, read when first asked for.
    titles: Vec<OnceCell<Vec<&'a str>>>,
    result: Parts,
}

impl<'a> Reading<'a> {
    /// The keys of the parts that the heading of a section names.
    fn titled(&self, section: usize) -> &[&'a str] {
        let title = || self.draft.blocks[self.draft.sections[section].heading].text.text();
        self.titles[section].get_or_init(|| self.named(title()))
    }

    /// A heading without blanks. In the report of 2024, 2025年重点工作 are those of the next year.
    fn plain<'t>(&self, title: &'t str) -> Cow<'t, str> {
        let title = cjk::squeeze(title);
        match self.next_year.iter().flatten().find(|year| title.contains(year.as_str())) {
            Some(year) => title.replace(year.as_str(), "下一年").into(),
            None => title,
        }
    }

    /// The keys of the parts that a heading names, in its order.
    fn named(&self, title: &str) -> Vec<&'a str> {
        let title = self.plain(title);
        let mut keys: Vec<&'a str> = Vec::new();
        for segment in title.split(SEPARATORS).filter(|segment| !segment.is_empty()) {
            let Some((key, part)) = self.book.part_named(segment) else { continue };
            // Behind what is lacking or planned, measures are those of the plan (存在的问题及改进措施).
            let own = !part.own_themes || keys.is_empty();
            if own && !keys.contains(&key.as_str()) {
                keys.push(key);
            }
        }
        // 和, 及 and 与 also stand inside words: what no segment names, the whole heading may.
        if keys.is_empty() && title.contains(SEPARATORS) {
            keys.extend(self.book.part_named(&title).map(|(key, _)| key.as_str()));
        }
        keys
    }

    fn part(&self, key: &str) -> Option<&Part> {
        self.book.parts.iter().find(|(other, _)| other == key).map(|(_, part)| part)
    }

    fn top_level(&mut self) {
        for (index, section) in self.draft.sections.iter().enumerate().filter(|(_, section)| section.level == 1) {
            let keys: Vec<String> = self.titled(index).iter().map(|key| (*key).to_owned()).collect();
            for key in &keys {
                let body = self.whole_body(index, section);
                self.result.found.push(Found { key: key.clone(), heading: section.heading, body, how: How::Heading });
            }
            if keys.iter().filter(|key| self.part(key).is_some_and(|part| part.required)).count() > 1 {
                self.result.merged.push((section.heading, keys));
            }
        }
        // What has a heading of its own elsewhere is not merged.
        let alone = |key: &str, heading: usize| {
            self.result.found.iter().any(|found| {
                found.key == key
                    && found.heading != heading
                    && self.result.merged.iter().all(|(other, _)| *other != found.heading)
            })
        };
        let merged: Vec<_> = self
            .result
            .merged
            .iter()
            .map(|(heading, keys)| (*heading, keys.iter().filter(|key| !alone(key, *heading)).cloned().collect::<Vec<_>>()))
            .filter(|(_, keys)| keys.len() > 1)
            .collect();
        self.result.merged = merged;
    }

    /// First-level headings that name a missing part in other words, where their text tells what belongs there.
    fn loose(&mut self) {
        let book = self.book;
        let missing: Vec<&str> = self.missing();
        let missing: Vec<_> =
            book.parts.iter().filter(|(key, part)| !part.loose.is_empty() && missing.contains(&key.as_str())).collect();
        for (key, part) in missing {
            let themes = |found: &Found| self.part(&found.key).is_some_and(|part| part.own_themes);
            let others = |heading: usize| self.result.found.iter().any(|found| themes(found) && found.heading != heading);
            let is_free = |section: &Section| {
                self.result
                    .found
                    .iter()
                    .filter(|found| found.heading == section.heading)
                    .all(|found| themes(found) && others(found.heading))
            };
            let names_it = |section: &Section| {
                let title = self.plain(self.draft.blocks[section.heading].text.text());
                part.loose.is_match(&title) && (part.told.is_empty() || self.tells(section, part))
            };
            let section = self
                .draft
                .sections
                .iter()
                .filter(|section| section.level == 1 && is_free(section))
                .find(|section| names_it(section));
            let Some(section) = section else { continue };
            let (heading, body) = (section.heading, section.body.clone());
            self.result.found.retain(|found| found.heading != heading);
            self.result.found.push(Found { key: key.as_str().to_owned(), heading, body, how: How::Heading });
        }
    }

    /// Whether the text of a section says twice what a part tells.
    fn tells(&self, section: &Section, part: &Part) -> bool {
        self.draft.prose(section.body.clone()).map(|block| part.told.find_iter(block.text.text()).len()).sum::<usize>() > 1
    }

    /// What belongs to a part. Headings without numbers all look alike: those that name no part are below the one that
    /// names one.
    fn whole_body(&self, index: usize, section: &Section) -> Range<usize> {
        let bare = |section: &Section| matches!(&self.draft.blocks[section.heading].role, Role::Heading(heading) if heading.number.is_none());
        if !bare(section) {
            return section.body.clone();
        }
        let names_none = |other: usize| self.titled(other).is_empty();
        let mut later = (index + 1..self.draft.sections.len()).filter(|&other| self.draft.sections[other].level == section.level);
        let next = later.find(|&other| !bare(&self.draft.sections[other]) || !names_none(other));
        let end = match next {
            Some(next) => self.draft.sections[next].heading,
            None => self.draft.sections.iter().map(|section| section.body.end).max().unwrap_or(section.body.end),
        };
        section.body.start..end.max(section.body.end)
    }

    /// Parts that have a heading, but not of the first level.
    fn inside(&mut self) {
        let missing: Vec<&str> = self.missing();
        if missing.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for (index, section) in self.draft.sections.iter().enumerate().filter(|(_, section)| section.level > 1) {
            for &key in self.titled(index) {
                let holder = self.result.so_far_at(section.heading);
                // 二、创新普法宣传，（一）打造特色品牌: all headings of the first level are the measures, not that one below.
                let below = || self.draft.sections.iter().any(|top| top.level == 1 && top.body.contains(&section.heading));
                let themed = self.part(key).is_some_and(|part| part.own_themes) && (holder.is_some() || below());
                // What stands among the plans is still to be done.
                let fits = missing.contains(&key) && !themed && holder != Some("plan");
                if fits {
                    found.push(Found {
                        key: key.to_owned(),
                        heading: section.heading,
                        body: section.body.clone(),
                        how: How::Inside,
                    });
                }
            }
        }
        self.result.found.extend(found);
    }

    /// First-level headings of the town's own stand for the part that allows it.
    fn themes(&mut self) {
        let Some(key) = self.missing().into_iter().find(|key| self.part(key).is_some_and(|part| part.own_themes)) else { return };
        let key = key.to_owned();
        let top = || self.draft.sections.iter().filter(|section| section.level == 1);
        let free: Vec<_> = top().filter(|section| self.result.so_far_at(section.heading).is_none()).collect();
        // Where all has to stand under 基本情况, it does.
        let chosen = if free.is_empty() {
            top()
                .filter(|section| {
                    self.result.so_far_at(section.heading).is_some_and(|key| self.part(key).is_some_and(|part| !part.required))
                })
                .filter(|section| {
                    self.draft.prose(section.body.clone()).map(|block| cjk::length(block.text.text())).sum::<usize>() > 300
                })
                .collect()
        } else {
            free
        };
        let found: Vec<Found> = chosen
            .into_iter()
            .map(|section| Found { key: key.clone(), heading: section.heading, body: section.body.clone(), how: How::Themes })
            .collect();
        self.result.found.extend(found);
    }

    /// Parts without any heading: a paragraph that begins with their words.
    fn leads(&mut self) {
        let missing: Vec<String> = self.missing().into_iter().map(str::to_owned).collect();
        if missing.is_empty() {
            return;
        }
        let mut found: Vec<Found> = Vec::new();
        for (index, block) in self.draft.blocks.iter().enumerate() {
            let Some(lead) = lead(block) else { continue };
            for key in self.named(lead) {
                let new = missing.iter().any(|other| other == key)
                    && !self.part(key).is_some_and(|part| part.own_themes)
                    && self.result.so_far_at(index) != Some("plan")
                    && !found.iter().any(|found| found.key == key);
                if new && cjk::length(block.text.text()) >= 40 {
                    let end = self
                        .draft
                        .sections
                        .iter()
                        .map(|section| section.heading)
                        .find(|&heading| heading > index)
                        .unwrap_or(self.draft.blocks.len());
                    let body = index
                        ..end.min(
                            index
                                + 1
                                + self.draft.blocks[index + 1..]
                                    .iter()
                                    .take_while(|block| matches!(block.role, Role::Paragraph(_)))
                                    .count(),
                        );
                    found.push(Found { key: key.to_owned(), heading: index, body, how: How::Lead });
                }
            }
        }
        self.result.found.extend(found);
    }

    /// Required parts that have not been found yet.
    fn missing(&self) -> Vec<&str> {
        self.book.parts.iter().filter(|(key, part)| part.required && !self.result.has(key)).map(|(key, _)| key.as_str()).collect()
    }
}

/// The words that a paragraph begins with, as far as they can stand for a heading: up to a colon or a full stop,
/// or a comma behind 方面.
fn lead(block: &Block) -> Option<&str> {
    let Role::Paragraph(None) = block.role else { return None };
    let text = block.text.text();
    let end = text.find(['：', ':', '。', '，', ','])?;
    let lead = &text[..end];
    let mark = text[end..].chars().next()?;
    let whole = matches!(mark, '：' | ':' | '。') || lead.ends_with("方面");
    (whole && lead.chars().count() <= 24).then_some(lead)
}
