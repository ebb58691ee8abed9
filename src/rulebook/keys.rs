//! The keys that a rulebook can have under others, for an editor that completes them.

use super::{
    Answers, Citing, Committee, Copying, Count, Dates, FontForm, Forbid, Heads, Law, Leftover, Length, Mention, Must, Name,
    PageForm, Part, Pattern, Period, Places, Private, RecipientForm, Repeated, RequestForm, Rule, Series, Set, SignatureForm,
    Term, Times, TitleForm, Topic,
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
        ["length"] => fields::<Length>(),
        ["patterns", _] => fields::<Pattern>(),
        ["mentions", _] => fields::<Mention>(),
        ["forbid", _] => fields::<Forbid>(),
        ["copying"] => fields::<Copying>(),
        ["times"] => fields::<Times>(),
        ["citing"] => fields::<Citing>(),
        ["answers"] => fields::<Answers>(),
        ["repeated"] => fields::<Repeated>(),
        ["leftover"] => fields::<Leftover>(),
        ["heads"] => fields::<Heads>(),
        ["dates"] => fields::<Dates>(),
        ["private"] => fields::<Private>(),
        ["places"] => fields::<Places>(),
        ["rules", _] => fields::<Rule>(),
        ["parts", _] => fields::<Part>(),
        ["parts", _, "must", _] => fields::<Must>(),
        ["parts", _, "count", _] => fields::<Count>(),
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
            let free = ["extends", "over", "remove", "name", "description", "quoted", "known_laws"].contains(&family);
            assert_eq!(free, keys(&[family]).is_empty() && keys(&[family, "x"]).is_empty(), "{family}");
        }
    }
}
