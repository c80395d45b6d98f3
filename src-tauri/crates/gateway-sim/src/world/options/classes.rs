//! Which underlyings have options, and how the options of each are made.

use rust_decimal::Decimal;

use super::super::ids::ConId;
use super::instrument::Style;

/// One trading class. Its place in [`ALL`] is part of its contracts' numbers: append only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Class {
    pub(super) name: &'static str,
    pub(super) underlying: ConId,
    pub(super) style: Style,
    pub(super) calendar: Calendar,
    pub(super) ticks: Ticks,
    /// Dividends a year in hundredths of a percent.
    pub(super) dividend: u16,
    /// Strikes are whole multiples of this.
    pub(super) unit: Unit,
    /// How much dearer puts far below are than calls far above, in hundredths of the volatility for
    /// each standard deviation.
    pub(super) skew: u8,
}

/// Which expiries there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    /// Fridays.
    Weekly,
    /// Every trading day of the next two weeks, Fridays after.
    Daily,
    /// Every trading day but third Fridays' mornings, which are [`Calendar::IndexMornings`].
    IndexDaily,
    /// Third Fridays only, settled at the morning's open.
    IndexMornings,
}

/// The price ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ticks {
    /// A cent at every price.
    Cent,
    /// A cent below 3, five above.
    Penny,
    /// Five cents below 3, ten above.
    Nickel,
}

/// What strikes are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Half,
    Five,
}

impl Unit {
    pub(super) fn strike(self, count: i32) -> Decimal {
        match self {
            Self::Half => Decimal::new(i64::from(count) * 5, 1).normalize(),
            Self::Five => Decimal::from(i64::from(count) * 5),
        }
    }

    pub(super) fn size(self) -> f64 {
        match self {
            Self::Half => 0.5,
            Self::Five => 5.0,
        }
    }
}

impl Class {
    pub(super) fn is_index(&self) -> bool {
        self.unit == Unit::Five
    }

    pub(super) fn settles_in_the_morning(&self) -> bool {
        self.calendar == Calendar::IndexMornings
    }
}

const fn stock(con_id: i32, name: &'static str, dividend: u16) -> Class {
    Class {
        name,
        underlying: ConId::new(con_id),
        style: Style::American,
        calendar: Calendar::Weekly,
        ticks: Ticks::Penny,
        dividend,
        unit: Unit::Half,
        skew: 5,
    }
}

const fn fund(con_id: i32, name: &'static str, dividend: u16) -> Class {
    Class {
        calendar: Calendar::Daily,
        ticks: Ticks::Cent,
        skew: 9,
        ..stock(con_id, name, dividend)
    }
}

const fn index(name: &'static str, calendar: Calendar) -> Class {
    Class {
        name,
        underlying: ConId::new(416_904),
        style: Style::European,
        calendar,
        ticks: Ticks::Nickel,
        dividend: 125,
        unit: Unit::Five,
        skew: 10,
    }
}

/// What shares and funds yield in dividends, a year, in hundredths of a percent.
pub(in super::super) fn yields() -> impl Iterator<Item = (ConId, i64)> {
    let shares = ALL.iter().filter(|class| !class.is_index());
    shares.map(|class| (class.underlying, i64::from(class.dividend)))
}

pub(super) const ALL: [Class; 26] = [
    stock(265_598, "AAPL", 40),
    stock(272_093, "MSFT", 75),
    stock(4_815_747, "NVDA", 2),
    stock(76_792_991, "TSLA", 0),
    stock(3_691_937, "AMZN", 0),
    stock(208_813_719, "GOOGL", 27),
    stock(107_113_386, "META", 32),
    stock(15_124_833, "NFLX", 0),
    stock(4_391, "AMD", 0),
    stock(270_639, "INTC", 0),
    stock(8_314, "IBM", 225),
    stock(1_520_593, "JPM", 185),
    stock(10_098, "BAC", 205),
    stock(8_894, "KO", 290),
    stock(6_459, "DIS", 130),
    stock(4_762, "BA", 0),
    stock(9_599_491, "F", 450),
    stock(13_824, "WMT", 85),
    stock(5_684, "CVX", 450),
    fund(756_733, "SPY", 110),
    fund(320_227_571, "QQQ", 50),
    fund(9_579_970, "IWM", 105),
    Class {
        calendar: Calendar::Weekly,
        ..fund(51_529_211, "GLD", 0)
    },
    Class {
        calendar: Calendar::Weekly,
        ..fund(15_547_841, "TLT", 430)
    },
    index("SPX", Calendar::IndexMornings),
    index("SPXW", Calendar::IndexDaily),
];
