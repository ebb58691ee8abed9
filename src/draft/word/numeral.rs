//! Numbers in the formats of automatic numbering.

use crate::text::cjk;

/// A number in the format `w:numFmt` names; Arabic digits for a format that nobody knows.
pub(super) fn write(value: u32, format: &str) -> String {
    let nth = |text: &str| {
        let index = usize::try_from(value).ok()?.checked_sub(1)?;
        text.chars().nth(index).map(String::from)
    };
    let known = match format {
        "none" => Some(String::new()),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographTraditionalCounting" => (1..100).contains(&value).then(|| cjk::write_numeral(value)),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Some(digits(value, "〇一二三四五六七八九")),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            (1..100).contains(&value).then(|| legal(&cjk::write_numeral(value)))
        }
        "decimalFullWidth" | "decimalFullWidth2" => Some(digits(value, "０１２３４５６７８９")),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedParen" => nth("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop" => nth("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "ideographEnclosedCircle" => nth("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥"),
        "decimalZero" => Some(format!("{value:02}")),
        "upperLetter" => letters(value, 'A'),
        "lowerLetter" => letters(value, 'a'),
        "upperRoman" => roman(value),
        "lowerRoman" => roman(value).map(|text| text.to_lowercase()),
        _ => None,
    };
    known.unwrap_or_else(|| value.to_string())
}

/// Digit by digit, with other digits.
fn digits(value: u32, with: &str) -> String {
    value.to_string().chars().filter_map(|c| with.chars().nth(c.to_digit(10)? as usize)).collect()
}

/// 壹贰叁 for 一二三.
fn legal(plain: &str) -> String {
    plain
        .chars()
        .map(|c| {
            "一二三四五六七八九十百千零"
                .chars()
                .position(|other| other == c)
                .and_then(|at| "壹贰叁肆伍陆柒捌玖拾佰仟零".chars().nth(at))
                .unwrap_or(c)
        })
        .collect()
}

/// A … Z, AA, BB …
fn letters(value: u32, first: char) -> Option<String> {
    let index = value.checked_sub(1)?;
    let letter = char::from_u32(first as u32 + index % 26)?;
    Some(letter.to_string().repeat((index / 26 + 1).min(30) as usize))
}

fn roman(value: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let (mut out, mut rest) = (String::new(), Some(value).filter(|value| (1..4000).contains(value))?);
    for (worth, sign) in SIGNS {
        while rest >= worth {
            out += sign;
            rest -= worth;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn formats_of_chinese_lists() {
        for (value, format, text) in [
            (1, "chineseCountingThousand", "一"),
            (12, "taiwaneseCountingThousand", "十二"),
            (20, "japaneseCounting", "二十"),
            (10, "ideographDigital", "一〇"),
            (3, "chineseLegalSimplified", "叁"),
            (11, "decimalEnclosedCircle", "⑪"),
            (21, "decimalEnclosedCircle", "21"),
            (10, "decimalFullWidth", "１０"),
            (2, "ideographTraditional", "乙"),
            (28, "upperLetter", "BB"),
            (14, "lowerRoman", "xiv"),
            (7, "custom", "7"),
            (0, "chineseCounting", "0"),
        ] {
            assert_eq!(write(value, format), text, "{value} {format}");
        }
    }
}
