//! A finished draft as a Word file in the form of GB/T 9704—2012.
//!
//! Everything that does not depend on the draft stands in `templates/word/`.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::draft::word::xml::escape;
use crate::draft::{Block, Draft, Heading, Role, Table};
use crate::text::{Mapped, Span, cjk};

/// The parts that every file has.
const PARTS: [(&str, &str); 8] = [
    ("[Content_Types].xml", include_str!("../../templates/word/content-types.xml")),
    ("_rels/.rels", include_str!("../../templates/word/package-rels.xml")),
    ("word/_rels/document.xml.rels", include_str!("../../templates/word/document-rels.xml")),
    ("word/styles.xml", include_str!("../../templates/word/styles.xml")),
    ("word/settings.xml", include_str!("../../templates/word/settings.xml")),
    ("word/fontTable.xml", include_str!("../../templates/word/fontTable.xml")),
    ("word/footer1.xml", include_str!("../../templates/word/footer1.xml")),
    ("word/footer2.xml", include_str!("../../templates/word/footer2.xml")),
];

const ROOT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
                    xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>";
/// A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22 lines a page.
const SECTION: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
                       <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" \
                       w:header=\"851\" w:footer=\"1417\" w:gutter=\"0\"/><w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>";
/// The width of a character of 3号, in twentieths of a point.
const CHARACTER: usize = 315;
/// The height of a line.
const LINE: usize = 579;
/// How many characters of the title fit a line.
const LONGEST_TITLE: usize = 20;
/// The width of the text.
const WIDTH: usize = 8844;

/// A draft as a Word file.
pub fn paper(draft: &Draft) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    let document = Paper { draft, out: String::from(ROOT) }.write();
    for (name, text) in PARTS.iter().map(|(name, text)| (*name, *text)).chain([("word/document.xml", document.as_str())]) {
        // Memory takes everything that is written to it.
        _ = zip.start_file(name, options).and_then(|()| Ok(zip.write_all(text.as_bytes())?));
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

struct Paper<'a> {
    draft: &'a Draft,
    out: String,
}

