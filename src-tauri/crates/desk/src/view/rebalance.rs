//! Rebalancing, as the page asks for it and is shown it.

use super::{Figure, Millis};
use gatehouse_analytics::rebalance::read::{self, ReadTargets};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftInput, Side};
use serde::{Deserialize, Serialize};

/// What the person wants, as typed. It is kept as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RebalanceInput {
    pub rows: Vec<TargetInput>,
    pub tags: Vec<TagInput>,
    /// What a symbol stands for, where it is not held by that name.
    pub symbols: Vec<SymbolInput>,
    pub spread: RebalanceSpread,
    pub others: RebalanceOthers,
    /// In percentage points, for rows without a band.
    pub band: String,
    /// In each account, in its base currency.
    pub cash_to_keep: String,
    /// Orders of less are left out; in the account's base currency.
    pub least: String,
    pub fractions: bool,
    pub pricing: RebalancePricing,
    /// Separated by commas.
    pub locked_symbols: String,
    pub locked_accounts: Vec<String>,
}

/// A wanted weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TargetInput {
    /// Empty: as `spread` says.
    pub account: String,
    /// A symbol, or a tag with `#` before it.
    pub name: String,
    /// In percent.
    pub weight: String,
    /// In percentage points; empty: as usual.
    pub band: String,
}

/// A tag and the symbols that bear it. `tax-inefficient` and `roth` say where a symbol is bought
/// first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TagInput {
    pub name: String,
    /// Separated by commas.
    pub symbols: String,
}

/// A symbol and the instrument that it was found to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SymbolInput {
    pub symbol: String,
    pub con_id: i32,
}

/// Where targets hold that name no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum RebalanceSpread {
    #[default]
    Household,
    EachAccount,
}

/// What becomes of positions without a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum RebalanceOthers {
    #[default]
    Keep,
    Sell,
}

/// How the orders are priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum RebalancePricing {
    /// A purchase limited to the offer, a sale to the bid, as they stand.
    #[default]
    Limit,
    Market,
}

/// Which field of the form can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum RebalanceField {
    Account,
    Name,
    Weight,
    Band,
    Tags,
    UsualBand,
    CashToKeep,
    Least,
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RebalanceFault {
    /// Which row or tag, from 0.
    pub row: Option<u32>,
    pub field: RebalanceField,
    pub says: String,
}

/// What became of asking for a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RebalanceOutcome {
    /// Something typed can't be read; nothing was reckoned.
    Faulty {
        faults: Vec<RebalanceFault>,
    },
    Planned {
        plan: Box<RebalanceView>,
    },
}

/// A plan. Nothing of it has been sent or asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RebalanceView {
    pub scopes: Vec<RebalanceScopeView>,
    /// What to know of all of it.
    pub notes: Vec<String>,
    pub made_at: Millis,
}

/// The plan of one account, or of the accounts together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RebalanceScopeView {
    pub title: String,
    pub accounts: Vec<String>,
    pub currency: Option<String>,
    /// What the weights are shares of.
    pub pot: Option<Decimal>,
    /// How it was reckoned.
    pub pot_says: String,
    /// Why there is no plan.
    pub problem: Option<String>,
    pub notes: Vec<String>,
    /// Sales, purchases, then what is left alone.
    pub rows: Vec<RebalanceRowView>,
}

/// An order, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RebalanceRowView {
    /// Names the row within the plan.
    pub key: String,
    pub con_id: i32,
    pub symbol: String,
    pub name: Option<String>,
    pub price_decimals: u8,
    /// `null` when there is no order.
    pub account: Option<String>,
    pub side: Option<Side>,
    pub quantity: Option<Decimal>,
    /// What it was reckoned with.
    pub price: Figure,
    /// Of the price.
    pub currency: String,
    /// Quantity × price, in the account's base currency.
    pub value: Option<Decimal>,
    /// An estimate, in the account's base currency.
    pub commission: Option<Decimal>,
    pub base_currency: Option<String>,
    /// In percent of the pot.
    pub target: Option<Decimal>,
    pub before: Option<Decimal>,
    pub after: Option<Decimal>,
    /// Why this order, or why none.
    pub why: String,
    pub warnings: Vec<String>,
    /// The ticket, without an intent; the page gives it one and keeps it.
    pub draft: Option<DraftInput>,
}

/// Targets read from a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TargetsRead {
    pub rows: Vec<TargetInput>,
    pub faults: Vec<TargetFault>,
}

/// A line that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TargetFault {
    /// From 1.
    pub line: u32,
    pub says: String,
}

impl TargetsRead {
    /// Reads a table; every line is a row or a fault.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        read::read(text).into()
    }
}

impl From<ReadTargets> for TargetsRead {
    fn from(read: ReadTargets) -> Self {
        let rows = read.rows.into_iter().map(|row| TargetInput {
            account: row.account,
            name: row.name,
            weight: row.weight,
            band: row.band,
        });
        let faults = read.faults.into_iter().map(|fault| TargetFault {
            line: u32::try_from(fault.line).unwrap_or(u32::MAX),
            says: fault.says,
        });
        Self {
            rows: rows.collect(),
            faults: faults.collect(),
        }
    }
}
