//! Sheets as people have them: a row a topic, what it needs by name, as spreadsheets write it.

mod support;

use opsatlas::data::save;
use opsatlas::graph::Atlas;
use opsatlas::import::Reading;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{folder, root, run_in};

fn sheets() -> PathBuf {
    root().join("tests/regressions/sheets")
}

fn read(name: &str, bytes: &[u8], reading: &mut Reading) -> Result<Atlas, Vec<(String, String)>> {
    // Tests run side by side: each file has a folder of its own.
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let folder = folder(&format!("sheets-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
    std::fs::write(folder.join(name), bytes).expect("written");
    Atlas::read_files([folder.join(name)], reading).map_err(|problems| {
        problems
            .into_iter()
            .map(|problem| {
                let place = problem.place.as_ref().map(|place| {
                    let (line, column) = place.line_and_column();
                    format!(" {line}:{column}")
                });
                (format!("{}{}", problem.code, place.unwrap_or_default()), problem.message)
            })
            .collect()
    })
}

fn loaded(name: &str, text: &str) -> (Atlas, Value) {
    let atlas = read(name, text.as_bytes(), &mut Reading::default())
        .unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    let saved = serde_json::from_str(&save(&atlas)).expect("JSON");
    (atlas, saved)
}

fn refused(name: &str, text: &str) -> Vec<(String, String)> {
    read(name, text.as_bytes(), &mut Reading::default()).expect_err(text)
}

/// Each edge as `from to`, and ` / group` behind those that are alternatives.
fn edges(saved: &Value) -> BTreeSet<String> {
    let edges = saved["edges"].as_array().into_iter().flatten();
    let told = edges.map(|edge| {
        assert_eq!(edge["kind"], "needs");
        let group = edge["properties"]["any-of"].as_str().map(|group| format!(" / {group}"));
        let end = |end: &str| edge[end].as_str().unwrap_or_default().to_owned();
        format!("{} {}{}", end("from"), end("to"), group.unwrap_or_default())
    });
    told.collect()
}

fn set(items: &[&str]) -> BTreeSet<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

/// What a sheet of sixty topics says, by the plainest reading: rows by lines, cells by commas, names
/// by their letters in small.
fn by_hand(text: &str) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let (mut hours, mut edges) = (BTreeMap::new(), BTreeSet::new());
    let rows = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<&str>>());
    for row in rows.filter(|row| !row[0].trim().is_empty()) {
        let name = row[0].trim().to_lowercase();
        for need in row[1].split(';').map(str::trim).filter(|need| !need.is_empty()) {
            edges.insert(format!("{name} {}", need.to_lowercase()));
        }
        hours.insert(name, row[2].to_owned());
    }
    (hours, edges)
}

const FILES: [&str; 4] = ["topics.csv", "topics-excel-de.csv", "topics-utf16.csv", "topics.xlsx"];

#[test]
fn one_sheet_in_four_forms_is_told_alike() {
    for file in FILES {
        if file.ends_with("xlsx") && !cfg!(feature = "xlsx") {
            continue;
        }
        let problems = Atlas::from_files([sheets().join(file)]).expect_err(file);
        let told = problems.iter().map(|problem| {
            let line = problem.place.as_ref().map_or(0, |place| place.line_and_column().0);
            (problem.code, line, problem.message.as_str())
        });
        let told: Vec<_> = told.collect();
        assert_eq!((told[0].0, told[0].1, told[1].1), ("dangling-end", 59, 61), "{file}");
        assert!(told[1].2.contains("names `Guardrails`"), "{file}: {}", told[1].2);
        assert_eq!((told[2].0, told[2].1, told.len()), ("duplicate-id", 63, 3), "{file}");
        let both = "`docker` has the hours 5 here, but 4 on line 22";
        assert!(told[2].2.contains(both), "{file}: {}", told[2].2);
    }
}

