//! Comments and changes written into Word files.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use proptest::prelude::*;
use rlcheck::draft::Draft;
use rlcheck::finding::Edit;
use rlcheck::text::Span;
use rlcheck::word::{Mode, change, comment, is_own};
use rlcheck::{Finding, Severity};

use crate::pack::{Pack, W, listed, p, part, r, styled, table};

/// The parts of a package, by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut found = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("a part");
        found.insert(entry.name().expect("a name").into_owned(), bytes);
    }
    found
}

fn document(bytes: &[u8]) -> String {
    String::from_utf8(parts(bytes)["word/document.xml"].clone()).expect("UTF-8")
}

/// The text of XML between two marks.
fn plain(xml: &str) -> String {
    let (mut out, mut inside) = (String::new(), false);
    for c in xml.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&amp;", "&").replace("&lt;", "<")
}

/// The text that the comment with this id covers.
fn covered(xml: &str, id: u64) -> String {
    let start = xml.find(&format!("commentRangeStart w:id=\"{id}\"/>")).expect("a start");
    let end = xml.find(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).expect("an end");
    assert!(start < end && xml[end..].contains(&format!("<w:commentReference w:id=\"{id}\"/>")), "{xml}");
    plain(&xml[start + xml[start..].find('>').expect("a tag") + 1..end])
}

fn finding(draft: &Draft, text: &str) -> Finding {
    let start = draft.source.text().find(text).unwrap_or_else(|| panic!("{text}"));
    Finding::new("rate-mismatch", Severity::Error, Span::new(start, start + text.len()), format!("“{text}”不对"))
        .help("改")
        .basis("条例")
}

/// Comments on these texts; each must cover its text, or for `(text, anchor)` the anchor.
fn comments(pack: &Pack, texts: &[(&str, &str)]) -> Vec<u8> {
    let bytes = pack.bytes();
    let draft = Draft::parse("稿.docx", &bytes).expect("a Word file");
    let findings: Vec<Finding> = texts.iter().map(|(text, _)| finding(&draft, text)).collect();
    let out = comment(&bytes, &findings).expect("a commented file");
    let again = Draft::parse("稿.docx", &out).expect("a Word file");
    assert_eq!(again.source.text(), draft.source.text());
    let xml = document(&out);
    let first = (1..100).find(|id| xml.contains(&format!("commentRangeStart w:id=\"{id}\""))).expect("a comment");
    for (index, (_, anchor)) in texts.iter().enumerate() {
        assert_eq!(covered(&xml, first + index as u64), *anchor, "{xml}");
    }
    let (before, after) = (parts(&bytes), parts(&out));
    let touched = ["[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml"];
    for (name, bytes) in &before {
        assert!(touched.contains(&name.as_str()) || after[name] == *bytes, "{name}");
    }
    assert!(is_own(&out) && !is_own(&bytes));
    out
}

