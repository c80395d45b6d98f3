//! The order types as a ticket offers them: which fields each needs, which times in force go
//! with it, and whether a contract takes it.

use crate::contract::Instrument;
use crate::pricing::Pricing;
use crate::tif::{TifChoice, TimeInForce};
use serde::{Deserialize, Serialize};

/// An order type as the ticket offers it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum OrderType {
    /// `MKT`.
    Market,
    /// `LMT`.
    #[default]
    Limit,
    /// `STP`.
    Stop,
    /// `STP LMT`.
    StopLimit,
    /// `TRAIL`.
    Trail,
    /// `TRAIL LIMIT`.
    TrailLimit,
    /// `MIT`.
    MarketIfTouched,
    /// `LIT`.
    LimitIfTouched,
    /// `MOC`.
    MarketOnClose,
    /// `LOC`.
    LimitOnClose,
    /// `MKT` with `OPG`.
    MarketOnOpen,
    /// `LMT` with `OPG`.
    LimitOnOpen,
    /// `REL`.
    Relative,
    /// `MIDPRICE`.
    Midprice,
    /// `PEG MID`.
    PegMid,
    /// `MTL`.
    MarketToLimit,
}

/// A price field of the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum PriceField {
    /// The limit.
    Limit,
    /// The price that sets it off.
    Stop,
    /// The distance of a trailing stop.
    Trail,
    /// The distance from the trigger, the midpoint or the best price.
    Offset,
    /// The worst price that a pegged order follows to.
    Cap,
}

/// A field and whether it has to be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldNeed {
    /// The field.
    pub field: PriceField,
    /// Whether it may be left empty.
    pub optional: bool,
}

const fn must(field: PriceField) -> FieldNeed {
    FieldNeed {
        field,
        optional: false,
    }
}

const fn may(field: PriceField) -> FieldNeed {
    FieldNeed {
        field,
        optional: true,
    }
}

impl OrderType {
    /// All of them, in the order in which they are offered.
    pub const ALL: [OrderType; 16] = [
        Self::Limit,
        Self::Market,
        Self::Stop,
        Self::StopLimit,
        Self::Trail,
        Self::TrailLimit,
        Self::MarketIfTouched,
        Self::LimitIfTouched,
        Self::MarketOnClose,
        Self::LimitOnClose,
        Self::MarketOnOpen,
        Self::LimitOnOpen,
        Self::Relative,
        Self::Midprice,
        Self::PegMid,
        Self::MarketToLimit,
    ];

    /// The type of an order that is priced and stands like this.
    #[must_use]
    pub fn of(pricing: Pricing, tif: TimeInForce) -> Self {
        match (pricing, tif) {
            (Pricing::Market, TimeInForce::Opg) => Self::MarketOnOpen,
            (Pricing::Limit { .. }, TimeInForce::Opg) => Self::LimitOnOpen,
            (Pricing::Market, _) => Self::Market,
            (Pricing::Limit { .. }, _) => Self::Limit,
            (Pricing::Stop { .. }, _) => Self::Stop,
            (Pricing::StopLimit { .. }, _) => Self::StopLimit,
            (Pricing::Trail { .. }, _) => Self::Trail,
            (Pricing::TrailLimit { .. }, _) => Self::TrailLimit,
            (Pricing::MarketIfTouched { .. }, _) => Self::MarketIfTouched,
            (Pricing::LimitIfTouched { .. }, _) => Self::LimitIfTouched,
            (Pricing::MarketOnClose, _) => Self::MarketOnClose,
            (Pricing::LimitOnClose { .. }, _) => Self::LimitOnClose,
            (Pricing::Relative { .. }, _) => Self::Relative,
            (Pricing::Midprice { .. }, _) => Self::Midprice,
            (Pricing::PegMid { .. }, _) => Self::PegMid,
            (Pricing::MarketToLimit, _) => Self::MarketToLimit,
        }
    }

