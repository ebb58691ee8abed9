//! `law-name`: a law is cited by a name that it does not bear.
//!
//! Bad: `宣传乡村振兴法`, `《农村集体经济法》` Good: `宣传乡村振兴促进法`. Basis: 《党政机关公文处理工作条例》 第二十条（四）.

use crate::finding::{Finding, Fix};
use crate::report::{Passage, Report};

pub(super) fn check(report: &Report<'_>, out: &mut Vec<Finding>) {
    super::terms::check(report, "law-name", out);
    for passage in report.prose() {
        let others = passage.others();
        for (number, (at, _)) in others.iter().enumerate().filter(|(_, (_, c))| *c == '《') {
            let at = *at as usize + '《'.len_utf8();
            let mut marks = others[number + 1..].iter().filter(|(_, c)| matches!(c, '《' | '》'));
            let Some((end, '》')) = marks.next() else { continue };
            let name = &passage.text()[at..*end as usize];
            let kind = kind(name);
            out.extend(kind.and_then(|kind| near_miss(report, passage, at, name, kind)));
        }
    }
}

/// What a name in 《》 names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A law: its name is its own.
    Law,
    /// A regulation: provinces and cities have ones of nearly the same name.
    Regulation,
}

fn kind(name: &str) -> Option<Kind> {
    if name.ends_with('法') && !name.ends_with("办法") {
        return Some(Kind::Law);
    }
    ["条例", "办法", "规定"].iter().any(|end| name.ends_with(end)).then_some(Kind::Regulation)
}

/// A name in 《》 that is no law's, and one law's but for a character or two.
fn near_miss(report: &Report<'_>, passage: &Passage<'_>, at: usize, name: &str, kind: Kind) -> Option<Finding> {
    let book = report.book.book();
    let short = name.strip_prefix("中华人民共和国").unwrap_or(name);
    let at = at + name.len() - short.len();
    let known = || book.known_laws.iter().map(String::as_str).chain(book.laws.iter().map(|(name, _)| name.as_str()));
    let spoken = || book.terms.iter().any(|(text, term)| term.rule == "law-name" && name.contains(text.as_str()));
    if known().any(|law| law == short) || spoken() {
        return None;
    }
    let name: Vec<char> = short.chars().collect();
    let is_near = match kind {
        Kind::Law => is_near,
        Kind::Regulation => is_nearer,
    };
    let like = known().filter(|law| self::kind(law) == Some(kind));
    let mut near: Vec<&str> = like.filter(|law| is_near(&name, &law.chars().collect::<Vec<_>>())).collect();
    near.sort_unstable();
    near.dedup();
    let &[law] = near.as_slice() else { return None };
    let span = passage.span(at..at + short.len());
    let finding = report.finding("law-name", span, format!("没有叫《{short}》的{}，应为《{law}》", if kind == Kind::Law { "法律" } else { "法规" }));
    Some(finding.help(format!("改为《{law}》")).fix(Fix::replace(format!("改为{law}"), false, span, law)))
}

/// Whether a name lacks one or two characters of a long one, has one too many, or one wrong.
fn is_near(name: &[char], law: &[char]) -> bool {
    let common_head = name.iter().zip(law).take_while(|(a, b)| a == b).count();
    let common_tail = name.iter().rev().zip(law.iter().rev()).take_while(|(a, b)| a == b).count();
    // What is common at both ends, without counting a character twice.
    let common = (common_head + common_tail).min(name.len()).min(law.len());
    let least = if law.len() >= 8 { 2 } else { 1 };
    match law.len().checked_sub(name.len()) {
        Some(0) => law.len() >= 6 && common + 1 == law.len(),
        Some(lack) => law.len() >= 6 && lack <= least && common == name.len(),
        None => law.len() >= 6 && name.len() == law.len() + 1 && common == law.len(),
    }
}

/// Whether a name lacks one character of a long one (two of a very long one), has one too many, or one wrong, though not at its
/// head, where the names of provinces stand.
fn is_nearer(name: &[char], law: &[char]) -> bool {
    let within = name.len().abs_diff(law.len()) <= 1 && law.len() >= 8 || law.len() >= 16 && name.len() + 2 == law.len();
    within && name.iter().zip(law).take(2).all(|(a, b)| a == b) && is_near(name, law)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_within_a_character_or_two() {
        let near = |name: &str, law: &str| is_near(&name.chars().collect::<Vec<_>>(), &law.chars().collect::<Vec<_>>());
        assert!(near("农村集体经济法", "农村集体经济组织法"));
        assert!(!near("未成年人保护保护法", "未成年人保护法") && near("末成年人保护法", "未成年人保护法"));
        assert!(near("家庭教育促进进法", "家庭教育促进法"));
        assert!(!near("劳动法", "劳动合同法"));
        let nearer = |name: &str, law: &str| is_nearer(&name.chars().collect::<Vec<_>>(), &law.chars().collect::<Vec<_>>());
        assert!(nearer("政府信息公开条列", "政府信息公开条例") && nearer("政府信息公条例", "政府信息公开条例"));
        assert!(nearer("党政主要负责人推进法治建设第一责任人职责规定", "党政主要负责人履行推进法治建设第一责任人职责规定"));
        assert!(!nearer("省政府信息公开条例", "政府信息公开条例") && !nearer("重大行政决策程序条例", "重大行政决策程序暂行条例"));
    }
}
