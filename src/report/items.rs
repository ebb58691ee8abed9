//! The items of a part: the shortcomings one by one, the things planned one by one.

use super::{Found, Report};
use crate::draft::{Block, Role};
use crate::text::{Mapped, Span, cjk};

/// One item of a part, without its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it says, on one line.
    pub text: String,
    /// Where it stands, its number included.
    pub span: Span,
}

impl Report<'_> {
    /// The items of a part: what its headings set apart, else its points (一是…二是…), else its paragraphs.
    pub fn items(&self, key: &str) -> Vec<Item> {
        self.parts.get(key).flat_map(|found| self.items_of(found)).collect()
    }

    /// How many marks set the items of a part apart: headings and numbered paragraphs of one level, or points (一是…).
    pub fn item_marks(&self, key: &str) -> usize {
        let blocks: Vec<&Block> = self.parts.get(key).flat_map(|found| &self.draft.blocks[found.body.clone()]).collect();
        let headings = blocks.iter().filter(|block| matches!(block.role, Role::Heading(_))).count();
        let numbered = blocks.iter().filter(|block| matches!(block.role, Role::Paragraph(Some(_)))).count();
        let pointed: usize = blocks.iter().map(|block| points(block.text.text()).len()).sum();
        headings.max(numbered).max(pointed)
    }

    fn items_of(&self, found: &Found) -> Vec<Item> {
        let blocks = &self.draft.blocks[found.body.clone()];
        let is_text = |block: &&Block| matches!(block.role, Role::Heading(_) | Role::Paragraph(_));
        let level = |block: &Block| match &block.role {
            Role::Heading(heading) => Some(heading.level),
            _ => None,
        };
        let mut items: Vec<Item> = Vec::new();
        if let Some(top) = blocks.iter().filter_map(level).min() {
            for block in blocks.iter().filter(is_text) {
                match items.last_mut() {
                    Some(item) if level(block) != Some(top) => {
                        let ended = item.text.ends_with(['。', '：', '；', '！', '？']);
                        let text = block.text.text();
                        item.text.push_str(if ended { "" } else { "。" });
                        item.text.push_str(text);
                        item.span = item.span.to(block.span());
                    }
                    // What stands before the first heading leads up to the items.
                    None if level(block) != Some(top) => {}
                    _ => items.push(Item { text: block.text.text().to_owned(), span: block.span() }),
                }
            }
            return items;
        }
        let mut pointed = false;
        for block in blocks.iter().filter(is_text) {
            let text = &block.text;
            let starts = points(text.text());
            match items.last_mut() {
                // Where points set the items apart, a paragraph without one goes on with the item above it.
                Some(item) if pointed && starts.is_empty() => {
                    item.text.push_str(text.text());
                    item.span = item.span.to(text.full_span());
                }
                _ if starts.is_empty() && text.text().ends_with(['：', ':']) => {}
                _ if starts.is_empty() => items.push(item(text)),
                _ => {
                    let ends = starts.iter().skip(1).copied().chain([text.text().len()]);
                    items.extend(starts.iter().zip(ends).map(|(&start, end)| item(&text.slice(start..end).trimmed())));
                    pointed = true;
                }
            }
        }
        items
    }
}

fn item(text: &Mapped) -> Item {
    Item { text: text.text().to_owned(), span: text.full_span() }
}

/// Where the points of a paragraph begin.
fn points(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut opens = true;
    for (at, c) in text.char_indices() {
        if opens && cjk::digit(c).is_some() && text[at + c.len_utf8()..].starts_with('是') {
            starts.push(at);
        }
        opens = cjk::ends_sentence(c) || matches!(c, '；' | '：' | ';' | ':') || opens && cjk::is_blank(c);
    }
    starts
}

#[cfg(test)]
mod tests {
    use crate::text::Encoding;
    use crate::{Draft, Rulebook, report::Report};

    fn items(plan: &str) -> Vec<String> {
        let text = format!("柳川镇2025年法治政府建设年度报告\n\n一、下一年度安排\n\n{plan}\n\n柳川镇人民政府\n\n2026年1月20日\n");
        let draft = Draft::from_text("稿", text, Encoding::Utf8);
        let book = Rulebook::township();
        Report::new(&draft, &book).items("plan").into_iter().map(|item| item.text).collect()
    }

    #[test]
    fn headings_points_and_paragraphs() {
        assert_eq!(
            items("重点抓好：\n\n（一）抓普法。每季度一次。\n\n（二）抓执法。\n\n全员持证。"),
            ["抓普法。每季度一次。", "抓执法。全员持证。"]
        );
        assert_eq!(
            items("重点抓好：一是普法，每季度一次。二是执法；三是调解。"),
            ["一是普法，每季度一次。", "二是执法；", "三是调解。"]
        );
        assert_eq!(
            items("我们要抓好以下工作：\n\n继续抓好普法，每季度一次。\n\n继续抓好执法，全员持证。"),
            ["继续抓好普法，每季度一次。", "继续抓好执法，全员持证。"]
        );
    }
}
