//! Comments: one for each finding, at the very characters.

use std::collections::{BTreeMap, HashSet};

use super::AUTHOR;
use super::cut::{Cut, Names, namespace};
use super::package::{as_utf8, rewrite, sealed};
use super::splice::{Splice, apply};
use crate::draft::word::package::{Package, relations_of};
use crate::draft::word::tree::Anchor;
use crate::draft::word::xml::{Item, Xml, escape};
use crate::draft::{Draft, Word, WordError};
use crate::finding::Finding;
use crate::text::{Source, Span};

/// How many related places a comment tells.
const RELATED: usize = 3;

/// A Word file with a comment for each finding. Comments of others stay, earlier ones of rlcheck's own go.
///
/// # Errors
/// [`WordError`] where the file is no Word file or cannot be cut.
pub fn comment(bytes: &[u8], findings: &[Finding]) -> Result<Vec<u8>, WordError> {
    let cleaned = without_own(bytes)?;
    let bytes = cleaned.as_deref().unwrap_or(bytes);
    let draft = Draft::from_docx("", bytes)?;
    let remarks: Vec<Remark> =
        findings.iter().map(|finding| Remark { span: finding.span, lines: said(finding, &draft.source) }).collect();
    write(bytes, &draft, &remarks, sealed)
}

/// A Word file with remarks in its margin; it is its drafter's own, whatever rlcheck wrote.
///
/// # Errors
/// [`WordError`] where the file is no Word file or cannot be cut.
pub fn remark(bytes: &[u8], remarks: &[Remark]) -> Result<Vec<u8>, WordError> {
    write(bytes, &Draft::from_docx("", bytes)?, remarks, as_utf8)
}

/// Something to say in the margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Of which characters of the text.
    pub span: Span,
    /// A paragraph each.
    pub lines: Vec<String>,
}

/// Writes remarks; `finish` makes the last of the main part.
fn write(bytes: &[u8], draft: &Draft, remarks: &[Remark], finish: fn(&str) -> String) -> Result<Vec<u8>, WordError> {
    let package = Package::open(bytes)?;
    let Some(word) = &draft.word else { return Err(WordError::NotWord) };
    let mut parts = BTreeMap::new();
    let (name, existing) = if let Some(name) = package.related(&word.part, "comments")? {
        let text = package.text(&name)?;
        (package.name(&name).unwrap_or(&name).to_owned(), text)
    } else {
        (new_part(&package, &word.part), None)
    };
    let first = next_id(&[Some(word.xml.as_str()), existing.as_deref()])?;
    let document = word.commented(remarks, first, &draft.source)?;
    let root = word.root();
    let text = existing.clone().unwrap_or_else(|| {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        format!("{declaration}<w:comments xmlns:w=\"{}\"/>", namespace(root))
    });
    let new: Vec<String> = {
        let names = Names::of(root_of(&text)?);
        remarks.iter().enumerate().map(|(index, remark)| body(&remark.lines, first + index as u64, &names)).collect()
    };
    parts.insert(name.clone(), as_utf8(&append(&text, &new.concat())?));
    if existing.is_none() {
        link(&package, &word.part, &name, root, &mut parts)?;
    }
    let main = package.name(&word.part).unwrap_or(&word.part).to_owned();
    parts.insert(main, finish(&document));
    let out = rewrite(&package, &parts)?;
    // The text must be what it was: whoever cuts must be sure.
    if Draft::from_docx("", &out)?.source.text() == draft.source.text() { Ok(out) } else { Err(WordError::BrokenXml) }
}

impl Word {
    /// The main part with the marks of comments, the first of which bears the id `first`.
    fn commented(&self, remarks: &[Remark], first: u64, source: &Source) -> Result<String, WordError> {
        let names = Names::of(self.root());
        // Ends stand before starts at one place, and ends of later starts before those of earlier ones.
        let mut marks: BTreeMap<Cut, (Vec<String>, Vec<String>)> = BTreeMap::new();
        for (index, remark) in remarks.iter().enumerate() {
            let id = (first + index as u64).to_string();
            let Some((start, end)) = self.range(visible(remark.span, source)) else { continue };
            let reference = names.open("r", &[]) + &names.empty("commentReference", &[("id", &id)]) + &names.close("r");
            marks.entry(start).or_default().1.push(names.empty("commentRangeStart", &[("id", &id)]));
            marks.entry(end).or_default().0.push(names.empty("commentRangeEnd", &[("id", &id)]) + &reference);
        }
        let (mut splices, mut kept) = (Vec::new(), HashSet::new());
        for (cut, (ends, starts)) in marks {
            self.insert(cut, &(ends.concat() + &starts.concat()), &mut kept, &mut splices);
        }
        apply(&self.xml, splices).ok_or(WordError::BrokenXml)
    }

