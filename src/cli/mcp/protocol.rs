//! Messages of the Model Context Protocol: JSON-RPC 2.0 in both of its eras. Up to 2025-11-25 a
//! client begins with `initialize`; from 2026-07-28 on each request says its version in `_meta`,
//! and `server/discover` tells what there is. Nothing is remembered between requests, so both are
//! answered at any time.

use super::tools::{self, Questions, TOOLS};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Versions whose clients begin with `initialize`, oldest first.
const WITH_HANDSHAKE: [&str; 4] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];
/// Versions whose requests stand for themselves.
const STATELESS: [&str; 1] = ["2026-07-28"];
const VERSION_KEY: &str = "io.modelcontextprotocol/protocolVersion";
const SERVER_KEY: &str = "io.modelcontextprotocol/serverInfo";
/// How long a client may keep what does not change while the server runs, in milliseconds.
const KEPT: u32 = 3_600_000;

const INSTRUCTIONS: &str = "A knowledge graph in which each statement has its sources. Begin with \
    `overview`; `ask` takes one query of a small language that `language` explains. Cite the \
    sources that an answer names.";

/// What is wrong with a message, by the numbers of JSON-RPC and of the protocol.
#[derive(Debug)]
struct RpcError {
    code: i32,
    message: String,
    data: Option<Value>,
}

impl RpcError {
    const NOT_JSON: i32 = -32700;
    const BAD_REQUEST: i32 = -32600;
    const NO_METHOD: i32 = -32601;
    const BAD_PARAMETERS: i32 = -32602;
    const BAD_VERSION: i32 = -32022;

    fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), data: None }
    }

    fn reply(self, id: &Value) -> Value {
        let mut error = json!({"code": self.code, "message": self.message});
        if let Some(data) = self.data {
            error["data"] = data;
        }
        json!({"jsonrpc": "2.0", "id": id, "error": error})
    }
}

/// The reply to a message that was not read to its end.
pub(super) fn too_long(limit: u64) -> String {
    let message = format!("a message has at most {limit} bytes");
    RpcError::new(RpcError::BAD_REQUEST, message).reply(&Value::Null).to_string()
}

/// Answers messages about one graph.
pub(super) struct Server<'a> {
    questions: Questions<'a>,
}

impl<'a> Server<'a> {
    pub(super) fn new(questions: Questions<'a>) -> Self {
        Self { questions }
    }

    /// Writes the reply to a message, or to several in a list, if any is due.
    pub(super) fn reply(&self, message: &[u8], output: &mut dyn Write) -> io::Result<()> {
        let Ok(message) = serde_json::from_slice::<Value>(message) else {
            let refusal = RpcError::new(RpcError::NOT_JSON, "a message is one line of JSON");
            return writeln!(output, "{}", refusal.reply(&Value::Null));
        };
        let (messages, between) = match &message {
            Value::Array(messages) if !messages.is_empty() => (&messages[..], ["[", ",", "]\n"]),
            message => (std::slice::from_ref(message), ["", "", "\n"]),
        };
        let mut written = 0;
        for reply in messages.iter().filter_map(|message| self.reply_to(message)) {
            write!(output, "{}{reply}", between[written.min(1)])?;
            written += 1;
        }
        if written > 0 { output.write_all(between[2].as_bytes()) } else { Ok(()) }
    }

    fn reply_to(&self, message: &Value) -> Option<Value> {
        let bad =
            |text: &str, id: &Value| Some(RpcError::new(RpcError::BAD_REQUEST, text).reply(id));
        let Value::Object(message) = message else {
            return bad("a message is an object", &Value::Null);
        };
        let id = message.get("id");
        let known = id.filter(|id| id.is_string() || id.is_number()).unwrap_or(&Value::Null);
        let Some(method) = message.get("method") else {
            // A client that answers was not asked, and a second answer helps nobody.
            let answers = message.contains_key("result") || message.contains_key("error");
            return if answers { None } else { bad("a request has a `method`", known) };
        };
        // A notification has no id, and no reply is due to it, not even about a mistake (JSON-RPC
        // 2.0, 4.1).
        let id = id?;
        if known.is_null() {
            return bad("an `id` is a text or a number", known);
        }
        if message.get("jsonrpc").is_none_or(|version| version != "2.0") {
            return bad("`jsonrpc` is \"2.0\"", id);
        }
        let Some(method) = method.as_str() else {
            return bad("`method` is a text", id);
        };
        let nothing = Map::new();
        let parameters = match message.get("params") {
            None | Some(Value::Null) => Ok(&nothing),
            Some(Value::Object(parameters)) => Ok(parameters),
            Some(_) => Err(RpcError::new(RpcError::BAD_PARAMETERS, "`params` is an object")),
        };
        let result = parameters.and_then(|parameters| self.result(method, parameters));
        Some(match result {
            Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            Err(refusal) => refusal.reply(id),
        })
    }

