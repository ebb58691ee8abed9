//! Examples that are Word files, written an element a line.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// Points to half-points, the unit of a size.
const HALVES: f64 = 2.0;
/// Millimetres to twentieths of a point, the unit of a length.
const TWIPS: f64 = 1440.0 / 25.4;

/// What the lines of an example make up.
#[derive(Default)]
struct Paper {
    body: String,
    section: String,
    footer: String,
    creator: String,
}

/// A Word file from an example: `Word稿件`, then an element a line (see `rules/page.yaml`), any other line being a
/// paragraph. `None` for an example of another kind.
pub(super) fn example(text: &str) -> Option<Result<Vec<u8>, String>> {
    let lines = text.strip_prefix("Word稿件\n")?;
    let mut paper = Paper::default();
    Some(lines.lines().try_for_each(|line| paper.line(line)).map(|()| paper.bytes()))
}

impl Paper {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words: Vec<&str> = rest.split(' ').collect();
        match (word, words.as_slice()) {
            ("修订", _) => self.paragraph(&format!("<w:ins w:id=\"1\" w:author=\"王\">{}</w:ins>", run("", rest))),
            ("批注", _) => self.paragraph(&(run("", rest) + "<w:r><w:commentReference w:id=\"1\"/></w:r>")),
            ("隐藏", _) => self.paragraph(&run("<w:vanish/>", rest)),
            ("突出", _) => self.paragraph(&run("<w:highlight w:val=\"yellow\"/>", rest)),
            ("字体", [font, size, text]) => {
                let size = number(size)? * HALVES;
                self.paragraph(&run(&format!("<w:rFonts w:eastAsia=\"{}\"/><w:sz w:val=\"{size}\"/>", escaped(font)), text));
            }
            ("页面", [width, height, top, bottom, left, right]) => {
                let twips = |length: &str| number(length).map(|number| (number * TWIPS).round());
                self.section = format!(
                    "<w:sectPr><w:pgSz w:w=\"{}\" w:h=\"{}\"/><w:pgMar w:top=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:right=\"{}\"/></w:sectPr>",
                    twips(width)?,
                    twips(height)?,
                    twips(top)?,
                    twips(bottom)?,
                    twips(left)?,
                    twips(right)?
                );
            }
            ("页码", _) => {
                let field = "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>";
                let runs: Vec<String> = rest.split('1').map(|text| run("", text)).collect();
                self.footer = format!("<w:p>{}</w:p>", runs.join(field));
            }
            ("作者", _) => self.creator = escaped(rest),
            _ => self.paragraph(&run("", line)),
        }
        Ok(())
    }

    fn paragraph(&mut self, runs: &str) {
        // Writing to a String does not fail.
        _ = write!(self.body, "<w:p>{runs}</w:p>");
    }

    fn bytes(self) -> Vec<u8> {
        let Self { body, section, footer, creator } = self;
        let mut package = vec![("officeDocument", "word/document.xml")];
        let document =
            format!(r#"{HEAD}<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:body>{body}{section}</w:body></w:document>"#);
        let mut parts = vec![("word/document.xml", document)];
        if !footer.is_empty() {
            parts.push(("word/footer1.xml", format!(r#"{HEAD}<w:ftr xmlns:w="{W}">{footer}</w:ftr>"#)));
            parts.push(("word/_rels/document.xml.rels", relations(&[("footer", "footer1.xml")])));
        }
        if !creator.is_empty() {
            let core = format!(
                "<cp:coreProperties xmlns:cp=\"cp\" xmlns:dc=\"dc\"><dc:creator>{creator}</dc:creator></cp:coreProperties>"
            );
            parts.push(("docProps/core.xml", core));
            package.push(("core-properties", "docProps/core.xml"));
        }
        parts.push(("_rels/.rels", relations(&package)));
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            // Memory takes everything that is written to it.
            _ = zip.start_file(name, SimpleFileOptions::default()).and_then(|()| Ok(zip.write_all(text.as_bytes())?));
        }
        zip.finish().map(Cursor::into_inner).unwrap_or_default()
    }
}

fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("“{text}”应当是数字"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

fn relations(list: &[(&str, &str)]) -> String {
    let mut out = format!(r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    for (index, (kind, target)) in list.iter().enumerate() {
        _ = write!(out, r#"<Relationship Id="rId{}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#, index + 1);
    }
    out + "</Relationships>"
}
