//! Changes: 由16项增至95项，增长近5倍; 比上年的20件下降25%; 翻番, 年均, 百分点.

use super::claim::{Claim, Confidence, Kind, Verdict, number};
use super::course::{Course, course, last_year, this_year};
use super::figure::{Exactness, Figure, Measure, write, write_rate, write_scaled};
use super::passage::Passage;
use super::words::{Lexicon, contains, ends_with, starts_with};

/// The claims of all changes of a passage.
pub(crate) fn claims(passage: &Passage, lexicon: &Lexicon, out: &mut Vec<Claim>) {
    for index in 0..passage.figures.len() {
        if let Some(claim) = fallen_too_far(passage, lexicon, index) {
            out.push(claim);
        }
    }
    for index in 1..passage.figures.len() {
        if let Some(claim) = by_amount(passage, lexicon, index) {
            out.push(claim);
        }
        let courses: Vec<Course<'_>> = if let Some(course) = course(passage, lexicon, index) {
            vec![course]
        } else {
            let found = last_year(passage, lexicon, index);
            if found.is_empty() { this_year(passage, lexicon, index).into_iter().collect() } else { found }
        };
        if courses.is_empty() {
            continue;
        }
        if let Some(claim) = courses.first().and_then(|course| direction(passage, course)) {
            out.push(claim);
            continue;
        }
        // Of several readings one that fits is meant; else the last, the total.
        let mut said =
            courses.iter().map(|course| amounts(passage, lexicon, course)).filter(|said| !said.is_empty()).collect::<Vec<_>>();
        let right = said.iter().position(|said| said.iter().all(|claim| !claim.is_wrong()));
        if let Some(chosen) = right.or(said.len().checked_sub(1)) {
            out.append(&mut said[chosen]);
        }
    }
}

/// What is said of a course: before it, behind it, and once more behind that (`增加34名，增长9.7%`).
fn amounts(passage: &Passage, lexicon: &Lexicon, course: &Course<'_>) -> Vec<Claim> {
    let start = course.from.range.end.max(course.to.range.end);
    let Some((first, end)) = amount(passage, lexicon, course, start) else {
        return doubled(passage, course, start).or_else(|| ahead(passage, lexicon, course)).into_iter().collect();
    };
    let by_count = passage.figures_in(start..end).last().is_some_and(Figure::is_count);
    let again = (by_count && !first.is_wrong()).then(|| amount(passage, lexicon, course, end)).flatten();
    let again = again.map(|(claim, _)| claim).filter(|claim| claim.grounds.last().is_some_and(|g| g.text.ends_with(['%', '％'])));
    [Some(first), again].into_iter().flatten().collect()
}

/// `下降15.6%，由96件下降到81件`: the rate stands before its ends.
fn ahead(passage: &Passage, lexicon: &Lexicon, course: &Course<'_>) -> Option<Claim> {
    let at = passage.figures.partition_point(|f| f.digits.start < course.from.digits.start);
    let by = passage.figures.get(at.checked_sub(1)?)?;
    let (head, from) = (passage.slice(by.head.clone()), passage.slice(course.from.head.clone()));
    let changes = &lexicon.words.changes;
    let up = ends_with(head, &changes.rise).is_some();
    let down = ends_with(head, &changes.fall).is_some() && !up;
    let case = lexicon.family(course.to.family).is_some_and(|unit| !unit.measure);
    let joined = passage.slice(by.range.end..course.from.head.start) == "，" || by.range.end == course.from.head.start;
    let led = from.trim_start_matches(['，', '（']);
    if by.measure != Measure::Percent
        || !by.is_exact()
        || !(up || down)
        || !case
        || !joined
        || !led.starts_with(['由', '从'])
        || led.chars().count() > 8
        || by.sentence != course.from.sentence
        || course.from.clause > by.clause + 1
        || !course.tied
        || contains(head, &changes.yearly)
        || !course.from.is_exact()
        || !course.to.is_exact()
    {
        return None;
    }
    let (arithmetic, expected, fits) = compute(course, by, down, false, 1.0)?;
    let text = passage.text();
    let verdict = if fits { Verdict::Consistent } else { Verdict::Inconsistent(Confidence::Certain) };
    let message = format!(
        "由{}到{}，{}写作{}，但{arithmetic}",
        course.from.written() + &course.from.unit,
        course.to.written() + &course.to.unit,
        if down { "下降" } else { "增长" },
        &text[by.digits.clone()]
    );
    let claim = show(Claim::new(Kind::Change, verdict, by.span, arithmetic), course, text).on("变化", by, text);
    let claim = claim.stated(&text[by.digits.clone()], Some(expected));
    Some(if fits { claim } else { claim.message(message) })
}

