//! The shipped schemas are those that the program prints, and the shipped rulebooks and settings obey them.

use std::path::{Path, PathBuf};

use rlcheck::rulebook::schemas;
use rlcheck::spanned::{Files, Node, Value, toml, yaml};
use serde_json::json;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).replace("\r\n", "\n")
}

/// With `RLCHECK_WRITE=1` the shipped copies are written anew.
#[test]
fn shipped_schemas_are_not_stale() {
    for (name, schema) in [("schemas/rulebook.json", schemas::rulebook()), ("schemas/config.json", schemas::config())] {
        if std::env::var_os("RLCHECK_WRITE").is_some() {
            std::fs::write(path(name), &schema).expect("a schema");
        }
        assert!(read(&path(name)) == schema, "{name} is stale: RLCHECK_WRITE=1 cargo test --test rulebook_schemas");
    }
}

/// A file as the JSON that an editor checks.
fn as_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => json!(null),
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Float(value) => json!(value),
        Value::Text(text) => json!(text),
        Value::List(items) => items.iter().map(as_json).collect(),
        Value::Map(entries) => {
            serde_json::Value::Object(entries.iter().map(|(key, node)| (key.name.clone(), as_json(node))).collect())
        }
    }
}

fn errors(schema: &str, node: &Node) -> Vec<String> {
    let schema = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::draft7::options().should_validate_formats(true).build(&schema).expect("a schema");
    let value = as_json(node);
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path)).collect()
}

fn rulebook(text: &str) -> Vec<String> {
    errors(&schemas::rulebook(), &yaml(&mut Files::default(), "r.yaml", text).expect("YAML"))
}

#[test]
fn shipped_rulebooks_obey_the_schema_and_say_so() {
    let mut seen = 0;
    for entry in std::fs::read_dir(path("rules")).expect("rules") {
        let file = entry.expect("a file").path();
        if file.extension().is_some_and(|ending| ending == "yaml") {
            let text = read(&file);
            assert_eq!(rulebook(&text), [] as [String; 0], "{}", file.display());
            let line = "# yaml-language-server: $schema=../schemas/rulebook.json";
            assert_eq!(text.lines().next(), Some(line), "{}", file.display());
            seen += 1;
        }
    }
    assert!(seen > 15);
}

#[test]
fn what_cannot_be_read_does_not_obey_the_schema() {
    for text in [
        "extend: township",
        "rules: {date-form: {severity: high}}",
        "rules: [date-form]",
        "terms: {某词: {right: 1, riht: 对的}}",
        "laws: {某法: {from: 明年}}",
        "parts: {plan: {headings: 明年}}",
        "parts: {plan: {headings: ['(明年']}}",
        "length: {max: 很多}",
        "forbid: {某句话: [原因]}",
    ] {
        assert!(!rulebook(text).is_empty(), "{text}");
    }
}

#[test]
fn short_forms_obey_the_schema() {
    for text in [
        "rules: {date-form: off}",
        "terms: {某词: off}",
        "terms: {某词: }",
        "forbid: {某句话: 原因}",
        "extends: [township, 我县.yaml]",
        "remove: {known_laws: [乡镇企业法]}",
    ] {
        assert_eq!(rulebook(text), [] as [String; 0], "{text}");
    }
}

#[test]
fn settings_obey_their_schema() {
    let config = |text: &str| errors(&schemas::config(), &toml(&mut Files::default(), "rlcheck.toml", text).expect("TOML"));
    let text = "town = \"柳川镇\"\nyear = 2025\nvillages = [\"上渠村\"]\n[severity]\ndate-form = \"off\"\n\
                [[allow]]\nrule = \"date-form\"\nreason = \"照原件录入\"\n";
    assert_eq!(config(text), [] as [String; 0]);
    for text in ["tonw = \"柳川镇\"", "year = \"今年\"", "[severity]\ndate-form = \"high\"", "[[allow]]\nrule = \"date-form\""]
    {
        assert!(!config(text).is_empty(), "{text}");
    }
}
