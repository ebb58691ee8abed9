//! Bytes of a text, many looked at in one step.

/// Whether there is a byte that `is` is true of. Ranges of bytes are told many at a time.
#[inline]
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let any = |bytes: &[u8]| bytes.iter().fold(0, |found, byte| found | u8::from(is(*byte))) != 0;
    let (blocks, rest) = bytes.as_chunks::<256>();
    blocks.iter().any(|block| any(block)) || any(rest)
}
