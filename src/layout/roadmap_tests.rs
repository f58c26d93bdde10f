//! The rules of lanes and cards: nothing overlaps, all is inside, the order is kept.

use super::*;

/// Lanes of so many cards with names of all lengths.
fn lanes(counts: &[usize]) -> Vec<LaneText> {
    let name =
        |at: usize| ["Git", "Continuous delivery", "Approximate nearest neighbor search"][at % 3];
    let card = |at: usize| CardText {
        name: format!("{} {at}", name(at)),
        aside: if at.is_multiple_of(2) { format!("{at} h") } else { String::new() },
        marked: at.is_multiple_of(5),
    };
    let lane = |(at, count): (usize, &usize)| LaneText {
        title: format!("Milestone {at}"),
        summary: format!("{count} steps · 12 h"),
        cards: (0..*count).map(card).collect(),
    };
    counts.iter().enumerate().map(lane).collect()
}

fn chain(count: usize) -> Vec<(usize, usize)> {
    (1..count).map(|lane| (lane - 1, lane)).chain([(0, count - 1), (count - 1, 1)]).collect()
}

fn sheet(width: f64, height: f64, pages: bool) -> Sheet {
    Sheet { width, height: Some(height), letters: [11.0, 13.0], pages }
}

fn inside(outer: &Area, inner: &Area) -> bool {
    let slack = 1e-6;
    inner.corner.x >= outer.corner.x - slack
        && inner.corner.y >= outer.corner.y - slack
        && inner.corner.x + inner.width <= outer.corner.x + outer.width + slack
        && inner.corner.y + inner.height <= outer.corner.y + outer.height + slack
}

fn apart(a: &Area, b: &Area) -> bool {
    a.corner.x + a.width <= b.corner.x
        || b.corner.x + b.width <= a.corner.x
        || a.corner.y + a.height <= b.corner.y
        || b.corner.y + b.height <= a.corner.y
}

/// The room that a line of text takes.
fn room(text: &PlacedText, size: f64, end: bool) -> Area {
    let width = text_width(&text.text, size);
    let x = if end { text.at.x - width } else { text.at.x };
    Area { corner: Point { x, y: text.at.y - size * 0.76 }, width, height: size }
}

fn assert_sound(scene: &RoadmapScene) {
    let whole = Area { corner: Point::default(), width: scene.size.x, height: scene.size.y };
    for (at, lane) in scene.lanes.iter().enumerate() {
        assert!(inside(&whole, &lane.area) && inside(&lane.area, &lane.head));
        for other in &scene.lanes[at + 1..] {
            assert!(apart(&lane.area, &other.area));
            assert!(lane.area.corner.y < other.area.corner.y, "lanes keep their order");
        }
        for text in &lane.title {
            assert!(inside(&lane.head, &room(text, scene.letters * 1.12, false)), "{text:?}");
        }
        for (at, card) in lane.cards.iter().enumerate() {
            assert!(inside(&lane.area, &card.area) && apart(&lane.head, &card.area));
            let mut texts: Vec<Area> =
                card.lines.iter().map(|line| room(line, scene.letters, false)).collect();
            texts.extend(card.aside.iter().map(|aside| room(aside, scene.letters, true)));
            for (at, text) in texts.iter().enumerate() {
                assert!(inside(&card.area, text), "{card:?}");
                assert!(texts[at + 1..].iter().all(|other| apart(text, other)), "{card:?}");
            }
            for next in &lane.cards[at + 1..] {
                let later = |a: Point, b: Point| (a.y, a.x) < (b.y, b.x);
                assert!(apart(&card.area, &next.area) && card.card < next.card);
                assert!(later(card.area.corner, next.area.corner), "cards keep their order");
            }
        }
    }
}

fn told(scenes: &[RoadmapScene]) -> Vec<(usize, usize)> {
    let lanes = scenes.iter().flat_map(|scene| &scene.lanes);
    lanes.flat_map(|lane| lane.cards.iter().map(|card| (lane.lane, card.card))).collect()
}

fn all(counts: &[usize]) -> Vec<(usize, usize)> {
    let lanes = counts.iter().enumerate();
    lanes.flat_map(|(lane, count)| (0..*count).map(move |card| (lane, card))).collect()
}

#[test]
fn nothing_overlaps_and_all_is_told_in_order() {
    for counts in [&[0][..], &[1], &[3, 0, 40], &[40, 18, 45, 50, 30], &[200]] {
        for (width, height) in [(300.0, 400.0), (900.0, 600.0), (1872.0, 980.0)] {
            for pages in [false, true] {
                let (lanes, links) = (lanes(counts), chain(counts.len()));
                let scenes = roadmap(&lanes, &links, &sheet(width, height, pages));
                scenes.iter().for_each(assert_sound);
                assert_eq!(told(&scenes), all(counts));
                assert!(pages || scenes.len() == 1);
            }
        }
    }
}

#[test]
fn letters_are_as_large_as_the_sheet_allows_and_never_smaller_than_told() {
    let lanes = lanes(&[40, 18, 45, 50, 30]);
    let letters = |height: f64| {
        let scenes = roadmap(&lanes, &[], &sheet(1872.0, height, false));
        (scenes[0].letters, scenes[0].size.y <= height)
    };
    assert_eq!(letters(4000.0), (13.0, true));
    assert_eq!(letters(100.0), (11.0, false));
    let (middle, fits) = letters(1000.0);
    assert!(fits && middle > 11.0, "{middle}");
}

#[test]
fn pages_are_no_higher_than_told_and_break_between_rows() {
    let lanes = lanes(&[40, 18, 45, 50, 30]);
    let scenes = roadmap(&lanes, &[], &sheet(700.0, 900.0, true));
    assert!(scenes.len() > 1 && scenes.iter().all(|scene| scene.size.y <= 900.0));
    let first = |scene: &RoadmapScene| scene.lanes.first().map(|lane| lane.continued);
    assert!(scenes.iter().all(|scene| first(scene) == Some(false)), "each begins with a lane");
    let long = roadmap(&self::lanes(&[200]), &[], &sheet(700.0, 900.0, true));
    assert!(long.len() > 1 && long[1].lanes[0].continued);
}

#[test]
fn links_run_from_head_to_head_and_share_no_track() {
    let lanes = lanes(&[4, 4, 4, 4]);
    let links = [(0, 1), (0, 2), (0, 3), (3, 1), (2, 3)];
    let scene = &roadmap(&lanes, &links, &sheet(900.0, 900.0, false))[0];
    let meets = |point: Point, head: &Area| {
        inside(
            &Area { width: head.width + 1e-6, ..*head },
            &Area { corner: point, ..Area::default() },
        )
    };
    assert_eq!(scene.links.len(), links.len());
    for (at, curve) in &scene.links {
        let (from, to) = links[*at];
        assert!(meets(curve.start, &scene.lanes[from].head), "{at}");
        assert!(meets(curve.end(), &scene.lanes[to].head), "{at}");
    }
    let track = |at: usize| {
        let points = scene.links[at].1.pieces.iter().flatten();
        points.map(|point| point.x).fold(f64::INFINITY, f64::min)
    };
    let apart = |a: f64, b: f64| (a - b).abs() > 0.5;
    let kept = apart(track(1), track(2)) && apart(track(2), track(3));
    assert!(kept, "what passes one lane keeps apart");
    assert!(track(1) > 0.0 && track(2) > 0.0);
}
