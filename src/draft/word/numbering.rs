//! Automatic numbers: lists, their levels, and the count as the paragraphs go by.

use std::collections::{HashMap, HashSet};

use super::WordError;
use super::props::NumberRef;
use super::styles::Styles;
use super::xml::{Item, Xml};
use super::{numeral, props};

/// How many levels a list has.
const LEVELS: usize = 9;
/// How long the text round a number may be, in characters.
const LONGEST: usize = 64;
/// A number beyond this is written in digits: nobody reads more than a warning from it.
const LARGEST: u32 = 32_767;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// `（%1）`.
    text: String,
    /// The style whose paragraphs stand on this level.
    style: Option<String>,
    /// After which level it starts anew: 0 never, `None` after every higher one.
    restart: Option<u8>,
    /// All numbers in Arabic digits.
    legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 0, format: "decimal".to_owned(), text: String::new(), style: None, restart: None, legal: false }
    }
}

#[derive(Debug, Default)]
struct Abstract {
    levels: HashMap<u8, Level>,
    /// A list style that has the levels instead.
    linked: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    of: u32,
    starts: HashMap<u8, u32>,
    levels: HashMap<u8, Level>,
}

/// All lists of a file and how far each has counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    abstracts: HashMap<u32, Abstract>,
    lists: HashMap<u32, List>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists whose own start has been set, by list and level.
    begun: HashSet<(u32, u8)>,
}

impl Numbering {
    /// Reads the part of lists.
    pub(crate) fn read(text: &str) -> Result<Self, WordError> {
        let (mut numbering, mut xml) = (Self::default(), Xml::new(text));
        loop {
            match xml.next()? {
                Item::Open(tag) if tag.is("numbering") => {}
                Item::Open(tag) if tag.is("abstractNum") => {
                    let id = id(tag.number("abstractNumId"));
                    numbering.abstracts.insert(id, abstract_list(&mut xml)?);
                }
                Item::Open(tag) if tag.is("num") => {
                    let id = id(tag.number("numId"));
                    numbering.lists.insert(id, list(&mut xml)?);
                }
                Item::Open(_) => {
                    xml.skip()?;
                }
                Item::End => return Ok(numbering),
                _ => {}
            }
        }
    }

    /// The number of the next paragraph, written out: `（二）`. `style` is the one that gave it its list, if a style did.
    pub(crate) fn next(&mut self, number: NumberRef, style: Option<&str>, styles: &Styles) -> Option<String> {
        let list = number.list.filter(|&list| list > 0)?;
        let of = self.resolve(list, styles)?;
        let by_style = style.and_then(|style| {
            let level = self.abstracts.get(&of)?.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style))?;
            Some(*level.0)
        });
        let level = by_style.or(number.level).unwrap_or(0);
        self.count(list, of, level);
        let own = self.level(list, of, level)?.clone();
        if own.format == "bullet" {
            return None;
        }
        Some(self.write(list, of, &own))
    }

    /// The list of levels behind a list, through list styles if need be.
    fn resolve(&self, list: u32, styles: &Styles) -> Option<u32> {
        let (mut of, mut steps) = (self.lists.get(&list)?.of, 0);
        while let Some(linked) = self.abstracts.get(&of)?.linked.as_deref()
            && steps < LEVELS
        {
            of = self.lists.get(&styles.list(linked)?)?.of;
            steps += 1;
        }
        Some(of)
    }

    fn level(&self, list: u32, of: u32, level: u8) -> Option<&Level> {
        let own = self.lists.get(&list).and_then(|list| list.levels.get(&level));
        own.or_else(|| self.abstracts.get(&of)?.levels.get(&level))
    }

    fn count(&mut self, list: u32, of: u32, level: u8) {
        let start = self.level(list, of, level).map_or(1, |level| level.start);
        let restarts: Vec<Option<u8>> =
            (0..LEVELS as u8).map(|below| self.level(list, of, below).and_then(|level| level.restart)).collect();
        let own_start = self.lists.get(&list).and_then(|list| list.starts.get(&level).copied());
        let own_start = own_start.filter(|_| self.begun.insert((list, level)));
        let counts = self.counts.entry(of).or_default();
        let count = &mut counts[usize::from(level)];
        *count = Some(match (own_start, *count) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => start,
        });
        for below in usize::from(level) + 1..LEVELS {
            // `lvlRestart` counts levels from 1.
            let anew = match restarts[below] {
                None => true,
                Some(0) => false,
                Some(after) => level < after,
            };
            if anew {
                counts[below] = None;
            }
        }
    }

    fn write(&self, list: u32, of: u32, own: &Level) -> String {
        let (mut out, mut chars) = (String::new(), own.text.chars().peekable());
        while let Some(c) = chars.next() {
            let level =
                if c == '%' { chars.peek().and_then(|c| c.to_digit(10)).filter(|level| (1..=9).contains(level)) } else { None };
            let Some(level) = level else {
                out.push(c);
                continue;
            };
            chars.next();
            let index = level as usize - 1;
            let shape = self.level(list, of, index as u8);
            let start = shape.map_or(1, |level| level.start);
            let value = self.counts.get(&of).and_then(|counts| counts[index]).unwrap_or(start);
            let format = shape.map_or("decimal", |level| level.format.as_str());
            let format = if own.legal || value > LARGEST { "decimal" } else { format };
            out += &numeral::write(value, format);
        }
        out
    }
}

