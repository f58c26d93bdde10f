//! Ask a graph that your program already holds as a petgraph `DiGraph`.

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use opsatlas::graph::{Atlas, EdgeFacts, NodeFacts, Prerequisite, Schema};
use petgraph::graph::DiGraph;

struct Course {
    code: &'static str,
    title: &'static str,
    hours: u32,
}

fn main() {
    let mut courses = DiGraph::<Course, ()>::new();
    let mut add = |code, title, hours| courses.add_node(Course { code, title, hours });
    let (linux, docker, kubernetes) =
        (add("lx1", "Linux", 20), add("dk1", "Docker", 12), add("k8s", "Kubernetes", 40));
    courses.add_edge(docker, linux, ());
    courses.add_edge(kubernetes, docker, ());

    let mut schema = Schema::default();
    schema.add_relation("needs").prerequisite = Some(Prerequisite::Target);
    let atlas = Atlas::from_petgraph(
        &courses,
        schema,
        |course| NodeFacts {
            id: course.code.to_owned(),
            kinds: vec!["course".to_owned()],
            name: Some(course.title.to_owned()),
            properties: [("hours".to_owned(), course.hours.into())].into(),
            ..NodeFacts::default()
        },
        |()| EdgeFacts { relation: "needs".to_owned(), ..EdgeFacts::default() },
    )
    .expect("the codes are unique");

    let answer = atlas.query("prereqs kubernetes then where hours < 15").expect("a good query");
    for node in answer.nodes() {
        println!("{}", atlas.node(node).name());
    }
}
