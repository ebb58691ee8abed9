//! What must stand in a text for an expression to match: words that can be sought faster than the expression.

use std::iter::Peekable;
use std::str::Chars;

/// Words of which every match of an expression holds at least one; `None` where the expression does not say.
///
/// It may say less than it could, and never too much: what is not understood asks for nothing.
pub(super) fn words(expression: &str) -> Option<Vec<String>> {
    let mut chars = expression.chars().peekable();
    let words = alternatives(&mut chars)?;
    chars.next().is_none().then_some(words)
}

/// Any of several, up to a closing bracket or the end.
fn alternatives(chars: &mut Peekable<Chars<'_>>) -> Option<Vec<String>> {
    let mut all = Some(Vec::new());
    loop {
        let one = sequence(chars)?;
        all = all.zip(one.best()).map(|(mut all, one)| {
            all.extend(one);
            all
        });
        if chars.next_if_eq(&'|').is_none() {
            return Some(all.unwrap_or_default());
        }
    }
}

/// What stands one behind the other.
#[derive(Default)]
struct Sequence {
    /// The plain characters since the last thing that is none.
    run: String,
    /// Sets of words of which one must stand.
    sets: Vec<Vec<String>>,
}

impl Sequence {
    fn close(&mut self) {
        if !self.run.is_empty() {
            self.sets.push(vec![std::mem::take(&mut self.run)]);
        }
    }

    /// The set that says most: the one whose shortest word is longest.
    fn best(mut self) -> Option<Vec<String>> {
        self.close();
        let shortest = |set: &Vec<String>| set.iter().map(String::len).min();
        self.sets.into_iter().filter(|set| !set.is_empty()).max_by_key(|set| (shortest(set), usize::MAX - set.len()))
    }
}

/// Up to the next alternative, a closing bracket or the end; `None` for what is not understood.
fn sequence(chars: &mut Peekable<Chars<'_>>) -> Option<Sequence> {
    let mut sequence = Sequence::default();
    while let Some(c) = chars.next_if(|c| !matches!(c, '|' | ')')) {
        match c {
            '(' => {
                if chars.next_if_eq(&'?').is_some() && chars.next() != Some(':') {
                    return None;
                }
                let inner = alternatives(chars)?;
                chars.next_if_eq(&')')?;
                sequence.close();
                if !can_lack(chars) {
                    sequence.sets.push(inner);
                }
            }
            '[' => {
                class(chars)?;
                sequence.close();
                can_lack(chars);
            }
            '.' | '^' | '$' => {
                sequence.close();
                can_lack(chars);
            }
            '\\' => match chars.next()? {
                letter if letter.is_ascii_alphanumeric() => {
                    sequence.close();
                    can_lack(chars);
                }
                sign => plain(sign, chars, &mut sequence),
            },
            '*' | '+' | '?' | '{' => return None,
            c => plain(c, chars, &mut sequence),
        }
    }
    Some(sequence)
}

/// Passes over a class of characters without further classes in it.
fn class(chars: &mut Peekable<Chars<'_>>) -> Option<()> {
    chars.next_if_eq(&'^');
    if matches!(chars.next()?, ']' | '[' | '\\') {
        return None;
    }
    loop {
        match chars.next()? {
            ']' => return Some(()),
            '[' => return None,
            '\\' => _ = chars.next()?,
            _ => {}
        }
    }
}

/// A character that stands for itself.
fn plain(c: char, chars: &mut Peekable<Chars<'_>>, sequence: &mut Sequence) {
    let repeated = chars.peek().is_some_and(|next| matches!(next, '*' | '+' | '?' | '{'));
    if !can_lack(chars) {
        sequence.run.push(c);
    }
    if repeated {
        sequence.close();
    }
}

/// Takes the signs of repetition; whether they allow that what stands before them is not there.
fn can_lack(chars: &mut Peekable<Chars<'_>>) -> bool {
    let lacks = match chars.next_if(|c| matches!(c, '*' | '+' | '?' | '{')) {
        None => return false,
        Some('{') => {
            let least = chars.next();
            chars.by_ref().find(|c| *c == '}');
            !least.is_some_and(|c| ('1'..='9').contains(&c))
        }
        Some(sign) => sign != '+',
    };
    chars.next_if_eq(&'?');
    lacks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_longest_words_that_must_stand() {
        for (expression, wanted) in [
            ("第一责任人", vec!["第一责任人"]),
            ("(党政|党委)?(主要|正职)(负责人|领导).*(履|述法)", vec!["负责人", "领导"]),
            ("20\\d\\d年(度)?", vec!["年"]),
            ("^(不足|问题)$|短板?", vec!["不足", "问题", "短"]),
            ("因[^此而]", vec!["因"]),
            ("甲+乙", vec!["乙"]),
            ("[甲乙]{2}|丙", vec![]),
            (".*", vec![]),
            ("(甲|乙*)", vec![]),
        ] {
            assert_eq!(words(expression).unwrap_or_default(), wanted, "{expression}");
        }
        for expression in ["(?i)甲", "(甲", "甲)", "*", "[]甲]", "[^]甲]", "[甲[乙]]"] {
            assert_eq!(words(expression), None, "{expression}");
        }
    }

    proptest! {
        /// What matches holds one of the words.
        #[test]
        fn a_match_holds_a_word(
            parts in prop::collection::vec(prop::sample::select(vec![
                "甲", "乙", "丙", "(甲|乙)", "(乙丙|丙)?", ".*", "[^甲]", "甲?", "乙+", "|", "^", "$", "丙{2}", "(?:甲乙){0,1}", "\\d",
            ]), 1..8),
            text in "[甲乙丙1]{0,8}",
        ) {
            let expression = parts.concat();
            let Ok(regex) = regex::Regex::new(&expression) else { return Ok(()) };
            if let Some(words) = words(&expression).filter(|words| !words.is_empty()) {
                let held = words.iter().any(|word| text.contains(word.as_str()));
                prop_assert!(held || !regex.is_match(&text), "{} {}", expression, text);
            }
        }
    }
}
