//! The rulebooks inside the program.

const BOOKS: [(&str, &str); 7] = [
    ("copying", include_str!("../../rules/copying.yaml")),
    ("figures", include_str!("../../rules/figures.yaml")),
    ("form", include_str!("../../rules/form.yaml")),
    ("national", include_str!("../../rules/national.yaml")),
    ("parts", include_str!("../../rules/parts.yaml")),
    ("structure", include_str!("../../rules/structure.yaml")),
    ("township", include_str!("../../rules/township.yaml")),
];

/// The YAML of an embedded rulebook.
pub(super) fn get(name: &str) -> Option<&'static str> {
    BOOKS.iter().find(|(other, _)| *other == name).map(|(_, text)| *text)
}

/// The names of all of them.
pub fn names() -> impl Iterator<Item = &'static str> {
    BOOKS.iter().map(|(name, _)| *name)
}
