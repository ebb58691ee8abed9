//! The page that `convert` and `new --docx` write, measured as LibreOffice sets it.

use std::path::Path;
use std::process::Command;

use rlcheck::Draft;
use rlcheck::scaffold::paper;

use crate::papers::has;

/// A line of a page: where it stands, in millimetres, and its text.
#[derive(Debug)]
struct Line {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    text: String,
}

/// What `pdftotext -bbox-layout` says: a page's lines, downwards.
fn pages(html: &str) -> Vec<Vec<Line>> {
    let attribute = |tag: &str, name: &str| -> f64 {
        let rest = tag.split_once(&format!("{name}=\"")).expect("an attribute").1;
        rest.split_once('"').expect("its end").0.parse::<f64>().expect("a number") * 25.4 / 72.0
    };
    let page = |page: &str| {
        let line = |line: &str| {
            let tag = line.split_once('>').expect("a tag").0;
            let words = line.split("</word>").filter_map(|word| word.rsplit_once('>')).map(|(_, word)| word);
            Line {
                left: attribute(tag, "xMin"),
                top: attribute(tag, "yMin"),
                right: attribute(tag, "xMax"),
                bottom: attribute(tag, "yMax"),
                text: words.map(str::trim).collect(),
            }
        };
        let mut lines: Vec<Line> =
            page.split("<line ").skip(1).map(|text| line(text.split("</line>").next().unwrap_or(text))).collect();
        lines.sort_by(|a, b| a.top.total_cmp(&b.top));
        lines
    };
    html.split("<page ").skip(1).map(page).collect()
}

fn near(is: f64, should: f64, tolerance: f64) -> bool {
    (is - should).abs() <= tolerance
}

#[test]
fn the_page_is_as_the_standard_says() {
    if !has("soffice", "--version") || !has("pdftotext", "-v") || !has("pdftohtml", "-v") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let markdown = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clean.md")).expect("an example");
    std::fs::write(file("稿.docx"), paper(&Draft::parse("稿.md", &markdown).expect("text"))).expect("a file");
    let profile = format!("-env:UserInstallation=file://{}", file("profile").display());
    let mut command = Command::new("soffice");
    command.arg(profile).args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(folder.path()).arg(file("稿.docx"));
    assert!(command.output().expect("LibreOffice starts").status.success());
    let output = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).arg(file("稿.pdf")).arg("-").output().expect("poppler starts");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let html = output("pdftotext", &["-bbox-layout"]);
    let size = html.split_once("<page ").expect("a page").1;
    assert!(size.starts_with("width=\"595.3") && size.contains("height=\"841."), "A4");

    let pages = pages(&html);
    assert!(pages.len() >= 4);
    for (index, page) in pages.iter().enumerate() {
        let (number, text) = page.split_last().expect("lines");
        // 4号 between dashes, one character from the outer margin; the dash 7 mm below the text.
        assert!(number.text.starts_with('—') && number.text.ends_with('—'), "{number:?}");
        let place = if index % 2 == 0 { near(number.right, 184.0 - 4.94, 0.5) } else { near(number.left, 28.0 + 4.94, 0.5) };
        assert!(place, "{number:?}");
        assert!(near(f64::midpoint(number.top, number.bottom), 269.0, 1.0), "{number:?}");
        // 天头 37, 订口 28, 版心 156 × 225: a mark of punctuation may hang into the right margin.
        for line in text {
            assert!(line.left > 27.7 && line.top > 37.0 && line.bottom < 262.0, "{line:?}");
            let hangs = line.text.ends_with(['，', '。', '、', '；', '：', '”', '）', '》']);
            assert!(line.right < if hangs { 190.5 } else { 184.6 }, "{line:?}");
        }
    }
    // The second page is full: 22 lines, from the first to the last line of the text.
    let (_, full) = pages[1].split_last().expect("lines");
    assert_eq!(full.len(), 22);
    assert!(near((full[21].top - full[0].top) / 21.0, 225.0 / 22.0, 0.05), "{:?}", full[21]);
    assert!(near(full.iter().map(|line| line.left).fold(f64::MAX, f64::min), 28.0, 0.4));

    // Lines of Chinese characters alone, from margin to margin, hold 28; rules of punctuation take one to the next line.
    let solid = |line: &&Line| {
        let wide = |c: char| c > '\u{2fff}' && !"“”‘’—…".contains(c);
        line.left < 28.5 && line.right > 183.0 && line.text.chars().all(wide)
    };
    let counts: Vec<usize> = pages.iter().flatten().filter(solid).map(|line| line.text.chars().count()).collect();
    let of = |count: usize| counts.iter().filter(|other| **other == count).count();
    assert!(of(28) >= 20 && of(28) * 10 >= counts.len() * 8, "{counts:?}");
    assert!(counts.iter().all(|count| (27..=29).contains(count)), "{counts:?}");

    // The signature shares its page with the end of the text, and no heading ends a page.
    let signed = pages.iter().find(|page| page.iter().any(|line| line.text == "2026年1月22日")).expect("the date");
    let names = signed.iter().position(|line| line.text.ends_with("委员会") && line.left > 60.0).expect("the names");
    assert!(names > 0, "{signed:?}");
    for page in &pages {
        let last = &page[page.len() - 2].text;
        assert!(!last.starts_with("（一）") || last.ends_with('。') || last.chars().count() > 24, "{last}");
    }

    // 2号, 3号 and 4号: pdftohtml gives one and a half times the points.
    let xml = output("pdftohtml", &["-xml", "-i", "-stdout"]);
    let mut sizes: Vec<&str> =
        xml.split("<fontspec ").skip(1).filter_map(|font| font.split_once("size=\"")?.1.split('"').next()).collect();
    sizes.sort_unstable();
    sizes.dedup();
    assert_eq!(sizes, ["21", "24", "33"]);
}
