//! Terms: those that can never speak, that a shorter one makes idle, that disagree with another, and whose right
//! wording is wrong itself.

use super::{place_of, quoted};
use crate::report::any_of;
use crate::rulebook::{Book, Term};
use crate::spanned::{Key, Place, Problem};
use crate::text::folded;

/// A term with its folded wordings, as a draft is searched for them.
struct Entry<'a> {
    key: &'a Key,
    term: &'a Term,
    text: String,
    right: Option<String>,
    not_in: Vec<String>,
}

pub(super) fn lint(book: &Book, found: &mut Vec<Problem>) {
    let entries: Vec<Entry<'_>> = book
        .terms
        .iter()
        .map(|(key, term)| Entry {
            key,
            term,
            text: folded(key),
            right: term.right.as_deref().map(folded),
            not_in: term.not_in.iter().map(|text| folded(text)).collect(),
        })
        .collect();
    for entry in &entries {
        never(entry, found);
        exceptions(book, entry, found);
    }
    for (index, entry) in entries.iter().enumerate() {
        for other in entries.iter().filter(|other| !std::ptr::eq(*other, entry)) {
            idle(book, entry, other, found);
            wrong_right(book, entry, other, found);
        }
        for other in &entries[index + 1..] {
            twins(book, entry, other, found);
            overlap(book, entry, other, found);
        }
    }
}

/// Terms that no sentence can hold in a way that counts.
fn never(entry: &Entry<'_>, found: &mut Vec<Problem>) {
    let Entry { key, term, text, .. } = entry;
    let mut say = |help: String| {
        found.push(Problem::new(key.place, format!("{}永远查不到", quoted(key))).help(help));
    };
    if text.is_empty() {
        return say("对照时稿件里的空格都已去掉，请写上要找的字".to_owned());
    }
    if entry.not_in.contains(text) {
        return say(format!("not_in 里写的就是{}本身，请删去", quoted(key)));
    }
    let excluded = |word: &str| any_of(word, &term.not_near);
    if !term.near.is_empty() && term.near.iter().all(|word| excluded(word)) {
        return say("near 要求有的词，not_near 都排除了，请核对".to_owned());
    }
    if excluded(text) {
        say("not_near 里的词就在它自己里面，请核对".to_owned());
    }
}

/// Words beside the term that no draft holds as they are written, and exceptions in which the term does not occur.
fn exceptions(book: &Book, entry: &Entry<'_>, found: &mut Vec<Problem>) {
    let Entry { key, term, text, .. } = entry;
    for (field, words) in [("not_in", &term.not_in), ("near", &term.near), ("not_near", &term.not_near)] {
        for (index, word) in words.iter().enumerate() {
            let place = item(book, entry, field, index);
            if folded(word) != *word {
                let message = format!("{}的 {field} 里的{}，稿件里找不到", quoted(key), quoted(word));
                let help = format!("对照时稿件里的标点已换成全角、数字已换成半角、空格已去掉，请写{}", quoted(&folded(word)));
                found.push(Problem::new(place, message).help(help));
            } else if field == "not_in" && !word.contains(text) {
                let message = format!("{0}的例外{1}里没有{0}，不起作用", quoted(key), quoted(word));
                found.push(Problem::new(place, message).help(format!("not_in 里写包含{}的更长的文字", quoted(key))));
            }
        }
    }
}

/// The place of an item of a list of a term, or of the term.
fn item(book: &Book, entry: &Entry<'_>, field: &str, index: usize) -> Place {
    let index = index.to_string();
    book.origin(&["terms", entry.key, field, &index]).unwrap_or(entry.key.place)
}

/// A longer term that says nothing but what a shorter one in it says.
fn idle(book: &Book, entry: &Entry<'_>, other: &Entry<'_>, found: &mut Vec<Problem>) {
    let (Some(right), Some(part)) = (&entry.right, &other.right) else { return };
    let inside = entry.text.len() > other.text.len() && entry.text.contains(&other.text);
    if !inside || entry.text.replace(&other.text, part) != *right {
        return;
    }
    let (long, short) = (entry.term, other.term);
    let open = short.near.is_empty() && short.not_near.is_empty() && short.part.is_none();
    let spans =
        short.from.unwrap_or(0) <= long.from.unwrap_or(0) && short.until.unwrap_or(u32::MAX) >= long.until.unwrap_or(u32::MAX);
    let as_much = short.severity == long.severity && short.safe == long.safe && short.in_titles >= long.in_titles;
    let same = *short.rule == *long.rule && long.why == short.why && long.basis == short.basis;
    // An exception of the shorter one that a text round the longer one can be.
    let excepted = other.not_in.iter().any(|longer| overlaps(&entry.text, longer));
    if open && spans && as_much && same && !excepted && long.near.is_empty() && long.not_near.is_empty() && long.part.is_none() {
        let at = place_of(book, other.key.place, entry.key.place);
        let message = format!("{}多余：{}（{at}）已经查得到，改法也一样", quoted(entry.key), quoted(other.key));
        found.push(Problem::new(entry.key.place, message).help("删去这一条"));
    }
}

