//! The colours of a roadmap as CSS: calm cards on pale lanes; kinds are told by a bar.

use crate::answer::Roadmap;
use crate::render::Theme;
use crate::render::palette::{ASH, CHALK, Color, GREY, INK, NIGHT, WHITE};
use std::collections::BTreeSet;

/// What is the same by day and by night.
const SHAPES: &str = "\
.card .box{stroke-width:1}.card.recommended .box{stroke-dasharray:4 3}.card.ready .box{stroke-width:2}\
.check{fill:none;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}\
.link path{fill:none;stroke-width:1.5}.link.recommended path{stroke-dasharray:5 3}";

/// The style of a roadmap.
pub(super) fn style(map: &Roadmap<'_>, theme: Theme) -> String {
    theme.css(SHAPES, |dark| colors(map, dark))
}

fn colors(map: &Roadmap<'_>, dark: bool) -> String {
    let (ground, ink, soft) = if dark { (NIGHT, CHALK, ASH) } else { (WHITE, INK, GREY) };
    let ready = Color::of_progress(crate::answer::Readiness::Ready);
    let raised = if dark { ink.on(ground, 9) } else { WHITE };
    let css = [
        (".ground", "fill", ground),
        ("text", "fill", ink),
        (".soft,.aside", "fill", soft),
        (".field", "fill", ink.on(ground, if dark { 5 } else { 4 })),
        (".card .box", "fill", raised),
        (".card .box", "stroke", ink.on(ground, 20)),
        (".card.recommended .box", "fill", ink.on(ground, if dark { 5 } else { 4 })),
        (".card.recommended .box", "stroke", ink.on(ground, 38)),
        (".card.ready .box", "fill", ready.on(ground, if dark { 20 } else { 10 })),
        (".card.ready .box", "stroke", ready),
        (".card.known .box", "fill", ink.on(ground, 11)),
        (".card.known .name", "fill", soft),
        (".check", "stroke", ready),
        (".card .bar", "fill", soft),
        (".head rect", "fill", GREY),
        (".head text", "fill", WHITE),
        (".link path", "stroke", soft),
        (".link polygon", "fill", soft),
    ];
    let rule =
        |(select, what, color): (&str, &str, Color)| format!("{select}{{{what}:{}}}", color.hex());
    let mut css: String = css.into_iter().map(rule).collect();
    let first = |node| map.atlas.node(node).kinds.first().copied();
    let kinds: BTreeSet<Option<usize>> = map.cards().map(|card| first(card.node)).collect();
    for kind in kinds.into_iter().flatten() {
        let [solid, on, bar] = Color::of_cards(map.atlas, kind, dark).map(Color::hex);
        css.push_str(&format!(
            ".card.k{kind} .bar{{fill:{bar}}}.head.k{kind} rect{{fill:{solid}}}.head.k{kind} text{{fill:{on}}}"
        ));
    }
    css
}
