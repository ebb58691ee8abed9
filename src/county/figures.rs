//! Figures that two towns' reports both state, in one order: the trace of a text that was reworded and its numbers forgotten.

use super::shingles::is_of_figures;
use crate::compare::{Stated, stated};
use crate::report::{Neighbour, Report, any_of};

/// A figure that both reports state.
#[derive(Clone, Debug, PartialEq)]
pub struct Twin {
    /// As this report states it.
    pub this: Stated,
    /// As the other does.
    pub other: Stated,
}

/// More figures than any report has, so that a file of megabytes comes to an end too.
const MOST: usize = 500;
/// Significant digits that all the figures must have together: four numbers below a hundred are the same by chance.
const DIGITS: usize = 9;

/// The longest row of figures that both reports state in one order, counting the same things; empty where it is too short to be more
/// than chance. Figures for which `told` holds have been told of already.
pub fn twins(report: &Report<'_>, neighbour: &Neighbour, told: impl Fn(&Stated) -> bool) -> Vec<Twin> {
    if !neighbour.shared.iter().any(|hash| is_of_figures(*hash)) {
        return Vec::new();
    }
    let other = &Report::new(&neighbour.draft, report.book);
    let words = &report.book.book().county;
    let telling = |report: &Report<'_>| -> Vec<Stated> {
        let own = |figure: &Stated| {
            digits(figure) > 1 && !any_of(&figure.sentence, &words.above) && !any_of(&figure.sentence, &words.joint)
        };
        stated(report).into_iter().filter(own).take(MOST).collect()
    };
    let (mine, theirs) = (telling(report), telling(other));
    let row: Vec<Twin> = longest(&mine, &theirs).into_iter().filter(|twin| !told(&twin.this)).collect();
    let enough = row.len() >= words.figures.max(2) && row.iter().map(|twin| digits(&twin.this)).sum::<usize>() >= DIGITS;
    if enough { row } else { Vec::new() }
}

/// Digits of a figure without the zeros behind: 1200 has two.
fn digits(figure: &Stated) -> usize {
    let text = format!("{}", figure.value);
    text.trim_end_matches('0').chars().filter(char::is_ascii_digit).skip_while(|c| *c == '0').count()
}

/// Whether two figures are equal and count the same thing, as far as words tell.
fn alike(one: &Stated, other: &Stated) -> bool {
    let pairs = |text: &str| text.chars().collect::<Vec<_>>().windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>();
    let (here, there) = (pairs(&one.counts), pairs(&other.counts));
    one.unit == other.unit && (one.value - other.value).abs() < 1e-9 && here.iter().any(|pair| there.contains(pair))
}

/// The longest common subsequence.
fn longest(mine: &[Stated], theirs: &[Stated]) -> Vec<Twin> {
    let mut table = vec![vec![0_u16; theirs.len() + 1]; mine.len() + 1];
    for (i, one) in mine.iter().enumerate().rev() {
        for (j, other) in theirs.iter().enumerate().rev() {
            table[i][j] = if alike(one, other) { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut row) = (0, 0, Vec::new());
    while i < mine.len() && j < theirs.len() {
        if alike(&mine[i], &theirs[j]) {
            row.push(Twin { this: mine[i].clone(), other: theirs[j].clone() });
            (i, j) = (i + 1, j + 1);
        } else if table[i + 1][j] >= table[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    row
}
