//! Tables of dates that end before the year of the report: somebody has to carry them on.

use chrono::{Datelike, NaiveDate};

use super::quoted;
use crate::rulebook::Book;
use crate::spanned::{Place, Problem};

pub(super) fn lint(book: &Book, year: u32, found: &mut Vec<Problem>) {
    let periods = book.periods.iter().flat_map(|(key, period)| {
        [period.from, period.until].into_iter().flatten().map(|day| (day.0, key.place, key.name.clone()))
    });
    let committees = book.committees.iter().flat_map(|(key, committee)| {
        let plenums = committee.plenums.iter().map(|(name, day)| (day.0, key.place, format!("{}{name}全会", key.name)));
        plenums.chain([(committee.held.0, key.place, committee.congress.clone())])
    });
    let laws = book
        .laws
        .iter()
        .flat_map(|(key, law)| [law.from, law.until].into_iter().flatten().map(|day| (day.0, key.place, key.name.clone())));
    ends("periods（规划和活动）", periods, year, found);
    ends("committees（大会和全会）", committees, year, found);
    ends("laws（法律法规）", laws, year, found);
    replaced(book, year, found);
}

/// Speaks where the newest day of a table lies before the year.
fn ends(table: &str, days: impl Iterator<Item = (NaiveDate, Place, String)>, year: u32, found: &mut Vec<Problem>) {
    let Some((day, place, name)) = days.max_by_key(|(day, ..)| *day) else { return };
    if day.year().unsigned_abs() < year {
        let message = format!("{table}这张表到{}年为止（最新的是{}，{day}），没有{year}年的内容", day.year(), quoted(&name));
        found.push(Problem::new(place, message).help("看看有没有新的，加在表里；确实没有就不用管"));
    }
}

/// Periods whose successor is over too.
fn replaced(book: &Book, year: u32, found: &mut Vec<Problem>) {
    let Some(start) = NaiveDate::from_ymd_opt(year.cast_signed(), 1, 1) else { return };
    for (key, period) in &book.periods {
        let Some(by) = book.successor(period, start) else { continue };
        let Some(until) = book.period(by).and_then(|next| next.until).filter(|until| until.0 < start) else { continue };
        let place = book.origin(&["periods", key, "by"]).unwrap_or(key.place);
        let message = format!("{}过期以后改写成{1}，可是{1}到{2}也过期了", quoted(key), quoted(by), until.0);
        found.push(Problem::new(place, message).help("改成现行的"));
    }
}
