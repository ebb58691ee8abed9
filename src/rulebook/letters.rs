//! Characters of one kind.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

/// Characters of one kind: a text in the rulebook, made a set when it is first asked for one of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "String")]
pub struct Letters {
    text: String,
    set: OnceLock<FxHashSet<char>>,
}

impl From<String> for Letters {
    fn from(text: String) -> Self {
        Self { text, set: OnceLock::new() }
    }
}

impl Letters {
    /// Whether a character is one of them.
    pub fn contain(&self, c: char) -> bool {
        self.set.get_or_init(|| self.text.chars().collect()).contains(&c)
    }
}

impl JsonSchema for Letters {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
