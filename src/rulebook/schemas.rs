//! JSON Schema of rulebooks and of `rlcheck.toml`, made from the types that read them, for editors to complete and
//! check by.
//!
//! What is said of each field is data: `schemas/fields.yaml`, which the page of the documentation is made of too.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::config::Config;
use super::layer::{self, Short};
use super::own::{Forbid, Length, Mention, Pattern};
use super::pattern::{Expression, Patterns};
use super::private::Private;
use super::schema::{Copying, County, PageForm, Part, RecipientForm, RequestForm, Rule, SignatureForm, TitleForm};
use super::words::{
    Answers, Citing, Committee, Dates, Day, Heads, Law, Leftover, MonthDay, Name, Period, Places, Repeated, Series, Set, Term,
    Times, Topic,
};
use crate::figures::Words;
use crate::spanned::{self as node, Files, Node, Place, Spanned};

/// What a file of rules can hold, as `load` reads it key by key.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "only its schema is used")]
struct Layer {
    extends: Option<Names>,
    over: Option<String>,
    remove: Option<Map<String, Value>>,
    name: Option<String>,
    description: Option<String>,
    rules: BTreeMap<String, Rule>,
    figures: Words,
    parts: BTreeMap<String, Part>,
    title: TitleForm,
    recipient: RecipientForm,
    signature: SignatureForm,
    request: RequestForm,
    page: PageForm,
    copying: Copying,
    length: Length,
    county: County,
    quoted: Vec<String>,
    patterns: BTreeMap<String, Pattern>,
    mentions: BTreeMap<String, Mention>,
    forbid: BTreeMap<String, Forbid>,
    terms: BTreeMap<String, Term>,
    names: BTreeMap<String, Name>,
    series: BTreeMap<String, Series>,
    sets: BTreeMap<String, Set>,
    laws: BTreeMap<String, Law>,
    known_laws: Vec<String>,
    periods: BTreeMap<String, Period>,
    committees: BTreeMap<String, Committee>,
    private: Private,
    places: Places,
    times: Times,
    citing: Citing,
    answers: Answers,
    repeated: Repeated,
    leftover: Leftover,
    heads: Heads,
    dates: Dates,
    duties: BTreeMap<String, Topic>,
    dimensions: BTreeMap<String, Topic>,
}

/// A name or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum Names {
    One(String),
    Several(Vec<String>),
}

/// Declares the schema of a type that is written as another.
macro_rules! written_as {
    ($($type:ty, $name:literal: $schema:expr);* $(;)?) => {
        $(impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        })*
    };
}

written_as! {
    Day, "Day": json_schema!({"type": "string", "format": "date"});
    MonthDay, "MonthDay": json_schema!({"type": "string", "pattern": "^[0-9]{1,2}月[0-9]{1,2}日$"});
    Expression, "Expression": json_schema!({"type": "string", "format": "regex"});
    Patterns, "Patterns": json_schema!({"type": "array", "items": {"type": "string", "format": "regex"}});
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// The schema of a rulebook. A layer says only what differs from those below it, so that nothing is required.
pub fn rulebook() -> String {
    let mut schema = generated::<Layer>("Layer");
    each(&mut schema, &mut |object| _ = object.remove("required"));
    short_forms(&mut schema);
    written(&schema)
}

/// The schema of `rlcheck.toml`.
pub fn config() -> String {
    written(&generated::<Config>("Config"))
}

fn written(schema: &Value) -> String {
    // Nothing that is written here can fail: all keys are texts.
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}

/// The schema of a type, with Chinese descriptions, and nothing of what only a program would want to know.
fn generated<T: JsonSchema>(name: &str) -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value();
    each(&mut schema, &mut tidy);
    let fields = fields();
    describe(&mut schema, &fields, name);
    if let Some(definitions) = schema.get_mut("definitions").and_then(Value::as_object_mut) {
        for (name, definition) in definitions {
            describe(definition, &fields, name);
        }
    }
    schema
}

/// Takes out English words, `null` as a type and empty defaults.
fn tidy(object: &mut Map<String, Value>) {
    for key in ["description", "title"] {
        if object.get(key).is_some_and(Value::is_string) {
            object.remove(key);
        }
    }
    for key in ["format", "minimum"] {
        if object.get("type").is_some_and(|kind| kind != "string") {
            object.remove(key);
        }
    }
    if object
        .get("default")
        .is_some_and(|value| matches!(value, Value::Null | Value::Array(_) | Value::Object(_)) || value == "" || value == 0)
    {
        object.remove("default");
    }
    if let Some(Value::Array(kinds)) = object.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            let kind = kind.clone();
            object.insert("type".to_owned(), kind);
        }
    }
    if let Some(Value::Array(any)) = object.get_mut("anyOf") {
        any.retain(|one| one != &json!({"type": "null"}));
        if let [Value::Object(one)] = any.as_slice() {
            let one = one.clone();
            object.remove("anyOf");
            object.extend(one);
        }
    }
    // The words of an enumeration, each of which has its own schema where it has a description.
    if let Some(Value::Array(one_of)) = object.get("oneOf") {
        let words: Option<Vec<Value>> = one_of.iter().map(|one| one.get("const").cloned()).collect();
        if let Some(words) = words {
            object.remove("oneOf");
            object.insert("type".to_owned(), json!("string"));
            object.insert("enum".to_owned(), Value::Array(words));
        }
    }
}

