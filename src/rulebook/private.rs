//! Private matters as data: what tells of a person, and what of it is nobody's business.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Letters, Phrases};

/// What tells that something private is told.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Private {
    /// Words behind which a person's name can stand.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Surnames.
    #[serde(default)]
    pub surnames: Letters,
    /// Words that begin like a name and are none.
    #[serde(default)]
    pub no_names: Phrases,
    /// What is nobody's business in connection with a name.
    #[serde(default)]
    pub matters: Vec<String>,
    /// Roles that are such a matter themselves: 信访人.
    #[serde(default)]
    pub telling: Vec<String>,
    /// What stands for a given name: 某, 女士.
    #[serde(default)]
    pub hidden: Phrases,
    /// Characters that no given name has: 的.
    #[serde(default)]
    pub not_given: Letters,
    /// Characters with which places and things end: 湾, 场.
    #[serde(default)]
    pub not_last: Letters,
    /// What can follow a name.
    #[serde(default)]
    pub behind: Phrases,
    /// What can follow a name of three characters.
    #[serde(default)]
    pub behind_full: Phrases,
    /// Quarrels and complaints: they are private, if less so.
    #[serde(default)]
    pub quarrels: Vec<String>,
    /// In a clause with one of these a name is told with honour or in office: 调解员.
    #[serde(default)]
    pub honours: Phrases,
    /// What stands behind the name of a village and a person: 信访.
    #[serde(default)]
    pub petitions: Phrases,
    /// What the name of a body holds that is sued: 政府.
    #[serde(default)]
    pub sued: Phrases,
    /// Characters that make another word with 诉: 起.
    #[serde(default)]
    pub not_suing: Letters,
    /// Characters with which the name of a person's home ends: 村.
    #[serde(default)]
    pub homes: Letters,
    /// Words before the number of a bank account.
    #[serde(default)]
    pub accounts: Vec<String>,
    /// Groups whose number is not published.
    #[serde(default)]
    pub groups: Vec<String>,
}
