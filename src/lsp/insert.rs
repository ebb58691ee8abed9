//! Text that actions put in: a missing part of the report, a mark that allows a finding.

use std::path::Path;

use lsp_types::{CreateFile, DocumentChange, Position, Range, TextEdit, WorkspaceEdit};
use rlcheck::Finding;
use rlcheck::draft::{Block, Heading, Look, NumberStyle, Role};
use rlcheck::finding::Edit;
use rlcheck::output::lsp::file_uri;
use rlcheck::scaffold::{Facts, part_template};
use rlcheck::text::{Grid, Span, cjk};

use super::actions::workspace_edit;
use super::analysis::{Analysis, Checkup};
use super::session::View;

/// What stands for a reason until the drafter gives one.
const REASON: &str = "理由：请写明";

/// Whether a draft is plain text, which bears no comments.
fn is_plain(path: Option<&Path>) -> bool {
    path.and_then(Path::extension).is_some_and(|ending| ending.eq_ignore_ascii_case("txt") || ending.eq_ignore_ascii_case("text"))
}

/// The edit that allows a finding: a comment in Markdown, an entry of `rlcheck.toml` for plain text.
pub(super) fn allow(analysis: &Analysis, checkup: &Checkup, view: &View, finding: &Finding) -> Option<WorkspaceEdit> {
    if finding.rule == "unused-allow" {
        return None;
    }
    if is_plain(view.path.as_deref()) {
        return allow_in_settings(checkup, view, finding);
    }
    let source = &checkup.draft.source;
    let comment = format!("<!-- rlcheck: allow {} {REASON} -->", finding.rule);
    let blocks = &checkup.draft.blocks;
    // The block that a comment has to speak for: the first one that the finding touches.
    let at = blocks.iter().position(|block| block.span().touches(finding.span)).or_else(|| blocks.len().checked_sub(1))?;
    let block = blocks[at].span();
    let (place, text) = if at == 0 {
        // Above the first text it would speak for the whole draft.
        (source.line_span(source.line_index(block.end)).end, format!(" {comment}"))
    } else {
        let line = source.line_span(source.line_index(block.start));
        let end = if source.text().contains("\r\n") { "\r\n" } else { "\n" };
        (line.start, format!("{comment}{end}"))
    };
    let range = analysis.range(Span::new(place, place));
    Some(workspace_edit(view, &view.uri, Some(view.version), vec![TextEdit { range, new_text: text }]))
}

/// The edit that appends an entry to the `rlcheck.toml` that speaks for a draft, or writes one beside it.
fn allow_in_settings(checkup: &Checkup, view: &View, finding: &Finding) -> Option<WorkspaceEdit> {
    let draft = view.path.as_deref()?;
    let text = checkup.draft.source.slice(finding.span);
    let text = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let told = if text.is_empty() { String::new() } else { format!("text = {}\n", serde_json::Value::from(text)) };
    let entry = format!("[[allow]]\nrule = \"{}\"\n{told}reason = \"{REASON}\"\n", finding.rule);
    if let Some((path, settings)) = view.desk.config(draft) {
        let grid = Grid::new(&settings, view.client.units);
        let range = rlcheck::output::lsp::range(&grid, &settings, Span::new(settings.len(), settings.len()));
        let before = if settings.is_empty() {
            ""
        } else if settings.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        let edit = TextEdit { range, new_text: format!("{before}{entry}") };
        return Some(workspace_edit(view, &file_uri(&path.display().to_string()), None, vec![edit]));
    }
    if !(view.client.creates_files && view.client.versioned_edits) {
        return None;
    }
    let uri = file_uri(&draft.with_file_name("rlcheck.toml").display().to_string());
    let start = Position { line: 0, character: 0 };
    let edit = TextEdit { range: Range { start, end: start }, new_text: entry };
    let mut whole = workspace_edit(view, &uri, None, vec![edit]);
    let create = DocumentChange::CreateFile(CreateFile::new(lsp_types::Uri(uri), None, None));
    whole.document_changes.as_mut()?.insert(0, create);
    Some(whole)
}

