//! Tables: a row or column of totals that does not add up.

use super::claim::{Claim, Confidence, Ground, Kind, Verdict, number};
use super::figure::write;
use super::numeral::{Form, numeral};
use super::words::TableWords;
use crate::draft::Table;
use crate::text::{Mapped, cjk};

/// The claims of a table: each column against its row of totals, each row against its column of totals.
pub(crate) fn claims(table: &Table, words: &TableWords, out: &mut Vec<Claim>) {
    let rows = &table.rows;
    if rows.len() < 2 || rows.iter().flatten().any(|cell| words.nested.are_in(cell.text())) {
        return;
    }
    let is_total = |cell: &Mapped| words.totals.iter().any(|total| *total == cjk::squeeze(cell.text()));
    if let Some(at) = rows.iter().position(|row| {
        row.first().is_some_and(is_total) || row.get(1).is_some_and(|cell| is_total(cell) && value(cell).is_none())
    }) {
        let parts = if at + 1 == rows.len() {
            1..at
        } else if at == 1 {
            2..rows.len()
        } else {
            0..0
        };
        for column in 1..rows[at].len() {
            let head = rows[0].get(column).map_or("", Mapped::text);
            let cells: Option<Vec<&Mapped>> = rows[parts.clone()].iter().map(|row| row.get(column)).collect();
            let cells = cells.filter(|_| !words.not_summed.are_in(head));
            out.extend(cells.and_then(|cells| sum(&rows[at][column], &cells, words.shared.are_in(head))));
        }
    }
    if let Some(at) = rows[0].iter().position(is_total).filter(|at| *at > 1 && *at + 1 == rows[0].len()) {
        // Most tables name their rows; one of a single row may count from its first column on.
        let label = |head: &Mapped| head.text().trim().is_empty() || words.labels.are_in(head.text());
        let named = rows.len() > 2 || label(&rows[0][0]);
        for row in rows[1..].iter().filter(|row| row.len() == rows[0].len()) {
            let labels = row[..at].iter().take_while(|cell| value(cell).is_none()).count().max(usize::from(named));
            let summed = |cells: &[Mapped]| !cells.iter().any(|cell| words.not_summed.are_in(cell.text()));
            if summed(&rows[0][labels..at]) && summed(&row[..labels]) && !is_split_again(&row[labels..at], &row[at]) {
                let shared = row[..labels].iter().chain(&rows[0][labels..at]).any(|cell| words.shared.are_in(cell.text()));
                out.extend(sum(&row[at], &row[labels..at].iter().collect::<Vec<_>>(), shared));
            }
        }
    }
}

/// Whether some neighbouring columns alone make the total of a row: 本年新收, 上年结转 | 公开, 不公开 | 合计.
fn is_split_again(parts: &[Mapped], total: &Mapped) -> bool {
    let values: Option<Vec<f64>> = parts.iter().map(value).collect();
    let (Some(values), Some(total)) = (values, value(total)) else { return false };
    let makes = |run: &[f64]| (run.iter().sum::<f64>() - total).abs() < 1e-6;
    !makes(&values) && (2..values.len()).any(|length| values.windows(length).any(makes))
}

/// The cells of a table that hold a numeral, each with the label of its row and the head of its column.
pub(crate) fn cells(table: &Table) -> impl Iterator<Item = (Option<&Mapped>, Option<&Mapped>, &Mapped)> {
    let heads = table.rows.first();
    table.rows.iter().enumerate().flat_map(move |(at, row)| {
        row.iter().enumerate().filter_map(move |(column, cell)| {
            let label = row.first().filter(|_| column > 0);
            let head = heads.filter(|_| at > 0).and_then(|heads| heads.get(column)).filter(|_| column > 0);
            cell.text().chars().any(super::numeral::starts).then_some((label, head, cell))
        })
    })
}

/// A total against its parts, where each is a number and nothing else. Of what may be `shared` the parts can make more.
fn sum(total: &Mapped, parts: &[&Mapped], shared: bool) -> Option<Claim> {
    let stated = value(total).filter(|_| !is_dash(total))?;
    let values: Option<Vec<f64>> = parts.iter().map(|cell| value(cell)).collect();
    let values = values.filter(|values| values.len() > 1)?;
    let sum: f64 = values.iter().sum();
    // Decimals may be rounded, each by itself.
    let steps = || parts.iter().chain([&total]).map(|cell| decimal_step(cell.text()));
    let room = if steps().any(|step| step < 1.0) { steps().sum::<f64>() / 2.0 } else { 0.0 };
    let right = (sum - stated).abs() <= room + 1e-6 * stated.max(1.0);
    // An average, the highest, or what each row counts anew.
    let largest = values.iter().copied().fold(0.0, f64::max);
    let smallest = values.iter().copied().fold(f64::INFINITY, f64::min);
    let between = values.iter().filter(|part| **part > 0.0).count() > 1 && (smallest..=largest).contains(&stated);
    if !right && (between || shared && sum > stated) {
        return None;
    }
    let arithmetic = format!("{} = {}", values.iter().map(|v| write(*v)).collect::<Vec<_>>().join(" + "), write(sum));
    let verdict = if right { Verdict::Consistent } else { Verdict::Inconsistent(Confidence::Certain) };
    let mut claim = Claim::new(Kind::Sum, verdict, total.full_span(), arithmetic.clone())
        .stated(write(stated), Some(write(sum)))
        .fact("total", number(stated));
    claim = claim.fact("parts", values.iter().map(|v| number(*v)).collect::<Vec<_>>()).fact("sum", number(sum));
    claim.grounds =
        parts.iter().map(|cell| Ground { span: cell.full_span(), role: "部分", text: cell.text().to_owned() }).collect();
    Some(if right { claim } else { claim.message(format!("表中合计写作{}，各项相加{arithmetic}", write(stated))) })
}

/// What the last place of a number is worth: 0.01 of `3.14`, 1 of a whole number.
fn decimal_step(text: &str) -> f64 {
    let places = text.trim().split_once('.').map_or(0, |(_, places)| places.len());
    0.1_f64.powi(i32::try_from(places).unwrap_or_default())
}

/// Whether a cell says that there is nothing: nought among parts, no total.
fn is_dash(cell: &Mapped) -> bool {
    matches!(cell.text().trim(), "-" | "—" | "－" | "/" | "——")
}

/// The number that a cell holds, if it holds nothing else.
pub(super) fn value(cell: &Mapped) -> Option<f64> {
    let text = cell.text().trim();
    if is_dash(cell) {
        return Some(0.0);
    }
    let read = numeral(text, 0).filter(|read| !text.is_empty() && read.form == Form::Plain && !read.chinese)?;
    (read.range.end == text.len()).then_some(read.value)
}
