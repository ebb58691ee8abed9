//! Paths as `file:` addresses and back, as editors write them: percent-encoded, with a drive behind a third slash on Windows.

use std::fmt::Write;

/// The address of a path. A path that is not absolute becomes a relative reference.
pub fn file_uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let drive = path.as_bytes().get(1) == Some(&b':');
    let mut uri = String::from(match path.as_bytes().first() {
        Some(b'/') if path.starts_with("//") => "file:",
        Some(b'/') => "file://",
        Some(_) if drive => "file:///",
        _ => "",
    });
    for (at, byte) in path.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) || byte == b':' && drive && at == 1;
        if plain {
            uri.push(char::from(byte));
        } else {
            _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// The path that a `file:` address names; `None` for other addresses and for bytes that are no text.
pub fn file_path(uri: &str) -> Option<String> {
    let scheme = uri.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("file:"))?;
    let rest = &uri[scheme.len()..];
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let path = match rest.strip_prefix("//") {
        Some(rest) if rest.starts_with('/') => rest.to_owned(),
        Some(rest) => rest.strip_prefix("localhost/").map_or_else(|| format!("//{rest}"), |path| format!("/{path}")),
        None => rest.to_owned(),
    };
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let value = if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            byte
        };
        bytes.push(value);
    }
    let path = String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))?;
    let drive = path.as_bytes().first() == Some(&b'/') && path.as_bytes().get(2) == Some(&b':');
    Some(if drive && path.as_bytes()[1].is_ascii_alphabetic() { path[1..].to_owned() } else { path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_editors_write_them() {
        for (uri, path) in [
            ("file:///C%3A/%E7%A8%BF/a%20b.md", "C:/稿/a b.md"),
            ("file:///c:/x.md", "c:/x.md"),
            ("file:///home/%E9%95%87/100%25.md", "/home/镇/100%.md"),
            ("file://localhost/a.md", "/a.md"),
            ("file://server/share/a.md", "//server/share/a.md"),
            ("FILE:/a.md", "/a.md"),
            ("file:///a.md#L3", "/a.md"),
        ] {
            assert_eq!(file_path(uri).as_deref(), Some(path), "{uri}");
        }
        for uri in ["untitled:Untitled-1", "file:///%ff", "file:///%4", "file:///%zz", "http://a/b", "file:///%00", "文"] {
            assert_eq!(file_path(uri), None, "{uri}");
        }
    }

    #[test]
    fn addresses_lead_back_to_their_paths() {
        for path in ["/稿件/青溪镇 2025#1.md", "C:/稿/%.md", "//server/稿.md"] {
            assert_eq!(file_path(&file_uri(path)).as_deref(), Some(path));
        }
        assert_eq!(file_uri("稿/a.md"), "%E7%A8%BF/a.md");
    }
}
