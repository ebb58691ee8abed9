//! What the client can do, and what it is told that the server can.

use lsp_types::PositionEncodingKind;
use rlcheck::text::Units;
use serde_json::{Value, json};

/// The client, as far as it makes a difference.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "abilities that come one by one")]
pub(super) struct Client {
    /// How columns are counted.
    pub(super) units: Units,
    /// It asks for diagnostics itself.
    pub(super) pulls: bool,
    /// It asks again when told.
    pub(super) refreshes_diagnostics: bool,
    /// It asks for lenses again when told.
    pub(super) refreshes_lenses: bool,
    /// It asks for hints again when told.
    pub(super) refreshes_hints: bool,
    /// It answers questions about settings.
    pub(super) configures: bool,
    /// It takes registrations of settings later.
    pub(super) registers_settings: bool,
    /// It watches files when asked.
    pub(super) watches: bool,
    /// It asks for an action's edit when the action is chosen.
    pub(super) resolves_actions: bool,
    /// Its edits name versions.
    pub(super) versioned_edits: bool,
    /// It creates files.
    pub(super) creates_files: bool,
    /// Its outline is a tree.
    pub(super) nested_symbols: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn of(params: &Value) -> Self {
        let at = |path: &str| params.pointer(&format!("/capabilities{path}"));
        let yes = |path: &str| at(path).and_then(Value::as_bool).unwrap_or(false);
        let holds = |path: &str, value: &str| {
            at(path).and_then(Value::as_array).is_some_and(|list| list.iter().any(|item| item.as_str() == Some(value)))
        };
        let encodings = "/general/positionEncodings";
        let units = if holds(encodings, "utf-8") {
            Units::Utf8
        } else if holds(encodings, "utf-32") {
            Units::Utf32
        } else {
            Units::Utf16
        };
        Self {
            units,
            pulls: at("/textDocument/diagnostic").is_some_and(Value::is_object),
            refreshes_diagnostics: yes("/workspace/diagnostics/refreshSupport"),
            refreshes_lenses: yes("/workspace/codeLens/refreshSupport"),
            refreshes_hints: yes("/workspace/inlayHint/refreshSupport"),
            configures: yes("/workspace/configuration"),
            registers_settings: yes("/workspace/didChangeConfiguration/dynamicRegistration"),
            watches: yes("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            resolves_actions: holds("/textDocument/codeAction/resolveSupport/properties", "edit"),
            versioned_edits: yes("/workspace/workspaceEdit/documentChanges"),
            creates_files: holds("/workspace/workspaceEdit/resourceOperations", "create"),
            nested_symbols: yes("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
        }
    }

    /// The answer to `initialize`.
    pub(super) fn welcome(self) -> Value {
        let encoding: String = match self.units {
            Units::Utf8 => PositionEncodingKind::UTF8,
            Units::Utf16 => PositionEncodingKind::UTF16,
            Units::Utf32 => PositionEncodingKind::UTF32,
        }
        .into();
        json!({
            "capabilities": {
                "positionEncoding": encoding,
                "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
                "diagnosticProvider": {"identifier": "rlcheck", "interFileDependencies": true, "workspaceDiagnostics": true},
                "codeActionProvider": {
                    "codeActionKinds": ["quickfix", "source.fixAll.rlcheck"],
                    "resolveProvider": true,
                },
                "hoverProvider": true,
                "documentSymbolProvider": true,
                "completionProvider": {"triggerCharacters": ["#", "、", "“", " ", "\"", ":"]},
                "inlayHintProvider": true,
                "codeLensProvider": {"resolveProvider": false},
                "executeCommandProvider": {"commands": super::commands::NAMES},
                "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
            },
            "serverInfo": {"name": "rlcheck", "version": env!("CARGO_PKG_VERSION")},
        })
    }
}
