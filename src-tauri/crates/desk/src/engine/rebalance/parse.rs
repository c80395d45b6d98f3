//! What was typed, read against what there is.

use super::gather::Gathered;
use crate::view::{
    RebalanceFault, RebalanceField, RebalanceInput, RebalanceOthers, RebalanceSpread,
};
use gatehouse_analytics::rebalance::{Others, Spread, Target, Wanted, Wish};
use gatehouse_domain::Decimal;
use gatehouse_domain::decimal::parse_plain;
use std::collections::{BTreeMap, BTreeSet};

/// Its members are bought in an IRA first.
const TAX_INEFFICIENT: &str = "tax-inefficient";
/// Its members are bought in a Roth IRA first.
const ROTH: &str = "roth";

pub(super) struct Parsed {
    pub(super) wish: Wish,
    pub(super) faults: Vec<RebalanceFault>,
}

/// Reads the form. Locks and tags are put on the listings.
pub(super) fn parse(input: &RebalanceInput, gathered: &mut Gathered, cushion: Decimal) -> Parsed {
    let mut faults = Faults(Vec::new());
    for symbol in symbols(&input.locked_symbols) {
        if let Some(at) = gathered.by_symbol.get(&symbol) {
            gathered.household.listings[*at].locked = true;
        }
    }
    let tags = tags(input, &mut faults);
    for (tag, members) in &tags {
        for at in members
            .iter()
            .filter_map(|symbol| gathered.by_symbol.get(symbol))
        {
            let listing = &mut gathered.household.listings[*at];
            listing.tax_inefficient |= tag == TAX_INEFFICIENT;
            listing.roth_first |= tag == ROTH;
        }
    }
    let usual = |faults: &mut Faults, field, text: &str, most: Option<Decimal>| match text.trim() {
        "" => Decimal::ZERO,
        typed => faults.number(None, field, typed, most),
    };
    let hundred = Some(Decimal::ONE_HUNDRED);
    let band = usual(&mut faults, RebalanceField::UsualBand, &input.band, hundred);
    let cash_to_keep = usual(
        &mut faults,
        RebalanceField::CashToKeep,
        &input.cash_to_keep,
        None,
    );
    let least = usual(&mut faults, RebalanceField::Least, &input.least, None);
    let targets = targets(input, gathered, &tags, &mut faults);
    if targets.is_empty() && faults.0.is_empty() {
        faults.add(
            None,
            RebalanceField::Name,
            "Type a symbol and a weight first.".to_owned(),
        );
    }
    Parsed {
        wish: Wish {
            targets,
            spread: match input.spread {
                RebalanceSpread::Household => Spread::Household,
                RebalanceSpread::EachAccount => Spread::EachAccount,
            },
            others: match input.others {
                RebalanceOthers::Keep => Others::Keep,
                RebalanceOthers::Sell => Others::Sell,
            },
            band,
            cash_to_keep,
            least,
            fractions: input.fractions,
            cushion,
        },
        faults: faults.0,
    }
}

