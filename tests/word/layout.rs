//! Lines a page, characters a line and page numbers: what is told of them, and where nothing is.

use rlcheck::{Draft, Rulebook, check};

use crate::pack::{Pack, p, part, r};

const PAGE: &str = "<w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:top='2098' w:right='1474' w:bottom='1984' w:left='1588'/>";

/// What `page-layout` says of a file.
fn said(pack: &Pack) -> Vec<String> {
    let draft = Draft::parse("稿.docx", &pack.bytes()).expect("a Word file");
    let found = check(&draft, &Rulebook::township()).into_iter().filter(|found| found.rule == "page-layout");
    found.map(|found| found.message).filter(|message| message != "没有页码").collect()
}

/// A report whose paragraphs have these properties, on pages with these.
fn report(props: &str, page: &str) -> Pack {
    let text = |text: &str| format!("<w:p><w:pPr>{props}</w:pPr>{}</w:p>", r(text));
    let body = p("柳川镇2025年法治政府建设年度报告") + &text("全年开展普法活动12场，受理信访件35件。") + &text("办结33件。");
    Pack::new(&format!("{body}<w:sectPr>{page}</w:sectPr>"))
}

fn lines(props: &str, grid: &str) -> Vec<String> {
    said(&report(props, &format!("{PAGE}{grid}")))
}

#[test]
fn usual_lines_are_not_told() {
    let exact = |line: u32| format!("<w:spacing w:line='{line}' w:lineRule='exact'/>");
    for line in [560, 570, 576, 579, 580, 600] {
        assert_eq!(lines(&exact(line), "<w:docGrid w:type='lines' w:linePitch='312'/>"), [""; 0], "{line}");
    }
    for grid in [
        "<w:docGrid w:type='lines' w:linePitch='579'/>",
        "<w:docGrid w:type='linesAndChars' w:linePitch='579' w:charSpace='-849'/>",
        "<w:docGrid w:type='linesAndChars' w:linePitch='580'/>",
    ] {
        assert_eq!(lines("", grid), [""; 0], "{grid}");
    }
    // 28 points are what is usual, whatever the margins.
    let narrow = "<w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:top='1440' w:right='1800' w:bottom='1440' w:left='1800'/>";
    let told = said(&report(&exact(560), narrow));
    assert!(told.len() == 1 && !told[0].contains('行'), "{told:?}");
}

#[test]
fn lines_whose_height_nobody_knows_are_not_told() {
    for (props, grid) in [
        ("", ""),
        ("", "<w:docGrid w:linePitch='360'/>"),
        ("", "<w:docGrid w:type='lines' w:linePitch='312'/>"),
        ("<w:spacing w:line='360' w:lineRule='auto'/>", "<w:docGrid w:type='lines' w:linePitch='312'/>"),
        ("<w:spacing w:line='400' w:lineRule='atLeast'/>", ""),
        ("<w:snapToGrid w:val='0'/>", "<w:docGrid w:type='lines' w:linePitch='900'/>"),
        ("<w:spacing w:line='0' w:lineRule='exact'/>", ""),
        ("<w:spacing w:line='-5' w:lineRule='exact'/>", ""),
    ] {
        assert_eq!(lines(props, grid), [""; 0], "{props} {grid}");
    }
}

#[test]
fn unusual_lines_are_told() {
    let tight = lines("<w:spacing w:line='400' w:lineRule='exact'/>", "");
    assert_eq!(tight, ["行数、字数和公文的一般要求不同：每面约31行，一般为22行"]);
    let wide = lines("", "<w:docGrid w:type='lines' w:linePitch='700'/>");
    assert_eq!(wide, ["行数、字数和公文的一般要求不同：每面约18行，一般为22行"]);
    let few = lines("", "<w:docGrid w:type='linesAndChars' w:linePitch='579' w:charSpace='8192'/>");
    assert_eq!(few, ["行数、字数和公文的一般要求不同：每行约24字，一般为28字"]);
    // A style says it as well as the paragraph.
    let styles = "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:pPr><w:spacing w:line='400' w:lineRule='exact'/></w:pPr></w:style>";
    let mut pack = report("", PAGE);
    let (_, part_of_styles) = pack.parts.iter_mut().find(|(name, _)| name.ends_with("styles.xml")).expect("styles");
    *part_of_styles = part("styles", styles).into_bytes();
    assert_eq!(said(&pack).len(), 1);
}