/// `48件，比上年减少12件，下降20%`: an amount and a rate of change, with last year's figure unsaid.
fn by_amount(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let figures = &passage.figures;
    let [now, by, rate] = figures.get(index - 1..index + 2)? else { return None };
    let alike = now.is_count() && by.same_family(now) && rate.measure == Measure::Percent && now.sentence == rate.sentence;
    if !alike {
        return None;
    }
    let changes = &lexicon.words.changes;
    let (head, tail) = (passage.slice(by.head.clone()), passage.slice(by.range.end..rate.range.start));
    let compared = contains(head, &changes.compare);
    let up = ends_with(head, &changes.rise).is_some();
    let down = ends_with(head, &changes.fall).is_some() && !up;
    let rest = tail.trim_start_matches(['，', '、']);
    let again = if up { starts_with(rest, &changes.rise) } else { starts_with(rest, &changes.fall) };
    if !compared || !(up || down) || again.is_none() || by.clause > now.clause + 1 || rest.chars().count() > 6 {
        return None;
    }
    // 312件，其中……199件，同比增加56件: of several the one that fits is meant, else the total before 其中.
    let sentence = passage.sentence(now.sentence);
    let bases = || {
        let before =
            passage.indices_in(sentence.start..by.digits.start).filter(|&i| figures[i].is_count() && by.same_family(&figures[i]));
        before.map(|i| &figures[i]).filter(|base| base.is_exact())
    };
    let total = |base: &&Figure| {
        let behind = passage.markers_in(base.range.end..by.range.start).next();
        behind.is_some_and(|marker| marker.tag == super::words::Tag::Among)
    };
    let only = || bases().next().filter(|_| bases().count() == 1);
    let now = bases().find(|base| grown(base, by, rate, up).fits).or_else(only).or_else(|| bases().find(total))?;
    if !by.is_exact() {
        return None;
    }
    let Grown { before, quotient, fits } = grown(now, by, rate, up);
    let text = passage.text();
    let arithmetic = format!(
        "{} ÷ （{} {} {}） = {}",
        write(by.value),
        write(now.value),
        if up { "−" } else { "+" },
        write(by.value),
        write_rate(quotient, rate.step)
    );
    let grounds = |claim: Claim| {
        claim
            .on("现在", now, text)
            .on("增减", by, text)
            .on("变化", rate, text)
            .stated(&text[rate.digits.clone()], Some(write_rate(quotient, rate.step)))
    };
    if before <= 0.0 || fits {
        return (before > 0.0).then(|| grounds(Claim::new(Kind::Change, Verdict::Consistent, rate.span, arithmetic)));
    }
    let nominal = now.unit.ends_with('元') || !rate.is_exact();
    let verdict = if nominal {
        Verdict::NotComparable("名义值与实际增速不能直接比较")
    } else {
        Verdict::Inconsistent(Confidence::Likely)
    };
    let message = format!(
        "按{}{}{}{}推算，{arithmetic}，写作{}",
        now.written(),
        now.unit,
        if up { "、增加" } else { "、减少" },
        by.written(),
        &text[rate.digits.clone()]
    );
    Some(grounds(Claim::new(Kind::Change, verdict, rate.span, arithmetic)).message(message))
}

/// By how much something has grown to a number, or fallen.
struct Grown {
    /// What it was.
    before: f64,
    /// By how many per cent it changed.
    quotient: f64,
    /// Whether the rate says so.
    fits: bool,
}

fn grown(now: &Figure, by: &Figure, rate: &Figure, up: bool) -> Grown {
    let before = if up { now.value - by.value } else { now.value + by.value };
    let room = if now.is_whole() && by.is_whole() { 0.0 } else { (now.step + by.step) / before.max(1e-9) * 100.0 };
    let quotient = by.value / before * 100.0;
    let (least, most) = rate.bounds();
    Grown { before, quotient, fits: before > 0.0 && quotient + room >= least && quotient - room <= most }
}

