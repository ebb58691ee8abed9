//! Parity of 分别: as many values as there are things they belong to.

use super::claim::{Claim, Confidence, Kind, Verdict};
use super::figure::Figure;
use super::passage::{Pair, Passage};
use super::words::{Lexicon, Tag};

/// The run of like figures that begins at `index`, joined by 、 or 和 only: `55%、84%和77%`.
pub(crate) fn run(passage: &Passage, index: usize) -> Vec<usize> {
    let figures = &passage.figures;
    let mut found = vec![index];
    for next in index + 1..figures.len().min(index + 40) {
        let last = &figures[next - 1];
        let gap = passage.slice(last.range.end..figures[next].range.start);
        let joined = matches!(gap, "、" | "和" | "与" | "及" | "，" | "以及")
            || passage
                .pair_at(last.range.end)
                .is_some_and(|pair| matches!(passage.slice(pair.outer.end..figures[next].range.start), "、" | "和" | "，"));
        if figures[next].depth > figures[index].depth {
            continue;
        }
        // 68.6、29.2、34.2亿元: the unit stands at the end only.
        let bare = figures[index].is_count() && figures[next - 1].unit.is_empty();
        if bare && joined && figures[next].is_count() {
            found.push(next);
            continue;
        }
        if !joined
            || figures[next].measure != figures[index].measure
            || figures[next].unit != figures[index].unit && figures[index].is_count()
        {
            break;
        }
        found.push(next);
    }
    found
}

/// The claims of 分别 of a passage.
pub(crate) fn claims(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    let text = passage.text();
    for marker in passage.markers.iter().filter(|marker| marker.tag == Tag::Each && text[marker.start..].starts_with("分别")) {
        let depth = passage.depth_at(marker.start);
        let clause_end =
            passage.marks_in(marker.end..text.len(), depth).find(|mark| mark.sign != '、').map_or(text.len(), |mark| mark.at());
        let Some(first) = passage.indices_in(marker.end..clause_end).next() else { continue };
        let values = run(passage, first);
        if values.len() < 2 || !alike(passage, &values) {
            continue;
        }
        let stop = passage.marks[..passage.marks.partition_point(|mark| mark.at() < marker.start)]
            .iter()
            .rev()
            .take(120)
            .find(|mark| mark.depth() < depth || mark.depth() == depth && mark.sign != '、');
        let open = passage.round(marker.start).filter(|pair| !Pair::is_quote(pair)).last().map_or(0, |pair| pair.inner.start);
        let from = stop.map_or(0, |mark| mark.end()).max(open);
        let subject = passage.slice(from..marker.start);
        let pauses = passage.marks_in(from..marker.start, depth).filter(|mark| mark.sign == '、').count();
        let joints: usize = subject.split('、').map(super::members::joints).sum();
        let figures: Vec<&Figure> = passage.figures_in(from..marker.start).iter().collect();
        let counted = figures.iter().any(|figure| figure.is_whole() && (figure.value - values.len() as f64).abs() < 1e-9);
        let n = values.len();
        let fits = counted
            || pauses > 0 && (pauses + 1..=pauses + 1 + joints).contains(&n)
            || pauses == 0 && joints > 0 && (2..=joints + 1).contains(&n);
        let span = passage.span(marker.start..passage.figures[values[n - 1]].range.end);
        let arithmetic = format!("前面{}项，后面{n}个数", pauses + 1);
        // 四类纠纷分别调解21件、34件、15件
        let groups = figures.last().filter(|f| {
            f.is_whole()
                && f.listed
                && f.value < 12.0
                && f.tail.contains(&marker.start)
                && !counted
                && passage.depth_at(f.digits.start) == depth
        });
        let verdict = if let Some(groups) = groups {
            let listed = pauses == 0 || (pauses + 1..=pauses + 1 + joints).contains(&(groups.value as usize));
            if !listed || n.abs_diff(groups.value as usize) > 1 {
                continue;
            }
            Verdict::Inconsistent(Confidence::Likely)
        } else if fits {
            Verdict::Consistent
        } else if pauses > 0
            && joints == 0
            && n.abs_diff(pauses + 1) == 1
            && figures.is_empty()
            && !comma_list(passage, stop.map(|mark| (mark.at(), mark.sign)), depth)
            && !contains_open(subject, lexicon)
            && short(subject)
        {
            Verdict::Inconsistent(Confidence::Likely)
        } else {
            continue;
        };
        let mut claim = Claim::new(Kind::Count, verdict, span, arithmetic)
            .stated(n.to_string(), Some((pauses + 1).to_string()))
            .fact("stated", pauses + 1)
            .fact("counted", n);
        if claim.is_wrong() {
            claim = claim.message(
                format!("“分别”前面列了{}项，后面只对应{n}个数", pauses + 1)
                    .replace("只对应", if n > pauses + 1 { "却有" } else { "只有" }),
            );
        }
        claim.grounds.push(super::claim::Ground {
            span: passage.span(from..marker.start),
            role: "列举",
            text: subject.to_owned(),
        });
        out.push(claim);
    }
}

/// Values of one kind: none a different unit.
fn alike(passage: &Passage, values: &[usize]) -> bool {
    values.windows(2).all(|w| passage.figures[w[0]].measure == passage.figures[w[1]].measure)
}

/// Whether the list may have begun before the comma: 甲，乙、丙分别…
fn comma_list(passage: &Passage, stop: Option<(usize, char)>, depth: usize) -> bool {
    let Some((at, '，')) = stop else { return false };
    let from = passage.mark_before(at, depth).map_or(0, |mark| mark.end());
    passage.slice(from..at).chars().count() <= 8
}

fn contains_open(subject: &str, lexicon: &Lexicon) -> bool {
    super::words::contains(subject, &lexicon.words.sums.open)
}

/// Members short enough to be names, not clauses.
fn short(subject: &str) -> bool {
    subject.split('、').skip(1).all(|item| (2..=16).contains(&item.chars().count()))
}
