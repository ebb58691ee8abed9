//! Elements that stand for a character.

use super::xml::Tag;

/// The character that an element stands for.
pub(super) fn special(name: &str, tag: &Tag<'_>) -> Option<String> {
    Some(match name {
        "tab" | "ptab" => "\t".to_owned(),
        "br" | "cr" => "\n".to_owned(),
        "noBreakHyphen" => "-".to_owned(),
        "sym" => symbol(&tag.attr("char")?)?.to_string(),
        _ => return None,
    })
}

/// A character of a symbol font: the private ones of Wingdings that forms use, a box for the others.
fn symbol(code: &str) -> Option<char> {
    let code = u32::from_str_radix(code, 16).ok()?;
    Some(match code {
        0xf0fc => '✓',
        0xf0fe => '☑',
        0xf06c => '●',
        0xf06e => '■',
        0xf075 => '◆',
        0xe000..=0xf8ff => '□',
        _ => char::from_u32(code).filter(|c| !c.is_control())?,
    })
}
