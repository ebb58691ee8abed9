//! What is left although all was done: 办结率达100%，尚有2件未办结.

use super::claim::{Claim, Confidence, Kind, Verdict};
use super::passage::Passage;
use super::rate::Named;

/// How many clauses behind a rate still speak of it.
const NEAR: usize = 2;

/// The claim that something is left of what a rate says was all done.
pub(super) fn of_all(passage: &Passage, index: usize, named: &Named<'_>) -> Option<Claim> {
    let rate = &passage.figures[index];
    // 按时办结率100% is only of what was due.
    let plain = named.rule.is_some_and(|rule| rule.bounded && !rule.loose && !rule.survey);
    if !plain || rate.value < 99.99 || !rate.is_exact() {
        return None;
    }
    let denied = |text: &str| {
        text.match_indices('未').any(|(at, no)| named.done.iter().any(|done| text[at + no.len()..].starts_with(done.as_str())))
    };
    let left = passage.figures[index + 1..]
        .iter()
        .take_while(|figure| figure.sentence == rate.sentence && figure.clause <= rate.clause + NEAR)
        .find(|figure| {
            let (head, tail) = (passage.slice(figure.head.clone()), passage.slice(figure.tail.clone()));
            figure.is_count() && figure.value > 0.0 && (denied(head) || denied(tail))
        })?;
    let (text, written) = (passage.text(), passage.slice(left.range.clone()));
    let message = format!("{}写作{}，后面又有{written}没有了结", named.name, &text[rate.digits.clone()]);
    let span = passage.span(named.start..left.range.end);
    let claim = Claim::new(Kind::Conflict, Verdict::Inconsistent(Confidence::Likely), span, format!("100% ≠ 还有{written}"));
    Some(claim.message(message).on("比率", rate, text).on("未了结", left, text).stated(written, None))
}
