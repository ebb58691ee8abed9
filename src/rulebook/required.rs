//! What must stand in a text for an expression to match: words that can be sought faster than the expression.

use std::iter::Peekable;
use std::str::Chars;

use crate::spanned::Spanned;
use crate::text::WordList;

/// What a text must hold for one of several expressions to match.
#[derive(Debug)]
pub(super) struct Needs {
    words: WordList,
    /// The sets of words, as bits, that each of the words is in.
    sets: Vec<u128>,
    /// The cases, of which a text must meet one.
    pub(super) cases: Vec<Need>,
}

/// What one case of an expression asks for.
#[derive(Clone, Debug)]
pub(super) struct Need {
    /// The index of the expression.
    pub(super) item: usize,
    /// The sets, as bits, of which a text must hold a word each.
    sets: u128,
    /// Whether a text that does matches.
    pub(super) is_word: bool,
}

impl Need {
    /// Whether the sets of which a text holds words are enough.
    pub(super) fn is_met(&self, held: u128) -> bool {
        held & self.sets == self.sets
    }
}

impl Needs {
    /// `None` where an expression does not say what must stand.
    pub(super) fn of(items: &[Spanned<String>]) -> Option<Self> {
        let (words, needs) = Self::unfiled(items)?;
        Some(Self { words: words.into_iter().collect(), ..needs })
    }

    /// The words by themselves, and what is asked for without them.
    fn unfiled(items: &[Spanned<String>]) -> Option<(Vec<String>, Self)> {
        let mut needs = Self { words: WordList::default(), sets: Vec::new(), cases: Vec::new() };
        let (mut words, mut next) = (Vec::new(), 0);
        for (item, expression) in items.iter().enumerate() {
            for Case { sets, is_word } in cases(&expression.value)? {
                let mut need = Need { item, sets: 0, is_word };
                for set in sets {
                    // Where there are many sets, several share a bit: then less is asked for.
                    let bit = 1 << (next % u128::BITS);
                    (need.sets, next) = (need.sets | bit, next + 1);
                    needs.sets.extend(set.iter().map(|_| bit));
                    words.extend(set);
                }
                needs.cases.push(need);
            }
        }
        if next > u128::BITS {
            needs.cases.iter_mut().for_each(|case| case.is_word = false);
        }
        Some((words, needs))
    }

    /// The sets, as bits, of which a text holds words.
    pub(super) fn held(&self, text: &str) -> u128 {
        let mut held = 0;
        self.words.each(text, |word, _| {
            held |= self.sets[word];
            true
        });
        held
    }

    /// Whether a text meets one of the cases.
    pub(super) fn are_met(&self, text: &str) -> bool {
        let mut held = 0;
        let mut met = false;
        self.words.each(text, |word, _| {
            let now = held | self.sets[word];
            met = now != held && self.cases.iter().any(|case| case.is_met(now));
            held = now;
            !met
        });
        met
    }
}

/// What several lists of expressions ask for, sought in a text at once.
#[derive(Clone, Debug)]
pub(super) struct Common {
    words: WordList,
    /// The list that each of the words belongs to, and the sets of words, as bits, that it is in there.
    sets: Vec<(usize, u128)>,
    /// The cases of each list; `None` where it does not say what must stand.
    cases: Vec<Option<Vec<Need>>>,
}

impl Common {
    pub(super) fn of<'a>(lists: impl Iterator<Item = &'a [Spanned<String>]>) -> Self {
        let (mut words, mut common) = (Vec::new(), Self { words: WordList::default(), sets: Vec::new(), cases: Vec::new() });
        for (list, items) in lists.enumerate() {
            common.cases.push(Needs::unfiled(items).map(|(more, needs)| {
                words.extend(more);
                common.sets.extend(needs.sets.into_iter().map(|sets| (list, sets)));
                needs.cases
            }));
        }
        common.words = words.into_iter().collect();
        common
    }

    /// The lists that a text may match, by their indices, each with its cases and the sets, as bits, of which the text holds
    /// words.
    pub(super) fn held(&self, text: &str) -> impl Iterator<Item = (usize, Option<(&[Need], u128)>)> {
        let mut held = Vec::new();
        self.words.each(text, |word, _| {
            let (list, sets) = self.sets[word];
            held.resize(self.cases.len(), 0);
            held[list] |= sets;
            true
        });
        self.cases.iter().enumerate().filter_map(move |(list, cases)| match (cases, held.get(list)) {
            (None, _) => Some((list, None)),
            (Some(cases), Some(&held)) if held != 0 => Some((list, Some((cases.as_slice(), held)))),
            _ => None,
        })
    }
}

/// One of the ways in which an expression can match.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Case {
    /// Sets of words: of each set every such match holds one.
    pub(super) sets: Vec<Vec<String>>,
    /// Whether the expression asks for nothing but the one word that the sets hold.
    pub(super) is_word: bool,
}

