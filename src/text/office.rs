//! Files of office programs that are read only after another program has turned them into Word files.

/// The kind of such a file, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficeFormat {
    /// Word before 2007, and WPS: `.doc`, `.wps`.
    Doc,
    /// What LibreOffice writes: `.odt`.
    Odt,
    /// Rich text: `.rtf`.
    Rtf,
}

impl OfficeFormat {
    /// The kind of a file; `None` for any other, and for one that a password protects.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        const ODT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";
        match bytes {
            [0xd0, 0xcf, 0x11, 0xe0, ..] if !is_encrypted(bytes) => Some(Self::Doc),
            [b'P', b'K', 3, 4, ..] if bytes.get(30..).is_some_and(|rest| rest.starts_with(ODT)) => Some(Self::Odt),
            _ if bytes.starts_with(b"{\\rtf") => Some(Self::Rtf),
            _ => None,
        }
    }

    /// What the names of such files usually end with.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Doc => "doc",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
        }
    }

    /// What it is, as its users call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Doc => "旧版 Word 或 WPS 文件（.doc、.wps）",
            Self::Odt => " LibreOffice 文件（.odt）",
            Self::Rtf => " RTF 文件",
        }
    }
}

/// Whether a file is a Word file within a coat that a password opens.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let needle: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &needle).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_their_bytes() {
        let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1];
        let coat: Vec<u8> = ole.into_iter().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let odt = [b"PK\x03\x04", [0; 26].as_slice(), b"mimetypeapplication/vnd.oasis.opendocument.textPK"].concat();
        assert_eq!(OfficeFormat::of(&ole), Some(OfficeFormat::Doc));
        assert_eq!(OfficeFormat::of(&coat), None);
        assert_eq!(OfficeFormat::of(&odt), Some(OfficeFormat::Odt));
        assert_eq!(OfficeFormat::of(b"{\\rtf1}"), Some(OfficeFormat::Rtf));
        assert_eq!(OfficeFormat::of(b"PK\x03\x04....word/document.xml"), None);
        assert_eq!(OfficeFormat::of("报告".as_bytes()), None);
    }
}
