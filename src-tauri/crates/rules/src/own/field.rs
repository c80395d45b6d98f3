//! What a condition can be about: its name in the rule file, and its words.

use Measure::{
    Choice, Clock, Count, Date, Days, Minutes, Money, Percent, Price, Quantity, Seconds, Times,
    Words, YesNo,
};
use serde::Serialize;

/// What a fact tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum About {
    /// The order.
    Order,
    /// The option or future that is ordered.
    Option,
    /// The account.
    Account,
    /// What the account holds of it, before the order.
    Position,
    /// Its market.
    Market,
    /// The moment.
    Time,
}

/// A word of a fact and how it reads in a sentence.
pub type Word = (&'static str, &'static str);

/// How a fact is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Shares or contracts.
    Quantity,
    /// Money in the account's base currency.
    Money,
    /// A price in the contract's currency.
    Price,
    /// Hundredths.
    Percent,
    /// A plain number.
    Count,
    /// How many times as much.
    Times,
    /// Whole seconds.
    Seconds,
    /// Whole minutes.
    Minutes,
    /// Whole days.
    Days,
    /// A time of day, as minutes since midnight.
    Clock,
    /// A day, as days since 1970-01-01.
    Date,
    /// One of these words.
    Choice(&'static [Word]),
    /// Any word.
    Words,
    /// Yes or no, with the sentence of either.
    YesNo(&'static str, &'static str),
}

impl Measure {
    /// Whether it is told by a word rather than by a number.
    #[must_use]
    pub fn is_words(self) -> bool {
        matches!(self, Choice(_) | Words | YesNo(..))
    }

    /// What may stand behind its number in a rule file, and stands there when it is written.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Percent => "%",
            Seconds => "s",
            Minutes => "min",
            Days => "days",
            Times => "times",
            _ => "",
        }
    }
}

/// A fact's name and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldInfo {
    /// The fact.
    pub field: Field,
    /// Its lasting name in the rule file, such as `order.value`.
    pub key: &'static str,
    /// What it tells of.
    pub about: About,
    /// For a choice in a form.
    pub title: &'static str,
    /// Within a sentence, such as "the order's value".
    pub says: &'static str,
    /// How it is told.
    pub measure: Measure,
}

macro_rules! fields {
    ($($field:ident $key:literal $about:ident $measure:expr, $title:literal, $says:literal;)*) => {
        /// A fact that a condition can be about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field {
            $(#[doc = $title] $field,)*
        }

        impl Field {
            /// Every fact, in the order in which a form offers them.
            pub const ALL: [Field; { [$($key),*].len() }] = [$(Field::$field),*];
        }

        static INFOS: [FieldInfo; Field::ALL.len()] = [$(FieldInfo {
            field: Field::$field,
            key: $key,
            about: About::$about,
            title: $title,
            says: $says,
            measure: $measure,
        }),*];
    };
}

