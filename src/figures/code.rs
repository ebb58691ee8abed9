//! Codes in quotation marks that count their members: “四个到位”, “一目录五清单”, “六大工程”.

use super::list::Counted;
use super::numeral;
use super::passage::{Pair, Passage};
use super::words::Lexicon;

/// All codes of a passage.
pub(crate) fn codes(passage: &Passage, lexicon: &Lexicon) -> Vec<Counted> {
    passage.pairs.iter().filter_map(|pair| code(passage, lexicon, pair)).collect()
}

/// The code that stands in a pair of quotation marks.
pub(crate) fn code(passage: &Passage, lexicon: &Lexicon, pair: &Pair) -> Option<Counted> {
    if !pair.is_quote() || pair.inner.len() > 60 {
        return None;
    }
    let text = passage.slice(pair.inner.clone());
    let first = passage.numerals.partition_point(|at| (*at as usize) < pair.inner.start);
    let first = passage.numerals.get(first).map(|at| *at as usize).filter(|at| *at < pair.inner.end)? - pair.inner.start;
    // 法律六进: the name of the matter may stand before the number.
    let groups = groups(&text[first..]).filter(|numbers| first == 0 || numbers.len() == 1 && first <= 12)?;
    let noun = text[first..].trim_start_matches(numeral::starts).trim_start_matches(['个', '项', '大', '种', '条']);
    let short = (1..=3).contains(&noun.chars().count()) && !noun.chars().any(numeral::starts);
    let refrain = (groups.len() == 1 && short).then(|| noun.to_owned());
    let mut numbers = vec![groups.iter().sum()];
    if groups.len() > 1 {
        numbers.push(groups.len() as u32);
    }
    let depth = passage.depth_at(pair.outer.start);
    let behind = passage.mark_after(pair.outer.end, depth).map_or(passage.text().len(), |mark| mark.at());
    let next = passage.pairs_in(pair.outer.end..behind.max(pair.outer.end)).next().map_or(behind, |next| next.outer.start);
    let end = super::list::name_end(passage, lexicon, pair.outer.end..next.max(pair.outer.end));
    let end = if end - pair.outer.end <= 24 { end } else { pair.outer.end };
    Some(Counted { numbers, range: pair.outer.clone(), end, refrain, quoted: true })
}

/// Whether a text in quotation marks is a code.
pub(crate) fn is_code(text: &str) -> bool {
    groups(text).is_some()
}

/// The numbers of a code: each a Chinese numeral from 一 to 三十 with the name of what it counts.
///
/// `四个到位` has 4; `一目录五清单` has 1 and 5; `十四五` and `一号工程` have none.
fn groups(code: &str) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let c = code[at..].chars().next()?;
        if !numeral::starts(c) {
            if at == 0 || !crate::text::cjk::is_han(c) {
                return None;
            }
            at += c.len_utf8();
            continue;
        }
        let read =
            numeral::numeral(code, at).filter(|read| read.chinese && read.form == numeral::Form::Plain && read.value <= 30.0)?;
        let named = code[read.range.end..].chars().next().is_some_and(|c| !numeral::starts(c));
        if named {
            numbers.push(read.value as u32);
            // 五个一批: five, whatever each of them is called.
            if code[read.range.end..].strip_prefix('个').is_some_and(|rest| rest.starts_with('一')) {
                break;
            }
        } else if numbers.is_empty() {
            return None;
        }
        at = read.range.end;
    }
    let lone_one = numbers.len() == 1 && numbers[0] < 2;
    (!numbers.is_empty() && !lone_one && !code.contains('号')).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn codes_count_their_members() {
        assert_eq!(groups("四个到位"), Some(vec![4]));
        assert_eq!(groups("四个一"), Some(vec![4]));
        assert_eq!(groups("五个一批"), Some(vec![5]));
        assert_eq!(groups("一目录五清单"), Some(vec![1, 5]));
        assert_eq!(groups("三部两办两中心"), Some(vec![3, 2, 2]));
        for code in ["十四五", "一号工程", "12·4", "枫桥经验", "一带"] {
            assert_eq!(groups(code), None, "{code}");
        }
    }
}
