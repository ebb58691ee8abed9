//! The numbers of a report in their sequences: headings and numbered paragraphs of one style under one heading.

use std::collections::BTreeMap;

use crate::draft::{Heading, Number, NumberStyle, Role};
use crate::report::Report;

/// A number and the block that it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbered {
    /// Index of the block.
    pub(super) block: usize,
    /// The number.
    pub(super) number: Number,
}

/// Every number at the head of a block, in order.
pub(super) fn all<'r>(report: &'r Report<'_>) -> impl Iterator<Item = Numbered> + 'r {
    report.draft.blocks.iter().enumerate().filter_map(|(block, found)| match found.role {
        Role::Heading(Heading { number: Some(number), .. }) | Role::Paragraph(Some(number)) => Some(Numbered { block, number }),
        _ => None,
    })
}

/// The sequences: numbers of one style, without a number of a higher level between them.
pub(super) fn sequences(report: &Report<'_>) -> Vec<Vec<Numbered>> {
    let mut open: BTreeMap<NumberStyle, Vec<Numbered>> = BTreeMap::new();
    let mut done = Vec::new();
    let mut numbers = all(report).peekable();
    for (index, block) in report.draft.blocks.iter().enumerate() {
        let number = numbers.next_if(|numbered| numbered.block == index);
        match (number, &block.role) {
            (Some(numbered), _) if numbered.number.style != NumberStyle::Point => {
                let style = numbered.number.style;
                done.extend(open.extract_if(.., |other, _| other.level() > style.level()).map(|(_, lower)| lower));
                let sequence = open.entry(style).or_default();
                // One begins anew.
                if numbered.number.value == 1 && !sequence.is_empty() {
                    done.push(std::mem::take(sequence));
                }
                sequence.push(numbered);
            }
            (None, Role::Heading(heading)) => {
                done.extend(open.extract_if(.., |other, _| other.level() > heading.level).map(|(_, lower)| lower));
            }
            _ => {}
        }
    }
    done.extend(open.into_values());
    done
}
