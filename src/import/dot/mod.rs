//! DOT, the language of Graphviz: directed graphs with attributes, chains, subgraphs as ends,
//! defaults and ports. Read by an own parser: graphviz-rust's refuses `a -> {b c}` and names
//! that are not ASCII, tells no places, and overflows the stack on deep nesting.

mod facts;
mod label;
mod tokens;

use self::facts::DotFacts;
pub(super) use self::label::entity;
use self::tokens::{DotToken, TokenForm, Tokens, misread};
use super::intake::{Stop, no_direction, number, read_by, weight};
use super::{Importer, Reads};
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::Properties;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How deep subgraphs may nest.
const DEPTH: usize = 128;

pub(super) const IMPORTER: Importer = Importer {
    name: "dot",
    extensions: &["dot", "gv"],
    summary: "DOT of Graphviz, directed",
    reads: Reads::Text {
        recognises: |content| {
            let word = content.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
            let comment = ["//", "/*", "#"].iter().any(|sign| content.starts_with(sign));
            comment || ["strict", "digraph", "graph"].contains(&word.to_lowercase().as_str())
        },
        read: |builder, text, layer, _| {
            read_by((builder, text, layer), |intake, content, before| {
                Parser::new(content)?.read()?.bring(intake, before)
            });
        },
    },
};

/// What an attribute list says; a value's form decides whether it is a number.
pub(super) type AttributeList = Vec<(String, Value)>;

/// What stands on one side of an arrow.
enum DotOperand {
    Node(usize),
    /// The nodes of a subgraph without a name.
    Nodes(Vec<usize>),
    /// A subgraph, whose nodes count when the statement ends.
    Named(String),
}

/// The inside of a `{…}`.
#[derive(Default)]
struct Scope {
    name: Option<String>,
    node_defaults: Properties,
    edge_defaults: Properties,
    /// What of these it has said itself, for nodes and for edges.
    own_defaults: [Properties; 2],
    /// The nodes it mentions.
    members: BTreeSet<usize>,
    /// The named subgraphs in it that are closed: whoever names one again opens it again.
    closed: BTreeMap<String, Scope>,
    /// What stands left of the arrows of the statement that is being read.
    chain: Vec<DotOperand>,
    /// Where each arrow's left and right end stand.
    places: Vec<usize>,
    /// Ports of the ends, in the words of edge attributes.
    ports: Vec<Option<String>>,
}

/// What may come next in a statement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaited {
    Statement,
    /// Behind an arrow.
    End,
    /// Behind a node or subgraph: an arrow, attributes, or the next statement.
    More,
}

