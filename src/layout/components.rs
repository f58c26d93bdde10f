//! Connected components: each is arranged alone.

use super::layout_graph::LayoutGraph;

/// The connected components, each with its boxes and arcs by index, in the order of their first box.
/// With bands everything that has an arc is one part.
pub(super) fn components(graph: &LayoutGraph) -> Vec<(Vec<usize>, Vec<usize>)> {
    let count = graph.boxes.len();
    let mut joined = vec![Vec::new(); count];
    for arc in &graph.arcs {
        joined[arc.tail].push(arc.head);
        joined[arc.head].push(arc.tail);
    }
    let mut part_of = vec![usize::MAX; count];
    let mut parts: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    let mut banded = None;
    for first in 0..count {
        if part_of[first] != usize::MAX {
            continue;
        }
        let lonely = joined[first].iter().all(|other| *other == first);
        let part = match banded {
            Some(part) if !lonely => part,
            _ => {
                parts.push(Default::default());
                parts.len() - 1
            }
        };
        if !lonely && !graph.bands.is_empty() {
            banded = Some(part);
        }
        part_of[first] = part;
        let mut open = vec![first];
        while let Some(at) = open.pop() {
            parts[part].0.push(at);
            for other in &joined[at] {
                if part_of[*other] == usize::MAX {
                    part_of[*other] = part;
                    open.push(*other);
                }
            }
        }
    }
    for (index, arc) in graph.arcs.iter().enumerate() {
        parts[part_of[arc.tail]].1.push(index);
    }
    for part in &mut parts {
        part.0.sort_unstable();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{LayoutArc, Size};

    fn graph(bands: Vec<usize>) -> LayoutGraph {
        let arc = |(tail, head)| LayoutArc { tail, head, label: None, weight: 1, firmness: 1 };
        let arcs = [(3, 1), (2, 2), (4, 5), (1, 3)].map(arc).to_vec();
        LayoutGraph { boxes: vec![Size::default(); 6], arcs, bands, ..LayoutGraph::default() }
    }

    #[test]
    fn boxes_and_arcs_stay_together_in_the_order_of_the_first_box() {
        let lonely = (vec![0], vec![]);
        let with_a_loop = (vec![2], vec![1]);
        let joined = [(vec![1, 3], vec![0, 3]), (vec![4, 5], vec![2])];
        let [first, second] = joined;
        assert_eq!(components(&graph(Vec::new())), [lonely, first, with_a_loop, second]);
    }

    #[test]
    fn bands_join_whatever_has_an_arc() {
        let parts = components(&graph(vec![0; 6]));
        assert_eq!(parts[1], (vec![1, 3, 4, 5], vec![0, 2, 3]));
        assert_eq!(parts.len(), 3);
    }
}
