//! The page of the documentation that tells what can be written in a rulebook and in `rlcheck.toml`: made of the same
//! types and the same words as the schemas.

use std::fmt::Write as _;

use serde_json::Value;

use crate::rulebook::schemas::{self, Told};

const HEAD: &str = "\
# 规则库的写法

<!-- 这一页由 schemas/fields.yaml 和程序里的类型生成：RLCHECK_WRITE=1 cargo test --test docs。 -->

规则库（`.yaml`）和设置（`rlcheck.toml`）里每一项写什么。怎样从头写一个县的规则库，见[写县里的规则库](rulebook.md)。

编辑器里要有同样的提示，运行 `rlcheck schema > rulebook.schema.json`，在规则库第一行写：

```yaml
# yaml-language-server: $schema=rulebook.schema.json
```

`rlcheck.toml` 的提示（用 taplo 的编辑器）：`rlcheck schema config > rlcheck.schema.json`，在 `rlcheck.toml` 第一行写：

```toml
#:schema ./rlcheck.schema.json
```

整条关掉、只改程度的，可以写得短：`rules` 和 `patterns` 里 `date-form: off` 就是 `date-form: {severity: off}`；
别的词条写 `某词: off` 就是不要这一条；`forbid` 里 `某句话: 原因` 就是 `某句话: {message: 原因}`。
";

/// The page.
pub fn page() -> String {
    let (mut out, mut values) = (HEAD.to_owned(), Vec::new());
    let types = schemas::reference();
    for (root, title, schema) in [("Layer", "规则库", schemas::rulebook()), ("Config", "rlcheck.toml", schemas::config())] {
        let schema: Value = serde_json::from_str(&schema).unwrap_or_default();
        let mut places = vec![(root.to_owned(), title.to_owned())];
        walk(&schema, &schema, title, &mut places);
        for told in types.iter().filter(|told| told.name != "Grade" || root == "Layer") {
            let places: Vec<&str> =
                places.iter().filter(|(name, _)| *name == told.name).map(|(_, place)| place.as_str()).collect();
            match places.split_first() {
                Some((first, rest)) if !told.fields.is_empty() => section(told, first, rest, &mut out),
                Some(_) if !values.contains(&told.about) => values.push(told.about.clone()),
                _ => {}
            }
        }
    }
    // Writing to a String does not fail.
    _ = writeln!(out, "\n## 几种值\n");
    for about in &values {
        _ = writeln!(out, "- {about}。");
    }
    out
}

fn section(told: &Told, first: &str, rest: &[&str], out: &mut String) {
    // Writing to a String does not fail.
    _ = writeln!(out, "\n## {first}\n\n{}。", told.about);
    if !rest.is_empty() {
        _ = writeln!(out, "{}也这样写。", rest.join("、"));
    }
    _ = writeln!(out, "\n| 写 | 是什么 |\n|---|---|");
    for (field, text) in &told.fields {
        _ = writeln!(out, "| `{field}` | {} |", text.replace('|', "\\|"));
    }
}

/// The types that a schema leads to, each with where it is written: `parts 的每一条`.
fn walk(root: &Value, schema: &Value, at: &str, places: &mut Vec<(String, String)>) {
    let top = std::ptr::eq(root, schema);
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let name = if top { format!("`{name}`") } else { format!("{at}的 `{name}`") };
        let entries = property.get("additionalProperties").filter(|entries| entries.is_object());
        let (inner, label) = match (entries, property.get("items")) {
            (Some(entries), _) => (entries, format!("{name} 的每一条")),
            (None, Some(items)) => (items, format!("{name} 的每一项")),
            (None, None) => (property, name),
        };
        for reference in references(inner) {
            let kind = reference.rsplit('/').next().unwrap_or_default().to_owned();
            let known = places.iter().any(|(other, _)| *other == kind);
            places.push((kind.clone(), label.clone()));
            if !known && let Some(definition) = root.get("definitions").and_then(|all| all.get(&kind)) {
                walk(root, definition, &format!("{label} 里"), places);
            }
        }
    }
}

/// What a schema refers to by itself or in one of its alternatives, words and grades left out.
fn references(schema: &Value) -> Vec<&str> {
    let own = schema.get("$ref").and_then(Value::as_str);
    let inner = ["allOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    own.into_iter().chain(inner.filter_map(|one| one.get("$ref")?.as_str())).collect()
}
