//! Occasions told by their months: 召开专题会议4次，分别于2月、5月、8月和12月举行.

use super::claim::{Claim, Confidence, Kind, Verdict};
use super::passage::Passage;
use super::words::Lexicon;

/// How many characters may stand before that.
const GAP: usize = 14;

/// The claims that there are as many months as occasions.
pub(super) fn claims(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    let text = passage.text();
    for figure in passage.figures.iter().filter(|figure| figure.is_whole() && figure.is_count()) {
        if lexicon.family(figure.family).is_none_or(|unit| unit.family != "场次") {
            continue;
        }
        let near: String = text[figure.range.end..].chars().take(GAP).collect();
        let led = lexicon.words.lists.dated.iter().find_map(|word| near.find(word.as_str()).map(|at| (at, at + word.len())));
        let Some((_, led)) = led.filter(|(at, _)| !near[..*at].contains(['。', '；', '：'])) else { continue };
        let led = figure.range.end + led;
        let Some((months, end)) = months(&text[led..]).filter(|(months, _)| *months > 1) else { continue };
        let rest = &text[led + end..];
        // 分别于3月、9月各举办2次; 分别于3月、5月等: not one for each.
        if rest.starts_with(['各', '等', '每', '至', '—', '-', '～']) {
            continue;
        }
        let right = (figure.value - months as f64).abs() < 0.5;
        let stated = passage.slice(figure.range.clone());
        let verdict = if right { Verdict::Consistent } else { Verdict::Inconsistent(Confidence::Likely) };
        let claim = Claim::new(Kind::Count, verdict, figure.span, format!("{stated}，列出{months}个月份"))
            .stated(stated, None)
            .on("次数", figure, text);
        out.push(if right { claim } else { claim.message(format!("写明{stated}，后面列出了{months}个月份")) });
    }
}

/// How many months a text begins with, and where they end: `2月、5月上旬和12月3日`.
fn months(text: &str) -> Option<(usize, usize)> {
    let (mut count, mut at) = (0, 0);
    loop {
        let rest = &text[at..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let behind = rest[digits..].strip_prefix('月').filter(|_| (1..=2).contains(&digits))?;
        let day = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = if day.len() < behind.len() { day.strip_prefix(['日', '号'])? } else { behind };
        let part = ["份", "上旬", "中旬", "下旬", "初", "底", "末"].into_iter().find(|part| behind.starts_with(part));
        let behind = part.map_or(behind, |part| &behind[part.len()..]);
        (count, at) = (count + 1, text.len() - behind.len());
        let Some(next) =
            behind.strip_prefix(['、', '和', '及', '与']).filter(|next| next.starts_with(|c: char| c.is_ascii_digit()))
        else {
            return Some((count, at));
        };
        at = text.len() - next.len();
    }
}
