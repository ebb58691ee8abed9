//! Bytes to text: byte order marks, UTF-8, UTF-16 and GB18030, and files that are no text at all.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::bytes;
use super::office::{OfficeFormat, is_encrypted};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// How a file wrote its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; a byte order mark, if any, is kept as the first character of the text.
    Utf8,
    /// GBK or GB18030.
    Gb18030,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

/// Why bytes are no draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// Nothing but blanks.
    #[error("文件是空的")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("文件太大（{} MB），最多读 20 MB；年度报告一般不到 1 MB，请确认是不是选错了文件", .0 / 1024 / 1024)]
    TooLarge(usize),
    /// A known format that is no plain text; the message says what to do.
    #[error("这是{name}，不能直接检查。{advice}")]
    Format {
        /// What the file is, as its users call it.
        name: &'static str,
        /// What to do with it.
        advice: &'static str,
    },
    /// A Word file that cannot be read.
    #[error("{0}")]
    Word(crate::draft::WordError),
    /// Neither text nor a known format.
    #[error("不是文本文件，无法读取。请把报告另存为 .md 或 .txt 再检查")]
    Binary,
}

/// Decodes a file's bytes and says how they were written.
///
/// # Errors
/// [`DecodeError`] for an empty, over-large or binary file, and for office formats, which are told by their first
/// bytes and never by their name.
pub fn decode(bytes: &[u8]) -> Result<(String, Encoding), DecodeError> {
    if bytes.len() > MAX_BYTES {
        return Err(DecodeError::TooLarge(bytes.len()));
    }
    if let Some(error) = known_format(bytes) {
        return Err(error);
    }
    // Most files hold no control characters, a zero byte among them.
    let controlled = bytes::any(bytes, is_control);
    let (text, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => (UTF_16LE.decode_without_bom_handling(rest).0.into_owned(), Encoding::Utf16Le),
        [0xfe, 0xff, rest @ ..] => (UTF_16BE.decode_without_bom_handling(rest).0.into_owned(), Encoding::Utf16Be),
        _ if controlled && memchr::memchr(0, bytes).is_some() => utf16_without_mark(bytes).ok_or(DecodeError::Binary)?,
        _ => utf8_or_gb18030(bytes),
    };
    if text.chars().all(super::cjk::is_blank) {
        return Err(DecodeError::Empty);
    }
    let controls = if controlled || encoding != Encoding::Utf8 { controls(text.as_bytes()) } else { 0 };
    let unreadable = controls + lost(&text);
    if unreadable > 0 && unreadable * 10 > text.chars().count() {
        return Err(DecodeError::Binary);
    }
    Ok((text, encoding))
}

/// Whether a byte is a control character other than a tab or the end of a line.
#[inline]
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=31 | 127)
}

/// How many control characters of one byte there are.
fn controls(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| is_control(**byte)).count()
}

/// How many characters of a text are lost ones or control characters of two bytes.
fn lost(text: &str) -> usize {
    let bytes = text.as_bytes();
    let beyond = memchr::memchr_iter(0xc2, bytes).filter(|at| matches!(bytes[at + 1], 0x80..=0x84 | 0x86..=0x9f)).count();
    beyond + memchr::memmem::find_iter(bytes, "\u{fffd}").count()
}

/// Encodes a text the way a file wrote it. `marked` says whether a UTF-16 file began with a byte order mark (that of
/// UTF-8 is part of the text).
pub fn encode(text: &str, encoding: Encoding, marked: bool) -> Vec<u8> {
    let mark = |bytes: [u8; 2]| if marked { bytes.to_vec() } else { Vec::new() };
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Gb18030 => GB18030.encode(text).0.into_owned(),
        Encoding::Utf16Le => mark([0xff, 0xfe]).into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        Encoding::Utf16Be => mark([0xfe, 0xff]).into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
    }
}

