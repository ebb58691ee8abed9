//! `rlcheck.toml`: whose report it is, and what the drafter has decided.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::load::RulebookError;
use super::schema::Grade;
use crate::spanned::{self, Files, Spanned};

/// The settings of one folder of drafts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The town (`青溪镇`), street or department whose report it is.
    pub town: Option<String>,
    /// Its county or district.
    pub county: Option<String>,
    /// Its city or prefecture.
    pub city: Option<String>,
    /// Its province.
    pub province: Option<String>,
    /// The year that the report is about.
    pub year: Option<u32>,
    /// Its villages and communities.
    #[serde(default)]
    pub villages: Vec<String>,
    /// The towns of its county, its own among them or not.
    #[serde(default)]
    pub towns: Vec<String>,
    /// The rulebook: the name of an embedded one, or a path.
    pub rulebook: Option<String>,
    /// Rules that matter more or less here.
    #[serde(default)]
    pub severity: BTreeMap<String, Spanned<Grade>>,
    /// Findings that are all right here.
    #[serde(default)]
    pub allow: Vec<Allow>,
    /// The rules to look at, of all; set by the command line.
    #[serde(skip)]
    pub only: Option<BTreeSet<String>>,
    /// The rules to leave out; set by the command line.
    #[serde(skip)]
    pub except: BTreeSet<String>,
}

/// Findings that a drafter has looked at and allows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// The rule.
    pub rule: Spanned<String>,
    /// A text that the finding's own text holds; all findings of the rule where there is none.
    pub text: Option<String>,
    /// Why.
    pub reason: String,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// What is wrong, at its place.
    pub fn parse(name: &str, text: &str) -> Result<Self, RulebookError> {
        let mut files = Files::default();
        let config = spanned::toml(&mut files, name, text).and_then(|node| spanned::from_node(&node));
        config.map_err(|problem| RulebookError { files, problems: vec![problem] })
    }
}
