//! Workbooks as Excel lays them out, made of what tests say.

use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of these parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

const DECLARED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of sheets, each the XML of its rows; style 1 is a date. `texts` is the table of texts.
pub(crate) fn workbook_of(sheets: &[(&str, &str)], texts: &str) -> Vec<u8> {
    let mut list = String::new();
    let mut links = format!(r#"<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>"#);
    let mut parts: Vec<(String, String)> = Vec::new();
    for (at, (name, rows)) in sheets.iter().enumerate() {
        list += &format!(r#"<sheet name="{name}" sheetId="{}" r:id="r{at}"/>"#, at + 1);
        links += &format!(
            r#"<Relationship Id="r{at}" Type="{OFFICE}/worksheet" Target="worksheets/s{at}.xml"/>"#
        );
        let sheet = format!(
            r#"{DECLARED}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#
        );
        parts.push((format!("xl/worksheets/s{at}.xml"), sheet));
    }
    let styles = r#"<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>"#;
    for (name, content) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="b" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{list}</sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(r#"<Relationships xmlns="{PACKAGE}">{links}</Relationships>"#),
        ),
        ("xl/styles.xml", format!(r#"<styleSheet xmlns="{MAIN}">{styles}</styleSheet>"#)),
        ("xl/sharedStrings.xml", texts.to_owned()),
    ] {
        if !content.is_empty() {
            parts.push((name.to_owned(), content));
        }
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect();
    archive(&parts)
}

/// A row of cells that hold texts.
pub(crate) fn row(cells: &[&str]) -> String {
    let cells = cells.iter().map(|cell| {
        let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
        format!(r#"<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>"#)
    });
    format!("<row>{}</row>", cells.collect::<String>())
}
