//! What stands above and below the text of a report: title, document number, recipient; signature, date, notes.

use super::date::{DateText, is_blank_date, may_end_with_date};
use super::lines::{Kind, Line};
use super::number::{self, NumberStyle};
use super::{Block, Role};
use crate::text::{Mapped, cjk};

/// Endings of the names of those who receive a report.
const RECEIVER_ENDS: [&str; 14] =
    ["党委", "政府", "委员会", "县委", "市委", "区委", "州委", "旗委", "委", "办公室", "办", "局", "常委会", "小组"];
/// Endings of the names of those who sign one.
const SIGNER_ENDS: [&str; 13] =
    ["人民政府", "政府", "委员会", "党委", "办事处", "党工委", "司法所", "办公室", "镇", "乡", "街道", "委", "局"];
/// What can stand behind such a name: `（盖章）`.
const SEALS: [char; 8] = ['章', '盖', '印', '公', '（', '）', '(', ')'];
/// What parts the names of several who sign on one line.
const BETWEEN_SIGNERS: [char; 6] = ['、', '，', ',', '/', '和', '与'];
/// What may stand before such a name, with a colon behind it.
const LABELS: [&str; 5] = ["报告单位", "报送单位", "填报单位", "报告机关", "单位"];
/// What a line of notes begins with.
const NOTES: [&str; 28] = [
    "抄送",
    "抄报",
    "附件",
    "联系人",
    "联系电话",
    "签发人",
    "发布时间",
    "发布日期",
    "发布机构",
    "来源",
    "索引号",
    "信息来源",
    "主题词",
    "浏览次数",
    "成文日期",
    "当前位置",
    "您的位置",
    "您当前",
    "您现在",
    "首页",
    "字体",
    "字号",
    "内部资料",
    "秘密",
    "机密",
    "绝密",
    "特急",
    "加急",
];

/// Whether one of [`NOTES`] begins with a character.
fn begins_note(c: char) -> bool {
    matches!(
        c,
        '抄' | '附'
            | '联'
            | '签'
            | '发'
            | '来'
            | '索'
            | '信'
            | '主'
            | '浏'
            | '成'
            | '当'
            | '您'
            | '首'
            | '字'
            | '内'
            | '秘'
            | '机'
            | '绝'
            | '特'
            | '加'
    )
}

/// Whether one of [`SIGNER_ENDS`] ends with a character.
fn ends_signer(c: char) -> bool {
    matches!(c, '府' | '会' | '委' | '处' | '所' | '室' | '镇' | '乡' | '道' | '局')
}

/// The longest line below the text, in bytes: 60 characters with blanks between them.
const LONGEST_EDGE: usize = 400;

/// How many lines are read for what stands below the text.
const MOST_BELOW: usize = 25;

/// The blocks above the text, and the index of the first line below them.
pub(super) fn head(lines: &[Line]) -> (Vec<Block>, usize) {
    let mut head = Head::default();
    let mut contents = 0..0;
    for (index, line) in lines.iter().enumerate().take(60) {
        match line.kind {
            Kind::Blank | Kind::Seam | Kind::Hidden => continue,
            Kind::Table(_) => break,
            Kind::Text => {}
        }
        if cjk::squeeze(line.text.text()) == "目录" {
            contents = index..end_of_contents(lines, index);
        }
        if contents.contains(&index) {
            head.blocks.push(Block { role: Role::Note, text: line.text.clone() });
            head.next = index + 1;
            continue;
        }
        if !head.take(line, index) {
            break;
        }
        if head.recipient {
            break;
        }
    }
    head.finish()
}

/// The line behind a table of contents, each entry of which stands again below; the line of 目录 itself, where none does.
fn end_of_contents(lines: &[Line], at: usize) -> usize {
    let entry = |line: &Line| {
        let text = line.text.text().trim_end_matches(|c| cjk::is_digit(c) || cjk::is_blank(c) || matches!(c, '.' | '…' | '·'));
        cjk::squeeze(text).into_owned()
    };
    let texts: Vec<_> = lines
        .iter()
        .enumerate()
        .skip(at + 1)
        .filter(|(_, line)| line.kind == Kind::Text)
        .map(|(index, line)| (index, entry(line)))
        .collect();
    let again = |place: usize| texts[place + 1..].iter().any(|(_, text)| text.starts_with(&texts[place].1));
    let entries = (0..texts.len()).take_while(|&place| !texts[place].1.is_empty() && again(place));
    entries.last().map_or(at, |place| texts[place].0 + 1)
}