/// The sheet without the row that disagrees, in every form that Excel writes.
fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let wide = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.replace(',', "\t").encode_utf16().flat_map(unit).collect()
    };
    let german: String = text
        .lines()
        .map(|line| {
            let cells = line.split(',').map(|cell| {
                if cell.contains(';') { format!("\"{cell}\"") } else { cell.to_owned() }
            });
            cells.collect::<Vec<String>>().join(";") + "\r\n"
        })
        .collect();
    let mut forms = vec![
        ("plain.csv", text.as_bytes().to_vec()),
        ("german.csv", format!("\u{feff}{german}").into_bytes()),
        ("named-sign.csv", format!("sep=;\r\n{german}").into_bytes()),
        ("marked.csv", wide(&format!("\u{feff}{text}"), u16::to_le_bytes)),
        ("unmarked.txt", wide(text, u16::to_be_bytes)),
    ];
    #[cfg(feature = "xlsx")]
    {
        let rows = text.lines().map(|line| line.split(',').collect::<Vec<&str>>());
        let rows: String = rows.map(|cells| support::workbook::row(&cells)).collect();
        let book = support::workbook::workbook_of(&[("Notes", ""), ("Topics", &rows)], "");
        forms.push(("book.xlsx", book));
    }
    forms
}

#[test]
fn one_sheet_in_six_forms_is_one_graph() {
    let text = std::fs::read_to_string(sheets().join("topics.csv")).expect("the sheet");
    let text: String = text
        .lines()
        .filter(|line| !line.starts_with(" docker"))
        .map(|line| line.to_owned() + "\n")
        .collect();
    let (hours, wanted) = by_hand(&text);
    let mut graphs = BTreeSet::new();
    for (name, bytes) in forms(&text) {
        let mut reading = Reading::new(Vec::new(), true);
        let atlas =
            read(name, &bytes, &mut reading).unwrap_or_else(|told| panic!("{name}: {told:?}"));
        let saved: Value = serde_json::from_str(&save(&atlas)).expect("JSON");
        let found: BTreeSet<String> =
            edges(&saved).iter().map(|edge| edge.to_lowercase()).collect();
        assert_eq!(found, wanted, "{name}");
        for node in saved["nodes"].as_array().expect("nodes") {
            let id = node["id"].as_str().unwrap_or_default().to_lowercase();
            let told = node["properties"]["hours"].to_string();
            assert_eq!(hours.get(&id).map_or("null", String::as_str), told, "{name}: {id}");
        }
        let count = |query: &str| atlas.query(query).expect(query).count();
        assert_eq!((count("nodes"), count("prereqs \"LLMOps Capstone\"")), (62, 37), "{name}");
        let check = atlas.query("check then where code = \"cycle\"").expect("check");
        assert_eq!(check.count(), 1, "{name}");
        assert!(atlas.notes()[0].contains("each row is a topic: `Topic` is its name"));
        assert!(atlas.notes()[1].contains("`Guardrails`"), "{:?}", atlas.notes());
        graphs.insert(save(&atlas));
    }
    assert_eq!(graphs.len(), 1);
}

#[test]
fn a_sheet_alone_makes_a_plan() {
    let (atlas, _) =
        loaded("t.csv", "Skill;Depends on;Hours\nA;;1,5\nB;A;2\nC;A or B;4\nD;B, C;1\n");
    let plan = atlas.query("plan D minimize hours").expect("a plan");
    assert_eq!(plan.count(), 4);
    let told = &atlas.notes()[0];
    assert!(told.contains("`Depends on` is what it needs first (relation `needs`, several by commas, 1 with `or` between)"), "{told}");
}

#[test]
fn headers_are_known_in_any_spelling() {
    for header in [
        "Prerequisites",
        "PREREQUISITE",
        "requires",
        "Depends On",
        "depends_on",
        "needs",
        "After",
        "Pre-requisites",
        "Prerequisite 1",
    ] {
        let (_, saved) = loaded("h.csv", &format!("Module,{header}\na,\nb,a\n"));
        assert_eq!(edges(&saved), set(&["b a"]), "{header}");
    }
    for header in ["topic", "Skill", "NAME", "Title", "course", "module"] {
        let (_, saved) = loaded("h.csv", &format!("No,{header}\n1,a\n2,b\n"));
        assert_eq!(saved["nodes"][1]["id"], "b", "{header}");
    }
    // Of two that may be meant, the one that does not repeat.
    for (sheet, name) in
        [("Course,Module,Needs\nX,a,\nX,b,a\n", "b"), ("Module,Course,Needs\nX,a,\nX,b,a\n", "b")]
    {
        assert_eq!(edges(&loaded("h.csv", sheet).1), set(&[&format!("{name} a")]), "{sheet}");
    }
    let (_, saved) = loaded("h.csv", "Topic,Weeks,Effort,Source\na,2,\"1,5\",Knuth\n");
    let properties = serde_json::json!({"Source": "Knuth", "effort": 1.5, "weeks": 2});
    assert_eq!(saved["nodes"][0]["properties"], properties);
}

