//! Instruments in a scenario file: prices of known ones, new ones, and dividends.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use toml::Spanned;

use crate::amount::Amount;
use crate::server::{Action, Planned, When};
use crate::world::{Currency, Dividend, Invented, Kind, SecType, World};

use super::file::{FileError, Reader};

/// Millionths in a unit of price.
const MICROS: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
/// The highest price, of an instrument or of a dividend.
const HIGHEST: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// `[[instrument]]`: with `name` one that exists, with `symbol` a new one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentEntry {
    name: Option<Spanned<String>>,
    bid: Option<Amount>,
    ask: Option<Amount>,
    #[serde(default)]
    moving: bool,
    symbol: Option<Spanned<String>>,
    title: Option<String>,
    kind: Option<KindName>,
    exchange: Option<Spanned<String>>,
    currency: Option<Spanned<String>>,
    price: Option<Spanned<Amount>>,
    volatility: Option<Spanned<i64>>,
    tick: Option<Spanned<Amount>>,
    lot: Option<Spanned<i64>>,
    hours: Option<HoursOf>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KindName {
    Stock,
    Fund,
    Partnership,
    Index,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum HoursOf {
    NewYork,
    HongKong,
}

/// `[[dividend]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DividendEntry {
    instrument: Spanned<String>,
    ex: Spanned<String>,
    pay: Spanned<String>,
    amount: Spanned<Amount>,
}