impl Paper<'_> {
    fn write(mut self) -> String {
        let blocks = &self.draft.blocks;
        let (names, dates) = placed(blocks);
        let mut index = 0;
        while index < blocks.len() {
            let block = &blocks[index];
            let text = block.text.text();
            index += 1;
            match &block.role {
                Role::Title => self.title(text),
                Role::DocumentNumber => self.paragraph("number", "", text),
                Role::Recipient => self.paragraph("recipient", "", text),
                Role::Heading(heading) => {
                    let body = blocks.get(index).filter(|_| heading.run_in);
                    index += usize::from(body.is_some());
                    self.heading(block, heading, body, kept(blocks.get(index)));
                }
                Role::Paragraph(_) | Role::Note => self.paragraph("body", kept(blocks.get(index)), text),
                Role::Table(table) => self.table(table),
                Role::Signature => {
                    let above = if blocks[..index - 1].last().is_some_and(|block| matches!(block.role, Role::Signature)) {
                        0
                    } else {
                        LINE
                    };
                    self.paragraph("signature", &aside(above, names), text);
                }
                Role::Date(_) | Role::BlankDate => self.paragraph("signature", &aside(0, dates), text),
                Role::Annotation => self.paragraph("annotation", "", text),
            }
        }
        self.out + SECTION + "</w:body></w:document>"
    }

    /// The title, a body a line where more than one reports: a line break must not cut a name.
    fn title(&mut self, text: &str) {
        let mut lines: Vec<&str> = text.split(cjk::is_blank).filter(|line| !line.is_empty()).collect();
        if let Some(last) = lines.pop() {
            let about = last.find("关于").filter(|&at| at > 0 && cjk::length(last) > LONGEST_TITLE);
            let (name, rest) = last.split_at(about.unwrap_or(0));
            lines.extend([name, rest].into_iter().filter(|line| !line.is_empty()));
        }
        let runs: Vec<String> = lines.into_iter().map(|line| run("", line)).collect();
        let runs = runs.join("<w:r><w:br/></w:r>");
        self.out += &["<w:p><w:pPr><w:pStyle w:val=\"title\"/></w:pPr>", &runs, "</w:p>"].concat();
    }

    fn paragraph(&mut self, style: &str, props: &str, text: &str) {
        self.out += &["<w:p><w:pPr><w:pStyle w:val=\"", style, "\"/>", props, "</w:pPr>", &run("", text), "</w:p>"].concat();
    }

    /// A heading with its number as written; where its text follows on the line, only the heading has its font.
    fn heading(&mut self, block: &Block, heading: &Heading, body: Option<&Block>, kept: &str) {
        let source = &self.draft.source;
        let number = heading.number.map_or("", |number| source.slice(number.span));
        let title = [number, block.text.text()].concat();
        let level = heading.level.clamp(1, 4);
        let Some(body) = body else {
            return self.paragraph(&format!("heading{level}"), "", &title);
        };
        let (end, start) = (block.span().end, body.span().start);
        let between = if end < start { source.slice(Span::new(end, start)) } else { "" };
        let mark: String = between.chars().filter(|c| matches!(c, '。' | '：' | ':')).take(1).collect();
        let font = ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"][usize::from(level) - 1];
        let font = format!("<w:rFonts w:hint=\"eastAsia\" w:eastAsia=\"{font}\"/>");
        let runs = run(&font, &(title + &mark)) + &run("", body.text.text());
        self.out += &["<w:p><w:pPr><w:pStyle w:val=\"body\"/>", kept, "</w:pPr>", &runs, "</w:p>"].concat();
    }

    fn table(&mut self, table: &Table) {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let width = WIDTH / columns;
        let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
            .iter()
            .map(|edge| ["<w:", edge, " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"].concat())
            .collect();
        let grid = format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns);
        let head = format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        );
        self.out += &head;
        let cell = format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>");
        for row in &table.rows {
            self.out += "<w:tr>";
            for column in 0..columns {
                let text = row.get(column).map_or("", Mapped::text);
                self.out += &cell;
                self.paragraph("cell", "", text);
                self.out += "</w:tc>";
            }
            self.out += "</w:tr>";
        }
        self.out += "</w:tbl>";
    }
}

fn run(props: &str, text: &str) -> String {
    let props = if props.is_empty() { "<w:rFonts w:hint=\"eastAsia\"/>" } else { props };
    ["<w:r><w:rPr>", props, "</w:rPr><w:t xml:space=\"preserve\">", &escape(text), "</w:t></w:r>"].concat()
}

/// Keeps a paragraph on the page of what follows it: a signature must not stand on a page without text.
fn kept(next: Option<&Block>) -> &'static str {
    if next.is_some_and(|next| matches!(next.role, Role::Signature | Role::Date(_) | Role::BlankDate)) {
        "<w:keepNext/>"
    } else {
        ""
    }
}

/// Blank above a line and on its right.
fn aside(above: usize, right: usize) -> String {
    format!("<w:spacing w:before=\"{above}\"/><w:ind w:right=\"{right}\"/>")
}

/// How much is left blank on the right of the names and of the date: two characters at the longest name, and the date
/// begins two characters to the right of it; a longer date changes places with the name (GB/T 9704—2012 7.3.5.2).
fn placed(blocks: &[Block]) -> (usize, usize) {
    let width = |block: &Block| -> usize {
        let text: Vec<char> = block.text.text().chars().collect();
        let widths = text.iter().map(|c| if c.is_ascii() { CHARACTER / 2 } else { CHARACTER });
        // Between Chinese characters and digits a quarter of a character is left blank.
        let changes = text.windows(2).filter(|pair| pair[0].is_ascii() != pair[1].is_ascii()).count();
        widths.sum::<usize>() + changes * CHARACTER / 4
    };
    let widest = |wanted: fn(&Role) -> bool| blocks.iter().filter(|block| wanted(&block.role)).map(width).max().unwrap_or(0);
    let (name, date) =
        (widest(|role| matches!(role, Role::Signature)), widest(|role| matches!(role, Role::Date(_) | Role::BlankDate)));
    let two = 2 * CHARACTER;
    if name >= date + two { (two, name - date) } else { (date + 2 * two - name.min(date + two), two) }
}
