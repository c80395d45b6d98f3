//! Targets out of a table that a person exported or typed: account (if any), symbol or `#tag`,
//! weight, band (if any). Lenient where no doubt is possible: commas, semicolons or tabs, quotes, a
//! byte-order mark, percent signs, a decimal comma, columns by name or by place.

use gatehouse_domain::Decimal;
use gatehouse_domain::decimal::parse_plain;

/// More rows than this are not read.
const MOST_ROWS: usize = 5_000;

/// A target as it can be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRow {
    /// Empty: none named.
    pub account: String,
    /// A symbol, or a tag with `#` before it.
    pub name: String,
    /// In percent, with a point.
    pub weight: String,
    /// In percentage points; empty: as usual.
    pub band: String,
}

/// What can't be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFault {
    /// From 1.
    pub line: u64,
    pub says: String,
}

/// What was read, beside what could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadTargets {
    pub rows: Vec<TargetRow>,
    pub faults: Vec<ReadFault>,
}

/// Where each column is.
#[derive(Debug, Clone, Copy, Default)]
struct Columns {
    account: Option<usize>,
    name: usize,
    /// Whether the names are tags even without a `#`.
    tags: bool,
    weight: usize,
    band: Option<usize>,
}

/// Reads the text; every line is either a row or a fault.
#[must_use]
pub fn read(text: &str) -> ReadTargets {
    let text = text.trim_start_matches('\u{feff}');
    let mut read = ReadTargets::default();
    let mut columns: Option<Columns> = None;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                read.fault(line, format!("It can't be read: {error}."));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<&str> = record.iter().collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let Some(places) = columns else {
            let named = by_name(&cells);
            columns = Some(named.unwrap_or_else(|| by_place(&cells)));
            if named.is_none() {
                read.take(line, &cells, by_place(&cells));
            }
            continue;
        };
        if read.rows.len() == MOST_ROWS {
            read.fault(line, format!("More than {MOST_ROWS} targets are not read."));
            break;
        }
        read.take(line, &cells, places);
    }
    if read.rows.is_empty() && read.faults.is_empty() {
        read.fault(
            1,
            "There is no target in it. A line is: symbol, weight.".to_owned(),
        );
    }
    read
}

impl ReadTargets {
    fn fault(&mut self, line: u64, says: String) {
        self.faults.push(ReadFault { line, says });
    }

    fn take(&mut self, line: u64, cells: &[&str], columns: Columns) {
        match row(cells, columns) {
            Ok(row) => self.rows.push(row),
            Err(says) => self.fault(line, says),
        }
    }
}

/// Of the first line that says something: what is most often between its cells.
fn delimiter(text: &str) -> u8 {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let mut quoted = false;
    let bare: Vec<char> = line
        .chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted
        })
        .collect();
    match (bare.contains(&';'), bare.contains(&'\t')) {
        (true, _) => b';',
        (false, true) => b'\t',
        (false, false) => b',',
    }
}

/// Columns from a line of names; `None` when it is none.
fn by_name(cells: &[&str]) -> Option<Columns> {
    let find = |names: &[&str]| {
        cells.iter().position(|cell| {
            let bare: String = cell.chars().filter(|c| c.is_alphanumeric()).collect();
            names.contains(&bare.to_lowercase().as_str())
        })
    };
    let weight = find(&[
        "weight",
        "weightpercent",
        "target",
        "targetweight",
        "percent",
        "share",
    ])
    .or_else(|| cells.iter().position(|cell| *cell == "%"))?;
    let symbol = find(&["symbol", "ticker", "instrument", "name", "symbolortag"]);
    let tag = find(&["tag", "group", "class", "assetclass"]);
    Some(Columns {
        account: find(&["account", "accountid"]),
        name: symbol.or(tag)?,
        tags: symbol.is_none(),
        weight,
        band: find(&["band", "bandpercent", "tolerance", "drift"]),
    })
}

/// Columns of a line without names: an account stands before the symbol when the second cell is no
/// number.
fn by_place(cells: &[&str]) -> Columns {
    let is_number = |at: usize| cells.get(at).is_some_and(|cell| percent(cell).is_ok());
    let first = usize::from(cells.len() > 2 && !is_number(1) && is_number(2));
    Columns {
        account: (first == 1).then_some(0),
        name: first,
        tags: false,
        weight: first + 1,
        band: Some(first + 2),
    }
}

fn row(cells: &[&str], columns: Columns) -> Result<TargetRow, String> {
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let name = cell(columns.name).trim_start_matches('\'').trim();
    if name.is_empty() || name == "#" {
        return Err("There is no symbol and no tag in it.".to_owned());
    }
    let name = match (columns.tags, name.strip_prefix('#')) {
        (_, Some(tag)) => format!("#{}", tag.trim().to_lowercase()),
        (true, None) => format!("#{}", name.to_lowercase()),
        (false, None) => name.to_uppercase(),
    };
    let weight =
        percent(cell(columns.weight)).map_err(|why| format!("The weight of {name}: {why}"))?;
    let band = match columns.band.map(cell).unwrap_or_default() {
        "" => String::new(),
        text => percent(text)
            .map_err(|why| format!("The band of {name}: {why}"))?
            .to_string(),
    };
    Ok(TargetRow {
        account: columns.account.map(cell).unwrap_or_default().to_owned(),
        name,
        weight: weight.to_string(),
        band,
    })
}

/// A share of a hundred: `12.5`, `12.5 %`, and with a decimal comma `12,5`.
fn percent(text: &str) -> Result<Decimal, String> {
    let bare = text.trim().trim_end_matches('%').trim();
    let pointed = match bare.split_once(',') {
        // With more digits it may be thousands.
        Some((whole, part)) if part.len() <= 2 && !bare.contains('.') && !whole.is_empty() => {
            format!("{whole}.{part}")
        }
        _ => bare.to_owned(),
    };
    let number = parse_plain(&pointed).map_err(|error| error.to_string())?;
    if number < Decimal::ZERO || number > Decimal::ONE_HUNDRED {
        return Err(format!("{text:?} is not between 0 and 100."));
    }
    Ok(number.normalize())
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
