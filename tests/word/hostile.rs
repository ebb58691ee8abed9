//! Files that are broken or mean harm.

use proptest::prelude::*;
use rlcheck::draft::{Draft, WordError};
use rlcheck::finding::{Edit, Fix};
use rlcheck::text::{DecodeError, Span};
use rlcheck::word::{Mode, can_change, change, comment};
use rlcheck::{Finding, Rulebook, Severity, check};

use crate::pack::{Pack, W, listed, p, part, styled, table, zip};

fn error(bytes: &[u8]) -> WordError {
    match Draft::parse("稿.docx", bytes) {
        Err(DecodeError::Word(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn bombs_and_tricks_are_refused() {
    let document = |inner: &str| Pack::bare(&format!("<w:document xmlns:w='{W}'><w:body>{inner}</w:body></w:document>")).bytes();
    let entity = "<!DOCTYPE w:document [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>";
    assert_eq!(error(&Pack::bare(&format!("{entity}<w:document xmlns:w='{W}'/>")).bytes()), WordError::Doctype);
    assert_eq!(error(&document(&("<w:p>".repeat(400) + &"</w:p>".repeat(400)))), WordError::TooDeep);
    assert_eq!(error(&document(&"<w:p/>".repeat(1_000_001))), WordError::TooLarge);
    assert_eq!(error(&document(&" ".repeat(65 * 1024 * 1024))), WordError::TooLarge);
    assert_eq!(error(&document("<w:p></w:body>")), WordError::BrokenXml);
    assert_eq!(error(&document("")), WordError::Empty);
    let many: Vec<(String, Vec<u8>)> = (0..10_001).map(|n| (n.to_string(), Vec::new())).collect();
    assert_eq!(error(&zip(&many)), WordError::TooManyParts);
    let whole = Pack::new(&p("正文")).bytes();
    assert_eq!(error(&whole[..whole.len() / 2]), WordError::Broken);
}

#[test]
fn a_size_that_lies_is_found_out() {
    let document = format!("<w:document xmlns:w='{W}'><w:body>{}</w:body></w:document>", " ".repeat(65 << 20));
    let (mut lying, real) = (Pack::bare(&document).bytes(), (document.len() as u32).to_le_bytes());
    let places: Vec<usize> = (0..lying.len() - 4).filter(|&at| lying[at..at + 4] == real).collect();
    assert!(!places.is_empty(), "the size stands in the table of contents");
    for at in places {
        lying[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    assert!(Draft::parse("稿.docx", &lying).is_err());
}

#[test]
fn absurd_counts_end_soon() {
    let begun = std::time::Instant::now();
    let document = |inner: &str| Pack::new(inner).bytes();
    // Fields that never end, styles in a long chain, numbers that write a book, cells that are wide, footers without end.
    let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>";
    try_to_read(&document(&format!("<w:p>{}</w:p>{}", field.repeat(20_000), p("文").repeat(5_000))));
    let style = |n: usize| format!("<w:style w:type='character' w:styleId='c{n}'><w:basedOn w:val='c{}'/></w:style>", n + 1);
    let styles = part("styles", &(0..20_000).map(style).collect::<String>());
    let run = "<w:p><w:r><w:rPr><w:rStyle w:val='c0'/></w:rPr><w:t>文</w:t></w:r></w:p>";
    let bare = |inner: &str| Pack::bare(&format!("<w:document xmlns:w='{W}'><w:body>{inner}</w:body></w:document>"));
    try_to_read(&bare(&run.repeat(20_000)).with("styles", "styles.xml", &styles).bytes());
    let level = format!("<w:lvl w:ilvl='0'><w:lvlText w:val='{}'/></w:lvl>", "长".repeat(100_000));
    let lists = format!(
        "<w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    );
    try_to_read(&bare(&listed(1, 0, "文").repeat(1000)).with("numbering", "numbering.xml", &part("numbering", &lists)).bytes());
    let cell = format!("<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{}</w:tc>", p("文"));
    try_to_read(&document(&format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{cell}{cell}</w:tr>").repeat(20_000))));
    let large = part("ftr", &" ".repeat(30 << 20));
    let pack = (0..20).fold(Pack::new(&p("文")), |pack, _| pack.with("footer", "footer1.xml", ""));
    let mut pack = pack;
    pack.parts.retain(|(name, _)| !name.ends_with("footer1.xml"));
    pack.parts.push(("word/footer1.xml".to_owned(), large.into_bytes()));
    assert_eq!(error(&pack.bytes()), WordError::TooLarge);
    assert!(begun.elapsed().as_secs() < 120, "{:?}", begun.elapsed());
}

#[test]
fn missing_parts_and_other_formats_are_told() {
    let message = |bytes: &[u8]| Draft::parse("稿", bytes).expect_err("no draft").to_string();
    assert!(message(&zip(&[("OFD.xml".to_owned(), Vec::new())])).contains("OFD"));
    assert!(message(&zip(&[("a.txt".to_owned(), Vec::new())])).contains("压缩包"));
    let mut pack = Pack::new(&p("正文"));
    pack.parts.retain(|(name, _)| name != "word/document.xml");
    assert!(message(&pack.bytes()).contains("没有正文"));
    let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let encrypted: Vec<u8> = ole.into_iter().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(message(&encrypted).contains("密码"));
    assert!(message(&ole).contains(".docx"));
    // Missing styles, lists and notes are no fault that matters.
    let pack = Pack::bare(&format!("<w:document xmlns:w='{W}'><w:body>{}</w:body></w:document>", listed(1, 0, "甲")));
    let pack = pack.with("styles", "../styles.xml", "").with("numbering", "不在.xml", "");
    let mut pack = pack;
    pack.parts.truncate(3);
    assert_eq!(Draft::parse("稿", &pack.bytes()).expect("a draft").source.text(), "甲");
}

/// Parts of a document in any order and nesting, closed or not.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<w:p>",
        "</w:p>",
        "<w:p/>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:t xml:space='preserve'>",
        "甲",
        " ",
        "。",
        "2025年",
        "<w:pPr>",
        "</w:pPr>",
        "<w:rPr>",
        "</w:rPr>",
        "<w:b/>",
        "<w:vanish/>",
        "<w:del w:id='1'/>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:ins>",
        "</w:ins>",
        "<w:del>",
        "</w:del>",
        "<w:sdt>",
        "</w:sdt>",
        "<w:sdtContent>",
        "</w:sdtContent>",
        "<w:fldChar w:fldCharType='begin'/>",
        "<w:fldChar w:fldCharType='end'/>",
        "<w:br/>",
        "<w:tab/>",
        "<w:pStyle w:val='1'/>",
        "<w:numPr><w:ilvl w:val='9'/><w:numId w:val='1'/></w:numPr>",
        "<w:sectPr>",
        "</w:sectPr>",
        "<mc:AlternateContent>",
        "</mc:AlternateContent>",
        "<mc:Choice>",
        "</mc:Choice>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:pict>",
        "</w:pict>",
        "<w:ruby>",
        "</w:ruby>",
        "<m:oMath>",
        "</m:oMath>",
        "&amp;",
        "&#0;",
        "&x;",
        "<![CDATA[乙]]>",
        "\r\n",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Paragraphs and tables of any content, well-formed.
fn body() -> impl Strategy<Value = String> {
    let run = |inner: &str| format!("<w:r>{inner}</w:r>");
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let pict = format!("<w:pict><w:txbxContent>{}</w:txbxContent></w:pict>", p("框"));
    let leaf = prop::sample::select(vec![
        run("<w:t>甲 </w:t>"),
        run("<w:t> 乙&amp;丙 \n</w:t><w:tab/><w:t>丁</w:t>"),
        run("<w:rPr><w:b/></w:rPr><w:t xml:space='preserve'> 戊 </w:t><w:br/><w:t>己</w:t>"),
        run("<w:t><![CDATA[<庚>]]>辛&#x58EC;</w:t><w:t/>"),
        run("<w:rPr><w:vanish/></w:rPr><w:t>藏</w:t>"),
        run("<w:footnoteReference w:id='2'/><w:commentReference w:id='5'/>"),
        run(&format!("<w:t>子</w:t>{pict}<w:t>丑</w:t>")),
        run("<w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>寅</w:t></w:r></w:rubyBase></w:ruby>"),
        run("<w:sym w:char='F0FC'/><w:noBreakHyphen/>"),
        "<w:r/><w:bookmarkStart w:id='3'/>".to_owned(),
        "<m:oMath><m:r><m:t>卯+1</m:t></m:r></m:oMath>".to_owned(),
        field("begin"),
        field("separate"),
        field("end"),
    ]);
    let inline = leaf.prop_recursive(4, 24, 4, |inner| {
        let name =
            prop::sample::select(vec!["hyperlink", "ins", "del", "moveFrom", "smartTag", "sdt", "sdtContent", "fldSimple"]);
        let other = |inner: String| {
            format!("<mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>")
        };
        prop_oneof![
            (name, prop::collection::vec(inner.clone(), 0..4))
                .prop_map(|(name, inner)| format!("<w:{name}>{}</w:{name}>", inner.concat())),
            inner.prop_map(other),
        ]
    });
    let props = prop::sample::select(vec![
        "",
        "<w:pPr/>",
        "<w:pPr><w:pStyle w:val='1'/></w:pPr>",
        "<w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>",
        "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>",
    ]);
    let para =
        (props, prop::collection::vec(inline, 0..5)).prop_map(|(props, inner)| format!("<w:p>{props}{}</w:p>", inner.concat()));
    let block = prop_oneof![
        4 => para.clone(),
        1 => Just("<w:p/>".to_owned()),
        1 => prop::collection::vec(para, 1..5).prop_map(|cells| {
            format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", cells.join("</w:tc><w:tc>"))
        }),
    ];
    prop::collection::vec(block, 1..5).prop_map(|blocks| blocks.concat())
}

fn whole() -> Pack {
    let body = styled("1", "主要举措和成效")
        + &p("全年受理信访件35件，办结33件，办结率100%。")
        + &table(&[vec!["村", "件"], vec!["甲", "1"]]);
    Pack::new(&(body + &listed(1, 1, "学习")))
}

proptest! {
    #[test]
    fn any_soup_is_read_or_refused(soup in soup(), closed in any::<bool>()) {
        let body = if closed { format!("<w:p><w:r><w:t>首</w:t></w:r></w:p><w:p>{soup}</w:p>") } else { soup };
        try_to_read(&Pack::new(&body).bytes());
    }

    #[test]
    fn any_content_is_read_and_answered(body in body()) {
        let notes = part("footnotes", &format!("<w:footnote w:id='2'>{}</w:footnote>", p("注")));
        let bytes = Pack::new(&body).with("footnotes", "footnotes.xml", &notes).bytes();
        try_to_read(&bytes);
        try_to_answer(&bytes);
    }

    #[test]
    fn damaged_parts_are_read_or_refused(part in 0..5usize, cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut pack = whole();
        let bytes = &mut pack.parts[part].1;
        for (at, byte) in cuts {
            let at = at.index(bytes.len().max(1));
            match byte % 3 {
                _ if bytes.is_empty() => {}
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                _ => bytes.truncate(at + 1),
            }
        }
        try_to_read(&pack.bytes());
    }

    #[test]
    fn damaged_packages_are_read_or_refused(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = whole().bytes();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        try_to_read(&bytes);
    }
}

fn try_to_read(bytes: &[u8]) {
    if let Ok(draft) = Draft::parse("稿.docx", bytes) {
        if let Some(word) = &draft.word {
            word.sound(&draft.source).expect("every place is one");
        }
        for finding in check(&draft, &Rulebook::township()) {
            assert!(draft.source.text().get(finding.span.range()).is_some(), "{finding:?}");
        }
    }
}

/// Reads a file, writes comments on every place of it and changes every character that can be changed.
fn try_to_answer(bytes: &[u8]) {
    let Ok(draft) = Draft::from_docx("稿.docx", bytes) else { return };
    let text = draft.source.text();
    let spans: Vec<Span> = text.char_indices().map(|(at, c)| Span::new(at, at + c.len_utf8())).collect();
    let finding = |span: &Span| Finding::new("rule", Severity::Info, *span, "有问题");
    let findings: Vec<Finding> = spans.iter().map(finding).chain([finding(&Span::new(text.len(), text.len()))]).collect();
    if let Ok(out) = comment(bytes, &findings) {
        assert_eq!(Draft::from_docx("", &out).expect("a Word file").source.text(), text);
    } else {
        panic!("every text takes comments: {text}");
    }
    let edit = |span: &Span| Fix::replace("改", true, *span, "新");
    let fixes: Vec<Fix> = spans.iter().map(edit).filter(|fix| can_change(&draft, fix)).collect();
    let edits: Vec<Edit> = fixes.into_iter().flat_map(|fix| fix.edits).collect();
    let wanted = edits.iter().rev().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.span.range(), "新");
        text
    });
    for mode in [Mode::Tracked, Mode::Accepted] {
        let out = change(bytes, &edits, mode).expect("what can be changed is changed");
        assert_eq!(Draft::from_docx("", &out).expect("a Word file").source.text(), wanted);
    }
}

/// What the fuzz target found: properties that do not come first, text that an element holds as a choice, a text that
/// holds elements, blanks that are said not to count.
#[test]
fn what_no_program_writes_is_answered_too() {
    let choice =
        "<mc:AlternateContent><mc:Choice><w:t>选</w:t></mc:Choice><mc:Fallback><w:t>退</w:t></mc:Fallback></mc:AlternateContent>";
    for body in [
        "<w:p><w:r><w:t>甲</w:t></w:r><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲乙</w:t><w:rPr><w:vanish/></w:rPr></w:r><w:r><w:t>丙</w:t></w:r></w:p>".to_owned(),
        format!("<w:p><w:r><w:t>甲</w:t>{choice}<w:t>乙 </w:t></w:r></w:p>"),
        "<w:p><w:r><w:t>甲乙<w:rPr></w:rPr>&#13;\n</w:t><w:t>丙</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:t>甲</w:t><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:t xml:space='default'> 1. 甲 </w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:t w:space='1' x='&quot;\"' xml:space='preserve'>1. 甲</w:t></w:r></w:p>".to_owned(),
        format!("<w:p><w:r><a:t xmlns:a='{W}' a:val='xml:space'>1. 甲</a:t></w:r></w:p>"),
    ] {
        let bytes = Pack::new(&body).bytes();
        try_to_read(&bytes);
        try_to_answer(&bytes);
    }
    // An instruction before the root that looks like one.
    let document = format!("<?x <a> <b:c?><!-- > --><w:document xmlns:w='{W}'><w:body>{}</w:body></w:document>", p("甲乙"));
    try_to_answer(&Pack::bare(&document).bytes());
}

#[test]
fn parts_may_be_empty() {
    for name in ["styles", "numbering"] {
        let mut pack = Pack::new(&p("正文"));
        for (part_name, bytes) in &mut pack.parts {
            if part_name.ends_with(&format!("{name}.xml")) {
                *bytes = part(name, "").into_bytes();
            }
        }
        assert_eq!(Draft::parse("稿", &pack.bytes()).expect("a draft").source.text(), "正文");
    }
}
