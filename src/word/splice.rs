//! Splicing text into XML at byte offsets.

/// One replacement; an insertion where `start` is `end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
}

impl Splice {
    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { start: at, end: at, text: text.into() }
    }

    pub(super) fn replace(start: usize, end: usize, text: impl Into<String>) -> Self {
        Self { start, end, text: text.into() }
    }
}

/// Applies splices that do not overlap. Those at one place stay in their order, insertions before a replacement.
/// `None` where two overlap or one lies outside the text.
pub(super) fn apply(text: &str, mut splices: Vec<Splice>) -> Option<String> {
    splices.sort_by_key(|splice| (splice.start, splice.end > splice.start));
    let added: usize = splices.iter().map(|splice| splice.text.len()).sum();
    let (mut out, mut at) = (String::with_capacity(text.len() + added), 0);
    for splice in splices {
        out.push_str(text.get(at..splice.start)?);
        out.push_str(&splice.text);
        at = splice.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splices_keep_their_order() {
        let list = vec![Splice::replace(1, 2, "乙"), Splice::insert(1, "["), Splice::insert(3, "<"), Splice::insert(3, ">")];
        assert_eq!(apply("abc", list).as_deref(), Some("a[乙c<>"));
        assert_eq!(apply("abc", vec![Splice::replace(0, 2, ""), Splice::insert(1, "x")]), None);
    }
}