#[derive(Default)]
struct Head {
    blocks: Vec<Block>,
    /// Lines of the title so far, with the place in `blocks` where the title belongs.
    title: Mapped,
    /// The title without blanks.
    plain: String,
    /// Whether the title names a report as a whole, and whether it ends as one does.
    titled: bool,
    whole: bool,
    place: usize,
    /// Index of the title's first line.
    title_line: usize,
    recipient: bool,
    next: usize,
}

impl Head {
    /// Takes a line into the head; `false` where the text begins.
    fn take(&mut self, line: &Line, index: usize) -> bool {
        let text = line.text.text();
        let plain = cjk::squeeze(text);
        let titled = self.titled;
        // On a page the record of a text is a list.
        let bare = plain.trim_start_matches(['•', '●', '·', '-', '|', '[', '【']);
        let role = if is_document_number(&plain) {
            Role::DocumentNumber
        } else if is_note(bare) || is_record(bare) || plain.ends_with("府文件") || plain.ends_with("会文件") {
            Role::Note
        } else if let Some(date) = DateText::parse(text) {
            Role::Date(date)
        } else if is_recipient(&plain, titled) {
            self.recipient = true;
            Role::Recipient
        } else if titled && is_signer(&plain) {
            Role::Signature
        } else if titled && is_annotation(&plain) {
            Role::Annotation
        } else if titled && is_aside(&plain) {
            Role::Note
        } else if titled && !self.whole && plain.chars().count() <= 30 && is_whole_title(&plain) {
            // 关于2025年度法治政府建设 / 情况的报告
            self.extend_title(line, &plain, index);
            return true;
        } else if titled || plain.chars().count() > 50 || plain.contains('。') || is_numbered(text) {
            return false;
        } else {
            if self.title.is_empty() {
                self.place = self.blocks.len();
                self.title_line = index;
            }
            self.extend_title(line, &plain, index);
            return self.title.text().chars().count() <= 120;
        };
        let mut text = line.text.clone();
        // 中共吉水县委 / 吉水县人民政府：
        if matches!(role, Role::Recipient)
            && let Some(Block { role: Role::Signature, text: first }) = self.blocks.last()
        {
            let mut whole = first.clone();
            whole.append(&text);
            text = whole;
            self.blocks.pop();
        }
        self.blocks.push(Block { role, text });
        self.next = index + 1;
        true
    }

    /// Takes a line into the title, `plain` being its text without blanks.
    fn extend_title(&mut self, line: &Line, plain: &str, index: usize) {
        self.title.append(&line.text);
        self.plain.push_str(plain);
        (self.titled, self.whole) = (is_title(&self.plain), is_whole_title(&self.plain));
        self.next = index + 1;
    }

    fn finish(mut self) -> (Vec<Block>, usize) {
        if self.titled {
            self.blocks.insert(self.place, Block { role: Role::Title, text: self.title });
        } else if !self.title.is_empty() {
            // What looked like a title was the text: only what stood above it belongs to the head.
            self.blocks.truncate(self.place);
            self.next = self.title_line;
        }
        (self.blocks, self.next)
    }
}

fn is_numbered(text: &str) -> bool {
    number::at_head(text).is_some_and(|found| found.style != NumberStyle::Point)
}

/// A title without a bracket and marks at its end.
fn core(plain: &str) -> &str {
    let core = match plain.rfind(['（', '(']) {
        Some(open) if plain.ends_with(['）', ')']) && open > 0 => &plain[..open],
        _ => plain,
    };
    core.trim_end_matches(['》', '。', '：', ':'])
}

/// Whether a text ends as a title does.
fn is_whole_title(plain: &str) -> bool {
    ["报告", "总结", "汇报"].iter().any(|end| core(plain).ends_with(end))
}

/// Whether a text names a report as a whole.
fn is_title(plain: &str) -> bool {
    let core = core(plain);
    let has = |words: &[&str]| words.iter().any(|word| core.contains(word));
    is_whole_title(plain)
        || (core.ends_with("情况") || core.contains('年'))
            && has(&["法治政府建设", "法制政府建设", "法治建设", "依法行政"])
            && !has(&["举措", "成效", "不足", "问题", "安排", "职责", "打算"])
}

