//! Tables: a row or column of totals that does not add up.

use super::claim::{Claim, Confidence, Ground, Kind, Verdict, number};
use super::figure::write;
use super::numeral::{Form, numeral};
use crate::draft::Table;
use crate::text::Mapped;

const TOTALS: [&str; 5] = ["合计", "总计", "共计", "总数", "合 计"];

/// What the first column of a table is called where its numbers count nothing.
const LABELS: [&str; 6] = ["序号", "编号", "年", "月", "季度", "代码"];

/// The claims of a table: each column against its row of totals, each row against its column of totals.
pub(crate) fn claims(table: &Table, out: &mut Vec<Claim>) {
    let rows = &table.rows;
    let subtotals = rows.iter().flatten().any(|cell| cell.text().contains("小计"));
    let is_total = |cell: &Mapped| TOTALS.contains(&cell.text().trim());
    if subtotals || rows.len() < 2 {
        return;
    }
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
            let cells: Option<Vec<&Mapped>> = rows[parts.clone()].iter().map(|row| row.get(column)).collect();
            out.extend(cells.and_then(|cells| sum(&rows[at][column], &cells)));
        }
    }
    if let Some(at) = rows[0].iter().position(is_total).filter(|at| *at > 1 && *at + 1 == rows[0].len()) {
        // Most tables name their rows; one of a single row may count from its first column on.
        let label = |head: &Mapped| head.text().trim().is_empty() || LABELS.iter().any(|label| head.text().contains(label));
        let named = rows.len() > 2 || label(&rows[0][0]);
        for row in rows[1..].iter().filter(|row| row.len() == rows[0].len()) {
            let labels = row[..at].iter().take_while(|cell| value(cell).is_none()).count();
            out.extend(sum(&row[at], &row[labels.max(usize::from(named))..at].iter().collect::<Vec<_>>()));
        }
    }
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

/// A total against its parts, where all are whole numbers.
fn sum(total: &Mapped, parts: &[&Mapped]) -> Option<Claim> {
    let stated = value(total)?;
    let values: Option<Vec<f64>> = parts.iter().map(|cell| value(cell)).collect();
    let values = values.filter(|values| values.len() > 1)?;
    let sum: f64 = values.iter().sum();
    let arithmetic = format!("{} = {}", values.iter().map(|v| write(*v)).collect::<Vec<_>>().join(" + "), write(sum));
    let right = (sum - stated).abs() < 1e-6 * stated.max(1.0);
    let verdict = if right { Verdict::Consistent } else { Verdict::Inconsistent(Confidence::Certain) };
    let mut claim = Claim::new(Kind::Sum, verdict, total.full_span(), arithmetic.clone())
        .stated(write(stated), Some(write(sum)))
        .fact("total", number(stated));
    claim = claim.fact("parts", values.iter().map(|v| number(*v)).collect::<Vec<_>>()).fact("sum", number(sum));
    claim.grounds =
        parts.iter().map(|cell| Ground { span: cell.full_span(), role: "部分", text: cell.text().to_owned() }).collect();
    Some(if right { claim } else { claim.message(format!("表中合计写作{}，各项相加{arithmetic}", write(stated))) })
}

/// The number that a cell holds, if it holds nothing else.
pub(super) fn value(cell: &Mapped) -> Option<f64> {
    let text = cell.text().trim();
    if matches!(text, "-" | "—" | "/") {
        return Some(0.0);
    }
    let read = numeral(text, 0).filter(|read| !text.is_empty() && read.form == Form::Plain && !read.chinese)?;
    (read.range.end == text.len()).then_some(read.value)
}