fn id(value: Option<i64>) -> u32 {
    value.and_then(|value| u32::try_from(value).ok()).unwrap_or(u32::MAX)
}

fn abstract_list(xml: &mut Xml<'_>) -> Result<Abstract, WordError> {
    let mut found = Abstract::default();
    loop {
        match xml.next()? {
            Item::Open(tag) if tag.is("lvl") => {
                let at = tag.number("ilvl").unwrap_or(0).clamp(0, 8) as u8;
                found.levels.insert(at, level(xml)?);
            }
            Item::Open(tag) => {
                if tag.is("numStyleLink") {
                    found.linked = tag.attr("val").map(std::borrow::Cow::into_owned);
                }
                xml.skip()?;
            }
            Item::Close(_) => return Ok(found),
            Item::End => return Err(WordError::BrokenXml),
            _ => {}
        }
    }
}

fn list(xml: &mut Xml<'_>) -> Result<List, WordError> {
    let (mut found, mut at, mut inside) = (List::default(), 0, false);
    loop {
        match xml.next()? {
            Item::Open(tag) if tag.is("lvlOverride") => {
                at = tag.number("ilvl").unwrap_or(0).clamp(0, 8) as u8;
                inside = true;
            }
            Item::Open(tag) if tag.is("lvl") => {
                let level = level(xml)?;
                found.levels.insert(at, level);
            }
            Item::Open(tag) => {
                match tag.name() {
                    "abstractNumId" => found.of = id(tag.number("val")),
                    "startOverride" => {
                        found.starts.insert(at, tag.number("val").and_then(|value| u32::try_from(value).ok()).unwrap_or(1));
                    }
                    _ => {}
                }
                xml.skip()?;
            }
            Item::Close(_) if inside => inside = false,
            Item::Close(_) => return Ok(found),
            Item::End => return Err(WordError::BrokenXml),
            _ => {}
        }
    }
}

fn level(xml: &mut Xml<'_>) -> Result<Level, WordError> {
    let mut level = Level::default();
    let mut depth = 0;
    loop {
        match xml.next()? {
            // A format of newer versions stands beside one for all.
            Item::Open(tag) if matches!(tag.name(), "AlternateContent" | "Choice" | "Fallback") => depth += 1,
            Item::Open(tag) => {
                let value = || tag.attr("val").unwrap_or_default().into_owned();
                match tag.name() {
                    "start" => level.start = tag.number("val").and_then(|value| u32::try_from(value).ok()).unwrap_or(1),
                    "numFmt" => level.format = value(),
                    "lvlText" => level.text = value().chars().take(LONGEST).collect(),
                    "pStyle" => level.style = Some(value()),
                    "lvlRestart" => level.restart = tag.number("val").and_then(|value| u8::try_from(value).ok()),
                    "isLgl" => level.legal = tag.on(),
                    _ => {}
                }
                xml.skip()?;
            }
            Item::Close(_) if depth > 0 => depth -= 1,
            Item::Close(_) => return Ok(level),
            Item::End => return Err(WordError::BrokenXml),
            _ => {}
        }
    }
}

/// The number and the style that gave it, for a paragraph with its own properties and its style.
pub(crate) fn of<'a>(own: &props::ParaProps, style: &'a super::styles::Resolved) -> Option<(NumberRef, Option<&'a str>)> {
    match own.number {
        Some(number) if number.list.is_some() => Some((number, None)),
        Some(number) => {
            let inherited = style.para.number?;
            Some((NumberRef { list: inherited.list, level: number.level.or(inherited.level) }, None))
        }
        None => style.para.number.map(|number| (number, style.numbered_by.as_deref())),
    }
}
