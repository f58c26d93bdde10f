//! `dot`: the picture as a DOT document, built and printed with graphviz-rust, a statement at a time, as long
//! as there is time; the quoting is ours, since that crate prints ids and labels as they are.

use super::harmless::kept;
use super::palette::Color;
use super::{Direction, Format, Look};
use crate::answer::{Answer, Picture, Way};
use crate::diagnostic::Diagnostic;
use crate::export::dot_word;
use crate::graph::{Atlas, NodeIndex, Strength};
use crate::stop::until;
use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use std::borrow::Cow;

pub(super) const FORMAT: Format = Format {
    name: "dot",
    extensions: &["dot", "gv"],
    summary: "a DOT document for Graphviz",
    write: |answer, look| document(answer, look).map(String::into_bytes),
    ..Format::PLAIN
};

/// A document that is written.
struct DotText {
    text: String,
    context: PrinterContext,
}

impl DotText {
    fn begun() -> Self {
        let mut context = PrinterContext::default();
        // The printer knows from a graph printed before that edges are directed and how statements are
        // indented.
        let empty = Graph::DiGraph { id: plain("opsatlas"), strict: false, stmts: Vec::new() };
        let text = empty.print(&mut context).trim_end_matches(['\n', '}']).to_owned() + "\n";
        Self { text, context }
    }

    fn put(&mut self, statement: &Stmt) {
        self.text.push_str(&statement.print(&mut self.context));
        self.text.push('\n');
    }
}

/// The answer as a DOT document.
pub(super) fn document(answer: &Answer, look: &Look<'_>) -> Result<String, Diagnostic> {
    let picture = look.drawing.picture(answer, look.stop)?;
    let back = runs_back(&picture, !look.drawing.columns.by_kind(&picture));
    let ranks = match (look.drawing.direction, back) {
        (Direction::Right, false) => "LR",
        (Direction::Right, true) => "RL",
        (Direction::Down, false) => "TB",
        (Direction::Down, true) => "BT",
    };
    let mut document = DotText::begun();
    let settings = [
        Stmt::Attribute(attribute("rankdir", ranks)),
        Stmt::Attribute(Attribute(plain("label"), label(look.heading(), look))),
        Stmt::Attribute(attribute("labelloc", "t")),
        Stmt::Attribute(attribute("fontname", "Helvetica")),
        defaults("node", &[("shape", "box"), ("style", "rounded"), ("fontname", "Helvetica")]),
        defaults("edge", &[("fontname", "Helvetica"), ("fontsize", "10")]),
    ];
    settings.iter().for_each(|setting| document.put(setting));
    let atlas = picture.atlas;
    for drawn in until(look.stop, &picture.nodes) {
        let facts = atlas.node(drawn.node);
        let mut attributes = vec![Attribute(plain("label"), label(facts.name(), look))];
        attributes.push(attribute("color", &Color::of_node(atlas, drawn).hex()));
        let dashed = if drawn.recommended { "rounded,dashed" } else { "rounded" };
        if drawn.emphasised {
            attributes.push(attribute("penwidth", "2.5"));
        } else if drawn.recommended {
            attributes.push(attribute("style", dashed));
        }
        document.put(&Stmt::Node(Node { id: node_id(atlas, drawn.node, look), attributes }));
    }
    edges(&mut document, &picture, look);
    Ok(document.text + "}\n")
}

/// Edges as they are stored, each by itself. One that is read backwards has its head at its tail, so
/// that it is drawn as in other pictures, and names its relation for whoever reads the document.
fn edges(document: &mut DotText, picture: &Picture<'_>, look: &Look<'_>) {
    let atlas = picture.atlas;
    let steps = !look.drawing.columns.by_kind(picture);
    let turned = runs_back(picture, steps);
    for drawn in until(look.stop, &picture.edges) {
        let reading = picture.reading(drawn, steps);
        let mut attributes = vec![Attribute(plain("label"), label(&reading.words, look))];
        let relation = &picture.relation(drawn).name;
        if reading.words != *relation {
            let name = dot_word(&kept(relation, look)).map(Id::Escaped);
            let name = name.unwrap_or_else(|| label(relation, look));
            attributes.push(Attribute(plain("kind"), name));
        }
        let [line, strong] =
            Color::of_lines(drawn.relation, picture.edges.len(), false).map(Color::hex);
        let line = if drawn.emphasised { &strong } else { &line };
        attributes.extend([attribute("color", line), attribute("fontcolor", &strong)]);
        match (reading.headed, reading.inverse) {
            (false, _) => attributes.push(attribute("dir", "none")),
            (true, true) => attributes.push(attribute("dir", "back")),
            (true, false) => {}
        }
        // What runs the other way than most shall not turn them round.
        let against = if turned { Way::Forward } else { Way::Backward };
        if steps && drawn.way == Some(against) {
            attributes.push(attribute("constraint", "false"));
        }
        if drawn.emphasised {
            attributes.push(attribute("penwidth", "2.5"));
        }
        for edge in &drawn.stored {
            let mut attributes = attributes.clone();
            if atlas.edge(*edge).strength == Strength::Recommended {
                attributes.push(attribute("style", "dashed"));
            }
            let ends = [drawn.from, drawn.to].map(|end| Vertex::N(node_id(atlas, end, look)));
            let [from, to] = ends;
            document.put(&Stmt::Edge(Edge { ty: EdgeTy::Pair(from, to), attributes }));
        }
    }
}

/// Do most edges say what their sources need? Then columns run from right to left, so that what is
/// needed stands on the left.
fn runs_back(picture: &Picture<'_>, steps: bool) -> bool {
    let ways: Vec<Way> = picture.edges.iter().filter_map(|edge| edge.way).collect();
    let back = ways.iter().filter(|way| **way == Way::Backward).count();
    steps && back * 2 > ways.len()
}

fn defaults(of: &str, attributes: &[(&str, &str)]) -> Stmt {
    let attributes = attributes.iter().map(|(name, value)| attribute(name, value)).collect();
    Stmt::GAttribute(match of {
        "node" => GraphAttributes::Node(attributes),
        _ => GraphAttributes::Edge(attributes),
    })
}

fn attribute(name: &str, value: &str) -> Attribute {
    Attribute(plain(name), quoted(value))
}

fn plain(word: &str) -> Id {
    Id::Plain(word.to_owned())
}

/// The node's id. One that a terminal must not show, or that DOT cannot write, is told in other
/// words, with a number that keeps it apart from others.
fn node_id(atlas: &Atlas, node: NodeIndex, look: &Look<'_>) -> NodeId {
    let id = &atlas.node(node).id;
    let shown: Vec<Cow<'_, str>> = id.split('\n').map(|line| kept(line, look)).collect();
    let exact = (shown.join("\n") == **id).then(|| dot_word(id)).flatten();
    let told = || {
        let words = format!("{} #{}", shown.join(" ").replace('\\', "/"), node.index());
        Id::Escaped(format!("\"{}\"", words.replace('"', "\\\"")))
    };
    NodeId(exact.map_or_else(told, Id::Escaped), None)
}

/// Any text where escapes count: `\` and `"` matter, line ends become `\n`.
fn quoted(text: &str) -> Id {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    Id::Escaped(format!("\"{text}\""))
}

/// A label; Graphviz decodes HTML entities in them.
fn label(text: &str, look: &Look<'_>) -> Id {
    quoted(&kept(text, look).replace('&', "&amp;"))
}