/// Whether two texts can overlap in a sentence: one holds the other, or an end of one is the beginning of the other.
fn overlaps(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a) || shared(a, b).is_some() || shared(b, a).is_some()
}

/// How many bytes of the end of `a` are the beginning of `b`, at most, and less than the whole of either.
fn shared(a: &str, b: &str) -> Option<usize> {
    let starts = a.char_indices().skip(1).map(|(at, _)| &a[at..]);
    starts.filter(|end| end.len() < b.len()).find(|end| b.starts_with(end)).map(str::len)
}

/// A right wording in which another term, or the same, is found again.
fn wrong_right(book: &Book, entry: &Entry<'_>, other: &Entry<'_>, found: &mut Vec<Problem>) {
    let Some(right) = entry.right.as_ref().filter(|right| right.contains(&other.text)) else { return };
    if !together(entry.term, other.term) || other.not_in.iter().any(|longer| right.contains(longer)) {
        return;
    }
    // What a longer wrong wording within the right one says is that one's business.
    let (near, not_near) = (&other.term.near, &other.term.not_near);
    if !near.is_empty() && !any_of(right, near)
        || any_of(right, not_near)
        || in_title(right, &other.text) && !other.term.in_titles
    {
        return;
    }
    let at = place_of(book, other.key.place, entry.key.place);
    let message = format!(
        "{}的改法{}里有{}，{at}又说它是错的",
        quoted(entry.key),
        quoted(entry.term.right.as_deref().unwrap_or_default()),
        quoted(other.key)
    );
    let place = book.origin(&["terms", entry.key, "right"]).unwrap_or(entry.key.place);
    found.push(Problem::new(place, message).help(format!("改正 right，或者在{}的 not_in 里加上它", quoted(other.key))));
}

fn in_title(text: &str, word: &str) -> bool {
    text.find(word).is_some_and(|at| text[..at].rfind('《') > text[..at].rfind('》'))
}

/// Whether two terms can speak of one report and one part.
fn together(a: &Term, b: &Term) -> bool {
    let years = a.from.unwrap_or(0).max(b.from.unwrap_or(0)) <= a.until.unwrap_or(u32::MAX).min(b.until.unwrap_or(u32::MAX));
    let parts = match (&a.part, &b.part) {
        (Some(a), Some(b)) => **a == **b,
        _ => true,
    };
    years && parts
}

/// Two keys that are one wording: only blanks, or the width of marks, tell them apart.
fn twins(book: &Book, entry: &Entry<'_>, other: &Entry<'_>, found: &mut Vec<Problem>) {
    if entry.text == other.text && !entry.text.is_empty() && together(entry.term, other.term) {
        let at = place_of(book, entry.key.place, other.key.place);
        let message = format!("{}和{}（{at}）在稿件里是一样的，会提示两次", quoted(other.key), quoted(entry.key));
        found.push(Problem::new(other.key.place, message).help("全角半角、空格不用分开写，删去一条"));
    }
}

/// Two terms that can stand over one another in a text and would change the same characters in two ways.
fn overlap(book: &Book, entry: &Entry<'_>, other: &Entry<'_>, found: &mut Vec<Problem>) {
    if together(entry.term, other.term) && (disagree(entry, other) || disagree(other, entry)) {
        let at = place_of(book, entry.key.place, other.key.place);
        let message = format!("{}和{}（{at}）会叠在一起，同一个字有两种改法", quoted(other.key), quoted(entry.key));
        found.push(Problem::new(other.key.place, message).help("把叠在一起的写法单独写一条，长的为准"));
    }
}

/// Whether the end of one term is the beginning of another and both change what they share, each in its own way. What
/// is less than half of the shorter one is shared by chance; where a right wording is longer, shorter or in another
/// order, nobody knows which of its characters are meant.
fn disagree(first: &Entry<'_>, second: &Entry<'_>) -> bool {
    let (Some(right), Some(next)) = (&first.right, &second.right) else { return false };
    let Some(shared) = shared(&first.text, &second.text) else { return false };
    let length = |text: &str| text.chars().count();
    let (common, whole) = (&second.text[..shared], length(right));
    let by_chance = 2 * length(common) < length(&first.text).min(length(&second.text));
    let moved = reordered(&first.text, right) || reordered(&second.text, next);
    if by_chance || moved || whole != length(&first.text) || length(next) != length(&second.text) {
        return false;
    }
    let end: String = right.chars().skip(whole - length(common)).collect();
    let start: String = next.chars().take(length(common)).collect();
    end != start && end != common && start != common
}

/// Whether two texts are made of the same characters.
fn reordered(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    sorted(a) == sorted(b)
}