#[test]
fn names_in_cells_are_found_whatever_their_spelling() {
    let (_, saved) = loaded("n.csv", "Topic,Needs\nU\u{308}ber  Gang,\nb,\" \u{fc}BER GANG \"\n");
    assert_eq!(edges(&saved), set(&["b U\u{308}ber Gang"]));
    let (_, saved) =
        loaded("n.csv", "id,name,aliases,needs\n1,Docker,moby,\n2,Helm,,docker\n3,C,,MOBY; 2\n");
    assert_eq!(edges(&saved), set(&["2 1", "3 1", "3 2"]));
    let told = refused("n.csv", "id,name,needs\n1,A,\n2,a,\n3,B,\"x; A\"\n");
    assert_eq!(
        (told[0].0.as_str(), told[1].0.as_str()),
        ("dangling-end 4:6", "ambiguous-name 4:9")
    );
    assert!(told[1].1.contains("`1` or `2`"), "{told:?}");
}

#[test]
fn names_of_other_files_are_found_too() {
    let folder = folder("sheets-layers");
    let files = [
        ("a.csv", "Topic,Needs\nDocker,Linux\n"),
        ("b.json", r#"{"atlas": 1, "nodes": [{"id": "os", "name": "Linux"}]}"#),
        ("c.csv", "Topic,Needs,Hours\nHelm,docker,3\ndocker,,4\n"),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("written");
    }
    let atlas = Atlas::from_files(files.map(|(name, _)| folder.join(name))).expect("loads");
    let saved: Value = serde_json::from_str(&save(&atlas)).expect("JSON");
    assert_eq!(edges(&saved), set(&["Docker os", "Helm Docker"]));
    assert_eq!(saved["nodes"].as_array().map(Vec::len), Some(3), "{saved}");
    assert_eq!(saved["nodes"][0]["properties"]["hours"], 4);
}

#[test]
fn commas_separate_where_the_sheet_reads_so() {
    let (_, saved) =
        loaded("c.csv", "Topic,Needs\na,\n\"b, or not\",a\nc,\"a, b, or not\"\nd,\"c, a\"\n");
    assert_eq!(edges(&saved), set(&["b, or not a", "c a", "c b, or not", "d a", "d c"]));
    // A misspelt name with a comma is one name.
    let told = refused("c.csv", "Topic,Needs\n\"Backup, Restore\",\nb,\"Backup, Restor\"\n");
    assert!(told[0].1.contains("`Backup, Restor`"), "{told:?}");
}

#[test]
fn rows_of_one_topic_agree_or_are_told_with_both_places() {
    let (_, saved) =
        loaded("r.csv", "Topic,Needs,Hours,aliases\na,,2,x\nb,a,3.0,\nB,,3,y\n b ,a,,z\n");
    assert_eq!(edges(&saved), set(&["b a"]));
    assert_eq!(saved["nodes"][1]["aliases"], serde_json::json!(["y", "z"]));
    let told = refused("r.csv", "Topic,Hours,Level\na,2,low\nA,3,high\n");
    let wanted = [
        ("duplicate-id 3:3", "`A` has the hours 3 here, but 2 on line 2, column 3"),
        ("duplicate-id 3:5", "`A` has the Level `high` here, but `low` on line 2, column 5"),
    ];
    assert_eq!(told, wanted.map(|(code, text)| (code.to_owned(), text.to_owned())));
    let told = refused("r.csv", "Topic,Needs\na,\n,a\n");
    assert_eq!((told[0].0.as_str(), told.len()), ("bad-csv 3:1", 1));
    assert!(told[0].1.contains("names no topic"));
}

#[test]
fn what_nothing_defines_is_told_with_the_nearest_or_made() {
    let sheet = "Topic,Needs\nDocker,\nHelm,Doker\nArgo,\"doker; ghost\"\n";
    let folder = folder("sheets-missing");
    std::fs::write(folder.join("m.csv"), sheet).expect("written");
    let told = run_in(&folder, &["-g", "m.csv", "nodes"], "");
    let text = String::from_utf8_lossy(&told.stderr);
    assert_eq!(told.status.code(), Some(3));
    assert!(text.contains("did you mean `Docker`?") && text.contains("m.csv:3:6"), "{text}");
    let made = run_in(&folder, &["-g", "m.csv", "--create-missing", "nodes then count"], "");
    assert_eq!(String::from_utf8_lossy(&made.stdout), "5\n");
    let text = String::from_utf8_lossy(&made.stderr);
    assert!(text.contains("`Doker` (m.csv:3), `ghost` (m.csv:4)"), "{text}");
}

#[test]
fn what_headers_mean_can_be_said() {
    let sheet = "Thema;Vorher;Zeit;Quelle;Rest\nA;;2;x;\nB;A;3;y;z\n";
    let said = |text: &str| Reading::new(vec![text.parse().expect(text)], false);
    let mut reading =
        said("thema=name,Vorher=prerequisites,Zeit=hours,Quelle=sources,Rest=ignored");
    let atlas = read("s.csv", sheet.as_bytes(), &mut reading).expect("loads");
    let saved: Value = serde_json::from_str(&save(&atlas)).expect("JSON");
    assert_eq!(edges(&saved), set(&["B A"]));
    assert_eq!(saved["nodes"][1]["properties"], serde_json::json!({"hours": 3}));
    assert_eq!(saved["nodes"][1]["sources"][0]["source"], "y");
    let told = read("s.csv", sheet.as_bytes(), &mut said("Tema=name")).expect_err("misspelt");
    assert!(told.iter().any(|(code, _)| code == "bad-flag"), "{told:?}");
    // What looks like a column of prerequisites can stay text.
    let text = "id,needs\na,nothing much\n";
    let atlas = read("s.csv", text.as_bytes(), &mut said("needs=property")).expect("loads");
    assert!(save(&atlas).contains("nothing much"));
    // Edges, too.
    let text = "Kind,Parent,How\na,b,is part of\n";
    let mut reading = said("Kind=from,Parent=to,How=relation");
    let atlas = read("s.csv", text.as_bytes(), &mut reading).expect("loads");
    assert_eq!(atlas.query("relations").expect("a table").count(), 1);
}

#[test]
fn a_title_over_the_columns_is_refused_with_its_place() {
    let told = refused("t.csv", "Curriculum 2026,,\n,,\nTopic,Needs,Hours\na,,1\n");
    assert_eq!(told[0].0, "bad-csv 1:1");
    assert!(told[0].1.contains("named on line 3, below a title"), "{told:?}");
    assert_eq!(loaded("t.csv", "Topic,,\na,,\nb,,\n").1["nodes"].as_array().map(Vec::len), Some(2));
}

#[test]
fn amounts_are_numbers_with_units_or_told() {
    let (atlas, saved) = loaded("a.csv", "Topic,Hours\na,4 h\nb,\"2,5\"\nc,tbd\nd,\nd,3 hours\n");
    let hours: Vec<&Value> = saved["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| &node["properties"]["hours"])
        .collect();
    assert_eq!(serde_json::json!(hours), serde_json::json!([4, 2.5, "tbd", 3]));
    assert!(
        atlas.notes().iter().any(|note| note.contains("a.csv:4: `tbd`")),
        "{:?}",
        atlas.notes()
    );
}

#[test]
fn other_encodings_are_told_with_what_to_type() {
    let folder = folder("sheets-encodings");
    std::fs::write(folder.join("w.csv"), b"Topic,Needs\nM\xfcnchen,\n").expect("written");
    let told = run_in(&folder, &["-g", "w.csv", "nodes"], "");
    let text = String::from_utf8_lossy(&told.stderr);
    for part in [
        "w.csv:2:2",
        "byte 14 is 0xFC, which is `ü` in Windows-1252",
        "iconv -f WINDOWS-1252 -t UTF-8 w.csv > w-utf8.csv",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

/// What only workbooks have.
#[cfg(feature = "xlsx")]
mod workbooks {
    use super::{edges, read, refused, set};
    use crate::support::workbook::{archive, row, workbook_of};
    use crate::support::{folder, run_in};
    use opsatlas::data::save;
    use opsatlas::import::Reading;
    use serde_json::{Value, json};

    fn saved(name: &str, bytes: &[u8]) -> (Value, Vec<String>) {
        let atlas = read(name, bytes, &mut Reading::default()).expect(name);
        (
            serde_json::from_str(&save(&atlas)).expect("JSON"),
            atlas.notes().iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn cells_are_read_by_what_they_hold() {
        let texts = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si><r><t xml:space="preserve">Rich </t></r><r><t>text</t></r></si></sst>"#;
        let rows = row(&["Topic", "Needs", "Hours", "Since", "Done", "Sum", "Bad"])
            + r#"<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="C2"><v>2.2999999999999998</v></c><c r="D2" s="1"><v>45943</v></c><c r="E2" t="b"><v>1</v></c><c r="F2"><f>1+2</f><v>3</v></c><c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>"#
            + r#"<row r="5"><c r="A5" t="s"><v>0</v></c><c r="B5" t="inlineStr"><is><t>A&#10;B</t></is></c><c r="F5"><f>now()</f></c></row>"#
            + r#"<row r="6"><c r="A6" t="inlineStr"><is><t>B</t></is></c></row>"#;
        let (saved, notes) = saved("cells.xlsx", &workbook_of(&[("S", &rows)], texts));
        let wanted = json!({"Done": true, "Since": "2025-10-13", "Sum": 3, "hours": 2.3});
        assert_eq!(saved["nodes"][0]["properties"], wanted);
        assert_eq!(edges(&saved), set(&["Rich text A", "Rich text B"]));
        assert!(notes[0].contains("F5 holds a formula whose value"), "{notes:?}");
        assert!(notes[1].contains("G2 (#DIV/0!) is empty"), "{notes:?}");
    }

    #[test]
    fn a_sheet_is_named_behind_the_file() {
        let folder = folder("sheets-named");
        let topics = row(&["Topic", "Needs"]) + &row(&["a", ""]) + &row(&["b", "x"]);
        let other = row(&["Topic"]) + &row(&["only"]);
        let book =
            workbook_of(&[("Empty", ""), ("Other one", &other), ("Topics 1.2", &topics)], "");
        std::fs::write(folder.join("book.xlsx"), book).expect("written");
        let run = |name: &str, query: &str| {
            let out = run_in(&folder, &["-g", name, query], "");
            String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned()
        };
        assert!(run("book.xlsx", "nodes then select id").starts_with("id\nonly\n"));
        let told = run("book.xlsx#topics 1.2", "nodes");
        assert!(told.contains("--> book.xlsx#Topics 1.2:3:3"), "{told}");
        let told = run("book.xlsx#Topics", "nodes");
        assert!(told.contains("no sheet `Topics`") && told.contains("`Other one`"), "{told}");
        assert!(
            run("book.xlsx#Other one", "nodes then where layer = \"book#Other one\" then count")
                .starts_with("1\n")
        );
        let told = run("none.xlsx#A", "nodes");
        assert!(told.contains("error[io]: none.xlsx#A"), "{told}");
    }

    #[test]
    fn what_is_no_workbook_is_told() {
        let told = |name: &str, bytes: &[u8]| {
            let told = read(name, bytes, &mut Reading::default()).expect_err(name);
            assert_eq!(told[0].0, "bad-xlsx 1:1", "{told:?}");
            told[0].1.clone()
        };
        assert!(told("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old").contains("before 2007"));
        let document = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]);
        assert!(told("sheet.ods", &document).contains("no workbook of Excel"));
        assert!(told("cut.xlsx", b"PK\x03\x04cut").contains("cannot be unpacked"));
        assert!(told("empty.xlsx", &workbook_of(&[("A", "")], "")).contains("no sheet"));
        let merged = row(&["Plan for 2026", "", ""])
            + &row(&["Topic", "Needs", "Hours"])
            + &row(&["a", "", "1"]);
        let book = workbook_of(&[("A", &merged)], "");
        let told = read("merged.xlsx", &book, &mut Reading::default()).expect_err("a title");
        assert_eq!(told[0].0, "bad-csv 1:1");
        assert_eq!(refused("text.xlsx", "Topic,Needs\na,\n")[0].0, "unknown-format 1:1");
    }
}
