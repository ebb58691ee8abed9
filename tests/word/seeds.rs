//! The seeds of the fuzz target `docx`, made of what these tests make.

use std::io::{Cursor, Read};
use std::path::Path;

use rlcheck::Draft;
use rlcheck::finding::{Finding, Severity};
use rlcheck::text::Span;

use crate::pack::{Pack, W, listed, p, part, r, styled, table};

/// Writes them to `fuzz/corpus/docx`, each as a package and as the text of its parts.
#[test]
#[ignore = "writes files for `cargo fuzz`"]
fn seeds_of_the_fuzz_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/docx");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, bytes) in files() {
        std::fs::write(folder.join(format!("{name}.zip")), &bytes).expect("a file");
        std::fs::write(folder.join(format!("{name}.txt")), parts(&bytes)).expect("a file");
    }
}

/// Every seed is a file that is read.
#[test]
fn seeds_are_read() {
    for (name, bytes) in files() {
        assert!(Draft::from_docx(name, &bytes).is_ok(), "{name}");
    }
}

/// A package as the text of its parts.
fn parts(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut out = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("a part");
        let name = entry.name().expect("a name").to_string();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("a part");
        // Without the parts that are always the same, only the text's own are changed.
        if !name.contains("_rels/") && !name.contains("Types") {
            out.extend([b"=== ", name.as_bytes(), b"\n", &content, b"\n"].concat());
        }
    }
    out
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let pict = format!("<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>", p("框"));
    let report = styled("1", "主要举措和成效")
        + &p("全年受理信访件35件，办结33件，办结率100%。")
        + &table(&[vec!["村", "件"], vec!["甲", "1"]])
        + &listed(1, 1, "学习")
        + &listed(4, 0, "点");
    let inline = format!(
        "<w:p>{}<w:hyperlink>{}</w:hyperlink><w:ins w:id=\"1\" w:author=\"王\">{}</w:ins><w:del w:id=\"2\"><w:r>\
         <w:delText>旧</w:delText></w:r></w:del><m:oMath><m:r><m:t>1+1</m:t></m:r></m:oMath>{}{}{}{}{pict}</w:p>",
        r("甲 "),
        r("乙"),
        r(" 丙"),
        field("begin"),
        field("separate"),
        r("12"),
        field("end"),
    );
    let joined = format!("<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>{}</w:p>{}", r("前一段"), p("后一段"));
    let looks = "<w:p><w:r><w:rPr><w:b/><w:rFonts w:eastAsia=\"黑体\"/><w:sz w:val=\"32\"/></w:rPr><w:t>黑</w:t><w:tab/>\
                 <w:t xml:space=\"preserve\"> 体 </w:t><w:br/><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r><w:r><w:rPr>\
                 <w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p><w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>\
                 <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\"/></w:sectPr>";
    let notes = |root: &str, note: &str| {
        part(root, &format!("<w:{note} w:id=\"1\" w:type=\"separator\"/><w:{note} w:id=\"2\">{}</w:{note}>", p("注文。")))
    };
    let referring = format!(
        "<w:p>{}<w:r><w:footnoteReference w:id=\"2\"/><w:endnoteReference w:id=\"2\"/></w:r><w:commentRangeStart w:id=\"1\"/>{}\
         <w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>",
        r("甲"),
        r("乙"),
    );
    let comments = part("comments", &format!("<w:comment w:id=\"1\" w:author=\"王\">{}</w:comment>", p("批")));
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let strict = format!("<x:document xmlns:x=\"{strict}\"><x:body><x:p><x:r><x:t>甲</x:t></x:r></x:p></x:body></x:document>");
    let bare = format!("<document xmlns=\"{W}\"><body><p><r><t>乙</t></r></p></body></document>");
    let mut files = vec![
        ("report", Pack::new(&report).bytes()),
        ("inline", Pack::new(&inline).bytes()),
        ("joined", Pack::new(&joined).bytes()),
        (
            "looks",
            Pack::new(looks).with("footer", "footer.xml", &part("ftr", &p("— 1 —"))).core("<dc:creator>王</dc:creator>").bytes(),
        ),
        (
            "noted",
            Pack::new(&referring)
                .with("footnotes", "footnotes.xml", &notes("footnotes", "footnote"))
                .with("endnotes", "endnotes.xml", &notes("endnotes", "endnote"))
                .with("comments", "comments.xml", &comments)
                .bytes(),
        ),
        ("strict", Pack::bare(&strict).bytes()),
        ("bare", Pack::bare(&bare).bytes()),
    ];
    let markdown =
        "# 柳川镇2025年法治政府建设年度报告\n\n## 一、举措\n\n开展普法活动12场。\n\n| 村 | 件 |\n|---|---|\n| 甲 | 1 |\n";
    let paper = rlcheck::scaffold::paper(&Draft::parse("稿.md", markdown.as_bytes()).expect("text"));
    let own = Finding::new("rule", Severity::Info, Span::new(0, 6), "有问题");
    files.push(("commented", rlcheck::word::comment(&paper, &[own]).expect("a commented file")));
    files.push(("paper", paper));
    files
}
