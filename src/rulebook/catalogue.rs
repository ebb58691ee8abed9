//! The catalogue of rules. Every finding asks for its rule by name, some of them several times.

use std::collections::BTreeMap;
use std::ops::Index;

use super::Rule;

/// The rules by their names, in the order of these.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    list: Vec<(String, Rule)>,
    /// Numbers of rules from 1, each in the slot that the hash of its name tells or in the next free one; 0 where there is none.
    slots: Vec<u32>,
}

impl Rules {
    /// The entry of a rule.
    pub fn get(&self, name: &str) -> Option<&Rule> {
        self.get_key_value(name).map(|(_, rule)| rule)
    }

    /// The entry of a rule with its name.
    pub fn get_key_value(&self, name: &str) -> Option<(&String, &Rule)> {
        let mut slot = self.slot(name)?;
        loop {
            let number = *self.slots.get(slot)?;
            let (known, rule) = self.list.get((number as usize).checked_sub(1)?)?;
            if known == name {
                return Some((known, rule));
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
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

    /// The slot in which a name is looked for first, if there are slots.
    fn slot(&self, name: &str) -> Option<usize> {
        let bytes = name.as_bytes();
        let word = |bytes: Option<&[u8; 8]>| bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes));
        let ends = word(bytes.first_chunk()).rotate_left(29) ^ word(bytes.last_chunk()) ^ bytes.len() as u64;
        let hash = ends.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Some((hash >> 32) as usize & self.slots.len().checked_sub(1)?)
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
        // Most names stand where they are looked for first.
        self.slots = vec![0; (self.list.len() * 4).next_power_of_two()];
        for ((name, _), number) in self.list.iter().zip(1..) {
            let mut slot = self.slot(name).unwrap_or_default();
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = number;
        }
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