/// UTF-8 if it fits, else whichever of UTF-8 and GB18030 leaves fewer characters unread: a UTF-8 file with one bad
/// byte is still UTF-8.
fn utf8_or_gb18030(bytes: &[u8]) -> (String, Encoding) {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return (text.to_owned(), Encoding::Utf8);
    }
    let unread = |text: &str| text.matches('\u{fffd}').count();
    let utf8 = UTF_8.decode_without_bom_handling(bytes).0;
    let gb = GB18030.decode_without_bom_handling(bytes).0;
    if unread(&gb) < unread(&utf8) { (gb.into_owned(), Encoding::Gb18030) } else { (utf8.into_owned(), Encoding::Utf8) }
}

/// UTF-16 without a byte order mark: line ends and Latin characters leave their zero bytes on one side only.
fn utf16_without_mark(bytes: &[u8]) -> Option<(String, Encoding)> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |side: usize| bytes.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let (codec, encoding) = match (zeros(0), zeros(1)) {
        (0, 1..) => (UTF_16LE, Encoding::Utf16Le),
        (1.., 0) => (UTF_16BE, Encoding::Utf16Be),
        _ => return None,
    };
    let (text, broken) = codec.decode_without_bom_handling(bytes);
    (!broken).then(|| (text.into_owned(), encoding))
}

/// Whether a file is a package (zip), as the newer office formats are.
pub fn is_package(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Office formats by their first bytes.
fn known_format(bytes: &[u8]) -> Option<DecodeError> {
    let format = |name, advice| Some(DecodeError::Format { name, advice });
    let holds = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    if let Some(kind) = OfficeFormat::of(bytes) {
        return format(
            kind.name(),
            "请用 Word 或 WPS 打开，“另存为” Word 文档（.docx），再检查；装了 LibreOffice 的电脑，也可以用 rlcheck check --convert 直接检查",
        );
    }
    if is_package(bytes) {
        return if holds(b"word/") {
            format(" Word 文件（.docx）", "但里面没有正文；请用 Word 或 WPS 打开看看")
        } else if holds(b"OFD.xml") {
            format(" OFD 版式文件", "版式文件已定稿，请检查它的 Word 稿；没有的话，复制文字到 .txt 文件再检查")
        } else {
            format("压缩包", "请解压后检查里面的报告")
        };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) && is_encrypted(bytes) {
        return format("加了密码的 Word 文件", "请用 Word 或 WPS 打开，取消密码后保存，再检查");
    }
    if bytes.starts_with(b"%PDF") {
        return format(" PDF 文件", "请检查它的 Word 稿；没有的话，复制文字到 .txt 文件再检查");
    }
    if bytes.starts_with(&[0x89, b'P', b'N', b'G']) || bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return format("图片", "请检查报告的文字稿");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "全年受理信访件35件。\r\n已办结33件。\n";

    #[test]
    fn every_encoding_gives_the_same_text() {
        let gbk = GB18030.encode(TEXT).0.into_owned();
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: [u8; 2], body: &[u8]| [&mark[..], body].concat();
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            (gbk, Encoding::Gb18030),
            (le.clone(), Encoding::Utf16Le),
            (be.clone(), Encoding::Utf16Be),
            (marked([0xff, 0xfe], &le), Encoding::Utf16Le),
            (marked([0xfe, 0xff], &be), Encoding::Utf16Be),
        ] {
            assert_eq!(decode(&bytes), Ok((TEXT.to_owned(), encoding)));
            let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            assert_eq!(encode(TEXT, encoding, marked), bytes);
        }
    }

    #[test]
    fn one_bad_byte_does_not_turn_utf8_into_gbk() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xe5);
        let (text, encoding) = decode(&bytes).expect("still text");
        assert_eq!(encoding, Encoding::Utf8);
        assert!(text.starts_with(TEXT));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b" \n\t"), Err(DecodeError::Empty));
        assert_eq!(decode(&[0, 1, 2, 3, 0, 0, 9]), Err(DecodeError::Binary));
        for (bytes, name) in [
            (&b"PK\x03\x04....word/document.xml"[..], "Word"),
            (&b"PK\x03\x04....OFD.xml"[..], "OFD"),
            (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1][..], "WPS"),
            (&b"%PDF-1.7"[..], "PDF"),
        ] {
            let message = decode(bytes).expect_err("no text").to_string();
            assert!(message.contains(name), "{message}");
        }
    }
}