    /// Its short name, as TWS writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Market => "MKT",
            Self::Limit => "LMT",
            Self::Stop => "STP",
            Self::StopLimit => "STP LMT",
            Self::Trail => "TRAIL",
            Self::TrailLimit => "TRAIL LIMIT",
            Self::MarketIfTouched => "MIT",
            Self::LimitIfTouched => "LIT",
            Self::MarketOnClose => "MOC",
            Self::LimitOnClose => "LOC",
            Self::MarketOnOpen => "MOO",
            Self::LimitOnOpen => "LOO",
            Self::Relative => "REL",
            Self::Midprice => "MIDPRICE",
            Self::PegMid => "PEG MID",
            Self::MarketToLimit => "MTL",
        }
    }

    /// Its name in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Market => "Market",
            Self::Limit => "Limit",
            Self::Stop => "Stop",
            Self::StopLimit => "Stop limit",
            Self::Trail => "Trailing stop",
            Self::TrailLimit => "Trailing stop limit",
            Self::MarketIfTouched => "Market if touched",
            Self::LimitIfTouched => "Limit if touched",
            Self::MarketOnClose => "Market on close",
            Self::LimitOnClose => "Limit on close",
            Self::MarketOnOpen => "Market on open",
            Self::LimitOnOpen => "Limit on open",
            Self::Relative => "Relative (pegged to primary)",
            Self::Midprice => "Midprice",
            Self::PegMid => "Pegged to midpoint",
            Self::MarketToLimit => "Market to limit",
        }
    }

    /// One line on what it does.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::Market => "Fills at once at whatever the market asks.",
            Self::Limit => "Fills at your price or better, or waits.",
            Self::Stop => {
                "Becomes a market order when the market reaches the stop price. The fill may be worse than the stop."
            }
            Self::StopLimit => {
                "Becomes a limit order when the market reaches the stop price. It may then not fill at all."
            }
            Self::Trail => {
                "A stop that follows the market at a distance and never moves back; then a market order."
            }
            Self::TrailLimit => {
                "A stop that follows the market at a distance; then a limit order, which may not fill."
            }
            Self::MarketIfTouched => {
                "Becomes a market order when the market touches a better price than now."
            }
            Self::LimitIfTouched => {
                "Becomes a limit order when the market touches a better price than now."
            }
            Self::MarketOnClose => "Fills in the closing auction at its price.",
            Self::LimitOnClose => "Fills in the closing auction at your price or better.",
            Self::MarketOnOpen => "Fills in the opening auction at its price.",
            Self::LimitOnOpen => "Fills in the opening auction at your price or better.",
            Self::Relative => {
                "Betters the best price of your side by the offset and follows it, up to the cap."
            }
            Self::Midprice => "Fills between bid and ask or better, up to the cap.",
            Self::PegMid => "Rests at the midpoint of bid and ask and follows it, up to the cap.",
            Self::MarketToLimit => {
                "Fills at the market; what does not fill at once rests at that price."
            }
        }
    }

    /// The price fields that it takes.
    #[must_use]
    pub fn fields(self) -> &'static [FieldNeed] {
        use PriceField::{Cap, Limit, Offset, Stop, Trail};
        const LIMIT: &[FieldNeed] = &[must(Limit)];
        const STOP: &[FieldNeed] = &[must(Stop)];
        const STOP_LIMIT: &[FieldNeed] = &[must(Stop), must(Limit)];
        const TRAIL: &[FieldNeed] = &[must(Trail), may(Stop)];
        const TRAIL_LIMIT: &[FieldNeed] = &[must(Trail), must(Stop), must(Offset)];
        const RELATIVE: &[FieldNeed] = &[must(Offset), may(Cap)];
        const MIDPRICE: &[FieldNeed] = &[may(Cap)];
        const PEG_MID: &[FieldNeed] = &[may(Offset), may(Cap)];
        match self {
            Self::Market | Self::MarketOnClose | Self::MarketOnOpen | Self::MarketToLimit => &[],
            Self::Limit | Self::LimitOnClose | Self::LimitOnOpen => LIMIT,
            Self::Stop | Self::MarketIfTouched => STOP,
            Self::StopLimit | Self::LimitIfTouched => STOP_LIMIT,
            Self::Trail => TRAIL,
            Self::TrailLimit => TRAIL_LIMIT,
            Self::Relative => RELATIVE,
            Self::Midprice => MIDPRICE,
            Self::PegMid => PEG_MID,
        }
    }

    /// The times in force that go with it, whatever the contract.
    #[must_use]
    pub fn times_in_force(self) -> &'static [TifChoice] {
        use TifChoice::{Day, Fok, Gtc, Gtd, Ioc, Opg};
        match self {
            Self::Market => &[Day, Gtc, Gtd, Ioc],
            Self::Limit => &[Day, Gtc, Gtd, Ioc, Fok],
            Self::MarketOnClose | Self::LimitOnClose | Self::Midprice => &[Day],
            Self::MarketOnOpen | Self::LimitOnOpen => &[Opg],
            Self::Relative | Self::PegMid | Self::MarketToLimit => &[Day, Gtc, Gtd],
            _ => &[Day, Gtc, Gtd],
        }
    }

    /// What a contract's `orderTypes` has to list for it.
    fn listed_as(self) -> &'static [&'static str] {
        match self {
            Self::Market => &["MKT"],
            Self::Limit => &["LMT"],
            Self::Stop => &["STP"],
            Self::StopLimit => &["STPLMT"],
            Self::Trail => &["TRAIL"],
            Self::TrailLimit => &["TRAILLMT"],
            Self::MarketIfTouched => &["MIT"],
            Self::LimitIfTouched => &["LIT"],
            Self::MarketOnClose => &["MOC"],
            Self::LimitOnClose => &["LOC"],
            Self::MarketOnOpen => &["MKT", "OPG"],
            Self::LimitOnOpen => &["LMT", "OPG"],
            Self::Relative => &["REL"],
            Self::Midprice => &["MIDPX"],
            Self::PegMid => &["PEGMID"],
            Self::MarketToLimit => &["MTL"],
        }
    }

    /// Whether the instrument's exchange takes it. An instrument that lists nothing takes
    /// market and limit orders only.
    #[must_use]
    pub fn is_taken_by(self, instrument: &Instrument) -> bool {
        if instrument.order_types.is_empty() {
            return matches!(self, Self::Market | Self::Limit);
        }
        self.listed_as().iter().all(|code| instrument.takes(code))
    }
}

impl TifChoice {
    /// Whether the instrument's exchange takes it. `DAY` always is.
    #[must_use]
    pub fn is_taken_by(self, instrument: &Instrument) -> bool {
        self == Self::Day
            || instrument.takes(self.code())
            || (instrument.order_types.is_empty() && self == Self::Gtc)
    }
}
