//! Binary search in what is no slice.

/// The first of so many, which stand in order, that is not before what is sought.
pub(super) fn first_not_before(count: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
