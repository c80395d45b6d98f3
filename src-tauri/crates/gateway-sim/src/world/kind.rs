//! The order types: what each asks for, and the prices that it carries.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How far a trailing stop stays behind the market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrailBy {
    /// So much in price (the wire's auxPrice).
    Amount(Decimal),
    /// So many percent of the price (the wire's trailingPercent).
    Percent(Decimal),
}

impl TrailBy {
    /// The distance from this price.
    pub(super) fn distance(self, price: Decimal) -> Decimal {
        match self {
            Self::Amount(amount) => amount,
            Self::Percent(percent) => price * percent / Decimal::ONE_HUNDRED,
        }
    }
}

/// What an order asks of the market. With TIF `OPG` a market or limit order is one on the open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderKind {
    /// `MKT`.
    Market,
    /// `LMT` with its limit price.
    Limit(Decimal),
    /// `STP`: a market order once the price has been reached.
    Stop(Decimal),
    /// `STP LMT`: a limit order once the stop has been reached.
    StopLimit {
        /// Where it is elected.
        stop: Decimal,
        /// What it is then.
        limit: Decimal,
    },
    /// `TRAIL`: a stop that follows the market.
    Trail {
        /// How far behind.
        by: TrailBy,
        /// Where the stop begins; `None`: its distance from the market.
        stop: Option<Decimal>,
    },
    /// `TRAIL LIMIT`: a limit order once the trailing stop has been reached.
    TrailLimit {
        /// How far behind.
        by: TrailBy,
        /// Where the stop begins; `None`: its distance from the market.
        stop: Option<Decimal>,
        /// From the stop to the limit, in the direction that lets it fill.
        offset: Decimal,
    },
    /// `MIT`: a market order once the price has come this good.
    IfTouched(Decimal),
    /// `LIT`: a limit order once the price has come this good.
    LimitIfTouched {
        /// Where it is elected.
        trigger: Decimal,
        /// What it is then.
        limit: Decimal,
    },
    /// `MOC`: at the closing price.
    OnClose,
    /// `LOC`: at the closing price, if that is not worse than the limit.
    LimitOnClose(Decimal),
    /// `REL`: better than the own side of the market by an offset, up to a cap.
    Relative {
        /// Improvement in price.
        offset: Decimal,
        /// Never beyond this price.
        cap: Option<Decimal>,
    },
    /// `MIDPRICE`: at the middle of the market or better, up to a cap.
    Midprice {
        /// Never beyond this price.
        cap: Option<Decimal>,
    },
    /// `PEG MID`: away from the middle by an offset, up to a cap.
    PegMid {
        /// Away from the middle, to the passive side.
        offset: Decimal,
        /// Never beyond this price.
        cap: Option<Decimal>,
    },
    /// `MTL`: at the market; what is left then waits at the price of the first fill.
    MarketToLimit,
    /// `BOX TOP`: as market-to-limit, on BOX.
    BoxTop,
}

impl OrderKind {
    /// The wire's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Market => "MKT",
            Self::Limit(_) => "LMT",
            Self::Stop(_) => "STP",
            Self::StopLimit { .. } => "STP LMT",
            Self::Trail { .. } => "TRAIL",
            Self::TrailLimit { .. } => "TRAIL LIMIT",
            Self::IfTouched(_) => "MIT",
            Self::LimitIfTouched { .. } => "LIT",
            Self::OnClose => "MOC",
            Self::LimitOnClose(_) => "LOC",
            Self::Relative { .. } => "REL",
            Self::Midprice { .. } => "MIDPRICE",
            Self::PegMid { .. } => "PEG MID",
            Self::MarketToLimit => "MTL",
            Self::BoxTop => "BOX TOP",
        }
    }

    /// The limit price that the client set, if there is one.
    pub const fn limit(self) -> Option<Decimal> {
        match self {
            Self::Limit(price)
            | Self::LimitOnClose(price)
            | Self::StopLimit { limit: price, .. }
            | Self::LimitIfTouched { limit: price, .. } => Some(price),
            Self::Relative { cap, .. } | Self::Midprice { cap } | Self::PegMid { cap, .. } => cap,
            _ => None,
        }
    }

    /// The wire's auxPrice, if there is one.
    pub const fn aux(self) -> Option<Decimal> {
        match self {
            Self::Stop(price)
            | Self::IfTouched(price)
            | Self::StopLimit { stop: price, .. }
            | Self::LimitIfTouched { trigger: price, .. }
            | Self::Relative { offset: price, .. }
            | Self::PegMid { offset: price, .. } => Some(price),
            Self::Trail {
                by: TrailBy::Amount(amount),
                ..
            }
            | Self::TrailLimit {
                by: TrailBy::Amount(amount),
                ..
            } => Some(amount),
            _ => None,
        }
    }

    /// Every price in it that must be a price of the instrument.
    pub(super) fn prices(self) -> impl Iterator<Item = Decimal> {
        let (one, other) = match self {
            Self::Stop(price) | Self::IfTouched(price) => (Some(price), None),
            Self::StopLimit { stop, limit } => (Some(stop), Some(limit)),
            Self::LimitIfTouched { trigger, limit } => (Some(trigger), Some(limit)),
            Self::Trail { stop, .. } | Self::TrailLimit { stop, .. } => (stop, None),
            _ => (self.limit(), None),
        };
        [one, other].into_iter().flatten()
    }

    /// Waits for the market to reach a price before it becomes a market or limit order.
    pub(super) const fn is_elected(self) -> bool {
        matches!(
            self,
            Self::Stop(_)
                | Self::StopLimit { .. }
                | Self::Trail { .. }
                | Self::TrailLimit { .. }
                | Self::IfTouched(_)
                | Self::LimitIfTouched { .. }
        )
    }

    /// Becomes a limit order at the price of its first fill.
    pub(super) const fn settles_to_limit(self) -> bool {
        matches!(self, Self::MarketToLimit | Self::BoxTop)
    }

    /// Trades in the closing auction only.
    pub(super) const fn is_on_close(self) -> bool {
        matches!(self, Self::OnClose | Self::LimitOnClose(_))
    }
}
