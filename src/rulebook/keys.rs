//! The keys that rulebooks and settings can hold, with what they are, for an editor that completes them. They are read off
//! the schemas, so that they are those of the types.

use std::sync::LazyLock;

use serde_json::Value;

use super::schemas;

/// A key and what it is.
type Told = (&'static str, &'static str);

/// The keys that can stand under others in a rulebook: `["terms", "法制"]` asks for those of a term. Names that a rulebook is
/// free to choose have none.
pub fn rulebook_keys(path: &[&str]) -> Vec<Told> {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| parsed(&schemas::rulebook()));
    under(&SCHEMA, path)
}

/// The keys that can stand under others in `rlcheck.toml`.
pub fn config_keys(path: &[&str]) -> Vec<Told> {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| parsed(&schemas::config()));
    under(&SCHEMA, path)
}

fn parsed(schema: &str) -> Value {
    serde_json::from_str(schema).unwrap_or_default()
}

fn under(root: &'static Value, path: &[&str]) -> Vec<Told> {
    let mut here = shapes(root, root);
    for key in path {
        let inner = here.iter().filter_map(|shape| shape["properties"].get(*key).or_else(|| shape.get("additionalProperties")));
        here = inner.flat_map(|schema| shapes(root, schema)).collect();
    }
    let properties = here.iter().filter_map(|shape| shape["properties"].as_object()).flatten();
    properties.map(|(key, schema)| (key.as_str(), schema["description"].as_str().unwrap_or_default())).collect()
}

/// A schema and all that it refers to as a choice, as a part of itself or as its items.
fn shapes(root: &'static Value, schema: &'static Value) -> Vec<&'static Value> {
    let mut shapes = vec![schema];
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/definitions/")) {
        shapes.extend(self::shapes(root, &root["definitions"][name]));
    }
    let several = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|word| schema[word].as_array()).flatten();
    for inner in several.chain(schema.get("items")) {
        shapes.extend(self::shapes(root, inner));
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_told_with_what_it_is() {
        let families = rulebook_keys(&[]);
        let names: Vec<&str> = families.iter().map(|(key, _)| *key).collect();
        assert!(super::super::KEYS.iter().all(|key| names.contains(key)));
        for (key, about) in families {
            assert!(!about.is_empty(), "{key}");
        }
        let has = |path: &[&str], key: &str| rulebook_keys(path).iter().any(|(other, about)| *other == key && !about.is_empty());
        assert!(
            has(&["terms", "法制"], "right") && has(&["parts", "plan", "must", "原因"], "any") && has(&["recipient"], "party")
        );
        assert!(has(&["page", "fonts", "body"], "names") && !has(&["terms"], "right"));
        assert!(config_keys(&["allow"]).iter().any(|(key, _)| *key == "reason"));
    }
}