    /// Where the comment on a span of the text begins and ends.
    fn range(&self, span: Span) -> Option<(Cut, Cut)> {
        let inside = self.pieces_in(span);
        let open = |index: &usize| !self.boxed(&self.pieces[*index]);
        let (first, last) = (inside.clone().find(open), inside.clone().rev().find(open));
        if let (Some(first), Some(last)) = (first, last)
            && inside.clone().all(|index| open(&index))
        {
            let start = self.before(first, span.start.max(self.pieces[first].text.start));
            let end = self.behind(last, span.end.min(self.pieces[last].text.end));
            return Some((start, end));
        }
        // In an automatic number, a note, a text box or nowhere: the whole paragraph.
        let at = self.places.partition_point(|(line, _)| line.end < span.start).min(self.places.len().checked_sub(1)?);
        let near = (0..=at).rev().chain(at + 1..self.places.len());
        let anchor = near.map(|at| &self.anchors[self.places[at].1]).find(|anchor| anchor.content < anchor.close.0)?;
        let Anchor { content, close, .. } = *anchor;
        Some((Cut::Outside(content), Cut::Outside(close.0)))
    }
}

/// A span with a character in it: an empty one takes the character before it, or else the one behind it.
fn visible(span: Span, source: &Source) -> Span {
    if !span.is_empty() {
        return span;
    }
    let (before, behind) = source.text().split_at(span.start);
    match (before.chars().next_back(), behind.chars().next()) {
        (Some(c), _) if c != '\n' => Span::new(span.start - c.len_utf8(), span.start),
        (_, Some(c)) if c != '\n' => Span::new(span.start, span.start + c.len_utf8()),
        _ => span,
    }
}

/// What is wrong, how to mend it, what it rests on.
fn said(finding: &Finding, source: &Source) -> Vec<String> {
    let mut lines = vec![format!("【{}】{}", finding.severity.title(), finding.message)];
    lines.extend(finding.related.iter().take(RELATED).map(|related| {
        if let Some(there) = &related.elsewhere {
            return format!("{}：{}第{}行", related.message, there.path, there.start.line);
        }
        let text: String = source.slice(related.span).chars().take(40).collect();
        format!("{}：“{}”", related.message, text.trim())
    }));
    let help = finding.help.as_deref().or_else(|| finding.fixes.first().map(|fix| fix.title.as_str()));
    lines.extend(help.map(|help| format!("改法：{help}")));
    lines.extend(finding.basis.as_ref().map(|basis| format!("依据：{basis}")));
    lines.push(format!("规则：{}", finding.rule));
    lines
}

/// A comment of paragraphs.
fn body(lines: &[String], id: u64, names: &Names) -> String {
    let line = |line: &String| {
        let text = escape(&line.replace(['\n', '\t'], " "));
        let tag = names.open("t", &[]).replace('>', " xml:space=\"preserve\">");
        [names.open("p", &[]), names.open("r", &[]), tag, text, names.close("t"), names.close("r"), names.close("p")].concat()
    };
    let id = id.to_string();
    let open = names.open("comment", &[("id", &id), ("author", AUTHOR), ("initials", "rl")]);
    open + &lines.iter().map(line).collect::<String>() + &names.close("comment")
}

/// The tag that opens a part.
fn root_of(xml: &str) -> Result<&str, WordError> {
    let mut reader = Xml::new(xml);
    loop {
        match reader.next()? {
            Item::Open(tag) => return Ok(&xml[tag.range.clone()]),
            Item::End => return Err(WordError::BrokenXml),
            _ => {}
        }
    }
}

/// A part with more elements at the end of its root, which may close itself.
fn append(xml: &str, more: &str) -> Result<String, WordError> {
    let mut reader = Xml::new(xml);
    loop {
        if let Item::Open(tag) = reader.next()? {
            let splice = if tag.empty {
                let open = xml[tag.range.clone()].trim_end_matches("/>");
                let text = [open, ">", more, "</", tag.full_name(), ">"].concat();
                Splice::replace(tag.range.start, tag.range.end, text)
            } else {
                Splice::insert(reader.skip()?.start, more)
            };
            return apply(xml, vec![splice]).ok_or(WordError::BrokenXml);
        }
    }
}

/// One more than the largest id that any element bears.
pub(super) fn next_id(parts: &[Option<&str>]) -> Result<u64, WordError> {
    let mut largest = 0;
    for xml in parts.iter().flatten() {
        let mut reader = Xml::new(xml);
        loop {
            match reader.next()? {
                Item::Open(tag) => {
                    let id = tag.number("id").and_then(|id| u64::try_from(id).ok()).filter(|&id| id < 1 << 30);
                    largest = largest.max(id.unwrap_or(0));
                }
                Item::End => break,
                _ => {}
            }
        }
    }
    Ok(largest + 1)
}

/// A name for the part of comments that no other part has.
fn new_part(package: &Package<'_>, main: &str) -> String {
    let folder = main.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
    let taken = |name: &String| package.name(name).is_some();
    let mut name = format!("{folder}comments.xml");
    for n in 2..=package.names().len() + 2 {
        if !taken(&name) {
            break;
        }
        name = format!("{folder}comments{n}.xml");
    }
    name
}

