//! The text that is read out of Word files of every kind.

use rlcheck::draft::{Draft, Role};
use rlcheck::text::Mapped;
use rlcheck::{Finding, Rulebook, check};

use crate::pack::{Pack, W, listed, p, part, r, styled, table};

fn read(pack: &Pack) -> Draft {
    Draft::parse("稿.docx", &pack.bytes()).expect("a Word file")
}

fn text(body: &str) -> String {
    read(&Pack::new(body)).source.text().to_owned()
}

/// The text of a paragraph with this content.
fn line(inner: &str) -> String {
    text(&format!("<w:p>{inner}</w:p>"))
}

#[test]
fn runs_are_split_anywhere() {
    assert_eq!(
        line(&(r("全年受理信访") + &r("件3") + "<w:proofErr w:type='spellStart'/>" + &r("5件。"))),
        "全年受理信访件35件。"
    );
    assert_eq!(line("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>"), "甲\t乙\n丙-");
    assert_eq!(line("<w:r><w:t>  首尾  </w:t><w:t xml:space='preserve'> 空格</w:t></w:r>"), "首尾 空格");
    assert_eq!(line("<w:r><w:t>A&amp;B&#x4E59;<![CDATA[<丙>]]></w:t></w:r>"), "A&B乙<丙>");
    assert_eq!(line("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='宋体' w:char='4E00'/></w:r>"), "✓一");
}

#[test]
fn what_surrounds_a_run_counts_through() {
    for name in ["hyperlink", "smartTag", "ins", "moveTo", "fldSimple", "customXml"] {
        assert_eq!(line(&format!("{}<w:{name}>{}</w:{name}>{}", r("甲"), r("乙"), r("丙"))), "甲乙丙", "{name}");
    }
    let sdt = format!("<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", r("乙"));
    assert_eq!(line(&format!("{}{sdt}", r("甲"))), "甲乙");
    assert_eq!(text(&format!("{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", p("甲"), p("乙"))), "甲\n乙");
    let ruby = format!("<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", r("yǐ"), r("乙"));
    assert_eq!(line(&(r("甲") + &ruby)), "甲乙");
    assert_eq!(line(&(r("共") + "<m:oMath><m:r><m:t>3×5</m:t></m:r></m:oMath>" + &r("件"))), "共3×5件");
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let deleted = "<w:del w:id='1' w:author='a'><w:r><w:delText>旧</w:delText></w:r></w:del>";
    assert_eq!(line(&format!("{}{deleted}<w:moveFrom>{}</w:moveFrom>{}", r("甲"), r("走"), r("乙"))), "甲乙");
    let open = format!("<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>{}</w:p>", r("前一段"));
    assert_eq!(text(&(open + &listed(1, 0, "接后一段") + &p("尾"))), "一、前一段接后一段\n尾");
    let row = format!("<w:tr><w:trPr><w:del w:id='1' w:author='a'/></w:trPr><w:tc>{}</w:tc><w:tc/></w:tr>", p("删去的行"));
    assert_eq!(text(&table(&[vec!["甲", "1"]]).replace("</w:tbl>", &format!("{row}</w:tbl>"))), "甲\t1");
}

#[test]
fn fields_show_their_result() {
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let instruction = format!("<w:r><w:instrText>PAGE</w:instrText></w:r>{}", r("藏"));
    let field = char("begin") + &instruction + &char("separate") + &r("12") + &char("end");
    assert_eq!(line(&(r("第") + &field + &r("页"))), "第12页");
    let nested = char("begin") + &field + &char("separate") + &r("果") + &char("end");
    assert_eq!(line(&nested), "果");
    assert_eq!(text(&format!("<w:p>{}</w:p>{}", char("begin") + &r("断"), p("后文"))), "\n后文");
}

#[test]
fn hidden_text_and_headers_are_left_out() {
    assert_eq!(line(&format!("{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", r("甲"))), "甲");
    assert_eq!(line(&format!("{}<w:r><w:rPr><w:rStyle w:val='gone'/></w:rPr><w:t>藏</w:t></w:r>", r("甲"))), "甲");
    assert_eq!(line("<w:r><w:rPr><w:rStyle w:val='gone'/><w:vanish w:val='0'/></w:rPr><w:t>现</w:t></w:r>"), "现");
    let pack = Pack::new(&p("正文")).with("header", "header1.xml", &part("hdr", &p("页眉")));
    assert_eq!(read(&pack).source.text(), "正文");
}

#[test]
fn numbers_are_written_out() {
    let body = listed(1, 0, "举措") + &listed(1, 1, "学习") + &listed(1, 1, "公开") + &listed(1, 2, "培训") + &listed(1, 3, "圈");
    let body = body + &listed(1, 0, "不足") + &listed(1, 1, "从头数") + &listed(1, 4, "合写");
    assert_eq!(text(&body), "一、举措\n（一）学习\n（二）公开\n1.培训\n①圈\n二、不足\n（一）从头数\n2.1.1 合写");
    let body = styled("1", "举措") + &styled("2", "学习") + &styled("3", "培训") + &styled("own", "无号") + &styled("1", "不足");
    assert_eq!(text(&body), "一、举措\n（一）学习\n１．培训\n无号\n二、不足");
    // A start of its own, lists that share a count, a list that never starts anew, a linked one, one that is not there.
    let body = listed(3, 0, "三") + &listed(1, 0, "四") + &listed(5, 0, "五") + &listed(6, 0, "无") + &listed(7, 0, "无");
    assert_eq!(text(&body), "三、三\n四、四\n五、五\n无\n无");
    let body = listed(4, 0, "点") + &listed(4, 1, "五") + &listed(4, 0, "点") + &listed(4, 1, "六");
    assert_eq!(text(&body), "点\n（5）五\n点\n（6）六");
    assert_eq!(text(&(listed(1, 2, "5万元") + &listed(1, 0, " ") + &listed(1, 0, "空段也数"))), "1. 5万元\n \n二、空段也数");
}

