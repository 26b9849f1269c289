//! Cells as written → rows in which every spanning cell stands where a reader sees it (HTML, "forming
//! a table"). Spans are cut as browsers cut them, and the whole is bounded.

use super::{Cell, Placed, Table};

/// HTML, "attributes common to td and th elements": a larger `colspan` counts as this.
const WIDEST: u32 = 1000;
/// Likewise for `rowspan`.
const TALLEST: u32 = 65_534;
/// Places of cells in all rows of a page. A page people read has some thousands.
const MOST_PLACES: usize = 300_000;

/// How many rows a cell reaches down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// This many, its own included.
    Rows(u32),
    /// To the end of the row group (`rowspan=0`).
    Group,
}

/// A cell as written.
#[derive(Debug)]
pub(super) struct RawCell {
    pub(super) cell: Cell,
    pub(super) columns: u32,
    pub(super) reach: Reach,
}

/// A row as written.
#[derive(Debug, Default)]
pub(super) struct RawRow {
    pub(super) cells: Vec<RawCell>,
    /// A `thead`, `tbody` or `tfoot` begins with it: no cell reaches into it from above.
    pub(super) begins_group: bool,
}

/// The value of a `colspan`.
pub(super) fn read_columns(value: Option<&str>) -> u32 {
    read_number(value).filter(|number| *number > 0).map_or(1, |number| number.min(WIDEST))
}

/// The value of a `rowspan`.
pub(super) fn read_reach(value: Option<&str>) -> Reach {
    match read_number(value) {
        Some(0) => Reach::Group,
        Some(number) => Reach::Rows(number.min(TALLEST)),
        None => Reach::Rows(1),
    }
}

/// HTML, "rules for parsing non-negative integers": digits first, the rest is ignored.
fn read_number(value: Option<&str>) -> Option<u32> {
    let digits = value?.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    // Too large for the type is larger than any cell may be.
    (end > 0).then(|| digits[..end].parse().unwrap_or(u32::MAX))
}

/// A cell that reaches into rows to come.
struct Hanging {
    cell: u32,
    from: u32,
    to: u32,
    rows: Option<u32>,
}

/// How many places of cells may still be made.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MOST_PLACES)
    }
}

impl Budget {
    fn take(&mut self, places: usize) -> bool {
        let is_enough = self.0 >= places;
        self.0 = self.0.saturating_sub(places);
        is_enough
    }
}

/// Lays the rows out. The second value: how many rows were left out because there is no end of them.
pub(super) fn lay_out(rows: Vec<RawRow>, budget: &mut Budget) -> (Table, usize) {
    let mut table = Table::default();
    let mut hanging: Vec<Hanging> = Vec::new();
    let total = rows.len();
    for (number, row) in rows.into_iter().enumerate() {
        if row.begins_group {
            hanging.clear();
        }
        if !budget.take(row.cells.len() + hanging.len()) {
            return (table, total - number);
        }
        lay_out_row(row, &mut hanging, &mut table);
    }
    (table, 0)
}

fn lay_out_row(row: RawRow, hanging: &mut Vec<Hanging>, table: &mut Table) {
    hanging.sort_by_key(|hanging| hanging.from);
    let mut places: Vec<Placed> =
        hanging.iter().map(|hanging| Placed { cell: hanging.cell, column: hanging.from, is_carried: true }).collect();
    let mut occupied = hanging.iter().map(|hanging| (hanging.from, hanging.to)).peekable();
    let mut next = Vec::new();
    let mut column = 0;
    for raw in row.cells {
        while let Some((_, to)) = occupied.next_if(|(from, _)| *from <= column) {
            column = column.max(to);
        }
        let cell = table.cells.len() as u32;
        places.push(Placed { cell, column, is_carried: false });
        let rows = match raw.reach {
            Reach::Rows(rows) => Some(rows.saturating_sub(1)),
            Reach::Group => None,
        };
        if rows != Some(0) {
            next.push(Hanging { cell, from: column, to: column + raw.columns, rows });
        }
        column += raw.columns;
        table.cells.push(raw.cell);
    }
    hanging.retain_mut(|hanging| match &mut hanging.rows {
        Some(rows) => {
            *rows -= 1;
            *rows > 0
        }
        None => true,
    });
    hanging.append(&mut next);
    places.sort_by_key(|place| place.column);
    table.rows.push(places);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[(&str, &str, &str)]]) -> Vec<String> {
        let rows = rows.iter().map(|cells| RawRow {
            begins_group: false,
            cells: cells
                .iter()
                .map(|(text, columns, reach)| RawCell {
                    cell: Cell { text: (*text).to_owned(), ..Cell::default() },
                    columns: read_columns(Some(columns)),
                    reach: read_reach(Some(reach)),
                })
                .collect(),
        });
        let (table, _) = lay_out(rows.collect(), &mut Budget::default());
        let say = |place: &Placed| format!("{}{}", table.cells[place.cell as usize].text, place.column);
        table.rows.iter().map(|row| row.iter().map(say).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn spanning_cells_stand_in_every_row_they_reach() {
        assert_eq!(
            grid(&[&[("a", "", "3"), ("b", "", "")], &[("c", "", "2"), ("d", "", "")], &[("e", "", "")]]),
            ["a0 b1", "a0 c1 d2", "a0 c1 e2"]
        );
        assert_eq!(
            grid(&[&[("a", "2", ""), ("b", "", "0")], &[("c", "", ""), ("d", "", "")], &[("e", "", "")]]),
            ["a0 b2", "c0 d1 b2", "e0 b2"]
        );
        assert_eq!(grid(&[&[("a", "99999999999", "-1"), ("b", "0", "x")]]), ["a0 b1000"]);
    }

    #[test]
    fn a_table_without_end_is_cut() {
        let wide = (0..10_000).map(|_| RawCell { cell: Cell::default(), columns: 1, reach: Reach::Group });
        let mut rows = vec![RawRow { cells: wide.collect(), begins_group: false }];
        rows.extend((0..10_000).map(|_| RawRow::default()));
        let (table, left) = lay_out(rows, &mut Budget::default());
        assert_eq!((table.rows.len(), left), (30, 9971));
    }
}
