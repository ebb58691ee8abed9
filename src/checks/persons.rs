//! Persons whose names stand with what is nobody's business: 村民毕长禾越级上访, 毕长禾诉镇政府.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::report::{Passage, Report};
use crate::rulebook::{Family, Private};
use crate::text::cjk;

/// A person's name in a draft.
pub(super) struct Person<'r, 'a> {
    pub(super) passage: &'r Passage<'a>,
    /// Where the name stands in its text.
    pub(super) range: Range<usize>,
    /// What is told of the person.
    pub(super) matter: &'r str,
    /// Whether that is worse than a quarrel.
    pub(super) sensitive: bool,
}

/// The persons of a draft of whom something private is told.
pub(super) fn named<'r, 'a>(report: &'r Report<'a>) -> Vec<Person<'r, 'a>> {
    static SUES: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("诉"));
    static COMPLAINS: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("访"));
    let private = &report.book.book().private;
    let roles = report.with(Family::Role).flat_map(|(passage, roles)| roles.iter().map(move |role| (passage, role.range())));
    let mut found: Vec<_> = roles.flat_map(|(passage, role)| behind(private, passage, role)).collect();
    found.extend(report.find(&SUES).filter_map(|(passage, at)| suing(private, passage, at)));
    found.extend(report.find(&COMPLAINS).filter_map(|(passage, at)| complaining(private, passage, at)));
    // 村民毕长禾信访: by the role and by what it is about.
    found.sort_by_key(|person| (person.passage.block, person.range.start, !person.sensitive));
    found.dedup_by_key(|person| (person.passage.block, person.range.start));
    found
}

/// The names behind a role: 村民毕长禾、毕长青.
fn behind<'r, 'a>(private: &'r Private, passage: &'r Passage<'a>, role: Range<usize>) -> impl Iterator<Item = Person<'r, 'a>> {
    let text = passage.text();
    let mut next = Some(role.end);
    std::iter::from_fn(move || {
        let from = next.take()?;
        let range = from..from + name_at(private, &text[from..])?.len();
        let joined = ['与', '和', '、'].into_iter().find(|joint| text[range.end..].starts_with(*joint));
        next = joined.map(|joint| range.end + joint.len_utf8());
        Some(range)
    })
    .filter_map(move |range| told(private, passage, &role, range))
}

/// The name with which a text begins.
fn name_at<'t>(private: &Private, rest: &'t str) -> Option<&'t str> {
    let name = |count: usize| {
        let name = first(rest, count).filter(|name| is_name(private, name))?;
        let next = &rest[name.len()..];
        let ends = next.is_empty() || private.behind.at_start(next).is_some();
        (ends || count == 3 && private.behind_full.at_start(next).is_some()).then_some(name)
    };
    name(3).or_else(|| name(2)).filter(|_| !private.hidden.are_in(first(rest, 3).unwrap_or(rest)))
}

/// What is told of a person behind a role, if it is nobody's business.
fn told<'r, 'a>(
    private: &'r Private,
    passage: &'r Passage<'a>,
    role: &Range<usize>,
    range: Range<usize>,
) -> Option<Person<'r, 'a>> {
    let text = passage.text();
    let (sentence, clause) = (&text[passage.sentence(role)], &text[passage.clause(role)]);
    let own = || private.telling.iter().find(|word| text[role.clone()] == **word);
    if let Some(matter) = private.matters.iter().find(|matter| sentence.contains(matter.as_str())).or_else(own) {
        return Some(Person { passage, range, matter, sensitive: true });
    }
    if is_place(private, &text[range.clone()]) || private.honours.are_in(clause) {
        return None;
    }
    let matter = private.quarrels.iter().find(|matter| sentence.contains(matter.as_str()))?;
    Some(Person { passage, range, matter, sensitive: false })
}

/// A name before 诉 and whom it is about: 毕长禾诉柘水镇人民政府.
fn suing<'r, 'a>(private: &'r Private, passage: &'r Passage<'a>, at: usize) -> Option<Person<'r, 'a>> {
    let text = passage.text();
    let whom = text[at + '诉'.len_utf8()..].split(|c| !cjk::is_han(c)).next().unwrap_or_default();
    if !private.sued.are_in(whom) {
        return None;
    }
    let begins = |before: &str| {
        before.is_empty()
            || before.ends_with(|c| !cjk::is_han(c))
            || private.roles.iter().any(|role| before.ends_with(role.as_str()))
    };
    let name = [3, 2].into_iter().filter_map(|count| last(&text[..at], count)).find(|name| {
        is_name(private, name)
            && !name.ends_with(|c| private.not_suing.contain(c))
            && !private.hidden.are_in(name)
            && !is_place(private, name)
            && begins(&text[..at - name.len()])
    })?;
    Some(Person { passage, range: at - name.len()..at, matter: "诉讼", sensitive: false })
}

/// A name between a village and 信访 or 上访: 河东村毕长禾信访积案.
fn complaining<'r, 'a>(private: &'r Private, passage: &'r Passage<'a>, at: usize) -> Option<Person<'r, 'a>> {
    let (text, end) = (passage.text(), at + '访'.len_utf8());
    let matter = private.petitions.at_end(&text[..end])?;
    let start = end - matter.len();
    let name = last(&text[..start], 3)
        .filter(|name| is_name(private, name) && !private.hidden.are_in(name) && !is_place(private, name))?;
    let from = start - name.len();
    text[..from].ends_with(|c| private.homes.contain(c)).then_some(Person {
        passage,
        range: from..start,
        matter,
        sensitive: true,
    })
}

/// The first so many characters of a text.
fn first(text: &str, count: usize) -> Option<&str> {
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).nth(count - 1)?;
    Some(&text[..end])
}

/// The last so many characters of a text.
fn last(text: &str, count: usize) -> Option<&str> {
    text.char_indices().rev().nth(count - 1).map(|(at, _)| &text[at..])
}

/// Whether a text of two or three characters can be a name.
fn is_name(private: &Private, text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|surname| private.surnames.contain(surname))
        && chars.all(|c| cjk::is_han(c) && !private.not_given.contain(c))
        && private.no_names.at_start(text).is_none()
}

/// Whether what may be a name is rather that of a place or a thing: 马家湾, 石料场.
fn is_place(private: &Private, name: &str) -> bool {
    let mut chars = name.chars();
    chars.next_back().is_some_and(|c| private.not_last.contain(c)) || chars.nth(1) == Some('家')
}
