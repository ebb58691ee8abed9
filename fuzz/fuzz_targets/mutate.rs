//! Changes to the parts of a package that mostly leave the XML well-formed: elements are taken out, doubled, moved,
//! wrapped, renamed; attributes and texts get other values.

use std::ops::Range;

use crate::parts::Parts;

/// Elements that mean something to the reader.
const NAMES: [&str; 60] = [
    "w:p", "w:r", "w:t", "w:pPr", "w:rPr", "w:tbl", "w:tr", "w:tc", "w:tcPr", "w:trPr", "w:ins", "w:del", "w:moveTo",
    "w:moveFrom", "w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:hyperlink", "w:fldSimple", "w:dir", "w:bdo",
    "w:ruby", "w:rt", "w:rubyBase", "w:pict", "w:drawing", "w:object", "w:txbxContent", "m:oMath", "m:oMathPara", "m:r",
    "m:t", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:sectPr", "w:body", "w:numPr", "w:delText", "w:instrText",
    "w:style", "w:lvl", "w:abstractNum", "w:num", "w:lvlOverride", "w:footnote", "w:endnote", "w:comment", "w:comments",
    "w:docDefaults", "w:rPrDefault", "w:pPrDefault", "w:pPrChange", "w:rPrChange", "w:unknown", "p", "r", "t", "x:p",
];

/// Pieces to put in.
const SNIPPETS: [&str; 64] = [
    "<w:p/>", "<w:r/>", "<w:t/>", "<w:p><w:r><w:t>甲乙</w:t></w:r></w:p>", "<w:r><w:t>丙 丁</w:t></w:r>",
    "<w:r><w:t xml:space=\"preserve\"> 戊 </w:t></w:r>", "<w:tab/>", "<w:br/>", "<w:cr/>", "<w:noBreakHyphen/>",
    "<w:sym w:char=\"F0FC\"/>", "<w:sym w:char=\"4E00\"/>", "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>", "<w:fldChar w:fldCharType=\"end\"/>", "<w:instrText> PAGE </w:instrText>",
    "<w:rPr><w:vanish/></w:rPr>", "<w:rPr><w:b/><w:sz w:val=\"32\"/></w:rPr>", "<w:rPr><w:del w:id=\"1\"/></w:rPr>",
    "<w:rPr><w:rStyle w:val=\"gone\"/></w:rPr>", "<w:pPr><w:pStyle w:val=\"1\"/></w:pPr>",
    "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
    "<w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>", "<w:pPr><w:rPr><w:ins w:id=\"1\"/></w:rPr></w:pPr>",
    "<w:numPr><w:ilvl w:val=\"8\"/><w:numId w:val=\"3\"/></w:numPr>", "<w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr>",
    "<w:trPr><w:del w:id=\"1\"/></w:trPr>", "<w:footnoteReference w:id=\"2\"/>", "<w:endnoteReference w:id=\"2\"/>",
    "<w:commentReference w:id=\"1\"/>", "<w:commentRangeStart w:id=\"1\"/>", "<w:commentRangeEnd w:id=\"1\"/>",
    "<w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/>", "<w:proofErr w:type=\"spellStart\"/>", "<w:lastRenderedPageBreak/>",
    "<w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict>",
    "<w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>寅</w:t></w:r></w:rubyBase></w:ruby>",
    "<m:oMath><m:r><m:t>1+1</m:t></m:r></m:oMath>",
    "<mc:AlternateContent><mc:Choice><w:t>选</w:t></mc:Choice><mc:Fallback><w:t>退</w:t></mc:Fallback></mc:AlternateContent>",
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc><w:tc/></w:tr></w:tbl>",
    "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\"/><w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>",
    "<w:basedOn w:val=\"1\"/>", "<w:outlineLvl w:val=\"0\"/>", "<w:ind w:firstLineChars=\"200\"/>", "<w:isLgl/>",
    "<w:spacing w:line=\"560\" w:lineRule=\"exact\"/>", "<w:lvlRestart w:val=\"0\"/>", "<w:numStyleLink w:val=\"liststyle\"/>",
    "<w:start w:val=\"1\"/>", "<w:numFmt w:val=\"chineseCountingThousand\"/>", "<w:lvlText w:val=\"（%1）%2\"/>",
    "<w:startOverride w:val=\"3\"/>", "<w:pStyle w:val=\"2\"/>", "2025年", "一、", "（一）", "，。；：", " ", "\r\n", "&amp;",
    "&#x4E59;", "<![CDATA[<庚>]]>", "<!-- -->", "<?x y?>",
];

/// Values for attributes.
const VALUES: [&str; 38] = [
    "", "0", "1", "2", "3", "-1", "8", "9", "10", "63", "99", "255", "32768", "2147483647", "4294967296",
    "18446744073709551616", "1e308", "NaN", "0.5", "on", "false", "none", "begin", "separate", "end", "preserve", "decimal",
    "chineseCounting", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "upperRoman", "bullet", "%1、", "%1%2%3%4%5%6%7%8%9",
    "210mm", "minorEastAsia", "rId1", "../../x",
];

/// Texts.
const TEXTS: [&str; 16] = [
    "", " ", "  \n\t ", "柳川镇2025年法治政府建设年度报告", "全年受理信访件35件，办结33件，办结率100%。", "一、主要举措", "（一）学习",
    "1. 培训", "\u{3000}\u{3000}首", "\u{feff}", "\u{2028}", "👨‍👩‍👧‍👦", "e\u{301}\u{301}", "—1—", "甲&lt;乙&gt;", "丙&#13;&#10;丁",
];

