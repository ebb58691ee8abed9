//! Requests about one document: which there are, and what each does once the document is checked.

use lsp_server::ErrorCode;
use lsp_types::{
    CodeActionParams, CodeLensParams, CompletionParams, DocumentDiagnosticParams, DocumentSymbolParams, HoverParams,
    InlayHintParams,
};
use serde::Serialize;
use serde_json::Value;

use super::session::{Act, Answer, Refusal, parse};
use super::{actions, completion, diagnostics, hints, hover, lenses, symbols};

/// The document that a request is about, and what it does.
pub(super) fn request(method: &str, params: Value) -> Result<(String, Act), Refusal> {
    Ok(match method {
        "textDocument/diagnostic" => {
            let params: DocumentDiagnosticParams = parse(params)?;
            let act = diagnostics::document(&params);
            (params.text_document.uri.0, act)
        }
        "textDocument/codeAction" => {
            let params: CodeActionParams = parse(params)?;
            (params.text_document.uri.0.clone(), Box::new(move |analysis, view| json(&actions::actions(analysis, view, &params))))
        }
        "codeAction/resolve" => {
            let uri = params.pointer("/data/uri").and_then(Value::as_str).map(str::to_owned);
            let uri = uri.ok_or_else(|| Refusal::new(ErrorCode::InvalidParams, "不是这里给出的操作"))?;
            (uri, Box::new(move |analysis, view| actions::resolve(analysis, view, params)))
        }
        "textDocument/hover" => {
            let HoverParams { text_document_position_params: at, .. } = parse(params)?;
            (at.text_document.uri.0, Box::new(move |analysis, view| json(&hover::hover(analysis, view, at.position))))
        }
        "textDocument/documentSymbol" => {
            let params: DocumentSymbolParams = parse(params)?;
            (params.text_document.uri.0, Box::new(|analysis, view| Ok(symbols::symbols(analysis, view))))
        }
        "textDocument/completion" => {
            let CompletionParams { text_document_position_params: at, .. } = parse(params)?;
            (at.text_document.uri.0, Box::new(move |analysis, view| json(&completion::completion(analysis, view, at.position))))
        }
        "textDocument/inlayHint" => {
            let params: InlayHintParams = parse(params)?;
            (params.text_document.uri.0, Box::new(move |analysis, view| json(&hints::hints(analysis, view, params.range))))
        }
        "textDocument/codeLens" => {
            let params: CodeLensParams = parse(params)?;
            (params.text_document.uri.0, Box::new(|analysis, view| json(&lenses::lenses(analysis, view))))
        }
        _ => return Err(Refusal::new(ErrorCode::MethodNotFound, format!("没有 {method} 这个请求"))),
    })
}

fn json(value: &impl Serialize) -> Answer {
    serde_json::to_value(value).map_err(|_| Refusal::new(ErrorCode::InternalError, "程序内部出错"))
}