fn targets(
    input: &RebalanceInput,
    gathered: &Gathered,
    tags: &BTreeMap<String, BTreeSet<String>>,
    faults: &mut Faults,
) -> Vec<Target> {
    let mut seen: BTreeSet<(Option<usize>, String)> = BTreeSet::new();
    let mut targets = Vec::new();
    for (row, typed) in (0..).zip(&input.rows) {
        let name = typed.name.trim().to_uppercase();
        // A line that nobody has filled in yet.
        if name.is_empty() && typed.weight.trim().is_empty() {
            continue;
        }
        let Ok(account) = account(row, typed.account.trim(), gathered, faults) else {
            continue;
        };
        if name.is_empty() || name == "#" {
            let says = "Type a symbol, or a tag with # before it.".to_owned();
            faults.add(Some(row), RebalanceField::Name, says);
        } else if !seen.insert((account, name.clone())) {
            let says = format!("{name} has a weight already.");
            faults.add(Some(row), RebalanceField::Name, says);
        }
        let hundred = Some(Decimal::ONE_HUNDRED);
        let weight = faults.number(Some(row), RebalanceField::Weight, &typed.weight, hundred);
        let band = match typed.band.trim() {
            "" => None,
            text => Some(faults.number(Some(row), RebalanceField::Band, text, hundred)),
        };
        let wanted = match name.strip_prefix('#').map(str::to_lowercase) {
            Some(tag) => match tags.get(&tag) {
                Some(members) => tagged(&tag, members, gathered),
                None => {
                    let says = format!("No symbol bears the tag #{tag}. Say which do, under Tags.");
                    faults.add(Some(row), RebalanceField::Name, says);
                    continue;
                }
            },
            None => match gathered.by_symbol.get(&name) {
                Some(at) => Wanted::Listing(*at),
                None => Wanted::Unknown(name),
            },
        };
        targets.push(Target {
            account,
            wanted,
            weight,
            band,
        });
    }
    targets
}

fn tagged(tag: &str, members: &BTreeSet<String>, gathered: &Gathered) -> Wanted {
    let known: Vec<usize> = members
        .iter()
        .filter_map(|symbol| gathered.by_symbol.get(symbol).copied())
        .collect();
    match known.is_empty() {
        true => Wanted::Unknown(format!("#{tag}")),
        false => Wanted::Tag {
            name: tag.to_owned(),
            members: known,
        },
    }
}

/// `Ok(None)` where none is named.
fn account(
    row: u32,
    typed: &str,
    gathered: &Gathered,
    faults: &mut Faults,
) -> Result<Option<usize>, ()> {
    if typed.is_empty() {
        return Ok(None);
    }
    let accounts = &gathered.household.accounts;
    let found = accounts
        .iter()
        .position(|a| a.id.as_str().eq_ignore_ascii_case(typed));
    if found.is_none() {
        let says = format!("This login has no account {typed:?}.");
        faults.add(Some(row), RebalanceField::Account, says);
    }
    found.map(Some).ok_or(())
}

/// The tags in small letters with their symbols in capitals.
fn tags(input: &RebalanceInput, faults: &mut Faults) -> BTreeMap<String, BTreeSet<String>> {
    let mut tags: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (row, typed) in (0..).zip(&input.tags) {
        let name = typed.name.trim().trim_start_matches('#').to_lowercase();
        let members: BTreeSet<String> = symbols(&typed.symbols).collect();
        match (name.is_empty(), members.is_empty()) {
            (true, true) => {}
            (true, false) => {
                let says = "Name the tag of these symbols.".to_owned();
                faults.add(Some(row), RebalanceField::Tags, says);
            }
            (false, _) => tags.entry(name).or_default().extend(members),
        }
    }
    tags.retain(|_, members| !members.is_empty());
    tags
}

fn symbols(text: &str) -> impl Iterator<Item = String> {
    text.split([',', ';', '\n'])
        .map(|symbol| symbol.trim().to_uppercase())
        .filter(|symbol| !symbol.is_empty())
}

struct Faults(Vec<RebalanceFault>);

impl Faults {
    fn add(&mut self, row: Option<u32>, field: RebalanceField, says: String) {
        self.0.push(RebalanceFault { row, field, says });
    }

    /// Zero where it can't be read, which is then a fault.
    fn number(
        &mut self,
        row: Option<u32>,
        field: RebalanceField,
        text: &str,
        most: Option<Decimal>,
    ) -> Decimal {
        let bare = text.trim().trim_end_matches('%').trim();
        let says = match parse_plain(bare) {
            Ok(number) if number < Decimal::ZERO => "It can't be below zero.".to_owned(),
            Ok(number) if most.is_some_and(|most| number > most) => {
                "It can't be above 100.".to_owned()
            }
            Ok(number) => return number,
            Err(error) => error.to_string(),
        };
        self.add(row, field, says);
        Decimal::ZERO
    }
}