/// 增至 less, 降至 more.
fn direction(passage: &Passage, course: &Course<'_>) -> Option<Claim> {
    let rises = course.rises?;
    let (from, to) = (course.from, course.to);
    let time = ["年", "天", "日", "个工作日", "工作日", "小时", "分钟", "月", "个月", "秒"].contains(&to.unit.as_str());
    let exact = |f: &Figure| matches!(f.exactness, Exactness::Exact | Exactness::More | Exactness::Near | Exactness::About);
    let against = if rises { to.bounds().1 < from.bounds().0 } else { to.bounds().0 > from.bounds().1 };
    let ratio = to.value / from.value.max(1e-9);
    if time || !against || !exact(from) || !exact(to) || !course.tied || !(0.02..=50.0).contains(&ratio) {
        return None;
    }
    let text = passage.text();
    let sign = if to.value > from.value { "大于" } else { "小于" };
    let arithmetic = format!("{}{sign}{}", to.written(), from.written());
    let message = format!(
        "写作由{}{}到{}，但{arithmetic}",
        &text[from.range.clone()],
        if rises { "增加" } else { "减少" },
        &text[to.range.clone()]
    );
    let claim = Claim::new(
        Kind::Change,
        Verdict::Inconsistent(Confidence::Certain),
        passage.span(from.range.start..to.range.end),
        arithmetic,
    )
    .message(message);
    Some(show(claim, course, text))
}

fn show(claim: Claim, course: &Course<'_>, text: &str) -> Claim {
    claim
        .on("原来", course.from, text)
        .on("现在", course.to, text)
        .fact("from", number(course.from.value))
        .fact("to", number(course.to.value))
}

/// 下降120%: nothing falls by more than all of it.
fn fallen_too_far(passage: &Passage, lexicon: &Lexicon, index: usize) -> Option<Claim> {
    let figure = &passage.figures[index];
    let head = passage.slice(figure.head.clone());
    let rate = figure.measure == Measure::Percent && figure.value > 100.0 && figure.upto.is_none();
    if !rate || ends_with(head, &lexicon.words.changes.fall).is_none() || ends_with(head, &lexicon.words.changes.rise).is_some() {
        return None;
    }
    let stated = passage.slice(figure.digits.clone());
    let claim = Claim::new(Kind::Impossible, Verdict::Inconsistent(Confidence::Certain), figure.span, format!("{stated} > 100%"))
        .message(format!("下降幅度写作{stated}，下降不可能超过100%"));
    Some(claim.on("变化", figure, passage.text()).stated(stated, None))
}

