//! `personal-data`: an identity number, a mobile number, or a person's name with what is nobody's business.
//!
//! Bad: `村民毕长禾越级上访问题` Good: `村民李某某上访问题`. Basis: 政府信息公开条例 第十五条; 社区矫正法 第二十六条.

use std::ops::Range;

use super::persons;
use crate::finding::{Finding, Fix, Severity};
use crate::report::{Passage, Report, any_of};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    for passage in report.passages() {
        numbers(report, passage, out);
    }
    for person in persons::named(report) {
        let name = &person.passage.text()[person.range.clone()];
        let hidden: String = name.chars().enumerate().map(|(at, c)| if at == 0 { c } else { '某' }).collect();
        let span = person.passage.span(person.range.clone());
        let message = format!("写出了“{name}”的姓名，又说到{}，属于个人隐私", person.matter);
        let fix = Fix::replace(format!("改为{hidden}"), false, span, hidden.clone());
        let finding = report.finding("personal-data", span, message).help(format!("隐去姓名，写作“{hidden}”")).fix(fix);
        out.push(if person.sensitive { finding } else { finding.at_most(Severity::Warning) });
    }
}

/// Identity numbers and mobile numbers.
fn numbers(report: &Report<'_>, passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let text = passage.text();
    for Range { start, end: at } in passage.numbers().filter(|number| matches!(number.len(), 11 | 16..=19)) {
        let mut length = at - start;
        let digits = &text[start..at];
        let check = text[at..].starts_with(['X', 'x']);
        let part_of_more = text[..start].ends_with(|c: char| c.is_ascii_alphabetic() || c == '.' || c == '/' || c == '—')
            || text[at..].starts_with(['.', '/', '%']);
        let what = match length {
            17 if check && is_identity(digits, 'X') => {
                length += 1;
                "身份证号码"
            }
            18 if is_identity(&digits[..17], char::from(digits.as_bytes()[17])) => "身份证号码",
            // One wrong digit is hardly less private.
            17 if check && bears_birthday(digits) => {
                length += 1;
                "像身份证号码的数字"
            }
            18 if !part_of_more && bears_birthday(digits) => "像身份证号码的数字",
            11 if !part_of_more && is_mobile(digits) => "手机号码",
            16..=19 if !part_of_more && is_account(report, &text[..start], digits) => "银行账号",
            _ => continue,
        };
        let span = passage.span(start..start + length);
        out.push(report.finding("personal-data", span, format!("写出了{what}，属于个人隐私")).help("删去号码"));
    }
}

/// Whether digits are the number of a bank card, or of an account that the words before them tell of.
fn is_account(report: &Report<'_>, before: &str, digits: &str) -> bool {
    let near = before.char_indices().rev().nth(11).map_or(before, |(at, _)| &before[at..]);
    digits.starts_with("62") && matches!(digits.len(), 16 | 19) || any_of(near, &report.book.book().private.accounts)
}

/// Whether seventeen digits and a check character are an identity number (GB 11643).
fn is_identity(digits: &str, check: char) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    let year: u32 = digits[6..10].parse().unwrap_or(0);
    let month: u32 = digits[10..12].parse().unwrap_or(0);
    "10X98765432".chars().nth((sum % 11) as usize) == Some(check) && (1900..2100).contains(&year) && (1..=12).contains(&month)
}

/// Whether digits begin like an identity number: a province, and a day of birth at its place.
fn bears_birthday(digits: &str) -> bool {
    let number = |range: Range<usize>| digits[range].parse::<u32>().unwrap_or(0);
    let province = matches!(number(0..2), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81 | 82);
    province && (1920..2030).contains(&number(6..10)) && (1..=12).contains(&number(10..12)) && (1..=31).contains(&number(12..14))
}

/// Whether eleven digits are a mobile number.
fn is_mobile(digits: &str) -> bool {
    digits.starts_with('1') && digits.as_bytes().get(1).is_some_and(|b| (b'3'..=b'9').contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_have_a_check_digit() {
        assert!(is_identity("11010519491231002", 'X'));
        assert!(!is_identity("11010519491231002", '1'));
        assert!(bears_birthday("110105194912310021") && !bears_birthday("913701051949123100"));
        assert!(is_mobile("13800000000") && !is_mobile("12345678901"));
    }
}