/// `木政发〔2022〕1号` with any brackets.
fn is_document_number(plain: &str) -> bool {
    if !plain.ends_with('号') {
        return false;
    }
    let Some(open) = plain.find(['〔', '[', '［', '【', '(', '（']) else { return false };
    let Some(close) = plain[open..].find(['〕', ']', '］', '】', ')', '）']).map(|at| open + at) else { return false };
    let year = plain[open..close].chars().skip(1);
    let tail = plain[close..].chars().skip(1).collect::<String>();
    year.clone().count() == 4
        && year.into_iter().all(char::is_numeric)
        && tail.chars().count() <= 8
        && (1..=20).contains(&plain[..open].chars().count())
}

fn is_recipient(plain: &str, titled: bool) -> bool {
    let core = plain.trim_end_matches(['：', ':']);
    let marked = core.len() < plain.len();
    let names = || core.split(['、', '，', ',', '；']).filter(|name| !name.is_empty());
    (marked || titled)
        && core.chars().count() <= 45
        && !core.contains(['。', '《'])
        && names().next().is_some()
        && names().all(|name| RECEIVER_ENDS.iter().any(|end| name.ends_with(end)))
        && (marked || !is_signer(core) || names().count() > 1 && !is_of_town(core))
}

/// Whether the bodies that a text names are those of a town, which report to others.
fn is_of_town(plain: &str) -> bool {
    ["镇", "乡", "街道", "苏木"].iter().any(|unit| plain.contains(unit))
}

/// What a line under the title tells of it.
const ASIDES: [&str; 4] = ["时间", "日期", "报告期", "报告时间"];

/// What a page tells of a text that it publishes, besides [`NOTES`]: words of the text may begin like them, so that a mark must follow.
const RECORDS: [&str; 15] = [
    "发文字号",
    "文号",
    "主题分类",
    "体裁分类",
    "分类",
    "发文机关",
    "公开方式",
    "公开时间",
    "公开日期",
    "有效性",
    "效力状态",
    "成文时间",
    "发文时间",
    "作者",
    "文章来源",
];

/// Whether a line tells of the text that a page publishes: `• 公开方式：公开`.
fn is_record(plain: &str) -> bool {
    plain.split_once(['：', ':', ']', '】']).is_some_and(|(label, _)| RECORDS.contains(&label)) && !plain.contains('。')
}

/// Whether a line under the title stands by itself: one in brackets, a second title behind a dash, a date with its label.
fn is_aside(plain: &str) -> bool {
    let bracket = plain.starts_with(['（', '(']) && plain.ends_with(['）', ')']);
    let labelled = || plain.split_once(['：', ':']).is_some_and(|(label, _)| ASIDES.contains(&label));
    let aside = plain.chars().count() <= 40 && (bracket || plain.starts_with("——"));
    let published = || ["发布时间：", "发布时间:", "发布日期：", "发布日期:"].iter().any(|label| plain.contains(label));
    !plain.contains('。') && (aside || plain.chars().count() <= 80 && (labelled() || published()))
}

/// The names of those who sign a report, without a label before them and seals behind them: `中共柳川镇委员会、柳川镇人民政府（盖章）`.
pub fn signers(text: &str) -> impl Iterator<Item = &str> {
    let core = text.trim_end_matches(SEALS);
    let named = core.split_once(['：', ':']).filter(|(label, _)| LABELS.contains(label)).map_or(core, |(_, name)| name);
    named.split(BETWEEN_SIGNERS)
}

/// Whether a text is the name of a body that signs a report, or of several.
pub(super) fn is_signer(plain: &str) -> bool {
    let ends = |name: &str| SIGNER_ENDS.iter().any(|end| name.ends_with(end));
    let is_name = |c: char| cjk::is_han(c) || matches!(c, 'X' | 'x' | '×');
    plain.trim_end_matches(SEALS).ends_with(ends_signer)
        && (3..=40).contains(&plain.chars().count())
        && signers(plain).all(|name| ends(name) && name.chars().all(is_name))
}

/// Whether a line is nothing but a place for a seal: `（印章）`.
fn is_seal(text: &str) -> bool {
    let mut visible = text.chars().filter(|c| !cjk::is_blank(*c)).peekable();
    visible.peek().is_some() && visible.all(|c| SEALS.contains(&c))
}

