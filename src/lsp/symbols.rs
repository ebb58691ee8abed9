//! The outline, the required parts marked.

use lsp_types::{DocumentSymbol, SymbolKind};
use rlcheck::draft::{Role, Section};
use rlcheck::text::Span;
use serde_json::{Value, json};

use super::analysis::{Analysis, Checkup};
use super::session::View;

/// `textDocument/documentSymbol`: a tree, or a list for clients that know no trees.
pub(super) fn symbols(analysis: &Analysis, view: &View) -> Value {
    let Some(checkup) = &analysis.draft else { return json!([]) };
    let tree = tree(analysis, checkup);
    if view.client.nested_symbols {
        return serde_json::to_value(tree).unwrap_or_default();
    }
    let mut flat = Vec::new();
    flatten(&tree, None, &view.uri, &mut flat);
    Value::Array(flat)
}

fn flatten(tree: &[DocumentSymbol], above: Option<&str>, uri: &str, out: &mut Vec<Value>) {
    for symbol in tree {
        let mut item = json!({"name": symbol.name, "kind": symbol.kind, "location": {"uri": uri, "range": symbol.range}});
        if let Some(above) = above {
            item["containerName"] = above.into();
        }
        out.push(item);
        flatten(symbol.children.as_deref().unwrap_or_default(), Some(&symbol.name), uri, out);
    }
}

fn tree(analysis: &Analysis, checkup: &Checkup) -> Vec<DocumentSymbol> {
    let draft = &checkup.draft;
    let report = checkup.report();
    let parts = &checkup.book.book().parts;
    // The required part that a heading is.
    let part = |heading: usize| {
        let keys = report.parts.found.iter().filter(|found| found.heading == heading).map(|found| found.key.as_str());
        let titles: Vec<String> = keys
            .filter_map(|key| parts.iter().find(|(name, part)| name.as_str() == key && part.required))
            .map(|(_, part)| format!("必备：{}", part.title))
            .collect();
        (!titles.is_empty()).then(|| titles.join("；"))
    };
    let symbol = |section: &Section| {
        let block = &draft.blocks[section.heading];
        let name = block.span();
        let whole = if section.body.is_empty() { name } else { name.to(draft.span_of(section.body.clone())) };
        let written = draft.source.slice(name).lines().next().unwrap_or_default().trim();
        let shown = if written.is_empty() { block.text.text() } else { written };
        make(analysis, shown, part(section.heading), SymbolKind::Module, whole, name)
    };
    let mut roots: Vec<DocumentSymbol> = Vec::new();
    if let Some(title) = draft.blocks.iter().find(|block| matches!(block.role, Role::Title)) {
        roots.push(make(analysis, title.text.text(), Some("标题".to_owned()), SymbolKind::File, title.span(), title.span()));
    }
    // Children are put into their parents from the last to the first.
    let mut made: Vec<Option<DocumentSymbol>> = draft.sections.iter().map(|section| Some(symbol(section))).collect();
    for (at, section) in draft.sections.iter().enumerate().rev() {
        let Some(parent) = section.parent else { continue };
        let child = made[at].take();
        if let (Some(child), Some(Some(parent))) = (child, made.get_mut(parent)) {
            let holds = parent.range.start <= child.range.start && child.range.end <= parent.range.end;
            if !holds {
                parent.range.end = parent.range.end.max(child.range.end);
            }
            parent.children.get_or_insert_default().insert(0, child);
        }
    }
    roots.extend(made.into_iter().flatten());
    roots
}

#[allow(deprecated, reason = "a field of the protocol that is left empty")]
fn make(analysis: &Analysis, name: &str, detail: Option<String>, kind: SymbolKind, whole: Span, title: Span) -> DocumentSymbol {
    DocumentSymbol {
        name: if name.trim().is_empty() { "（空）".to_owned() } else { name.to_owned() },
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: analysis.range(whole.to(title)),
        selection_range: analysis.range(title),
        children: None,
    }
}
