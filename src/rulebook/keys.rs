//! The keys that a rulebook can have under others, for an editor that completes them.

use super::{
    Committee, Copying, FontForm, Law, Must, Name, PageForm, Part, Period, Places, Private, RecipientForm, RequestForm, Rule,
    Series, Set, SignatureForm, Term, TitleForm, Topic,
};
use crate::figures::Words;
use crate::spanned::fields;

/// The keys that can stand under others: `["terms", "法制"]` asks for those of a term. Names that a rulebook is free to choose have
/// none.
pub fn keys(path: &[&str]) -> &'static [&'static str] {
    match path {
        ["figures"] => fields::<Words>(),
        ["title"] => fields::<TitleForm>(),
        ["recipient"] => fields::<RecipientForm>(),
        ["signature"] => fields::<SignatureForm>(),
        ["request"] => fields::<RequestForm>(),
        ["page"] => fields::<PageForm>(),
        ["page", "fonts", _] => fields::<FontForm>(),
        ["copying"] => fields::<Copying>(),
        ["private"] => fields::<Private>(),
        ["places"] => fields::<Places>(),
        ["rules", _] => fields::<Rule>(),
        ["parts", _] => fields::<Part>(),
        ["parts", _, "must", _] => fields::<Must>(),
        ["terms", _] => fields::<Term>(),
        ["names", _] => fields::<Name>(),
        ["series", _] => fields::<Series>(),
        ["sets", _] => fields::<Set>(),
        ["laws", _] => fields::<Law>(),
        ["periods", _] => fields::<Period>(),
        ["committees", _] => fields::<Committee>(),
        ["duties" | "dimensions", _] => fields::<Topic>(),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_tells_its_keys() {
        for family in super::super::KEYS {
            let free = ["extends", "name", "description", "quoted", "known_laws"].contains(&family);
            assert_eq!(free, keys(&[family]).is_empty() && keys(&[family, "x"]).is_empty(), "{family}");
        }
    }
}