#[test]
fn comments_stand_at_the_very_characters() {
    let split = format!(
        "<w:p>{}<w:r><w:rPr><w:b/></w:rPr><w:t>理3</w:t><w:tab/><w:t>5件&amp;</w:t></w:r>{}</w:p>",
        r("全年受"),
        r("办结。")
    );
    let body = split + &p("第二段") + &table(&[vec!["村", "件数"], vec!["甲村", "3件"]]);
    let same = |texts: &[&'static str]| texts.iter().map(|text| (*text, *text)).collect::<Vec<_>>();
    comments(&Pack::new(&body), &same(&["受理3"]));
    comments(&Pack::new(&body), &same(&["全年受", "件&办结", "结", "办结。", "&"]));
    comments(&Pack::new(&body), &same(&["二", "第二段", "段", "甲村", "3件"]));
    comments(&Pack::new(&body), &[("3\t5", "35"), ("办结。\n第二", "办结。第二"), ("村\t件", "村件")]);
}

#[test]
fn comments_in_numbers_notes_and_boxes_stand_at_the_paragraph() {
    comments(&Pack::new(&listed(1, 0, "主要举措")), &[("一、", "主要举措"), ("、主要", "主要"), ("举措", "举措")]);
    comments(&Pack::new(&styled("2", "学习")), &[("一", "学习")]);
    let notes = part("footnotes", &format!("<w:footnote w:id='2'>{}</w:footnote>", p("注文。")));
    let body = format!("<w:p>{}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>{}", r("甲乙"), p("丙"));
    comments(&Pack::new(&body).with("footnotes", "footnotes.xml", &notes), &[("注文", "甲乙"), ("丙", "丙")]);
    let shape = format!("<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>", p("框"));
    comments(&Pack::new(&format!("<w:p>{}{shape}</w:p>", r("外"))), &[("框", "外框")]);
    comments(&Pack::new(&format!("<w:p>{shape}</w:p>{}", p("后"))), &[("框", "框")]);
}

#[test]
fn comments_stand_within_what_surrounds_a_run() {
    for name in ["hyperlink", "ins", "smartTag", "sdtContent", "fldSimple"] {
        let body = format!("<w:p>{}<w:{name}>{}</w:{name}>{}</w:p>", r("甲乙"), r("丙丁"), r("戊己"));
        comments(&Pack::new(&body), &[("乙丙", "乙丙"), ("丁", "丁"), ("丁戊", "丁戊")]);
    }
    let ruby = format!(
        "<w:r><w:t>以</w:t><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby><w:t>后</w:t></w:r>",
        r("x"),
        r("乙")
    );
    comments(&Pack::new(&format!("<w:p>{ruby}</w:p>")), &[("以", "以"), ("后", "后")]);
    comments(
        &Pack::new(&format!("<w:p><w:r><w:t> 空 格 \n</w:t></w:r>{}</w:p>", r("。"))),
        &[("空", "空"), (" 格", " 格"), ("。", "。")],
    );
}

#[test]
fn a_part_without_prefix_gets_comments() {
    let document =
        format!("<?xml version='1.0'?>\n<!-- x > y --><document xmlns='{W}'><body><p><r><t>甲乙</t></r></p></body></document>");
    let bytes = Pack::bare(&document).bytes();
    let draft = Draft::parse("", &bytes).expect("a Word file");
    let out = comment(&bytes, &[finding(&draft, "乙")]).expect("a commented file");
    let xml = String::from_utf8(parts(&out)["word/document.xml"].clone()).expect("UTF-8");
    assert!(
        xml.contains(&format!("<commentRangeStart xmlns:rlw=\"{W}\" rlw:id=\"1\"/><r><t xml:space=\"preserve\">乙</t></r>")),
        "{xml}"
    );
}

#[test]
fn comments_of_others_stay_and_own_ones_are_replaced() {
    let existing = part("comments", &format!("<w:comment w:id='7' w:author='王'>{}</w:comment>", p("请核对")));
    let marks = |inner: &str| {
        format!("<w:commentRangeStart w:id='7'/>{inner}<w:commentRangeEnd w:id='7'/><w:r><w:commentReference w:id='7'/></w:r>")
    };
    let body = format!("<w:p>{}{}</w:p>", marks(&r("甲乙")), r("丙"));
    for existing in [existing.as_str(), &part("comments", "").replace("></w:comments>", "/>")] {
        let pack = Pack::new(&body).with("comments", "comments.xml", existing);
        let first = comments(&pack, &[("乙丙", "乙丙"), ("甲", "甲")]);
        let listed = |bytes: &[u8]| String::from_utf8(parts(bytes)["word/comments.xml"].clone()).expect("UTF-8");
        assert_eq!(listed(&first).contains("请核对"), existing.contains("请核对"));
        assert_eq!(listed(&first).matches("w:author=\"rlcheck\"").count(), 2);
        let draft = Draft::parse("", &first).expect("a Word file");
        let second = comment(&first, &[finding(&draft, "丙")]).expect("a commented file");
        assert_eq!(listed(&second).matches("w:author=\"rlcheck\"").count(), 1);
        assert_eq!(document(&second).matches("commentReference").count(), 2);
        assert_eq!(comment(&second, &[finding(&draft, "丙")]).expect("a commented file"), second, "the same again");
    }
}

/// The text after the edits, by the file and by the text.
fn changed(pack: &Pack, edits: &[(&str, &str)]) -> (String, String) {
    let bytes = pack.bytes();
    let draft = Draft::parse("", &bytes).expect("a Word file");
    let text = draft.source.text();
    let mut edits: Vec<Edit> = edits
        .iter()
        .map(|(old, new)| {
            let start = text.find(old.trim_start_matches('^')).expect(old);
            let end = if old.starts_with('^') { start } else { start + old.len() };
            Edit { span: Span::new(start, end), replacement: (*new).to_owned() }
        })
        .collect();
    edits.sort_by_key(|edit| edit.span);
    let mut wanted = text.to_owned();
    for edit in edits.iter().rev() {
        wanted.replace_range(edit.span.range(), &edit.replacement);
    }
    let tracked = change(&bytes, &edits, Mode::Tracked).unwrap_or_else(|error| panic!("{edits:?} {error}"));
    let accepted = change(&bytes, &edits, Mode::Accepted).expect("a changed file");
    for out in [&tracked, &accepted] {
        assert_eq!(Draft::parse("", out).expect("a Word file").source.text(), wanted, "{}", document(out));
        for (name, bytes) in parts(&bytes) {
            assert!(name == "word/document.xml" || parts(out)[&name] == bytes, "{name}");
        }
    }
    (document(&tracked), document(&accepted))
}

#[test]
fn changes_are_tracked_and_accepted() {
    let (tracked, accepted) = changed(&Pack::new(&p("推进法制政府建设")), &[("制", "治")]);
    assert!(
        tracked.contains(
            "<w:del w:id=\"1\" w:author=\"rlcheck\"><w:r><w:delText xml:space=\"preserve\">制</w:delText></w:r></w:del>\
         <w:ins w:id=\"2\" w:author=\"rlcheck\"><w:r><w:t xml:space=\"preserve\">治</w:t></w:r></w:ins>"
        ),
        "{tracked}"
    );
    assert!(accepted.contains("推进法治政府建设"), "{accepted}");
    let split =
        format!("<w:p>{}<w:r><w:rPr><w:b/></w:rPr><w:t>[20</w:t><w:t>26]&amp;</w:t></w:r>{}</w:p>", r("柳政发"), r("第03号"));
    for edits in [
        &[("[2026]&第03号", "〔2026〕3号")][..],
        &[("[", "〔"), ("]", "〕"), ("第0", "")],
        &[("柳", ""), ("政", "镇"), ("号", "号。")],
        &[("^柳", "木"), ("^第", "，"), ("&", "和")],
        &[("20", "1"), ("^26", "9"), ("26]", "7")],
    ] {
        changed(&Pack::new(&split), edits);
    }
    changed(&Pack::new(&listed(1, 0, "法制")), &[("制", "治")]);
    let (tracked, _) =
        changed(&Pack::new(&format!("<w:p><w:ins w:id='9' w:author='王'>{}</w:ins></w:p>", r("法制"))), &[("制", "治")]);
    assert!(tracked.contains("<w:del w:id=\"10\"") && !tracked.contains("<w:ins w:id=\"11\""), "{tracked}");
    changed(&Pack::new("<w:p><w:r><w:t> 法 制 </w:t></w:r></w:p>"), &[("法", "依法"), ("制", "治 ")]);
}

#[test]
fn what_cannot_be_changed_is_refused() {
    let bytes = Pack::new(&(listed(1, 0, "举措") + &p("后"))).bytes();
    for (start, end) in [("", "一"), ("一、举", "措\n后")] {
        let edit = Edit { span: Span::new(start.len(), start.len() + end.len()), replacement: "二".to_owned() };
        assert!(change(&bytes, &[edit], Mode::Tracked).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_place_can_be_commented_and_changed(cuts in prop::collection::vec(1..6usize, 1..8), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let chars: Vec<char> = "全年受理&办结 35件，<办结率>100%。".chars().collect();
        let (mut body, mut at) = (String::new(), 0);
        for cut in cuts.into_iter().cycle() {
            let end = (at + cut).min(chars.len());
            let text: String = chars[at..end].iter().collect();
            body += &if cut % 2 == 0 { r(&text) } else { format!("<w:hyperlink>{}</w:hyperlink>", r(&text)) };
            at = end;
            if at == chars.len() { break; }
        }
        let pack = Pack::new(&format!("<w:p>{body}</w:p>"));
        let (a, b) = (from.index(chars.len()), to.index(chars.len()));
        let text: String = chars[a.min(b)..=a.max(b)].iter().collect();
        comments(&pack, &[(text.as_str(), text.as_str())]);
        changed(&pack, &[(text.as_str(), "新")]);
    }
}

fn rlcheck(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = assert_cmd::Command::cargo_bin("rlcheck").expect("the program is built").current_dir(folder).args(args).output();
    let output = output.expect("the program starts");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn answers_are_written_beside_the_draft() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let body = p("柳政发[2026]第03号")
        + &p("柳川镇2025年法治政府建设年度报告")
        + &styled("1", "主要举措和成效")
        + &p("全年开展普法活动12场。");
    std::fs::write(path("稿.docx"), Pack::new(&body).bytes()).expect("a file");
    std::fs::write(path("~$稿.docx"), "锁").expect("a file");
    std::fs::write(path("稿.md"), "柳川镇2025年法治政府建设年度报告\n").expect("a file");
    for _ in 0..2 {
        let (code, said) = rlcheck(folder.path(), &["稿.docx", "--comments"]);
        assert!(code == Some(1) && said.contains("稿.批注.docx"), "{said}");
    }
    let (_, said) = rlcheck(folder.path(), &["稿.md", "--comments"]);
    assert!(said.contains("只有 Word 稿件"), "{said}");
    // What a drafter has saved is theirs.
    std::fs::write(path("稿.批注.docx"), Pack::new(&body).bytes()).expect("a file");
    let (code, said) = rlcheck(folder.path(), &["稿.docx", "--comments"]);
    assert!(code == Some(2) && said.contains("--force"), "{said}");
    assert_eq!(rlcheck(folder.path(), &["稿.docx", "--comments", "--force"]).0, Some(1));
    assert_eq!(rlcheck(folder.path(), &["fix", "--diff", "稿.docx"]).0, Some(1));
    assert!(!path("稿.修订.docx").exists());
    for (args, name) in [(&["fix", "稿.docx"][..], "稿.修订.docx"), (&["fix", "--accept", "稿.docx"], "稿.已改.docx")] {
        let (code, said) = rlcheck(folder.path(), args);
        assert!(code == Some(0) && said.contains(name), "{said}");
        let draft = Draft::parse("", &std::fs::read(path(name)).expect("the file")).expect("a Word file");
        assert!(draft.source.text().starts_with("柳政发〔2026〕3号\n"), "{}", draft.source.text());
    }
    let (_, said) = rlcheck(folder.path(), &["--format", "json", "."]);
    assert!(!said.contains('锁'), "{said}");
    let names = std::fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(names, 6, "no temporary file is left");
}
