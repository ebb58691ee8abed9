//! Levels of headings without numbers, and the sections that headings open.

use super::{Block, Look, Number, NumberStyle, Role, Section};

/// Gives every heading without a number its level.
///
/// A heading marked with `#` has the level of the numbered headings with as many marks, or else its rank among the
/// marks in use. A bold or plain one stands one level below the heading that holds it, or at the top where the
/// draft numbers nothing there.
pub(super) fn settle_levels(blocks: &mut [Block]) {
    below_numbered_parts(blocks);
    above_bracketed(blocks);
    let mut numbered = [[0usize; 6]; 7];
    let mut unnumbered = [false; 7];
    let mut top_is_marked = false;
    for block in blocks.iter() {
        let Role::Heading(heading) = &block.role else { continue };
        if let (Some(_), Look::Hashes(n)) = (heading.number, heading.look) {
            numbered[usize::from(n)][usize::from(heading.level)] += 1;
        } else if let Look::Hashes(n) = heading.look {
            unnumbered[usize::from(n)] = true;
        }
        top_is_marked |= heading.number.is_some() && heading.level == 1 || matches!(heading.look, Look::Hashes(_));
    }
    let by_number = |n: u8| {
        let counts = &numbered[usize::from(n)];
        (1..=5u8).filter(|&level| counts[usize::from(level)] > 0).max_by_key(|&level| counts[usize::from(level)])
    };
    let shallowest_numbered_top = (1..=6u8).find(|&n| by_number(n) == Some(1));
    let by_rank = |n: u8| {
        let rank = (1..n).filter(|&m| unnumbered[usize::from(m)]).count() as u8 + 1;
        match shallowest_numbered_top {
            Some(top) if n > top => rank.max(2),
            _ => rank,
        }
        .min(4)
    };
    let (mut holder, mut last_bare) = (0u8, None);
    for block in blocks {
        let Role::Heading(heading) = &mut block.role else { continue };
        if heading.number.is_none() {
            heading.level = match heading.look {
                Look::Hashes(n) => by_number(n).unwrap_or_else(|| by_rank(n)),
                Look::Bold | Look::Plain if !top_is_marked => 1,
                Look::Bold | Look::Plain => last_bare.unwrap_or_else(|| (holder + 1).min(4)),
            };
        }
        if heading.number.is_none() && !matches!(heading.look, Look::Hashes(_)) {
            last_bare = Some(heading.level);
        } else {
            (holder, last_bare) = (heading.level, None);
        }
    }
}

/// Where a report is divided into 第一部分 and 第二部分, its 一、 are of the second level and all others one lower.
fn below_numbered_parts(blocks: &mut [Block]) {
    let uses = |style| {
        blocks.iter().any(
            |block| matches!(&block.role, Role::Heading(heading) if heading.number.is_some_and(|number| number.style == style)),
        )
    };
    if !uses(NumberStyle::Part) || !uses(NumberStyle::Han) {
        return;
    }
    for block in blocks {
        if let Role::Heading(heading) = &mut block.role
            && heading.number.is_some_and(|number| number.style != NumberStyle::Part)
        {
            heading.level = (heading.level + 1).min(5);
        }
    }
}

/// Where nothing stands above 1., and （一） begins anew under it, 1. is of the first level.
fn above_bracketed(blocks: &mut [Block]) {
    let headings =
        || blocks.iter().filter_map(|block| if let Role::Heading(heading) = &block.role { Some(heading) } else { None });
    let numbers = || headings().filter_map(|heading| heading.number);
    let Some(first) = numbers().next().filter(|number| number.style.level() == 3 && number.value == 1) else { return };
    let runs_on = || numbers().filter(|number| number.style == first.style).zip(1..).all(|(number, value)| number.value == value);
    let begins = |above: Number, below: Number| above.style == first.style && below.style.level() == 2 && below.value == 1;
    let held = numbers().zip(numbers().skip(1)).any(|(above, below)| begins(above, below));
    if headings().any(|heading| heading.level == 1) || !held || !runs_on() {
        return;
    }
    for block in blocks {
        if let Role::Heading(heading) = &mut block.role
            && heading.number.is_some_and(|number| number.style == first.style)
        {
            heading.level = 1;
        }
    }
}

/// The sections of a draft, in the order of their headings.
pub(super) fn sections(blocks: &[Block]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let close = |sections: &mut Vec<Section>, open: &mut Vec<usize>, level: u8, at: usize| {
        while open.last().is_some_and(|&last| sections[last].level >= level) {
            if let Some(last) = open.pop() {
                sections[last].body.end = at;
            }
        }
    };
    let mut end = blocks.len();
    for (index, block) in blocks.iter().enumerate() {
        match &block.role {
            Role::Heading(heading) => {
                close(&mut sections, &mut open, heading.level, index);
                sections.push(Section {
                    heading: index,
                    level: heading.level,
                    parent: open.last().copied(),
                    body: index + 1..index + 1,
                });
                open.push(sections.len() - 1);
                end = blocks.len();
            }
            Role::Signature | Role::Date(_) | Role::BlankDate | Role::Annotation | Role::Note => end = end.min(index),
            Role::Paragraph(_) | Role::Table(_) | Role::Title | Role::DocumentNumber | Role::Recipient => {}
        }
    }
    close(&mut sections, &mut open, 0, end);
    sections
}
