//! Laws that hold for every text.

use proptest::prelude::*;
use rlcheck::draft::{Draft, Role};
use rlcheck::text::{Encoding, Source};
use rlcheck::{Rulebook, check};

/// Texts of 汉字, characters outside the BMP, emoji, marks, line ends and a byte order mark.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "镇",
        "法治",
        "𠮷",
        "👍🏽",
        "a",
        "1",
        "\n",
        "\r\n",
        "\n\n",
        "。",
        "，",
        "**",
        "#",
        "## ",
        "一、",
        "（一）",
        "1.",
        "　　",
        "《",
        "》",
        "“",
        "|",
        "---",
        "- ",
        "<!--",
        "-->",
        "`",
        "[",
        "](",
        ")",
        "\\",
        "&nbsp;",
        "率达100%",
        "年",
        "\t",
        ">",
        "：",
        "— 3 —",
        "〔2025〕",
        "号",
        "人民政府",
        "2025年1月2日",
    ]);
    (any::<bool>(), prop::collection::vec(piece, 0..60))
        .prop_map(|(bom, pieces)| format!("{}{}", if bom { "\u{feff}" } else { "" }, pieces.concat()))
}

proptest! {
    #[test]
    fn positions_lead_back_to_their_offsets(text in text()) {
        let source = Source::new("", text);
        let body = source.text().strip_prefix('\u{feff}').map_or(0, |_| '\u{feff}'.len_utf8());
        for (offset, _) in source.text().char_indices().filter(|&(at, _)| at >= body).chain([(source.text().len(), ' ')]) {
            let position = source.position(offset);
            prop_assert_eq!(position.offset, offset);
            prop_assert_eq!(source.offset(position.line, position.column), Some(offset));
            let (line, column) = source.utf16(offset);
            prop_assert_eq!(source.offset_utf16(line, column), Some(offset));
            prop_assert_eq!(line + 1, position.line);
            prop_assert!(column + 1 >= position.column);
            let next = source.text()[offset..].char_indices().nth(5).map_or(source.text().len(), |(at, _)| offset + at);
            prop_assert_eq!(source.position_from(position, next), source.position(next));
            prop_assert_eq!(source.position_from(source.position(next), offset), position);
        }
        prop_assert_eq!(source.position_from(source.position(0), body), source.position(body));
    }

    #[test]
    fn every_character_knows_its_place(text in text()) {
        let draft = Draft::from_text("", text, Encoding::Utf8);
        for block in &draft.blocks {
            let cells = match &block.role {
                Role::Table(table) => table.rows.iter().flatten().collect(),
                _ => vec![&block.text],
            };
            for mapped in cells {
                for (at, c) in mapped.text().char_indices() {
                    let span = mapped.span(at..at + c.len_utf8());
                    prop_assert_eq!(draft.source.slice(span), c.to_string());
                    prop_assert_eq!(mapped.locate(span.start), Some(at));
                }
            }
        }
    }

    #[test]
    fn checking_never_panics_and_findings_lie_in_the_text(text in text()) {
        let draft = Draft::from_text("", text, Encoding::Utf8);
        let found = check(&draft, &Rulebook::township());
        for finding in &found {
            prop_assert!(draft.source.text().get(finding.span.range()).is_some(), "{finding:?}");
            for fix in &finding.fixes {
                for edit in &fix.edits {
                    prop_assert!(draft.source.text().get(edit.span.range()).is_some(), "{finding:?}");
                }
            }
        }
        prop_assert_eq!(found, check(&draft, &Rulebook::township()));
    }

    #[test]
    fn parsing_never_panics_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(draft) = Draft::parse("", &bytes) {
            check(&draft, &Rulebook::township());
        }
    }
}
