//! What an order asks for besides type, size and time in force.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::algo::Algo;
use super::apart::Hanging;
use super::combo::Combo;
use super::condition::Condition;
use super::ids::{OrderId, PermId};

/// What happens to the others of a group when one trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OcaKind {
    /// 1: the others are cancelled; only one is at the market at a time.
    Cancel,
    /// 2: the others shrink in proportion; only one is at the market at a time.
    ReduceBlocked,
    /// 3: the others shrink in proportion.
    Reduce,
}

impl OcaKind {
    /// The wire's number.
    pub const fn code(self) -> i32 {
        match self {
            Self::Cancel => 1,
            Self::ReduceBlocked => 2,
            Self::Reduce => 3,
        }
    }
}

/// Membership of a one-cancels-all group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oca {
    /// The group's name; groups are the account's.
    pub group: String,
    /// What a trade of this order does to the others.
    pub kind: OcaKind,
}

/// Everything that is usually left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderTerms {
    /// Works only once the client's order of this id has filled, and ends with it.
    pub parent: Option<OrderId>,
    /// Its one-cancels-all group.
    pub oca: Option<Oca>,
    /// Does not work before, unix ms.
    pub good_after: Option<i64>,
    /// Ends at, unix ms (TIF `GTD`).
    pub good_till: Option<i64>,
    /// Not shown to the market.
    pub hidden: bool,
    /// Fills in one piece or not at all.
    pub all_or_none: bool,
    /// Shows, and trades, so much at a time.
    pub display_size: Option<Decimal>,
    /// The first fill is at least this large.
    pub min_quantity: Option<Decimal>,
    /// Works through an algorithm.
    pub algo: Option<Algo>,
    /// Conditions, each joined to the next.
    pub conditions: Vec<Condition>,
    /// The conditions cancel the order instead of letting it work.
    pub conditions_cancel: bool,
    /// Stored and given back: which prices the client wants its stop to look at.
    pub trigger_method: i32,
    /// Stored and given back: the conditions are looked at at all hours.
    pub conditions_ignore_rth: bool,
    /// The client's cancel of this order reaches its parent.
    pub auto_cancel_parent: bool,
    /// Legs that trade together.
    pub combo: Option<Combo>,
    /// For each leg of a combination whose legs fill apart the price at which it trades, or better;
    /// empty where there are none.
    pub leg_limits: Vec<Decimal>,
}

/// What has happened to an order besides its fills.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The parent's number at the brokerage.
    pub parent_perm_id: Option<PermId>,
    /// The group it belongs to in fact; a bracket's children form one of their own.
    pub oca: Option<Oca>,
    /// A person made it in TWS.
    pub by_hand: bool,
    /// The parent has filled.
    pub(super) released: bool,
    /// The conditions have held.
    pub(super) conditions_met: bool,
    /// Stop or trigger price was reached.
    pub(super) elected: bool,
    /// Where a trailing stop stands.
    pub trail_stop: Option<Decimal>,
    /// The limit that it has taken on.
    pub(super) limit: Option<Decimal>,
    /// The auction in which it trades, unix ms.
    pub(super) auction_at: Option<i64>,
    /// Shares to sell short are being located until then, unix ms.
    pub(super) locate_until: Option<i64>,
    /// When an algorithm began, unix ms, and the day's volume then.
    pub(super) algo_from: Option<(i64, Decimal)>,
    /// Of each leg of a combination: value traded and fee charged.
    pub(super) legs: Vec<(Decimal, Decimal)>,
    /// Some legs of a combination have traded and others not yet.
    pub(super) hanging: Option<Hanging>,
    /// Ends at this step, for this reason.
    pub(super) ends: Option<String>,
}