/// The blocks that the lines from `first` on hold below the text, by line index; the lines above are `body`.
pub(super) fn tail(lines: &[Line], first: usize) -> Vec<(usize, Vec<Block>)> {
    let is_text = |index: &usize| lines[*index].kind == Kind::Text;
    let count = (first..lines.len()).filter(is_text).count();
    // The latter half, and no more than so many.
    let mut candidates = Vec::with_capacity(MOST_BELOW);
    candidates.extend((first..lines.len()).rev().filter(is_text).take(count.div_ceil(2).min(MOST_BELOW)));
    candidates.reverse();
    let mut found: Vec<(usize, Vec<Block>)> = Vec::new();
    let mut names = Vec::new();
    let sealed = |index: &usize| is_seal(lines[*index].text.text());
    found.extend(
        candidates
            .extract_if(.., |index| sealed(index))
            .map(|index| (index, vec![Block { role: Role::Note, text: lines[index].text.clone() }])),
    );
    for (place, &index) in candidates.iter().enumerate() {
        let text = &lines[index].text;
        if text.text().len() > LONGEST_EDGE {
            continue;
        }
        let mut dated = text.text().trim_end();
        while let Some(before) = dated.strip_suffix("印发") {
            dated = before;
        }
        if !may_end_with_date(dated) && !may_stand_below(text.text()) {
            continue;
        }
        let block = |role| vec![Block { role, text: text.clone() }];
        if let Some(date) = DateText::parse(dated).filter(|_| !is_numbered(text.text())) {
            found.push((index, block(Role::Date(date))));
        } else if is_blank_date(dated) {
            found.push((index, block(Role::BlankDate)));
        } else if let Some(blocks) = signed_and_dated(text) {
            found.push((index, blocks));
        } else {
            let plain = cjk::squeeze(text.text());
            if is_annotation(&plain) {
                found.push((index, block(Role::Annotation)));
            } else if is_note(&plain) && plain.chars().count() <= 60 && !plain.ends_with('。') {
                found.push((index, block(Role::Note)));
            } else if is_signer(&plain) {
                names.push((place, index));
            }
        }
    }
    // A name signs only next to a date or at the very end: a short line alone may be a heading.
    for (place, index) in names.into_iter().rev() {
        let next = candidates.get(place + 1);
        if next.is_none_or(|next| found.iter().any(|(line, blocks)| line == next && !matches!(blocks[0].role, Role::Note))) {
            found.push((index, vec![Block { role: Role::Signature, text: lines[index].text.clone() }]));
        }
    }
    found.sort_by_key(|&(index, _)| index);
    found
}

/// Whether a text begins or ends as a note, an annotation or a signature does: most texts do not, and need no reading.
fn may_stand_below(text: &str) -> bool {
    let visible = || text.chars().filter(|c| !cjk::is_blank(*c));
    let first = visible().next();
    first.is_some_and(begins_note)
        || matches!(first, Some('（' | '(')) && matches!(visible().next_back(), Some('）' | ')'))
        || text.chars().rev().find(|c| !cjk::is_blank(*c) && !SEALS.contains(c)).is_some_and(ends_signer)
}

fn is_note(plain: &str) -> bool {
    plain.starts_with(begins_note) && NOTES.iter().any(|note| plain.starts_with(note))
}

/// `（此件公开发布）`.
fn is_annotation(plain: &str) -> bool {
    plain.starts_with(['（', '(']) && plain.ends_with(['）', ')']) && plain.contains("公开") && plain.chars().count() <= 30
}

/// Name and date on one line: `青溪镇人民政府　2026年1月20日`.
fn signed_and_dated(text: &Mapped) -> Option<Vec<Block>> {
    let whole = text.text();
    if !may_end_with_date(whole) {
        return None;
    }
    let at = whole
        .match_indices(['2', '２', '二'])
        .map(|(at, _)| at)
        .find(|&at| at > 0 && DateText::parse(&whole[at..]).is_some_and(|date| date.month.is_some()))?;
    let name = text.slice(0..at).trimmed();
    let date = DateText::parse(&whole[at..])?;
    is_signer(&cjk::squeeze(name.text())).then(|| {
        vec![Block { role: Role::Signature, text: name }, Block { role: Role::Date(date), text: text.slice(at..whole.len()) }]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_notes_and_names_begin_and_end_with_is_known() {
        assert!(NOTES.iter().all(|note| note.starts_with(begins_note)));
        assert!(SIGNER_ENDS.iter().all(|end| end.ends_with(ends_signer)));
        assert!(
            may_stand_below("（此件公开发布）")
                && may_stand_below("青溪镇人民政府（盖章）")
                && !may_stand_below("全年公开信息。")
        );
    }
}
