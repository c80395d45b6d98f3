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
    pub(super) size: Size,
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
    /// Third Fridays only.
    Monthly,
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

/// What one contract is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    /// What premiums and strikes are multiplied by.
    multiplier: u16,
    /// Units of the underlying that exercising it brings.
    delivers: u16,
}

impl Size {
    const STANDARD: Self = Self {
        multiplier: 100,
        delivers: 100,
    };
    /// A tenth of the usual.
    const MINI: Self = Self {
        multiplier: 10,
        delivers: 10,
    };
    /// Listed before a split of five for four: strikes and multiplier stay what they were, and more
    /// shares come for them.
    const FIVE_FOR_FOUR: Self = Self {
        multiplier: 100,
        delivers: 125,
    };

    pub(super) fn multiplier(self) -> Decimal {
        Decimal::from(self.multiplier)
    }

    /// Units of the underlying for each unit of the multiplier.
    pub(super) fn per_unit(self) -> Decimal {
        let units = Decimal::from(self.delivers).checked_div(self.multiplier());
        units.unwrap_or(Decimal::ONE)
    }

    /// The same.
    pub(super) fn share(self) -> f64 {
        f64::from(self.delivers) / f64::from(self.multiplier)
    }
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
        size: Size::STANDARD,
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
        size: Size::STANDARD,
        skew: 10,
    }
}

/// What shares and funds yield in dividends, a year, in hundredths of a percent.
pub(in super::super) fn yields() -> impl Iterator<Item = (ConId, i64)> {
    let plain = |class: &&Class| !class.is_index() && class.size == Size::STANDARD;
    let shares = ALL.iter().filter(plain);
    shares.map(|class| (class.underlying, i64::from(class.dividend)))
}

pub(super) const ALL: [Class; 28] = [
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
    // What a split left behind, and options on a tenth: as at the exchanges, a number follows the name.
    Class {
        calendar: Calendar::Monthly,
        size: Size::FIVE_FOR_FOUR,
        ..fund(15_547_841, "TLT1", 430)
    },
    Class {
        calendar: Calendar::Monthly,
        size: Size::MINI,
        ..fund(51_529_211, "GLD7", 0)
    },
];