const SIDES: Measure = Choice(&[("buy", "buy"), ("sell", "sell")]);
const TYPES: Measure = Choice(&[
    ("LMT", "limit"),
    ("MKT", "market"),
    ("STP", "stop"),
    ("STP LMT", "stop limit"),
    ("TRAIL", "trailing stop"),
    ("TRAIL LIMIT", "trailing stop limit"),
    ("MIT", "market if touched"),
    ("LIT", "limit if touched"),
    ("MOC", "market on close"),
    ("LOC", "limit on close"),
    ("MOO", "market on open"),
    ("LOO", "limit on open"),
    ("REL", "relative"),
    ("MIDPRICE", "midprice"),
    ("PEG MID", "pegged to midpoint"),
    ("MTL", "market to limit"),
]);
const TIMES: Measure = Choice(&[
    ("DAY", "day"),
    ("GTC", "until cancelled"),
    ("GTD", "until a time"),
    ("IOC", "at once, rest cancelled"),
    ("FOK", "at once and all, or nothing"),
    ("OPG", "at the open"),
]);
/// The kinds of instruments by their words in a rule file.
pub(super) const KINDS: &[Word] = &[
    ("STK", "stock"),
    ("OPT", "option"),
    ("FUT", "future"),
    ("FOP", "option on a future"),
    ("CASH", "currency"),
    ("BAG", "combination"),
];
/// The kinds of accounts by their words in a rule file.
pub(super) const ACCOUNT_KINDS: &[Word] = &[
    ("individual", "individual"),
    ("joint", "joint"),
    ("roth-ira", "Roth IRA"),
    ("traditional-ira", "traditional IRA"),
    ("company", "company"),
    ("trust", "trust"),
];
const RIGHTS: Measure = Choice(&[("call", "call"), ("put", "put")]);
const WEEKDAYS: Measure = Choice(&[
    ("monday", "Monday"),
    ("tuesday", "Tuesday"),
    ("wednesday", "Wednesday"),
    ("thursday", "Thursday"),
    ("friday", "Friday"),
    ("saturday", "Saturday"),
    ("sunday", "Sunday"),
]);
const SESSIONS: Measure = Choice(&[
    ("regular", "regular"),
    ("pre-market", "pre-market"),
    ("after-hours", "after-hours"),
    ("closed", "closed"),
]);

