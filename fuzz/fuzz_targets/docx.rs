//! Word files of every kind go through the reader, through comments and through changes.
//!
//! An input that begins like a zip is taken as it is. Any other is the text of the parts of a package (see `parts`),
//! which is packed first, so that the reader of XML is reached; it is changed element by element (see `mutate`).

#![no_main]

mod mutate;
mod parts;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use rlcheck::Draft;
use rlcheck::finding::{Edit, Finding, Fix, Severity};
use rlcheck::text::{Span, cjk};
use rlcheck::word::{Mode, can_change, change, comment};

/// How many places of a text are commented on, and how many are changed.
const PLACES: usize = 48;

fuzz_target!(|data: &[u8]| {
    if parts::is_zip(data) {
        read_and_answer(data, false);
    } else {
        let parts = parts::Parts::of(data);
        read_and_answer(&parts.packed(), parts.only_text());
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let kept = data[..size].to_vec();
    if parts::is_zip(&kept) {
        return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    }
    let mut plain = |bytes: &[u8]| {
        let room = bytes.len() + 64;
        let mut buffer = bytes.to_vec();
        buffer.resize(room, 0);
        let size = libfuzzer_sys::fuzzer_mutate(&mut buffer, bytes.len(), room);
        buffer.truncate(size);
        buffer
    };
    let out = mutate::mutate(&kept, seed, &mut plain);
    let size = out.len().min(max_size);
    data[..size].copy_from_slice(&out[..size]);
    size
});

/// Reads a file and, where it can be read, answers it. `sure` says that nothing but the text's own parts was meddled
/// with, so that there is no excuse for an answer that fails.
fn read_and_answer(bytes: &[u8], sure: bool) {
    // Other kinds of files are recognised, and refused.
    _ = Draft::parse("稿.docx", bytes);
    let Ok(draft) = Draft::from_docx("稿.docx", bytes) else { return };
    let text = draft.source.text();
    draft.word.as_ref().expect("what a Word file is read with").sound(&draft.source).expect("every place is one");
    for block in &draft.blocks {
        assert!(text.get(block.span().range()).is_some(), "{block:?}");
    }

    let chars: Vec<Span> = text.char_indices().map(|(at, c)| Span::new(at, at + c.len_utf8())).collect();
    let step = chars.len().div_ceil(PLACES).max(1);
    let some: Vec<Span> = chars.iter().copied().step_by(step).collect();
    let wide = some.windows(2).map(|two| Span::new(two[0].start, two[1].end)).chain([Span::new(0, text.len())]);
    let empty = [0, text.len()].map(|at| Span::new(at, at));
    let spans = some.iter().copied().chain(wide).chain(empty);
    let findings: Vec<Finding> = spans.map(|span| Finding::new("rule", Severity::Info, span, "有“问题” <&>")).collect();
    match comment(bytes, &findings) {
        Ok(out) => {
            let again = Draft::from_docx("", &out).expect("a commented file is read");
            assert_eq!(again.source.text(), text, "comments leave the text alone");
            // Once more: rlcheck's own comments go, and come again.
            let twice = comment(&out, &findings).expect("a commented file takes comments");
            assert_eq!(Draft::from_docx("", &twice).expect("it is read").source.text(), text);
        }
        Err(error) => assert!(!sure, "every text takes comments: {error:?}"),
    }

    // A number is not shown before a paragraph without text, and takes a blank before a digit: that may change.
    let solid = |text: &str| text.replace(cjk::is_blank, "");
    let edit = |span: &Span| Fix::replace("改", true, *span, "新");
    let fixes = some.iter().filter(|span| !solid(&text[span.range()]).is_empty()).map(edit).filter(|fix| can_change(&draft, fix));
    let edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits).collect();
    let wanted = edits.iter().rev().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.span.range(), "新");
        text
    });
    for mode in [Mode::Tracked, Mode::Accepted] {
        match change(bytes, &edits, mode) {
            Ok(out) => {
                let again = Draft::from_docx("", &out).expect("a changed file is read");
                assert_eq!(solid(again.source.text()), solid(&wanted), "changes change what they should");
            }
            Err(error) => assert!(!sure, "what can be changed is changed: {error:?}"),
        }
    }
}
