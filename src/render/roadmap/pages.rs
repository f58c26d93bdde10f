//! What heads of a roadmap of several sheets tell of the others.

use crate::layout::{LaneText, RoadmapScene, Sheet, roadmap};
use std::collections::BTreeSet;

/// How often sheets are laid out anew because a word more in a head moved a lane to another.
const ROUNDS: usize = 4;

/// The sheets, on which heads tell where a link goes that leaves its sheet, or where it comes from.
pub(super) fn with_pages(
    texts: &[LaneText],
    links: &[(usize, usize)],
    sheet: &Sheet,
) -> Vec<RoadmapScene> {
    let mut scenes = roadmap(texts, links, sheet);
    let mut told: Vec<String> = vec![String::new(); texts.len()];
    for _ in 0..ROUNDS {
        let words = page_words(&scenes, links, texts.len());
        if words == told {
            break;
        }
        told = words;
        let longer = texts.iter().zip(&told).map(|(text, words)| LaneText {
            summary: format!("{}{words}", text.summary),
            ..text.clone()
        });
        scenes = roadmap(&longer.collect::<Vec<LaneText>>(), links, sheet);
    }
    scenes
}

/// What the head of each lane tells of other sheets.
fn page_words(scenes: &[RoadmapScene], links: &[(usize, usize)], lanes: usize) -> Vec<String> {
    let mut pages: Vec<Option<(usize, usize)>> = vec![None; lanes];
    for (page, scene) in scenes.iter().enumerate() {
        for lane in &scene.lanes {
            let first = pages[lane.lane].map_or(page, |(first, _)| first);
            pages[lane.lane] = Some((first, page));
        }
    }
    let mut onward = vec![BTreeSet::new(); lanes];
    let mut back = vec![BTreeSet::new(); lanes];
    for (at, (from, to)) in links.iter().enumerate() {
        let joined = scenes.iter().any(|scene| scene.links.iter().any(|(link, _)| *link == at));
        if let (false, Some((_, last)), Some((first, _))) = (joined, pages[*from], pages[*to]) {
            onward[*from].insert(first + 1);
            back[*to].insert(last + 1);
        }
    }
    let words = |sign: &str, pages: &BTreeSet<usize>| match pages.len() {
        0 => String::new(),
        _ => {
            let numbers: Vec<String> = pages.iter().map(usize::to_string).collect();
            format!(" · {sign} page {}", numbers.join(", "))
        }
    };
    onward.iter().zip(&back).map(|(to, from)| words("→", to) + &words("←", from)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::CardText;

    #[test]
    fn a_link_that_leaves_its_sheet_says_where_it_goes() {
        let lane = |name: &str| LaneText {
            title: name.to_owned(),
            summary: "9 steps".to_owned(),
            cards: vec![CardText { name: "a step".to_owned(), ..CardText::default() }; 9],
        };
        let lanes = ["first", "second", "third"].map(lane);
        let sheet = Sheet { width: 400.0, height: Some(260.0), letters: [12.0, 12.0], pages: true };
        let scenes = with_pages(&lanes, &[(0, 1), (0, 2)], &sheet);
        assert!(scenes.len() > 2, "{} sheets", scenes.len());
        let told = |lane: usize| {
            let placed = scenes.iter().flat_map(|scene| &scene.lanes).find(|at| at.lane == lane);
            let lines = placed.expect("a lane").summary.iter().map(|line| line.text.clone());
            lines.collect::<Vec<String>>().join(" ")
        };
        assert!(told(0).contains("→ page "), "{}", told(0));
        assert!(told(2).contains("← page "), "{}", told(2));
        let one = with_pages(&lanes, &[(0, 1)], &Sheet { height: None, ..sheet });
        assert!(
            one.iter()
                .flat_map(|scene| &scene.lanes)
                .all(|lane| { lane.summary.iter().all(|line| !line.text.contains("page")) })
        );
    }
}