    fn result(&self, method: &str, parameters: &Map<String, Value>) -> Result<Value, RpcError> {
        let stateless = asks_for_itself(parameters)?;
        let capabilities = json!({"tools": {}});
        let mut result = match method {
            "initialize" => {
                let wanted = parameters.get("protocolVersion").and_then(Value::as_str);
                let known = WITH_HANDSHAKE.iter().find(|version| Some(**version) == wanted);
                let newest = WITH_HANDSHAKE[WITH_HANDSHAKE.len() - 1];
                json!({
                    "protocolVersion": known.unwrap_or(&newest), "capabilities": capabilities,
                    "serverInfo": server(), "instructions": INSTRUCTIONS,
                })
            }
            "server/discover" => json!({
                "supportedVersions": versions(), "capabilities": capabilities,
                "instructions": INSTRUCTIONS,
            }),
            "ping" => json!({}),
            "tools/list" if parameters.get("cursor").is_some_and(|cursor| !cursor.is_null()) => {
                let message = "the tools fit on one page: no `cursor` leads to another";
                return Err(RpcError::new(RpcError::BAD_PARAMETERS, message));
            }
            "tools/list" => {
                json!({"tools": TOOLS.iter().map(tools::Tool::definition).collect::<Vec<_>>()})
            }
            "tools/call" => self.call(parameters)?,
            _ => {
                let message = format!("there is no method `{method}`");
                return Err(RpcError::new(RpcError::NO_METHOD, message));
            }
        };
        if stateless || method == "server/discover" {
            result["resultType"] = "complete".into();
            result["_meta"] = json!({SERVER_KEY: server()});
            if method != "tools/call" {
                result["ttlMs"] = KEPT.into();
                result["cacheScope"] = "public".into();
            }
        }
        Ok(result)
    }

    fn call(&self, parameters: &Map<String, Value>) -> Result<Value, RpcError> {
        let bad = |message: String| RpcError::new(RpcError::BAD_PARAMETERS, message);
        let name = parameters.get("name").and_then(Value::as_str);
        let name = name.ok_or_else(|| bad("a call has the `name` of a tool".to_owned()))?;
        let tool = TOOLS.iter().find(|tool| tool.name == name).ok_or_else(|| {
            let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            bad(format!("there is no tool `{name}`; there are {}", names.join(", ")))
        })?;
        let nothing = Map::new();
        let arguments = match parameters.get("arguments") {
            None | Some(Value::Null) => &nothing,
            Some(Value::Object(arguments)) => arguments,
            Some(_) => return Err(bad("`arguments` is an object".to_owned())),
        };
        let told = tool.call(&self.questions, arguments);
        let failed = told.is_err();
        let text = told.unwrap_or_else(|problem| problem);
        Ok(json!({"content": [{"type": "text", "text": text}], "isError": failed}))
    }
}

fn server() -> Value {
    json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")})
}

fn versions() -> Vec<&'static str> {
    WITH_HANDSHAKE.into_iter().chain(STATELESS).collect()
}

/// Does the request say its version itself, as it does since there is no handshake?
fn asks_for_itself(parameters: &Map<String, Value>) -> Result<bool, RpcError> {
    let Some(version) = parameters.get("_meta").and_then(|meta| meta.get(VERSION_KEY)) else {
        return Ok(false);
    };
    if version.as_str().is_some_and(|version| versions().contains(&version)) {
        return Ok(version.as_str().is_some_and(|version| STATELESS.contains(&version)));
    }
    let mut refusal =
        RpcError::new(RpcError::BAD_VERSION, "the protocol's version is not known here");
    refusal.data = Some(json!({"supported": versions(), "requested": version}));
    Err(refusal)
}
