//! The rulebooks inside the program.

const BOOKS: [(&str, &str); 15] = [
    ("coverage", include_str!("../../rules/coverage.yaml")),
    ("form", include_str!("../../rules/form.yaml")),
    ("formulas", include_str!("../../rules/formulas.yaml")),
    ("laws", include_str!("../../rules/laws.yaml")),
    ("marks", include_str!("../../rules/marks.yaml")),
    ("national", include_str!("../../rules/national.yaml")),
    ("parts", include_str!("../../rules/parts.yaml")),
    ("periods", include_str!("../../rules/periods.yaml")),
    ("places", include_str!("../../rules/places.yaml")),
    ("private", include_str!("../../rules/private.yaml")),
    ("residue", include_str!("../../rules/residue.yaml")),
    ("structure", include_str!("../../rules/structure.yaml")),
    ("terms", include_str!("../../rules/terms.yaml")),
    ("township", include_str!("../../rules/township.yaml")),
    ("words", include_str!("../../rules/words.yaml")),
];

/// The YAML of an embedded rulebook.
pub(super) fn get(name: &str) -> Option<&'static str> {
    BOOKS.iter().find(|(other, _)| *other == name).map(|(_, text)| *text)
}

/// The names of those that are rulebooks by themselves; the others are pieces of them.
pub fn names() -> impl Iterator<Item = &'static str> {
    BOOKS.iter().filter(|(_, text)| text.contains("\nname: ")).map(|(name, _)| *name)
}