impl Reader<'_> {
    /// The new instruments, in the order of the file; their conIds follow from it.
    pub(super) fn invented(
        &self,
        world: &World,
        entries: &[Spanned<InstrumentEntry>],
    ) -> Result<Vec<Invented>, FileError> {
        let mut invented: Vec<Invented> = Vec::new();
        for entry in entries {
            let one = entry.get_ref();
            let Some(symbol) = &one.symbol else {
                if one.name.is_none() {
                    let reason = "an instrument has a name (a known one) or a symbol (a new one)";
                    return Err(self.wrong(entry, reason));
                }
                if one.is_described() {
                    let reason = "only a new instrument, which has a symbol, is described";
                    return Err(self.wrong(entry, reason));
                }
                continue;
            };
            if let Some(name) = &one.name {
                return Err(self.wrong(name, "a new instrument has a symbol and no name"));
            }
            let text = symbol.get_ref();
            let sound = !text.is_empty()
                && text.len() <= 12
                && text
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.');
            if !sound {
                let reason = format!("'{text}' is not a symbol of capitals, digits and dots");
                return Err(self.wrong(symbol, reason));
            }
            let known = world.instruments().iter().map(|known| &known.symbol);
            let taken = known
                .chain(invented.iter().map(|other| &other.symbol))
                .any(|other| other == text);
            if taken {
                let reason = format!("there is an instrument {text} already");
                return Err(self.wrong(symbol, reason));
            }
            invented.push(self.new_instrument(entry, text)?);
        }
        Ok(invented)
    }

    fn new_instrument(
        &self,
        entry: &Spanned<InstrumentEntry>,
        symbol: &str,
    ) -> Result<Invented, FileError> {
        let one = entry.get_ref();
        let missing = |key: &str| self.wrong(entry, format!("{symbol} has no {key}"));
        let kind = match one.kind.ok_or_else(|| missing("kind"))? {
            KindName::Stock => Kind::Stock,
            KindName::Fund => Kind::Fund,
            KindName::Partnership => Kind::Partnership,
            KindName::Index => Kind::Index,
        };
        let exchange = one.exchange.as_ref().ok_or_else(|| missing("exchange"))?;
        if Invented::exchange_named(exchange.get_ref()).is_none() {
            let known = Invented::EXCHANGES.join(", ");
            let reason = format!("'{}' is none of {known}", exchange.get_ref());
            return Err(self.wrong(exchange, reason));
        }
        let currency = match &one.currency {
            None => Currency::Usd,
            Some(code) => Currency::from_code(code.get_ref()).ok_or_else(|| {
                let known = Currency::ALL.map(Currency::code).join(", ");
                self.wrong(code, format!("'{}' is none of {known}", code.get_ref()))
            })?,
        };
        let price = one.price.as_ref().ok_or_else(|| missing("price"))?;
        let tick = match &one.tick {
            None => 10_000,
            Some(tick) => self.units(tick)?,
        };
        let units = self.units(price)?;
        if units < tick * 20 || units % tick != 0 {
            let reason = "a price is a multiple of the tick, and at least twenty of it";
            return Err(self.wrong(price, reason));
        }
        let within = |value: &Option<Spanned<i64>>, usual: i64, most: i64| match value {
            None => Ok(usual),
            Some(value) if (1..=most).contains(value.get_ref()) => Ok(*value.get_ref()),
            Some(value) => Err(self.wrong(value, format!("this is from 1 to {most}"))),
        };
        Ok(Invented {
            symbol: symbol.to_owned(),
            name: one.title.clone().unwrap_or_else(|| symbol.to_owned()),
            kind,
            exchange: exchange.get_ref().clone(),
            currency,
            price: units,
            volatility: within(&one.volatility, 25, 500)?,
            tick,
            lot: within(&one.lot, 1, 100_000)?,
            in_hong_kong: one.hours == Some(HoursOf::HongKong),
        })
    }

    /// A price in millionths.
    fn units(&self, amount: &Spanned<Amount>) -> Result<i64, FileError> {
        let value = amount.get_ref().0;
        let scaled = value.checked_mul(MICROS);
        scaled
            .filter(|scaled| value > Decimal::ZERO && value <= HIGHEST && scaled.fract().is_zero())
            .and_then(|scaled| scaled.to_i64())
            .ok_or_else(|| {
                let reason = format!("{value} is not above 0, up to {HIGHEST}, with six decimals");
                self.wrong(amount, reason)
            })
    }

    /// Prices that hold, or begin, at the start.
    pub(super) fn markets(
        &self,
        world: &World,
        entries: &[Spanned<InstrumentEntry>],
    ) -> Result<Vec<Planned>, FileError> {
        let mut plan = Vec::new();
        for entry in entries {
            let one = entry.get_ref();
            let Some(name) = one.name.as_ref().or(one.symbol.as_ref()) else {
                continue;
            };
            let (bid, ask) = match (one.bid, one.ask) {
                (Some(bid), Some(ask)) => (bid.0, ask.0),
                // A new one has its price already.
                (None, None) if one.symbol.is_some() => continue,
                _ => return Err(self.wrong(entry, "a bid and an ask belong together")),
            };
            let con_id = self.instrument(world, name)?;
            if !world.clone().set_quote(con_id, bid, ask) {
                return Err(self.wrong(name, format!("{bid} x {ask} makes no market")));
            }
            let instrument = con_id.to_string();
            let when = When::After(0);
            let thaw = Action::Thaw {
                instrument: instrument.clone(),
            };
            let action = Action::SetPrice {
                instrument,
                bid,
                ask,
            };
            plan.push(Planned { when, action });
            if one.moving {
                plan.push(Planned { when, action: thaw });
            }
        }
        Ok(plan)
    }

    pub(super) fn dividends(
        &self,
        world: &World,
        entries: &[DividendEntry],
    ) -> Result<Vec<Dividend>, FileError> {
        entries
            .iter()
            .map(|entry| {
                let con_id = self.instrument(world, &entry.instrument)?;
                let instrument = world.by_con_id(con_id);
                if instrument.is_none_or(|one| one.sec_type != SecType::Stock) {
                    return Err(self.wrong(&entry.instrument, "only shares pay dividends"));
                }
                if world.leader(con_id) != con_id {
                    let reason = format!(
                        "{} moves with another instrument and pays no dividend of its own",
                        entry.instrument.get_ref()
                    );
                    return Err(self.wrong(&entry.instrument, reason));
                }
                self.units(&entry.amount)?;
                let (ex_day, pay_day) = (self.day(&entry.ex)?, self.day(&entry.pay)?);
                if pay_day < ex_day {
                    let reason = "a dividend is paid on its ex-date at the earliest";
                    return Err(self.wrong(&entry.pay, reason));
                }
                Ok(Dividend {
                    con_id,
                    ex_day,
                    pay_day,
                    amount: entry.amount.get_ref().0,
                })
            })
            .collect()
    }

    fn day(&self, date: &Spanned<String>) -> Result<i64, FileError> {
        let parsed: Result<Date, _> = date.get_ref().parse();
        parsed.map(Dividend::day).map_err(|_| {
            let reason = format!("'{}' is not a date such as 2026-01-05", date.get_ref());
            self.wrong(date, reason)
        })
    }
}

impl InstrumentEntry {
    /// It says something that only a new instrument can be told.
    fn is_described(&self) -> bool {
        self.title.is_some()
            || self.kind.is_some()
            || self.exchange.is_some()
            || self.currency.is_some()
            || self.price.is_some()
            || self.volatility.is_some()
            || self.tick.is_some()
            || self.lot.is_some()
            || self.hours.is_some()
    }
}
