//! How an order is handled beside its price and time: shown or hidden, in parts or whole,
//! grouped with others.

use crate::decimal::Quantity;
use serde::{Deserialize, Serialize};

/// What happens to the other orders of a group when one of them fills (`ocaType`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum OcaKind {
    /// 1: the others are cancelled; one at a time is at the exchange, so none over-fills.
    #[default]
    CancelBlocked,
    /// 2: the others are reduced; one at a time is at the exchange, so none over-fills.
    ReduceBlocked,
    /// 3: the others are reduced; all are at the exchange, so they may over-fill.
    Reduce,
}

impl OcaKind {
    /// The wire's number.
    #[must_use]
    pub fn code(self) -> i32 {
        match self {
            Self::CancelBlocked => 1,
            Self::ReduceBlocked => 2,
            Self::Reduce => 3,
        }
    }
}

/// Membership of a one-cancels-all group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Oca {
    /// The group's name, the same on all its orders.
    pub group: String,
    /// What a fill does to the others.
    pub kind: OcaKind,
}

/// How an order is handled.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Handling {
    /// It works outside regular trading hours as well.
    pub outside_rth: bool,
    /// Not shown in the book at all.
    pub hidden: bool,
    /// No more than this is shown at a time.
    pub display_size: Option<Quantity>,
    /// It fills whole or not at all.
    pub all_or_none: bool,
    /// It fills with at least so many at first.
    pub min_quantity: Option<Quantity>,
    /// The group that it belongs to.
    pub oca: Option<Oca>,
}

/// The same as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HandlingInput {
    /// It works outside regular trading hours as well.
    pub outside_rth: bool,
    /// Not shown in the book at all.
    pub hidden: bool,
    /// As typed; empty for all.
    pub display_size: String,
    /// It fills whole or not at all.
    pub all_or_none: bool,
    /// As typed; empty for none.
    pub min_quantity: String,
    /// The group's name; empty for none.
    pub oca_group: String,
    /// What a fill does to the others of the group.
    pub oca_kind: OcaKind,
}
