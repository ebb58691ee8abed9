//! Bytes of a text, many looked at in one step.

/// Whether there is a byte that `is` is true of; it must do without a way out, so that many bytes are asked of in one step.
#[inline]
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let any = |bytes: &[u8]| bytes.iter().fold(0, |found, byte| found | u8::from(is(*byte))) != 0;
    let (blocks, rest) = bytes.as_chunks::<256>();
    blocks.iter().any(|block| any(block)) || any(rest)
}
