//! Seams: where a page break or a hard return cut a paragraph, and how the pieces are put together again.

use crate::text::{Mapped, Span, cjk};

/// A place where a paragraph was cut and mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seam {
    /// From the last character before the cut to the first behind it.
    pub span: Span,
    /// Whether empty lines or a page number stand in the cut, as after a page break.
    pub wide: bool,
    /// What stands twice, at the end of one piece and again at the start of the next.
    pub doubled: Option<Span>,
}

/// Characters that stand twice in good Chinese: 人人, 天天, 层层 …
const REDUPLICATED: &str = "人天时事处层个常渐往多稳家户村月年日刚仅深牢紧步种条件明大好久慢早远高细默频切实点滴项样代岁节环面线块字句级座队次场回趟笔桩门户";

/// Whether a paragraph that ends like this goes on.
pub(super) fn is_open(text: &str) -> bool {
    let whole = text.trim_end_matches(cjk::is_blank);
    // A row of a table, and a remark in brackets behind a sentence.
    let remark = whole.strip_suffix(['）', ')']).and_then(|text| text.rfind(['（', '(']).map(|at| &text[..at]));
    if whole.ends_with(|c: char| c.is_ascii_digit()) && whole.contains('\t')
        || remark.is_some_and(|text| text.ends_with(['。', '！', '？']))
    {
        return false;
    }
    let mut chars = text.chars().rev().skip_while(|c| cjk::is_blank(*c));
    match chars.next() {
        None | Some('。' | '！' | '？' | '!' | '?' | '；' | ';' | '：' | ':' | '…' | '.') => false,
        Some('”' | '’' | '）' | ')' | '】') => !chars.next().is_some_and(|c| matches!(c, '。' | '！' | '？' | '；')),
        Some(_) => true,
    }
}

/// Puts `next` behind `text` and says what the seam between them looks like.
pub(super) fn join(text: &mut Mapped, next: &Mapped, wide: bool) -> Seam {
    let repeated = if wide { repeated(text.text(), next.text()) } else { 0 };
    let before = text.text().char_indices().next_back().map_or(0, |(at, _)| at);
    let after = next.text()[repeated..].chars().next().map_or(repeated, |c| repeated + c.len_utf8());
    let doubled = (repeated > 0).then(|| next.span(0..repeated));
    let span = text.span(before..text.text().len()).to(next.span(repeated..after));
    text.append_part(next, repeated..next.text().len());
    Seam { span, wide, doubled }
}

/// How many bytes at the start of `next` repeat the end of `text`: up to four 汉字.
fn repeated(text: &str, next: &str) -> usize {
    let ends = next.char_indices().take(4).take_while(|(_, c)| cjk::is_han(*c)).map(|(at, c)| at + c.len_utf8());
    let longest = ends.filter(|&end| text.ends_with(&next[..end])).last().unwrap_or(0);
    let single = next.chars().next().filter(|c| c.len_utf8() == longest);
    if single.is_some_and(|c| REDUPLICATED.contains(c)) { 0 } else { longest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(a: &str, b: &str) -> String {
        let (mut text, mut next) = (Mapped::default(), Mapped::default());
        text.push(a, 0);
        next.push(b, a.len() + 2);
        join(&mut text, &next, true);
        text.text().to_owned()
    }

    #[test]
    fn cut_paragraphs_are_whole_again() {
        assert_eq!(joined("确保管理标", "准化"), "确保管理标准化");
        assert_eq!(joined("特色社会主义思想", "想为指导"), "特色社会主义思想为指导");
        assert_eq!(joined("法治政府建设", "建设水平"), "法治政府建设水平");
        assert_eq!(joined("做到层", "层负责"), "做到层层负责");
    }

    #[test]
    fn whole_paragraphs_are_told() {
        for text in ["完成。", "如下：", "罚款48件。（附表）", "合计\t365\t707", "（见附件。）", "“持证上岗。”"]
        {
            assert!(!is_open(text), "{text}");
        }
        for text in ["确保管理标", "坚持“持证上岗”", "《方案》", "会议，"] {
            assert!(is_open(text), "{text}");
        }
    }
}