/// A report with page numbers: footers with their kinds, and whether even pages have their own.
fn numbered(footers: &[(&str, &str)], apart: bool) -> Vec<String> {
    let reference =
        |(index, (kind, _)): (usize, &(&str, &str))| format!("<w:footerReference w:type='{kind}' r:id='rId{}'/>", index + 3);
    let references: Vec<String> = footers.iter().enumerate().map(reference).collect();
    let references = references.concat();
    let mut pack = report("", &format!("{references}{PAGE}"));
    for (index, (_, inner)) in footers.iter().enumerate() {
        pack = pack.with("footer", &format!("footer{index}.xml"), &part("ftr", inner));
    }
    let settings = if apart { "<w:evenAndOddHeaders/>" } else { "" };
    said(&pack.with("settings", "settings.xml", &part("settings", settings)))
}

/// A page number in a footer, with these properties of its paragraph and of its runs.
fn number(para: &str, run: &str) -> String {
    let run = |inner: &str| format!("<w:r><w:rPr>{run}</w:rPr>{inner}</w:r>");
    let char = |kind: &str| run(&format!("<w:fldChar w:fldCharType='{kind}'/>"));
    let field =
        char("begin") + &run("<w:instrText> PAGE </w:instrText>") + &char("separate") + &run("<w:t>1</w:t>") + &char("end");
    format!("<w:p><w:pPr>{para}</w:pPr>{}{field}{}</w:p>", run("<w:t>— </w:t>"), run("<w:t> —</w:t>"))
}

const SONG: &str = "<w:rFonts w:ascii='宋体' w:hAnsi='宋体' w:eastAsia='宋体'/><w:sz w:val='28'/>";

#[test]
fn page_numbers_on_the_outer_side_are_not_told() {
    let (right, left) = (number("<w:jc w:val='right'/>", SONG), number("<w:jc w:val='left'/>", SONG));
    assert_eq!(numbered(&[("default", &right), ("even", &left)], true), [""; 0]);
    let times = SONG.replace("w:ascii='宋体'", "w:ascii='Times New Roman'");
    assert_eq!(numbered(&[("default", &number("<w:jc w:val='end'/>", &times)), ("even", &left)], true), [""; 0]);
}

#[test]
fn page_numbers_that_are_not_sure_are_not_told() {
    // As WPS puts them: in a text box at the outer margin, in a frame; behind a tab; a footer for the first page alone.
    let centred = number("<w:jc w:val='center'/>", SONG);
    let boxed = format!("<w:p><w:r><w:pict><w:txbxContent>{centred}</w:txbxContent></w:pict></w:r></w:p>");
    let framed = number("<w:framePr w:wrap='around' w:hAnchor='margin' w:xAlign='outside'/><w:jc w:val='center'/>", SONG);
    let tabbed = centred.replacen("<w:t>— </w:t>", "<w:tab/><w:t>— </w:t>", 1);
    for inner in [boxed, framed, tabbed, number("", SONG), number("<w:jc w:val='both'/>", SONG)] {
        assert_eq!(numbered(&[("default", &inner)], false), [""; 0], "{inner}");
    }
    assert_eq!(numbered(&[("first", &centred)], false), [""; 0]);
}

#[test]
fn page_numbers_elsewhere_are_told() {
    let at = |jc: &str| number(&format!("<w:jc w:val='{jc}'/>"), SONG);
    assert_eq!(numbered(&[("default", &at("center"))], false), ["页码居中，应在外侧"]);
    assert_eq!(numbered(&[("default", &at("right"))], false), ["双页的页码也在右边，应在左边"]);
    assert_eq!(numbered(&[("default", &at("left")), ("even", &at("right"))], true), ["单页的页码在左边，应在右边"]);
    assert_eq!(numbered(&[("default", &at("right")), ("even", &at("right"))], true), ["双页的页码在右边，应在左边"]);
    // Where even pages have no footers of their own, one for them counts for nothing.
    assert_eq!(numbered(&[("even", &at("center"))], false), [""; 0]);
}

#[test]
fn fonts_of_page_numbers_are_told() {
    let alike = |run: &str| {
        let (right, left) = (number("<w:jc w:val='right'/>", run), number("<w:jc w:val='left'/>", run));
        numbered(&[("default", &right), ("even", &left)], true)
    };
    assert_eq!(alike("<w:rFonts w:ascii='Calibri'/><w:sz w:val='28'/>"), ["页码用的是Calibri，应为4号半角宋体"]);
    assert_eq!(alike("<w:sz w:val='18'/>"), ["页码用的是小5号，应为4号半角宋体"]);
    assert_eq!(alike("<w:rFonts w:asciiTheme='minorHAnsi'/><w:sz w:val='28'/>"), [""; 0]);
}