/// Makes the main part lead to the new part of comments, and says what that part is.
fn link(
    package: &Package<'_>,
    main: &str,
    name: &str,
    root: &str,
    parts: &mut BTreeMap<String, String>,
) -> Result<(), WordError> {
    let strict = namespace(root).starts_with("http://purl.oclc.org/");
    let base = if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    };
    let relations = relations_of(main);
    let text = package.text(&relations)?.unwrap_or_else(|| {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>".to_owned()
    });
    let taken: HashSet<String> = package.relations(main)?.into_iter().map(|relation| relation.id).collect();
    let id = (1..=taken.len() + 1).map(|n| format!("rlcheck{n}")).find(|id| !taken.contains(id)).unwrap_or_default();
    let prefix = prefix_of(root_of(&text)?);
    let relation = format!("<{prefix}Relationship Id=\"{id}\" Type=\"{base}/comments\" Target=\"/{}\"/>", escape(name));
    parts.insert(package.name(&relations).unwrap_or(&relations).to_owned(), as_utf8(&append(&text, &relation)?));
    let types = "[Content_Types].xml";
    let text = package.text(types)?.ok_or(WordError::Broken)?;
    let prefix = prefix_of(root_of(&text)?);
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
    let entry = format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{kind}\"/>", escape(name));
    parts.insert(package.name(types).unwrap_or(types).to_owned(), as_utf8(&append(&text, &entry)?));
    Ok(())
}

/// The prefix of a root's name, colon included.
fn prefix_of(root: &str) -> String {
    let name = root.trim_start_matches('<').split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default();
    name.split_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
}

/// The file without the comments that rlcheck wrote before; `None` where there are none.
fn without_own(bytes: &[u8]) -> Result<Option<Vec<u8>>, WordError> {
    let package = Package::open(bytes)?;
    let main = package.main()?;
    let Some(name) = package.related(&main, "comments")? else { return Ok(None) };
    let Some(text) = package.text(&name)? else { return Ok(None) };
    let (mut own, mut splices, mut reader) = (HashSet::new(), Vec::new(), Xml::new(&text));
    loop {
        match reader.next()? {
            Item::Open(tag) if tag.is("comment") && tag.attr("author").as_deref() == Some(AUTHOR) => {
                own.insert(tag.attr("id").unwrap_or_default().into_owned());
                let end = reader.skip()?.end;
                splices.push(Splice::replace(tag.range.start, end, ""));
            }
            Item::End => break,
            _ => {}
        }
    }
    if own.is_empty() {
        return Ok(None);
    }
    let comments = apply(&text, splices).ok_or(WordError::BrokenXml)?;
    let document = package.text(&main)?.ok_or(WordError::NotWord)?;
    let document = without_marks(&document, &own)?;
    let part = |name: &str| package.name(name).unwrap_or(name).to_owned();
    rewrite(&package, &BTreeMap::from([(part(&name), as_utf8(&comments)), (part(&main), as_utf8(&document))])).map(Some)
}

/// A main part without the marks of these comments: the ends of their ranges, and the runs that refer to them.
fn without_marks(xml: &str, own: &HashSet<String>) -> Result<String, WordError> {
    let (mut splices, mut reader) = (Vec::new(), Xml::new(xml));
    // The open run: where it starts, whether it holds anything else, and the references in it.
    let mut run: Option<(usize, bool, Vec<Splice>)> = None;
    loop {
        match reader.next()? {
            Item::Open(tag) if tag.is("r") => run = Some((tag.range.start, false, Vec::new())),
            Item::Open(tag) if tag.is("rPr") && run.is_some() => {
                reader.skip()?;
            }
            Item::Open(tag) if matches!(tag.name(), "commentRangeStart" | "commentRangeEnd" | "commentReference") => {
                let start = tag.range.start;
                let mine = tag.attr("id").is_some_and(|id| own.contains(&*id));
                let (reference, empty, end) = (tag.name() == "commentReference", tag.empty, tag.range.end);
                let close = reader.skip()?;
                let splice = Splice::replace(start, if empty { end } else { close.end }, "");
                match &mut run {
                    Some((_, _, references)) if mine && reference => references.push(splice),
                    Some((_, other, _)) if reference => *other = true,
                    _ if mine => splices.push(splice),
                    _ => {}
                }
            }
            Item::Open(_) => {
                if let Some((_, other, _)) = &mut run {
                    *other = true;
                }
            }
            Item::Close(range) if xml[range.clone()].trim_end_matches(['>', ' ']).rsplit([':', '/']).next() == Some("r") => {
                match run.take() {
                    Some((start, false, references)) if !references.is_empty() => {
                        splices.push(Splice::replace(start, range.end, ""));
                    }
                    Some((_, _, references)) => splices.extend(references),
                    None => {}
                }
            }
            Item::End => break,
            _ => {}
        }
    }
    apply(xml, splices).ok_or(WordError::BrokenXml)
}