fields! {
    OrderSide "order.side" Order SIDES, "Side", "the side";
    OrderType "order.type" Order TYPES, "Order type", "the order type";
    OrderTif "order.tif" Order TIMES, "Time in force", "the time in force";
    OrderQuantity "order.quantity" Order Quantity, "Quantity", "the quantity";
    OrderValue "order.value" Order Money, "Value at worst, in base currency", "the order's value";
    OrderShareOfNlv "order.share_of_nlv" Order Percent, "Value as a share of the account", "the order's share of the account";
    OrderShareOfFunds "order.share_of_funds" Order Percent, "Value as a share of available funds", "the order's share of the available funds";
    OrderLimit "order.limit" Order Price, "Limit price", "the limit price";
    OrderLimitDistance "order.limit_distance" Order Percent, "Limit, distance from the middle", "the limit's distance from the middle of bid and ask";
    OrderTrigger "order.trigger" Order Price, "Stop or trigger price", "the trigger price";
    OrderSymbol "order.symbol" Order Words, "Symbol", "the symbol";
    OrderKind "order.kind" Order Choice(KINDS), "Kind of instrument", "the kind of instrument";
    OrderCurrency "order.currency" Order Words, "Currency", "the currency";
    OrderListedOn "order.listed_on" Order Words, "Primary exchange", "the primary exchange";
    OrderCloses "order.closes" Order YesNo("the order only makes a position smaller", "the order does more than make a position smaller"), "Only makes a position smaller", "whether the order only makes a position smaller";
    OrderHasStop "order.has_stop" Order YesNo("the order has a stop attached", "the order has no stop attached"), "Has a stop attached", "whether the order has a stop attached";
    OrderOutsideRth "order.outside_rth" Order YesNo("the order also works outside regular hours", "the order works in regular hours only"), "Works outside regular hours", "whether the order works outside regular hours";
    OrderIsChange "order.is_change" Order YesNo("the order changes a working order", "the order is a new one"), "Changes a working order", "whether the order changes a working order";
    OptionRight "option.right" Option RIGHTS, "Call or put", "the option's right";
    OptionDays "option.days_to_expiry" Option Days, "Days to expiry", "the time to expiry";
    OptionOutOfMoney "option.out_of_money" Option Percent, "Strike, distance out of the money", "the strike's distance out of the money";
    OptionDelta "option.delta" Option Count, "Delta, by the broker's model", "the option's delta";
    AccountId "account.id" Account Words, "Account number", "the account";
    AccountKind "account.kind" Account Choice(ACCOUNT_KINDS), "Account type", "the account's type";
    AccountNlv "account.nlv" Account Money, "Net liquidation value", "the account's net liquidation value";
    AccountCash "account.cash" Account Money, "Cash", "the account's cash";
    AccountSettledCash "account.settled_cash" Account Money, "Settled cash", "the account's settled cash";
    AccountAvailableFunds "account.available_funds" Account Money, "Available funds", "the account's available funds";
    AccountBuyingPower "account.buying_power" Account Money, "Buying power", "the account's buying power";
    AccountExcess "account.excess_liquidity" Account Money, "Excess liquidity", "the account's excess liquidity";
    AccountCushion "account.cushion" Account Percent, "Excess liquidity as a share of the account", "the account's cushion";
    AccountLeverage "account.leverage" Account Times, "Positions, times the account's value", "the account's leverage";
    AccountDailyPnl "account.daily_pnl" Account Money, "Daily P&L", "the account's daily P&L";
    AccountDailyPnlShare "account.daily_pnl_share" Account Percent, "Daily P&L as a share of the account", "the account's daily P&L as a share of it";
    AccountOrdersMinute "account.orders_minute" Account Count, "Orders sent in the last minute", "the number of orders sent in the last minute";
    AccountOrdersDay "account.orders_day" Account Count, "Orders sent in the last 24 hours", "the number of orders sent in the last 24 hours";
    PositionQuantity "position.quantity" Position Quantity, "Quantity held", "the quantity held";
    PositionValue "position.value" Position Money, "Value held", "the value held";
    PositionShareOfNlv "position.share_of_nlv" Position Percent, "Value held as a share of the account", "the position's share of the account";
    PositionSymbolShare "position.symbol_share" Position Percent, "All on the symbol as a share of the account", "the share of the account that is on the symbol";
    PositionAverageCost "position.average_cost" Position Price, "Average cost, as a price", "the position's average cost";
    PositionUnrealized "position.unrealized_pnl" Position Money, "Unrealized P&L", "the position's unrealized P&L";
    MarketBid "market.bid" Market Price, "Bid", "the bid";
    MarketAsk "market.ask" Market Price, "Ask", "the ask";
    MarketLast "market.last" Market Price, "Last price", "the last price";
    MarketSpread "market.spread" Market Percent, "Bid and ask apart", "the distance of bid and ask";
    MarketChange "market.change" Market Percent, "Change since the last close", "the change since the last close";
    MarketVolume "market.volume" Market Quantity, "Volume today", "the day's volume";
    MarketVolatility "market.implied_volatility" Market Percent, "Implied volatility", "the implied volatility";
    MarketAge "market.age" Market Seconds, "Age of the price", "the age of the price";
    MarketDelayed "market.delayed" Market YesNo("the price is not live", "the price is live"), "Price is delayed or frozen", "whether the price is live";
    TimeOfDay "time.of_day" Time Clock, "Time of day in New York", "the time in New York";
    TimeWeekday "time.weekday" Time WEEKDAYS, "Day of the week in New York", "the day of the week";
    TimeDate "time.date" Time Date, "Date in New York", "the date";
    TimeSession "time.session" Time SESSIONS, "Session of US stocks", "the session of US stocks";
    TimeSinceOpen "time.since_open" Time Minutes, "Minutes since the open", "the time since the open";
    TimeUntilClose "time.until_close" Time Minutes, "Minutes until the close", "the time until the close";
}

impl Field {
    /// Its name and words.
    #[must_use]
    pub fn info(self) -> &'static FieldInfo {
        // The table is made from the same list as the names.
        &INFOS[self as usize]
    }

    /// The fact of this name.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        INFOS
            .iter()
            .find(|info| info.key == key)
            .map(|info| info.field)
    }

    /// How it is told.
    #[must_use]
    pub fn measure(self) -> Measure {
        self.info().measure
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_found_by_its_name_and_no_name_stands_for_two() {
        for (n, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field as usize, n);
            assert_eq!(field.info().field, field);
            assert_eq!(Field::named(field.info().key), Some(field));
        }
    }
}
