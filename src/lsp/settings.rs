//! The settings of the client: section `rlcheck`.

use serde::Deserialize;
use serde_json::Value;

use super::Choice;

/// When a text is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) enum When {
    /// While it is typed.
    #[default]
    #[serde(rename = "onType")]
    OnType,
    /// When it is opened and saved.
    #[serde(rename = "onSave")]
    OnSave,
}

/// The settings of one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// What they say about rules.
    pub(super) choice: Choice,
    /// When to check.
    pub(super) run: When,
    /// Whether true rates stand behind stated ones.
    pub(super) inlay_hints: bool,
    /// Whether parts and errors are counted at the title.
    pub(super) code_lens: bool,
    /// Where the pages of the rules stand.
    pub(super) docs_url: Option<String>,
}

impl Settings {
    /// Reads the section. What is not understood is named and passed over, so that one mistake does not undo the rest.
    pub(super) fn read(section: &Value) -> (Self, Vec<String>) {
        let mut reading = Reading { section, wrong: Vec::new() };
        let settings = Self {
            choice: Choice {
                year: reading.get("year").filter(|year| *year != 0),
                rulebook: reading.text("rulebook"),
                only: reading.get::<Option<Vec<String>>>("only").flatten().unwrap_or_default(),
                except: reading.get::<Option<Vec<String>>>("except").flatten().unwrap_or_default(),
            },
            run: reading.get("run").unwrap_or_default(),
            inlay_hints: reading.get("inlayHints").unwrap_or(false),
            code_lens: reading.get("codeLens").unwrap_or(true),
            docs_url: reading.text("docsUrl"),
        };
        (settings, reading.wrong)
    }
}

struct Reading<'a> {
    section: &'a Value,
    wrong: Vec<String>,
}

impl Reading<'_> {
    fn get<T: serde::de::DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let value = self.section.get(key).filter(|value| !value.is_null())?;
        let read = serde_json::from_value(value.clone()).ok();
        if read.is_none() {
            self.wrong.push(format!("编辑器设置 rlcheck.{key} 的值不对：{value}"));
        }
        read
    }

    fn text(&mut self, key: &str) -> Option<String> {
        self.get::<String>(key).filter(|text| !text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn mistakes_are_named_and_the_rest_is_read() {
        let section = json!({"year": "今年", "only": ["rate-mismatch"], "run": "onSave", "rulebook": "", "docsUrl": null, "inlayHints": true});
        let (settings, wrong) = Settings::read(&section);
        assert_eq!(wrong, ["编辑器设置 rlcheck.year 的值不对：\"今年\""]);
        assert_eq!((settings.run, settings.inlay_hints, settings.code_lens), (When::OnSave, true, true));
        assert_eq!(settings.choice, Choice { only: vec!["rate-mismatch".to_owned()], ..Choice::default() });
        assert_eq!(Settings::read(&Value::Null), (Settings { code_lens: true, ..Settings::default() }, vec![]));
    }
}