#[test]
fn tables_keep_their_cells() {
    let draft = read(&Pack::new(&(p("前文。") + &table(&[vec!["村", "件数"], vec!["甲村", "3"]]) + &p("后文。"))));
    let cells = draft.blocks.iter().find_map(|block| match &block.role {
        Role::Table(table) => Some(&table.rows),
        _ => None,
    });
    let cells: Vec<Vec<&str>> = cells.expect("a table").iter().map(|row| row.iter().map(Mapped::text).collect()).collect();
    assert_eq!(cells, [["村", "件数"], ["甲村", "3"]]);
    assert_eq!(draft.source.text(), "前文。\n村\t件数\n甲村\t3\n后文。");
    let wide =
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>".to_owned() + &p("合") + &p("并") + "</w:tc></w:tr><w:tr>";
    let wide = wide + &format!("<w:tc>{}</w:tc><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("甲"), table(&[vec!["内", "表"]]), p("乙"));
    assert_eq!(text(&wide), "合 并\n甲\t内 表 乙");
    // One cell round the whole text is no table.
    assert_eq!(text(&format!("<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("一段"), p("二段"))), "一段\n二段");
}

#[test]
fn notes_and_boxes_stand_by_their_paragraph() {
    let notes = part(
        "footnotes",
        &format!(
            "<w:footnote w:id='-1' w:type='separator'>{}</w:footnote><w:footnote w:id='2'>{}</w:footnote>",
            p("线"),
            p("注文。")
        ),
    );
    let body = format!("<w:p>{}<w:r><w:footnoteReference w:id='2'/></w:r>{}</w:p>{}", r("甲"), r("乙。"), p("丙"));
    assert_eq!(read(&Pack::new(&body).with("footnotes", "footnotes.xml", &notes)).source.text(), "甲乙。\n注文。\n丙");
    let inner = |text: &str| format!("<w:pict><w:txbxContent>{}</w:txbxContent></w:pict>", p(text));
    let shape = format!(
        "<mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        inner("框"),
        inner("框")
    );
    assert_eq!(line(&format!("<w:r>{shape}</w:r>{}", r("文"))), "框\n文");
}

#[test]
fn contents_are_no_headings() {
    let draft = read(&Pack::new(&(styled("toc1", "一、举措") + &styled("1", "举措") + &p("开展普法活动12场。"))));
    assert_eq!(draft.headings().count(), 1);
}

#[test]
fn any_prefix_strict_files_and_utf16() {
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let document = format!("<x:document xmlns:x='{strict}'><x:body><x:p><x:r><x:t>甲</x:t></x:r></x:p></x:body></x:document>");
    assert_eq!(read(&Pack::bare(&document)).source.text(), "甲");
    let document = format!("<document xmlns='{W}'><body><p><r><t>乙</t></r></p></body></document>");
    assert_eq!(read(&Pack::bare(&document)).source.text(), "乙");
    let mut pack = Pack::bare(&document);
    pack.parts[2].1 = [0xff, 0xfe].into_iter().chain(document.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read(&pack).source.text(), "乙");
}

#[test]
fn styles_in_a_circle_end() {
    assert_eq!(text(&styled("loop", "甲")), "甲");
}

/// A Markdown draft as a Word file: headings in styles whose numbers Word counts, tables, runs cut after every third
/// character.
fn from_markdown(markdown: &str, counted: bool) -> Vec<u8> {
    let cut = |text: &str| {
        let chars: Vec<char> = text.replace("**", "").chars().collect();
        chars.chunks(3).map(|part| r(&part.iter().collect::<String>())).collect::<String>()
    };
    let (mut body, mut rows): (String, Vec<Vec<&str>>) = (String::new(), Vec::new());
    for line in markdown.lines().chain([""]) {
        if line.starts_with('|') {
            rows.push(line.trim_matches('|').split('|').map(str::trim).collect());
            continue;
        }
        if !rows.is_empty() {
            rows.retain(|row| !row[0].starts_with("---"));
            body += &table(&std::mem::take(&mut rows));
        }
        let title = line.trim_start_matches('#').trim();
        let number = title.find('、').filter(|_| line.starts_with("## ")).map(|at| (1, at + "、".len()));
        let number = number.or_else(|| title.find('）').filter(|_| line.starts_with("### （")).map(|at| (2, at + "）".len())));
        body += &match number {
            Some((style, at)) if counted => {
                format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{}</w:p>", cut(&title[at..]))
            }
            _ if line.is_empty() => String::new(),
            _ => format!("<w:p>{}</w:p>", cut(title)),
        };
    }
    Pack::new(&body).bytes()
}

#[test]
fn the_same_report_has_the_same_findings() {
    let book = Rulebook::township();
    // Only a Word file has a form, and where Word counts there are no gaps.
    let of_form = |found: &Finding| found.rule.starts_with("page-") || found.rule == "numbering-gap";
    let said = |found: Vec<Finding>| {
        let found = found.into_iter().filter(|found| !of_form(found));
        found.map(|found| (found.rule, found.message)).collect::<Vec<_>>()
    };
    for path in ["examples/clean.md", "examples/faulty.md", "examples/two-years/2025.md"] {
        let markdown = std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect("an example");
        let plain = Draft::parse(path, markdown.as_bytes()).expect("text");
        for counted in [false, true] {
            let word = Draft::parse(path, &from_markdown(&markdown, counted)).expect("a Word file");
            assert_eq!(said(check(&word, &book)), said(check(&plain, &book)), "{path} {counted}");
        }
    }
}
