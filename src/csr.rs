//! Compressed sparse rows (CSR): many short lists in one array, with the offset at which each row
//! begins. Adjacency of nodes, members of groups, clauses of items: whatever belongs to a number.

use petgraph::graph::IndexType;

/// Rows of columns, each with a value if you like. Rows are numbered from 0.
#[derive(Debug, Clone)]
pub(crate) struct Csr<C = u32, V = ()> {
    /// Where each row begins; one more, where the last one ends.
    row_offsets: Vec<u32>,
    columns: Vec<C>,
    values: Vec<V>,
}

impl<C: IndexType> Csr<C> {
    /// No rows yet.
    pub(crate) fn new() -> Self {
        Self { row_offsets: vec![0], columns: Vec::new(), values: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, columns: impl IntoIterator<Item = C>) {
        self.columns.extend(columns);
        self.values.resize(self.columns.len(), ());
        self.row_offsets.push(self.columns.len() as u32);
    }
}

impl<C: IndexType, V: Copy + Default> Csr<C, V> {
    /// Entries (row, column, value) by their rows; those of one row in the order they come.
    /// A counting sort: O(rows + entries).
    pub(crate) fn from_entries(
        rows: usize,
        entries: impl Iterator<Item = (C, C, V)> + Clone,
    ) -> Self {
        let mut next = vec![0; rows + 1];
        entries.clone().for_each(|(row, ..)| next[row.index() + 1] += 1);
        for row in 0..rows {
            next[row + 1] += next[row];
        }
        // From here on `next` tells where each row's next entry goes.
        let row_offsets = next.clone();
        let mut columns = vec![C::default(); row_offsets[rows] as usize];
        let mut values = vec![V::default(); columns.len()];
        for (row, column, value) in entries {
            let place = next[row.index()] as usize;
            (columns[place], values[place]) = (column, value);
            next[row.index()] += 1;
        }
        Self { row_offsets, columns, values }
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.row_offsets.len() - 1
    }

    #[inline]
    fn range(&self, row: usize) -> std::ops::Range<usize> {
        self.row_offsets[row] as usize..self.row_offsets[row + 1] as usize
    }

    /// The columns of a row.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> &[C] {
        &self.columns[self.range(row)]
    }

    /// The columns of a row, and their values.
    #[inline]
    pub(crate) fn entries(&self, row: usize) -> (&[C], &[V]) {
        let range = self.range(row);
        (&self.columns[range.clone()], &self.values[range])
    }

    /// Sorts each row by `order`. O(entries log longest row), linear where rows are in order.
    pub(crate) fn sort_rows(&mut self, order: impl Fn(&(C, V), &(C, V)) -> std::cmp::Ordering) {
        let mut row_entries = Vec::new();
        for row in 0..self.len() {
            let range = self.range(row);
            let (columns, values) = (&mut self.columns[range.clone()], &mut self.values[range]);
            row_entries.clear();
            row_entries.extend(columns.iter().copied().zip(values.iter().copied()));
            // Most rows are in order already, and to look is cheaper than to sort.
            if !row_entries.is_sorted_by(|a, b| order(a, b).is_le()) {
                row_entries.sort_by(&order);
                for (at, entry) in row_entries.iter().enumerate() {
                    (columns[at], values[at]) = *entry;
                }
            }
        }
    }

    /// Rows become columns and columns, of which there are `columns`, become rows: in each the
    /// former rows ascend. O(rows + columns + entries).
    pub(crate) fn transpose(&self, columns: usize) -> Self {
        let entries = (0..self.len()).flat_map(|row| {
            let (columns, values) = self.entries(row);
            columns.iter().zip(values).map(move |(column, value)| (*column, C::new(row), *value))
        });
        Self::from_entries(columns, entries)
    }
}

#[cfg(test)]
mod tests {
    use super::Csr;

    fn rows<V: Copy + Default>(csr: &Csr<u32, V>) -> Vec<&[u32]> {
        (0..csr.len()).map(|row| csr.row(row)).collect()
    }

    #[test]
    fn rows_hold_what_was_pushed() {
        let mut csr = Csr::new();
        assert_eq!(csr.len(), 0);
        for row in [vec![3, 1], vec![], vec![2]] {
            csr.push(row);
        }
        assert_eq!(rows(&csr), [[3, 1].as_slice(), &[], &[2]]);
    }

    #[test]
    fn entries_of_a_row_keep_their_order_until_it_is_sorted() {
        let entries = [(2, 5, 'a'), (0, 4, 'b'), (2, 1, 'c'), (2, 5, 'd')];
        let mut csr = Csr::from_entries(4, entries.into_iter());
        assert_eq!(csr.entries(2), ([5, 1, 5].as_slice(), ['a', 'c', 'd'].as_slice()));
        csr.sort_rows(|a, b| a.0.cmp(&b.0));
        assert_eq!(csr.entries(2), ([1, 5, 5].as_slice(), ['c', 'a', 'd'].as_slice()));
        assert_eq!(rows(&csr), [[4].as_slice(), &[], &[1, 5, 5], &[]]);
    }

    #[test]
    fn a_column_of_the_transpose_lists_its_rows_in_ascending_order() {
        let entries = [(1, 0, 10), (0, 2, 20), (1, 2, 30), (0, 0, 40)];
        let csr: Csr<u32, i32> = Csr::from_entries(2, entries.into_iter());
        let transposed = csr.transpose(3);
        assert_eq!(rows(&transposed), [[0, 1].as_slice(), &[], &[0, 1]]);
        assert_eq!(transposed.entries(0).1, [40, 10]);
        assert_eq!(rows(&transposed.transpose(2)), [[0, 2].as_slice(), &[0, 2]]);
    }
}
