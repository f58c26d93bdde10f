//! What all addresses of graphs in databases have in common.

use crate::diagnostic::Diagnostic;

/// What a graph is called that was given no name.
const DEFAULT_GRAPH: &str = "atlas";
/// How many bytes the name of a graph may have.
const NAME_BYTES: usize = 48;

/// Looks up what the environment says of a server: `None` where it says nothing.
pub(crate) trait Lookup {
    /// The value of a variable.
    fn variable(&self, name: &str) -> Option<String>;
    /// The text of the user's file of passwords.
    #[cfg_attr(
        not(feature = "postgres"),
        allow(dead_code, reason = "PostgreSQL's clients have one")
    )]
    fn passwords(&self) -> Option<String>;
}

/// An address that is none; `form` is how one is written.
pub(super) fn bad(message: impl Into<String>, form: &str) -> Diagnostic {
    Diagnostic::new("bad-address", message).help(format!("write {form}"))
}

/// The address without the name of its graph, and that name.
pub(super) fn without_graph(text: &str, form: &str) -> Result<(String, String), Diagnostic> {
    let (place, parameters) = text.split_once('?').unwrap_or((text, ""));
    let (mut graph, mut others) = (DEFAULT_GRAPH.to_owned(), Vec::new());
    for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
        match parameter.strip_prefix("graph=") {
            Some(name) => {
                graph =
                    decoded(name).ok_or_else(|| bad("the name of the graph is no text", form))?;
            }
            None => others.push(parameter),
        }
    }
    if graph.is_empty() || graph.len() > NAME_BYTES {
        return Err(bad(format!("the name of a graph has 1 to {NAME_BYTES} bytes"), form));
    }
    if graph.contains('\0') {
        return Err(bad("the name of a graph holds no NUL character", form));
    }
    let question = if others.is_empty() { "" } else { "?" };
    Ok((format!("{place}{question}{}", others.join("&")), graph))
}

/// A text in which `%` and two digits stand for a byte.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).ok()
}