/// One step of a small random walk: the same for the same seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// A changed input. `plain` changes bytes as libFuzzer does.
pub(crate) fn mutate(data: &[u8], seed: u32, plain: &mut dyn FnMut(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut dice = Dice(u64::from(seed));
    let mut parts = Parts::of(data);
    if parts.0.is_empty() {
        return plain(data);
    }
    match dice.below(64) {
        0 => return plain(data),
        1 if parts.0.len() > 1 => {
            parts.0.remove(dice.below(parts.0.len()));
            return parts.text();
        }
        _ => {}
    }
    // The main part is the one that matters most.
    let main = parts.0.iter().position(|(name, _)| name.ends_with(b"document.xml")).filter(|_| dice.below(3) > 0);
    let index = main.unwrap_or_else(|| dice.below(parts.0.len()));
    let other = parts.0[dice.below(parts.0.len())].1;
    let mut content = parts.0[index].1.to_vec();
    for _ in 0..=dice.below(4) {
        content = if dice.below(12) == 0 { plain(&content) } else { step(&content, other, &mut dice) };
    }
    parts.0[index].1 = &content;
    parts.text()
}

/// One change to a part; `other` is a part to take from.
fn step(xml: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let elements = elements(xml);
    if elements.is_empty() {
        return [xml, dice.of(&SNIPPETS).as_bytes()].concat();
    }
    let Element { open, close } = elements[dice.below(elements.len())].clone();
    let (whole, inner) = (open.start..close.end, open.end.min(close.start)..close.start);
    let put = |range: Range<usize>, text: &[u8]| [&xml[..range.start], text, &xml[range.end..]].concat();
    match dice.below(12) {
        0 => put(whole, b""),
        1 => {
            let times = [1, 1, 1, 2, 3, 40][dice.below(6)];
            put(whole.end..whole.end, &xml[whole.clone()].repeat(if whole.len() < 400 { times } else { 1 }))
        }
        2 | 3 => {
            let from = self::elements(other);
            let Some(from) = from.get(dice.below(from.len())) else { return xml.to_vec() };
            let at = [whole.start, whole.end, inner.start, inner.end][dice.below(4)];
            put(at..at, &other[from.open.start..from.close.end])
        }
        4 => {
            let name = dice.of(&NAMES);
            let times = [1, 1, 1, 1, 2, 260][dice.below(6)];
            let (head, tail) = (format!("<{name}>").repeat(times), format!("</{name}>").repeat(times));
            put(whole.clone(), &[head.as_bytes(), &xml[whole.clone()], tail.as_bytes()].concat())
        }
        5 => put(whole, &xml[inner]),
        6 => {
            let name = dice.of(&NAMES).as_bytes();
            let ends = xml[open.start + 1..open.end].iter().position(|b| b" \t\r\n/>".contains(b)).unwrap_or(0);
            let tail = if close.is_empty() { Vec::new() } else { [b"</", name, b">"].concat() };
            let head = &xml[open.start + 1 + ends..open.end];
            put(whole, &[b"<", name, head, &xml[inner], &tail].concat())
        }
        7 | 8 => {
            let at = [whole.start, whole.end, inner.start, inner.end][dice.below(4)];
            put(at..at, dice.of(&SNIPPETS).as_bytes())
        }
        9 => {
            let texts: Vec<Range<usize>> = elements
                .iter()
                .map(|element| element.open.end..element.close.start)
                .filter(|inner| inner.start < inner.end && !xml[inner.clone()].contains(&b'<'))
                .collect();
            match texts.get(dice.below(texts.len())) {
                Some(text) => put(text.clone(), dice.of(&TEXTS).as_bytes()),
                None => put(inner, dice.of(&TEXTS).as_bytes()),
            }
        }
        _ => {
            let tag = &xml[open.clone()];
            let quotes: Vec<usize> = (0..tag.len()).filter(|&at| tag[at] == b'"').collect();
            match quotes.chunks_exact(2).nth(dice.below(quotes.len() / 2)) {
                Some(&[from, to]) => put(open.start + from + 1..open.start + to, dice.of(&VALUES).as_bytes()),
                _ => put(open.end - 1..open.end - 1, b""),
            }
        }
    }
}

/// An element: its tags. The closing one of an element that closes itself is empty.
#[derive(Clone)]
struct Element {
    open: Range<usize>,
    close: Range<usize>,
}

/// All elements of a part whose tags match.
fn elements(xml: &[u8]) -> Vec<Element> {
    let (mut found, mut open, mut at) = (Vec::new(), Vec::<Range<usize>>::new(), 0);
    while let Some(start) = xml[at..].iter().position(|&b| b == b'<').map(|start| at + start) {
        let Some(end) = xml[start..].iter().position(|&b| b == b'>').map(|end| start + end + 1) else { break };
        at = end;
        match xml[start + 1] {
            b'?' | b'!' => {}
            b'/' => {
                if let Some(open) = open.pop() {
                    found.push(Element { open, close: start..end });
                }
            }
            _ if xml[end - 2] == b'/' => found.push(Element { open: start..end, close: end..end }),
            _ => open.push(start..end),
        }
    }
    found
}