struct Parser<'t> {
    tokens: Tokens<'t>,
    token: DotToken,
    span: Range<usize>,
    scopes: Vec<Scope>,
    facts: DotFacts,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Result<Self, Stop> {
        let mut tokens = Tokens::new(text);
        let (token, span) = tokens.next()?;
        Ok(Self { tokens, token, span, scopes: vec![Scope::default()], facts: DotFacts::default() })
    }

    /// Hands the current token over and goes on.
    fn advance(&mut self) -> Result<DotToken, Stop> {
        let (token, span) = self.tokens.next()?;
        self.span = span;
        Ok(std::mem::replace(&mut self.token, token))
    }

    fn wrong(&self, wanted: &str) -> Stop {
        let found = match &self.token {
            DotToken::Word(word, _) => format!("`{}`", shortened(word)),
            DotToken::Sign(sign) => format!("`{sign}`"),
            DotToken::Arrow => "`->`".to_owned(),
            DotToken::Line => "`--`".to_owned(),
            DotToken::End => "the end of the file".to_owned(),
        };
        misread(self.span.clone(), format!("here should stand {wanted}, not {found}"))
    }

    fn take_sign(&mut self, sign: char) -> Result<bool, Stop> {
        let is = self.token == DotToken::Sign(sign);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    fn expect_sign(&mut self, sign: char) -> Result<(), Stop> {
        if self.take_sign(sign)? { Ok(()) } else { Err(self.wrong(&format!("`{sign}`"))) }
    }

    /// A name or value: a word, or quoted pieces joined by `+`.
    fn word(&mut self, wanted: &str) -> Result<(String, TokenForm), Stop> {
        let DotToken::Word(..) = self.token else { return Err(self.wrong(wanted)) };
        let DotToken::Word(mut word, form) = self.advance()? else {
            return Err(self.wrong(wanted));
        };
        while form == TokenForm::Quoted && self.take_sign('+')? {
            match self.advance()? {
                DotToken::Word(more, TokenForm::Quoted) => word.push_str(&more),
                _ => return Err(self.wrong("more text in quotes")),
            }
        }
        Ok((word, form))
    }

    /// The whole file.
    fn read(mut self) -> Result<DotFacts, Stop> {
        self.facts.strict = self.token.is_keyword("strict");
        if self.facts.strict {
            self.advance()?;
        }
        if self.token.is_keyword("graph") {
            return Err(Stop::new(self.span, no_direction("this graph is undirected")).help(
                "write `digraph` and `->` if each edge's left end needs its right one, or the other way round",
            ));
        }
        if !self.token.is_keyword("digraph") {
            return Err(self.wrong("`digraph`"));
        }
        self.advance()?;
        if let DotToken::Word(..) = self.token {
            self.facts.graph = self.word("a name")?.0;
        }
        self.expect_sign('{')?;
        self.body()?;
        if self.token != DotToken::End {
            return Err(self.wrong("the end: a file holds one graph"));
        }
        Ok(self.facts)
    }

    /// Statements up to the `}` that closes the outermost scope.
    fn body(&mut self) -> Result<(), Stop> {
        let mut awaited = Awaited::Statement;
        loop {
            awaited = match awaited {
                Awaited::More => self.more()?,
                Awaited::Statement if self.take_sign(';')? => Awaited::Statement,
                Awaited::Statement if self.token == DotToken::Sign('}') => {
                    self.advance()?;
                    if self.scopes.len() == 1 {
                        return Ok(());
                    }
                    self.close();
                    Awaited::More
                }
                Awaited::Statement if self.is_default() => self.defaults()?,
                _ => self.operand(awaited)?,
            };
        }
    }

    fn scope(&mut self) -> &mut Scope {
        let last = self.scopes.len() - 1;
        &mut self.scopes[last]
    }

    /// The innermost subgraph is closed: it becomes an operand of the statement around it.
    fn close(&mut self) {
        let Some(mut closed) = self.scopes.pop() else { return };
        let outer = self.scope();
        outer.ports.push(None);
        outer.chain.push(match closed.name.take() {
            Some(name) => {
                outer.closed.insert(name.clone(), closed);
                DotOperand::Named(name)
            }
            None => DotOperand::Nodes(closed.members.into_iter().collect()),
        });
    }

    /// Notes that the innermost scope, and so all around it, mention a node.
    fn mention(&mut self, node: usize) {
        let mut scopes = self.scopes.iter_mut().rev();
        // A scope that has it already has told those around it.
        while scopes.next().is_some_and(|scope| scope.members.insert(node)) {}
    }

    fn is_default(&self) -> bool {
        ["graph", "node", "edge"].iter().any(|keyword| self.token.is_keyword(keyword))
    }

    /// `node [a=b]` and the like.
    fn defaults(&mut self) -> Result<Awaited, Stop> {
        let node = self.token.is_keyword("node");
        let edge = self.token.is_keyword("edge");
        self.advance()?;
        if self.token != DotToken::Sign('[') {
            return Err(self.wrong("`[` with attributes"));
        }
        let attributes = self.attributes()?;
        let scope = self.scope();
        if node {
            scope.own_defaults[0].extend(attributes.iter().cloned());
            scope.node_defaults.extend(attributes);
        } else if edge {
            scope.own_defaults[1].extend(attributes.iter().cloned());
            scope.edge_defaults.extend(attributes);
        }
        Ok(Awaited::Statement)
    }

    /// A node, a subgraph that begins, or an attribute of the graph.
    fn operand(&mut self, awaited: Awaited) -> Result<Awaited, Stop> {
        let start = self.span.start;
        self.scope().places.push(start);
        if self.token == DotToken::Sign('{') || self.token.is_keyword("subgraph") {
            return self.open();
        }
        let (id, form) = self.word("a node, a subgraph or `}`")?;
        if awaited == Awaited::Statement
            && form != TokenForm::Html
            && self.token == DotToken::Sign('=')
        {
            self.advance()?;
            self.word("a value")?;
            self.scope().places.clear();
            return Ok(Awaited::Statement);
        }
        if id.is_empty() || id.contains('\0') {
            let message = "a node's name must not be empty or hold a NUL character";
            return Err(Stop::new(start..start + 1, Diagnostic::new("bad-id", message)));
        }
        let port = self.port()?;
        let named = self.scopes.iter().rev().find_map(|scope| scope.name.as_deref());
        let defaults = &self.scopes[self.scopes.len() - 1].node_defaults;
        let node = self.facts.node(&id, start, defaults, named)?;
        self.mention(node);
        let scope = self.scope();
        scope.chain.push(DotOperand::Node(node));
        scope.ports.push(port);
        Ok(Awaited::More)
    }

    /// `:port`, `:port:side` or nothing.
    fn port(&mut self) -> Result<Option<String>, Stop> {
        if !self.take_sign(':')? {
            return Ok(None);
        }
        let (port, _) = self.word("a port")?;
        if !self.take_sign(':')? {
            return Ok(Some(port));
        }
        let (side, _) = self.word("a side of the port, such as n or sw")?;
        Ok(Some(format!("{port}:{side}")))
    }

    fn open(&mut self) -> Result<Awaited, Stop> {
        let mut name = None;
        if self.token.is_keyword("subgraph") {
            self.advance()?;
            if let DotToken::Word(..) = self.token {
                name = Some(self.word("a name")?.0);
            }
        }
        if self.token != DotToken::Sign('{') {
            return Err(self.wrong("`{`"));
        }
        if self.scopes.len() > DEPTH {
            let message = format!("subgraphs nest deeper than {DEPTH} levels");
            return Err(Stop::new(self.span.clone(), Diagnostic::new("too-deep", message)));
        }
        let start = self.span.start;
        self.advance()?;
        let outer = self.scope();
        let known = name.as_deref().and_then(|name| outer.closed.remove(name));
        let mut scope = Scope { name, ..known.unwrap_or_default() };
        // What holds around it may have been said since it was closed.
        scope.node_defaults.clone_from(&outer.node_defaults);
        scope.edge_defaults.clone_from(&outer.edge_defaults);
        scope.node_defaults.extend(scope.own_defaults[0].clone());
        scope.edge_defaults.extend(scope.own_defaults[1].clone());
        let defaults = weight(&scope.node_defaults) + weight(&scope.edge_defaults);
        self.facts.expand(defaults, start)?;
        self.scopes.push(scope);
        Ok(Awaited::Statement)
    }

    /// What follows an operand.
    fn more(&mut self) -> Result<Awaited, Stop> {
        match self.token {
            DotToken::Arrow => {
                self.advance()?;
                return Ok(Awaited::End);
            }
            DotToken::Line => {
                let stop = misread(self.span.clone(), "`--` joins nodes of an undirected graph");
                return Err(stop.help("this is a digraph: write `->`"));
            }
            _ => {}
        }
        let attributes = self.attributes()?;
        let at = self.scopes.len() - 1;
        let scope = &mut self.scopes[at];
        let (chain, places) = (std::mem::take(&mut scope.chain), std::mem::take(&mut scope.places));
        let ports = std::mem::take(&mut scope.ports);
        // Attributes of a subgraph say nothing of its nodes.
        if let [operand] = chain.as_slice() {
            if let DotOperand::Node(node) = operand {
                self.facts.describe(*node, &attributes);
            }
            return Ok(Awaited::Statement);
        }
        let mut sides = Vec::with_capacity(chain.len());
        for operand in chain {
            sides.push(match operand {
                DotOperand::Node(node) => vec![node],
                DotOperand::Nodes(nodes) => nodes,
                DotOperand::Named(name) => {
                    let nodes = &scope.closed[&name].members;
                    self.facts.expand(nodes.len() * size_of::<usize>(), places[0])?;
                    nodes.iter().copied().collect()
                }
            });
        }
        let defaults = &scope.edge_defaults;
        for hop in 1..sides.len() {
            let ends = [&sides[hop - 1][..], &sides[hop][..]];
            let ports = [ports[hop - 1].as_deref(), ports[hop].as_deref()];
            let places = [places[hop - 1], places[hop]];
            self.facts.edges(ends, ports, places, defaults, &attributes)?;
        }
        Ok(Awaited::Statement)
    }

    /// Any number of `[a=b, c=d]`; an attribute without a value is true.
    fn attributes(&mut self) -> Result<AttributeList, Stop> {
        let mut attributes = AttributeList::new();
        while self.take_sign('[')? {
            while !self.take_sign(']')? {
                let (name, _) = self.word("an attribute or `]`")?;
                let (text, form) = if self.take_sign('=')? {
                    self.word("a value")?
                } else {
                    ("true".to_owned(), TokenForm::Plain)
                };
                let value = match form {
                    TokenForm::Html if name == "label" => label::of_markup(&text).into(),
                    TokenForm::Numeral if name != "label" => {
                        number(&text).unwrap_or_else(|| text.into())
                    }
                    _ => text.into(),
                };
                // Markup without text, such as a picture, says no name.
                if form != TokenForm::Html || value != "" {
                    attributes.push((name, value));
                }
                if !self.take_sign(';')? {
                    self.take_sign(',')?;
                }
            }
        }
        Ok(attributes)
    }
}
