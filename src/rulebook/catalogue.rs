//! The catalogue of rules. Every finding asks for its rule by name, some of them several times.

use std::collections::BTreeMap;
use std::ops::Index;

use rustc_hash::FxHashMap;

use super::Rule;

/// The rules by their names, in the order of these.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    list: Vec<(String, Rule)>,
    /// Where each stands in the list.
    places: FxHashMap<String, usize>,
}

impl Rules {
    /// The entry of a rule.
    pub fn get(&self, name: &str) -> Option<&Rule> {
        self.get_key_value(name).map(|(_, rule)| rule)
    }

    /// The entry of a rule with its name.
    pub fn get_key_value(&self, name: &str) -> Option<(&String, &Rule)> {
        self.list.get(*self.places.get(name)?).map(|(name, rule)| (name, rule))
    }

    /// Whether there is a rule of a name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The names of all rules.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.list.iter().map(|(name, _)| name)
    }

    /// All rules with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Rule)> {
        self.list.iter().map(|(name, rule)| (name, rule))
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl FromIterator<(String, Rule)> for Rules {
    fn from_iter<I: IntoIterator<Item = (String, Rule)>>(rules: I) -> Self {
        let mut all = Self::default();
        all.extend(rules);
        all
    }
}

impl Extend<(String, Rule)> for Rules {
    /// Adds rules; of several of one name the last counts.
    fn extend<I: IntoIterator<Item = (String, Rule)>>(&mut self, rules: I) {
        let mut rules = rules.into_iter().peekable();
        if rules.peek().is_none() {
            return;
        }
        let by_name: BTreeMap<String, Rule> = self.list.drain(..).chain(rules).collect();
        self.list.extend(by_name);
        self.places = self.list.iter().zip(0..).map(|((name, _), place)| (name.clone(), place)).collect();
    }
}

impl Index<&str> for Rules {
    type Output = Rule;

    fn index(&self, name: &str) -> &Rule {
        self.get(name).unwrap_or_else(|| panic!("no rule {name}"))
    }
}

impl<'a> IntoIterator for &'a Rules {
    type Item = (&'a String, &'a Rule);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, (String, Rule)>, fn(&'a (String, Rule)) -> Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter().map(|(name, rule)| (name, rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::Rulebook;

    #[test]
    fn every_rule_is_found_by_its_name() {
        let mut rules = Rulebook::township().book().rules.clone();
        let (name, rule) = rules.iter().next().map(|(name, rule)| (name.clone(), rule.clone())).expect("a rule");
        rules.extend((0..1000).map(|number| (format!("{name}-{number}-of-a-county"), rule.clone())));
        assert!(rules.keys().is_sorted() && rules.len() > 1050);
        for (name, rule) in &rules {
            assert!(rules.get(name).is_some_and(|found| std::ptr::eq(found, rule)), "{name}");
        }
        assert!(["", "x", "no-such-rule"].iter().all(|name| !rules.contains_key(name)));
        assert!(!Rules::default().contains_key("x") && !Rules::from_iter([]).contains_key("x"));
    }
}