/// Calls `change` for every object that is a schema, the inner ones first. Properties are named, not schemas.
fn each(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                match (key.as_str(), value) {
                    ("properties" | "definitions", Value::Object(named)) => {
                        named.values_mut().for_each(|value| each(value, change));
                    }
                    (_, value) => each(value, change),
                }
            }
            change(object);
        }
        _ => {}
    }
}

/// The file that says what the types and their fields are. A test sees to it that it can be read.
fn tree() -> Node {
    const TEXT: &str = include_str!("../../schemas/fields.yaml");
    let nothing = Node { value: node::Value::Null, place: Place::default() };
    node::yaml(&mut Files::default(), "schemas/fields.yaml", TEXT).unwrap_or(nothing)
}

fn entries(node: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let entries = if let node::Value::Map(entries) = &node.value { entries.as_slice() } else { &[] };
    entries.iter().map(|(key, node)| (key.as_str(), node))
}

/// What is said of the types and their fields.
fn fields() -> BTreeMap<String, BTreeMap<String, String>> {
    node::from_node(&tree()).unwrap_or_default()
}

fn describe(schema: &mut Value, fields: &BTreeMap<String, BTreeMap<String, String>>, name: &str) {
    let (Some(object), Some(texts)) = (schema.as_object_mut(), fields.get(name)) else { return };
    if let Some(text) = texts.get("*") {
        object.insert("description".to_owned(), json!(text));
    }
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (field, property) in properties {
        let (Some(text), Some(property)) = (texts.get(field), property.as_object_mut()) else { continue };
        // What stands beside a reference counts for nothing in this draft of JSON Schema.
        if let Some(reference) = property.remove("$ref") {
            property.insert("allOf".to_owned(), json!([{"$ref": reference}]));
        }
        property.insert("description".to_owned(), json!(text));
    }
}

/// What stands for an entry in short: a grade for a rule, a message for what is forbidden, `off` or nothing for any.
fn short_forms(schema: &mut Value) {
    let grade = json!({"$ref": "#/definitions/Grade"});
    let nothing = json!({"type": "null"});
    for (family, short) in layer::short_forms() {
        let entry = &mut schema["properties"][family]["additionalProperties"];
        let mut any = vec![entry.take()];
        match short {
            Short::Grade => any.push(grade.clone()),
            Short::GradeOrNothing => any.extend([grade.clone(), nothing.clone()]),
            Short::Text => any.extend([json!({"type": "string"}), nothing.clone()]),
            Short::Off => any.push(json!({"enum": ["off", null]})),
        }
        *entry = json!({"anyOf": any});
    }
}

/// A type of the rulebook or of the settings, told to a keeper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its name in the program.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its fields in their order, each with what it is.
    pub fields: Vec<(String, String)>,
}

/// What can be written in a rulebook and in `rlcheck.toml`, type by type, in the order of `schemas/fields.yaml`.
pub fn reference() -> Vec<Told> {
    let mut types = Vec::new();
    for (name, node) in entries(&tree()) {
        let text = |node: &Node| if let node::Value::Text(text) = &node.value { text.to_string() } else { String::new() };
        let (mut about, mut fields) = (String::new(), Vec::new());
        for (field, node) in entries(node) {
            match field {
                "*" => about = text(node),
                field => fields.push((field.to_owned(), text(node))),
            }
        }
        types.push(Told { name: name.to_owned(), about, fields });
    }
    types
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(schema: &str) -> Value {
        serde_json::from_str(schema).expect("JSON")
    }

    /// The types of both schemas with their fields.
    fn types() -> BTreeMap<String, Vec<String>> {
        let fields = |schema: &Value| {
            let properties = schema.get("properties").and_then(Value::as_object);
            properties.map(|properties| properties.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
        };
        let mut types = BTreeMap::new();
        for (name, schema) in [("Layer", parsed(&rulebook())), ("Config", parsed(&config()))] {
            types.insert(name.to_owned(), fields(&schema));
            for (name, definition) in schema["definitions"].as_object().expect("definitions") {
                types.insert(name.clone(), fields(definition));
            }
        }
        types
    }

    #[test]
    fn every_field_is_told_of_and_nothing_else() {
        let told = fields();
        let types = types();
        for (name, fields) in &types {
            let texts = told.get(name).unwrap_or_else(|| panic!("schemas/fields.yaml says nothing of {name}"));
            assert!(texts.contains_key("*"), "{name}");
            let lacking: Vec<&String> = fields.iter().filter(|field| !texts.contains_key(*field)).collect();
            assert!(lacking.is_empty(), "schemas/fields.yaml says nothing of {name}: {lacking:?}");
            let idle: Vec<&String> = texts.keys().filter(|field| *field != "*" && !fields.contains(*field)).collect();
            assert!(idle.is_empty(), "{name} has no {idle:?}");
        }
        let idle: Vec<&String> = told.keys().filter(|name| !types.contains_key(*name)).collect();
        assert!(idle.is_empty(), "no type is called {idle:?}");
    }

    #[test]
    fn a_layer_holds_what_is_read() {
        let mut keys: Vec<String> = super::super::KEYS.iter().map(|&key| key.to_owned()).collect();
        keys.sort();
        assert_eq!(types()["Layer"], keys);
    }

    #[test]
    fn grades_are_those_of_the_contract() {
        assert_eq!(parsed(&rulebook())["definitions"]["Grade"]["enum"], json!(["off", "info", "warning", "error"]));
    }
}
