//! Text in XML.

/// A text for the content or an attribute of an element: marks escaped, characters that XML cannot hold left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_draft_is_markup() {
        assert_eq!(escape("<a b='c'>&\"\u{0}\u{b}\u{ffff}\r\n"), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;&#10;");
    }
}