/// How much it is said to have changed, and whether it did.
fn amount(passage: &Passage, lexicon: &Lexicon, course: &Course<'_>, start: usize) -> Option<(Claim, usize)> {
    let (from, to) = (course.from, course.to);
    let text = passage.text();
    let changes = &lexicon.words.changes;
    let by = passage.figures_in(start..start + 90).iter().find(|f| f.upto.is_none() && f.depth <= to.depth)?;
    let head = passage.slice(start.max(by.head.start)..by.range.start).trim_start_matches(['，', '、', '（']);
    // 上年结转10件，减去移送7件: what came over from before is no year to compare with.
    if contains(passage.slice(from.head.clone()), &lexicon.words.sums.carried) {
        return None;
    }
    let becomes = ends_with(head, &changes.rise_to).is_some() || ends_with(head, &changes.fall_to).is_some();
    if becomes || by.sentence != to.sentence || by.clause > to.clause.max(from.clause) + 1 {
        return None;
    }
    let yearly = contains(head, &changes.yearly);
    let mut phrase = head.trim_start_matches("平均");
    if phrase.starts_with(['较', '比']) {
        phrase = phrase.split_once('年').map_or(phrase, |(_, rest)| rest);
    }
    let multiple = by.measure == Measure::Times
        && ["是去年的", "是上年的", "是上一年的", "为去年的", "为上年的", "相当于去年的", "是原来的"]
            .iter()
            .any(|word| phrase.trim_start_matches("今年").starts_with(word));
    for word in changes
        .yearly
        .iter()
        .chain(&changes.compare)
        .map(String::as_str)
        .chain(["累计", "共", "总体", "整体", "同期", "的", "实现", "较之", "净", "大幅", "提速", "成倍"])
    {
        phrase = phrase.strip_prefix(word).unwrap_or(phrase);
    }
    let up = starts_with(phrase, &changes.rise).is_some() || phrase.starts_with('翻');
    let down = starts_with(phrase, &changes.fall).is_some() && starts_with(phrase, &changes.rise).is_none();
    if !(up || down || multiple) || phrase.chars().count() > 8 || phrase.starts_with("多个") || phrase.contains('占') {
        return None;
    }
    let compared = contains(head, &changes.compare) && !contains(passage.slice(from.head.clone()), &changes.last);
    let region = passage.slice(passage.sentence(from.sentence).start..to.range.end);
    let tail: String = region.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    let nominal = to.unit.ends_with('元') && contains(&tail, &changes.nominal) && by.measure != Measure::Count;
    let years = if yearly { Some(years_between(passage, course)) } else { None };
    let span = passage.span(by.range.start - head.len().min(by.range.start)..by.range.end);
    let span = if head.is_empty() { passage.span(by.range.clone()) } else { span };
    let grounds = |claim: Claim| show(claim, course, text).on("变化", by, text).stated(&text[by.digits.clone()], None);
    if let Some(None) = years {
        return Some((
            grounds(Claim::new(Kind::Change, Verdict::NotComparable("年数不明确"), span, String::new())),
            by.range.end,
        ));
    }
    let power = years.flatten().map_or(1.0, f64::from);
    let (arithmetic, expected, fits) = compute(course, by, down, multiple, power)?;
    if fits {
        return Some((grounds(Claim::new(Kind::Change, Verdict::Consistent, span, arithmetic)), by.range.end));
    }
    let why = if nominal {
        "名义值与实际增速不能直接比较"
    } else if compared {
        "比较的时期不同"
    } else if !course.tied {
        "首尾两个数没有明确的联系"
    } else if !from.is_exact()
        || !to.is_exact()
        || by.exactness != Exactness::Exact && by.exactness != Exactness::Near && by.exactness != Exactness::About
    {
        "不是确数"
    } else {
        ""
    };
    if !why.is_empty() {
        return Some((grounds(Claim::new(Kind::Change, Verdict::NotComparable(why), span, arithmetic)), by.range.end));
    }
    let confidence = if yearly || by.measure == Measure::Times || by.exactness != Exactness::Exact {
        Confidence::Likely
    } else {
        Confidence::Certain
    };
    let word = if down { "下降" } else { "增长" };
    let ends = format!("由{}到{}", from.written() + &from.unit, to.written() + &to.unit);
    let (stated, against) = (&text[by.range.clone()], (to.value < from.value) != down && by.measure != Measure::Times);
    // 翻两番 is four times as much.
    let times = if by.unit == "番" { format!("（{}倍）", write(2f64.powf(by.value))) } else { String::new() };
    let message = if against {
        format!("{ends}是{}，写成了{word}{stated}", if down { "增长" } else { "下降" })
    } else {
        format!("{ends}，{}{word}写作{stated}{times}，但{arithmetic}", if yearly { "年均" } else { "" })
    };
    let mut claim = grounds(Claim::new(Kind::Change, Verdict::Inconsistent(confidence), span, arithmetic).message(message));
    if by.measure == Measure::Percent && (to.value > from.value) != down {
        claim = claim.mend(passage.span(by.digits.clone()), expected.clone());
    }
    claim.expected = Some(expected);
    Some((claim, by.range.end))
}