/// The part that a finding misses, as the template writes it, at its place and in the draft's own style; and the headings behind it
/// with their new numbers.
pub(super) fn missing_part(checkup: &Checkup, path: Option<&Path>, finding: &Finding) -> Option<(String, Vec<Edit>)> {
    if finding.rule != "missing-section" {
        return None;
    }
    let (report, draft) = (checkup.report(), &checkup.draft);
    let key = finding.data.get("section")?.as_str()?;
    let (_, part) = checkup.book.book().parts.iter().find(|(name, _)| name.as_str() == key)?;
    let parts = &checkup.book.book().parts;
    let order = |key: &str| parts.iter().find(|(name, part)| name.as_str() == key && part.required).map(|(_, part)| part.order);
    let top = |index: usize| match &draft.blocks[index].role {
        Role::Heading(heading) if heading.level == 1 => Some(heading),
        _ => None,
    };
    // Before the first-level heading of the next part, else before what closes the report.
    let later = report.parts.found.iter().filter(|found| order(&found.key).is_some_and(|order| order > part.order));
    let later = later.map(|found| found.heading).filter(|&index| top(index).is_some()).min();
    let last = draft.headings().last().map_or(0, |(index, _, _)| index);
    let closes = |block: &Block| matches!(block.role, Role::Signature | Role::Date(_) | Role::BlankDate | Role::Annotation);
    let index = later.or_else(|| (last..draft.blocks.len()).find(|&index| closes(&draft.blocks[index])));
    let source = &draft.source;
    let place = index.map_or(source.text().len(), |index| {
        let line = source.line_index(draft.blocks[index].span().start);
        source.line_span(line).start
    });
    let headings: Vec<(usize, &Heading)> =
        draft.headings().filter(|(_, _, found)| found.level == 1).map(|(at, _, found)| (at, found)).collect();
    let style = Style::of(&headings, path);
    let behind = |at: usize| index.is_some_and(|index| at >= index);
    let before = headings.iter().filter(|(at, _)| !behind(*at)).filter_map(|(_, heading)| heading.number).next_back();
    let number = style.number.map(|_| before.map_or(1, |number| number.value + 1));
    let facts = Facts {
        year: checkup.identity.year?,
        town: checkup.identity.town.clone().unwrap_or_else(|| "本镇".to_owned()),
        county: checkup.identity.county.clone().unwrap_or_else(|| "本县".to_owned()),
        villages: Vec::new(),
    };
    let text = style.write(&part_template(key, &facts, checkup.book.book()).ok()?, number);
    let end = if source.text().contains("\r\n") { "\r\n" } else { "\n" };
    let before = source.text()[..place].trim_end_matches(['\r', ' ', '\t']);
    let gap = if place == 0 || before.ends_with("\n\n") || before.ends_with("\n\r\n") { "" } else { "\n" };
    let gap = if index.is_none() && !before.ends_with('\n') && place > 0 { "\n\n" } else { gap };
    let text = format!("{gap}{}\n\n", text.trim_end()).replace('\n', end);
    let mut edits = vec![Edit { span: Span::new(place, place), replacement: text }];
    let moved = headings.iter().filter(|(at, _)| behind(*at)).filter_map(|(_, heading)| heading.number);
    let mut next = number.unwrap_or(0);
    for found in moved.take_while(|found| Some(found.style) == style.number) {
        // Only a sequence that runs on is counted on.
        if found.value != next {
            break;
        }
        next += 1;
        let written = source.slice(found.span);
        edits.push(Edit {
            span: found.span,
            replacement: written.replacen(&cjk::write_numeral(found.value), &cjk::write_numeral(next), 1),
        });
    }
    Some((format!("补上缺少的部分“{}”", part.title), edits))
}

/// How a draft writes its first-level headings.
struct Style {
    look: Look,
    number: Option<NumberStyle>,
    /// Whether comments and marks are left out.
    plain: bool,
}

impl Style {
    fn of(headings: &[(usize, &Heading)], path: Option<&Path>) -> Self {
        let plain = is_plain(path);
        let look = headings.first().map_or(if plain { Look::Plain } else { Look::Hashes(2) }, |(_, heading)| heading.look);
        let numbered = headings.iter().find_map(|(_, heading)| heading.number).map(|number| number.style);
        let number = if headings.is_empty() { Some(NumberStyle::Han) } else { numbered };
        Self { look, number: number.filter(|style| matches!(style, NumberStyle::Han | NumberStyle::Part)), plain }
    }

    /// A part of the template in this style.
    fn write(&self, template: &str, number: Option<u32>) -> String {
        let mut out = String::new();
        let mut comment = false;
        for line in template.lines() {
            comment |= line.trim_start().starts_with("<!--");
            let skipped = comment && self.plain;
            comment &= !line.contains("-->");
            if skipped {
                continue;
            }
            let depth = line.bytes().take_while(|byte| *byte == b'#').count();
            let text = line[depth..].trim_start();
            let title = if depth == 2 { self.numbered(text, number) } else { text.to_owned() };
            let written = match (depth, self.look) {
                (0, _) => line.to_owned(),
                (_, Look::Hashes(marks)) => format!("{} {title}", "#".repeat(usize::from(marks) + depth - 2)),
                (_, Look::Bold) => format!("**{title}**"),
                (_, Look::Plain) => title,
            };
            if !(written.is_empty() && (out.is_empty() || out.ends_with("\n\n"))) {
                out += &written;
                out.push('\n');
            }
        }
        out
    }

    /// A title with the number that it has here instead of the template's.
    fn numbered(&self, title: &str, number: Option<u32>) -> String {
        let bare = title.split_once('、').filter(|(number, _)| cjk::numeral(number).is_some()).map_or(title, |(_, bare)| bare);
        match (self.number, number.map(cjk::write_numeral)) {
            (Some(NumberStyle::Han), Some(number)) => format!("{number}、{bare}"),
            (Some(NumberStyle::Part), Some(number)) => format!("第{number}部分 {bare}"),
            _ => bare.to_owned(),
        }
    }
}