/// The cases of an expression, of which every match is one; `None` where it does not say what must stand.
///
/// They may say less than they could, and never too much: what is not understood asks for nothing.
pub(super) fn cases(expression: &str) -> Option<Vec<Case>> {
    let mut chars = expression.chars().peekable();
    let mut cases = Vec::new();
    loop {
        let case = sequence(&mut chars)?.case();
        cases.push(Some(case).filter(|case| !case.sets.is_empty())?);
        if chars.next_if_eq(&'|').is_none() {
            return chars.next().is_none().then_some(cases);
        }
    }
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
    /// Whether something is asked for that no set tells.
    more: bool,
}

impl Sequence {
    fn close(&mut self) {
        if !self.run.is_empty() {
            self.sets.push(vec![std::mem::take(&mut self.run)]);
        }
    }

    /// Behind what stands here no word goes on, and no set tells all of it.
    fn break_off(&mut self) {
        self.close();
        self.more = true;
    }

    fn case(mut self) -> Case {
        self.close();
        self.sets.retain(|set| !set.is_empty());
        Case { is_word: !self.more && self.sets.len() == 1, sets: self.sets }
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
                sequence.break_off();
                if !can_lack(chars) {
                    sequence.sets.push(inner);
                }
            }
            '[' => {
                class(chars)?;
                sequence.break_off();
                can_lack(chars);
            }
            '.' | '^' | '$' => {
                sequence.break_off();
                can_lack(chars);
            }
            '\\' => match chars.next()? {
                letter if letter.is_ascii_alphanumeric() => {
                    sequence.break_off();
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
        sequence.break_off();
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

    /// The set of each case that says most, in one list.
    fn words(expression: &str) -> Option<Vec<String>> {
        alternatives(&mut expression.chars().peekable())
    }

    #[test]
    fn the_cases_of_an_expression() {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let case = |sets: &[&[&str]], is_word| Case { sets: sets.iter().map(|words| set(words)).collect(), is_word };
        assert_eq!(
            cases("原因|(因|受).*(所致|影响)|致使.?|不?足"),
            Some(vec![
                case(&[&["原因"]], true),
                case(&[&["因", "受"], &["所致", "影响"]], false),
                case(&[&["致使"]], false),
                case(&[&["足"]], false),
            ])
        );
        for expression in [".*", "原因|[甲乙]", "", "原因|", "(?i)甲", "甲)", "(甲"] {
            assert_eq!(cases(expression), None, "{expression}");
        }
    }

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
        for expression in ["(?i)甲", "(甲", "*", "[]甲]", "[^]甲]", "[甲[乙]]"] {
            assert_eq!(words(expression), None, "{expression}");
        }
    }

    proptest! {
        /// Each list by itself is the oracle.
        #[test]
        fn lists_sought_together_are_held_as_each_by_itself(
            lists in prop::collection::vec(prop::collection::vec("[甲乙丙]{1,2}(\\|[甲乙丁]{1,2})?|[甲乙]*", 1..3), 0..5),
            text in "[甲乙丙丁戊]{0,6}",
        ) {
            let item = |text: String| Spanned { value: text, place: crate::spanned::Place::default() };
            let lists: Vec<Vec<_>> = lists.into_iter().map(|list| list.into_iter().map(item).collect()).collect();
            let common = Common::of(lists.iter().map(Vec::as_slice));
            let found: Vec<_> = common.held(&text).map(|(list, held)| (list, held.map(|(_, held)| held))).collect();
            let alone = lists.iter().map(|list| Needs::of(list).map(|needs| needs.held(&text)));
            let wanted: Vec<_> = alone.enumerate().filter(|(_, held)| *held != Some(0)).collect();
            prop_assert_eq!(found, wanted);
        }
    }

    proptest! {
        /// What matches is one of the cases, and what holds the word of one matches.
        #[test]
        fn a_match_is_one_of_the_cases(
            parts in prop::collection::vec(prop::sample::select(vec![
                "甲", "乙", "丙", "(甲|乙)", "(乙丙|丙)?", ".*", "[^甲]", "甲?", "乙+", "|", "^", "$", "丙{2}", "(?:甲乙){0,1}", "\\d",
            ]), 1..8),
            text in "[甲乙丙1]{0,8}",
        ) {
            let expression = parts.concat();
            let Ok(regex) = regex::Regex::new(&expression) else { return Ok(()) };
            for case in cases(&expression).into_iter().flatten().filter(|case| case.is_word) {
                prop_assert!(regex.is_match(&case.sets[0][0]), "{} {}", expression, case.sets[0][0]);
            }
            if let Some(cases) = cases(&expression) {
                let holds = |case: &Case| case.sets.iter().all(|set| set.iter().any(|word| text.contains(word.as_str())));
                prop_assert!(cases.iter().any(holds) || !regex.is_match(&text), "{} {}", expression, text);
            }
        }
    }
}