/// The arithmetic, the expected amount, and whether the stated one fits.
fn compute(course: &Course<'_>, by: &Figure, down: bool, multiple: bool, power: f64) -> Option<(String, String, bool)> {
    let ((a0, a1), (b0, b1)) = (ends(course.from), ends(course.to));
    let (a, b) = (course.from.value, course.to.value);
    if a <= 0.0 || a0 <= 0.0 {
        return None;
    }
    let (least, most) = by.bounds();
    let meets = |low: f64, high: f64| low <= most + 1e-9 && high >= least - 1e-9;
    let sign = if down { -1.0 } else { 1.0 };
    let percent = |low: f64, high: f64| ((high / low).powf(1.0 / power) - 1.0) * 100.0 * sign;
    let ordered = |x: f64, y: f64| (x.min(y), x.max(y));
    Some(match by.measure {
        Measure::Percent => {
            let (low, high) = ordered(percent(a1, b0.max(0.0)), percent(a0, b1));
            let points = ordered((b0 - a1) * sign, (b1 - a0) * sign);
            let by_points = course.from.measure == Measure::Percent && meets(points.0, points.1);
            let near = by.exactness == Exactness::Near && meets(low * 0.99, high * 1.01);
            let value = write_rate(percent(a, b), by.step);
            let shown = if power > 1.0 {
                format!("（{} ÷ {}）开{power}次方 − 1 = {}", write(b), write(a), write_rate(percent(a, b) * sign, by.step))
            } else if down {
                format!("（{} − {}） ÷ {} = {value}", write(a), write(b), write(a))
            } else {
                format!("（{} − {}） ÷ {} = {value}", write(b), write(a), write(a))
            };
            (shown, value, by_points || near || meets(low, high))
        }
        Measure::Times if by.unit == "番" => {
            let ratio = b / a;
            let fold = 2f64.powf(by.value);
            (
                format!("{} ÷ {} = {:.2}倍", write(b), write(a), ratio),
                format!("{:.1}", ratio.log2()),
                ratio >= fold * 0.95 && ratio < fold * 1.45,
            )
        }
        Measure::Times if multiple => {
            let (low, high) = ordered(b0 / a1, b1 / a0);
            (format!("{} ÷ {} = {:.2}倍", write(b), write(a), b / a), format!("{:.2}", b / a), meets(low, high))
        }
        Measure::Fraction => {
            let grown = (b - a) / a * sign;
            (
                format!("（{} − {}） ÷ {} = {:.2}", write(b), write(a), write(a), grown * sign),
                format!("{grown:.2}"),
                (grown - by.value).abs() < 0.02,
            )
        }
        Measure::Times => {
            let grown = ordered((b0 - a1) / a1 * sign, (b1 - a0) / a0 * sign);
            let multiple = ordered(b0 / a1, b1 / a0);
            (
                format!("（{} − {}） ÷ {} = {:.2}倍", write(b), write(a), write(a), (b - a) / a),
                format!("{:.2}", (b - a) / a),
                meets(grown.0, grown.1) || !by.is_exact() && meets(multiple.0, multiple.1),
            )
        }
        Measure::Points if course.from.measure == Measure::Percent => {
            let (low, high) = ordered((b0 - a1) * sign, (b1 - a0) * sign);
            let exact = course.from.is_exact() && course.to.is_exact() && by.is_exact();
            // Whole points leave no room; decimals may be off by one in the last place.
            let finest = course.from.step.min(course.to.step).min(by.step);
            let room = if finest < 1.0 { finest.max(if by.step > finest { by.step / 2.0 } else { finest }) * 1.01 } else { 1e-6 };
            let fits = if exact { ((b - a) * sign - by.value).abs() <= room } else { meets(low, high) };
            (format!("{}% − {}% = {}个百分点", write(b), write(a), write(b - a)), write((b - a) * sign), fits)
        }
        Measure::Count if by.same_family(course.to) => {
            let fits = if course.from.is_whole() && course.to.is_whole() && by.is_whole() {
                ((b - a) * sign - by.value).abs() < 1e-6
            } else {
                let (low, high) = ordered((b0 - a1) * sign, (b1 - a0) * sign);
                meets(low, high)
            };
            (
                format!("{} − {} = {}", course.to.written(), course.from.written(), write_scaled(b - a, by.scale)),
                write_scaled((b - a) * sign, by.scale),
                fits,
            )
        }
        _ => return None,
    })
}

/// What the writing of an end allows: rounding, and its words of exactness.
fn ends(figure: &Figure) -> (f64, f64) {
    let (low, high) = figure.bounds();
    if figure.is_exact() && high > low { (low, figure.value + figure.step / 2.0) } else { (low, high) }
}

/// 由30名增至60名，实现翻番: doubled, without a number.
fn doubled(passage: &Passage, course: &Course<'_>, start: usize) -> Option<Claim> {
    let text = passage.text();
    let rest: String = text[start..].chars().take(8).collect();
    let at =
        rest.find("翻番").filter(|_| course.tied && course.from.value > 0.0 && course.from.is_exact() && course.to.is_exact())?;
    let ratio = course.to.value / course.from.value;
    let arithmetic = format!("{} ÷ {} = {ratio:.2}倍", write(course.to.value), write(course.from.value));
    let verdict = if (1.9..2.9).contains(&ratio) { Verdict::Consistent } else { Verdict::Inconsistent(Confidence::Likely) };
    let claim = Claim::new(Kind::Change, verdict, passage.span(start + at..start + at + "翻番".len()), arithmetic.clone())
        .message(format!("写作翻番，但{arithmetic}"));
    Some(show(claim, course, text))
}

/// The years from one end to the other, where both are named.
fn years_between(passage: &Passage, course: &Course<'_>) -> Option<u16> {
    let first = last_year_in(passage.slice(course.from.head.clone()))?;
    let last = last_year_in(passage.slice(course.from.range.end..course.to.range.start))?;
    (last > first).then(|| last - first)
}

fn last_year_in(text: &str) -> Option<u16> {
    let at = text.rfind('年')?;
    let digits: String = text[..at].chars().rev().take_while(char::is_ascii_digit).collect();
    let digits: String = digits.chars().rev().collect();
    digits.parse().ok().filter(|year| (1900..=2100).contains(year))
}
