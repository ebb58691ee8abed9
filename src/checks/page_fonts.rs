//! `page-fonts`: fonts and sizes of title, headings and text of a Word draft (GB/T 9704—2012 5.2.2, 7.3).
//!
//! Bad: text in 宋体 五号. Good: text in 仿宋 3号.

use std::collections::HashMap;

use crate::draft::{Block, Role};
use crate::finding::Finding;
use crate::report::Report;
use crate::rulebook::FontForm;
use crate::text::{Span, cjk};

/// How many further places are told.
const RELATED: usize = 3;

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    let Some(word) = &report.draft.word else { return };
    let fonts = &report.book.book().page.fonts;
    let mut wrong: HashMap<(&str, String), Vec<Span>> = HashMap::new();
    for block in &report.draft.blocks {
        let Some((what, key)) = role(block) else { continue };
        let Some(form) = fonts.get(key) else { continue };
        let mut looks: HashMap<(Option<&str>, Option<u32>), usize> = HashMap::new();
        for piece in word.pieces_in(block.text.full_span()).map(|index| &word.pieces[index]) {
            let text = report.draft.source.slice(piece.text);
            let han = text.chars().filter(|c| cjk::is_han(*c)).count();
            *looks.entry((piece.look.font.as_deref(), piece.look.size)).or_default() += han;
        }
        // The look of most of its characters is the look of the paragraph.
        let main = looks.into_iter().max_by_key(|(look, count)| (*count, *look)).filter(|(_, count)| *count > 0);
        if let Some(((font, size), _)) = main
            && let Some(said) = unlike(form, font, size)
        {
            wrong.entry((what, said)).or_default().push(block.text.full_span());
        }
    }
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|(_, places)| places[0]);
    for ((what, said), places) in wrong {
        let Some(form) =
            report.draft.blocks.iter().filter_map(role).find(|role| role.0 == what).and_then(|role| fonts.get(role.1))
        else {
            continue;
        };
        let count = if places.len() > 1 { format!("（{}处）", places.len()) } else { String::new() };
        let message = format!("{what}用的是{said}{count}，应为{}", form.called);
        let mut finding = report.finding("page-fonts", places[0], message).help(format!("改为{}", form.called));
        for span in places.iter().skip(1).take(RELATED) {
            finding = finding.related(*span, "还有这里");
        }
        out.push(finding);
    }
}

/// What a block is, and the name of its form in the rulebook.
fn role(block: &Block) -> Option<(&'static str, &'static str)> {
    Some(match &block.role {
        Role::Title => ("标题", "title"),
        Role::Heading(heading) => match heading.level {
            0 | 1 => ("一级标题", "heading1"),
            2 => ("二级标题", "heading2"),
            _ => ("三级以下标题", "heading3"),
        },
        Role::Paragraph(_) => ("正文", "body"),
        _ => return None,
    })
}

/// How a look differs from what is asked for; `None` where it does not, or where the file does not say.
fn unlike(form: &FontForm, font: Option<&str>, size: Option<u32>) -> Option<String> {
    let family = |name: &str| name.trim().trim_start_matches('@').to_lowercase();
    let font = font.filter(|font| form.names.iter().all(|name| family(name) != family(font)));
    let size = size.filter(|&size| (f64::from(size) / 2.0 - form.size).abs() > 0.1);
    match (font, size) {
        (None, None) => None,
        (Some(font), None) => Some(font.to_owned()),
        (None, Some(size)) => Some(called(size)),
        (Some(font), Some(size)) => Some(format!("{font}、{}", called(size))),
    }
}

/// A size, given in half points, as drafters call it.
pub(super) fn called(size: u32) -> String {
    const NAMES: [(u32, &str); 14] = [
        (84, "初号"),
        (72, "小初"),
        (52, "1号"),
        (48, "小1号"),
        (44, "2号"),
        (36, "小2号"),
        (32, "3号"),
        (30, "小3号"),
        (28, "4号"),
        (24, "小4号"),
        (21, "5号"),
        (18, "小5号"),
        (15, "6号"),
        (13, "小6号"),
    ];
    NAMES
        .iter()
        .find(|(other, _)| *other == size)
        .map_or_else(|| format!("{}磅", f64::from(size) / 2.0), |(_, name)| (*name).to_owned())
}
