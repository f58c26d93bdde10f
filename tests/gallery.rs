//! The gallery: `UPDATE=1 cargo test --test gallery` draws every picture anew; otherwise each is what the
//! program draws now.

mod support;

use opsatlas::graph::Atlas;
use opsatlas::render::{Drawing, FORMATS, Look};
use support::root;

/// The pictures of the gallery, by file name and query, as the document lists them.
fn listed(document: &str) -> Vec<(String, String)> {
    let mut listed = Vec::new();
    let mut query = None;
    for line in document.lines() {
        if let Some(typed) =
            line.strip_prefix("    opsatlas ").and_then(|rest| rest.split_once(".svg "))
        {
            query = Some(typed.1.trim_matches('\'').to_owned());
        }
        if let Some((_, file)) = line.split_once("](gallery/") {
            let query = query.take().expect("the command stands before its picture");
            listed.push((file.trim_end_matches(')').to_owned(), query));
        }
    }
    listed
}

#[test]
fn every_picture_is_what_the_program_draws() {
    let atlas = Atlas::built_in();
    let document = std::fs::read_to_string(root().join("docs/gallery.md")).expect("the document");
    let svg = FORMATS.iter().find(|format| format.name == "svg").expect("a format");
    let pictures = listed(&document);
    assert!(pictures.len() >= 6, "only {} pictures were found", pictures.len());
    // As on the command line, where settings are flags.
    let drawing = Drawing { setting_prefix: "--", ..Drawing::default() };
    for (file, query) in &pictures {
        let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
        let drawn =
            (svg.write)(&answer, &Look { drawing, ..Look::plain(query) }).expect("it can be drawn");
        let place = root().join("docs/gallery").join(file);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&place, drawn).expect("written");
        } else {
            let known = std::fs::read(&place).unwrap_or_default();
            assert!(known == drawn, "{file} differs: run with UPDATE=1 and look at the change");
        }
    }
    let files = std::fs::read_dir(root().join("docs/gallery")).expect("the folder").count();
    assert_eq!(files, pictures.len(), "a picture is left over");
}
