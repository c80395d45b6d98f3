//! Strategies by name, rolls, and the strikes beside a leg, as the page asks for them.

use super::InstrumentView;
use gatehouse_analytics::options::strategy::build::PLANS;
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::draft::Side;
use serde::{Deserialize, Serialize};

/// A strategy that can be asked for by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    pub id: String,
    pub label: String,
    /// What it does as it comes; asked for on the other side, every leg is turned.
    pub says: String,
    /// Whether calls or puts are chosen.
    pub chooses_right: bool,
    /// Whether shares belong to it.
    pub has_stock: bool,
    /// How many expiries it takes, the nearer first.
    pub expiries: u32,
    /// What it does, wherever its strikes lie.
    pub does: String,
    /// What its strikes are called, in the order of a form.
    pub strikes: Vec<String>,
    /// Whether each of them has to be above the one before; else no two may be the same.
    pub rises: bool,
    /// Its option legs, when it is bought.
    pub legs: Vec<PlanLegView>,
}

/// An option leg of a plan, to be filled from a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanLegView {
    pub side: Side,
    pub ratio: u32,
    /// `null` for the right that is chosen.
    pub right: Option<Right>,
    /// Its place among the strikes.
    pub strike: u32,
    /// Its place among the expiries.
    pub expiry: u32,
}

impl PlanView {
    /// All of them, in the order of a menu.
    #[must_use]
    pub fn all() -> Vec<Self> {
        PLANS
            .into_iter()
            .map(|plan| Self {
                id: plan.id().to_owned(),
                label: plan.label().to_owned(),
                says: plan.says().to_owned(),
                chooses_right: plan.chooses_right(),
                has_stock: plan.has_stock(),
                expiries: place(plan.expiries()),
                does: plan.does().to_owned(),
                strikes: plan
                    .strike_labels()
                    .iter()
                    .map(|&name| name.to_owned())
                    .collect(),
                rises: plan.rises(),
                legs: plan
                    .places()
                    .map(|leg| PlanLegView {
                        side: leg.side,
                        ratio: leg.ratio,
                        right: leg.right,
                        strike: place(leg.strike),
                        expiry: place(leg.expiry),
                    })
                    .collect(),
            })
            .collect()
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A question for legs. The options of every class and expiry that it names have been listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PlanInput {
    /// A strategy by name, around the money.
    Plan {
        /// The underlying.
        con_id: i32,
        trading_class: String,
        /// As [`PlanView::id`] names it.
        plan: String,
        /// For plans of one right.
        right: Right,
        /// `sell` turns every leg.
        side: Side,
        /// The nearer first.
        expiries: Vec<String>,
    },
    /// Held options, closed, and opened again on a later day at the same strikes or those
    /// nearest to them.
    Roll {
        account: String,
        /// A strategy's options, or some of them.
        held: Vec<HeldPart>,
        expiry: String,
    },
}

/// So many of a held option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HeldPart {
    pub con_id: i32,
    /// Negative when short; no more than is held.
    pub quantity: Decimal,
}

/// The legs of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlannedView {
    pub legs: Vec<PlannedLeg>,
    /// How many units it takes to roll all that is held; `None` for a strategy by name.
    pub quantity: Option<Decimal>,
}

/// One leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlannedLeg {
    pub side: Side,
    pub ratio: u32,
    pub instrument: InstrumentView,
}
