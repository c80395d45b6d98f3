//! What is coming to a held strategy: its last day, assignment, and what either does in a
//! retirement account.
//!
//! Said of one strategy in one account. Deliberately not here: how likely it is, and orders.

mod assignment;
mod retirement;
#[cfg(test)]
mod tests;

use super::HeldStrategy;
use crate::engine::{Desk, words};
use crate::view::{StrategyWarningView, Tone, WarningKind};
use assignment::Payout;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::chain::{days_between, exchange_day};
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::decimal::{Currency, product};
use gatehouse_domain::derivative::{Expiry, Right};
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::{Observed, Source};
use gatehouse_domain::position::PositionKey;
use gatehouse_domain::quote::QuoteField;
use retirement::Retirement;

/// An expiry is told of from so many days before it.
const SOON: i32 = 7;
/// Nearer than this share of its price, an underlying may end on either side of a strike.
const CLOSE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

const AT_EXPIRY: &str = "OCC Rule 805: what is in the money by 0.01 is exercised at expiry unless its holder says otherwise";
const STYLES: &str =
    "OCC, Characteristics and Risks of Standardized Options: exercise and settlement";

const ADJUSTMENTS: &str = "OCC, Characteristics and Risks of Standardized Options: adjustments; the class's name ends in a number";

/// What more units than these would come to is not reckoned.
const MOST_UNITS: Decimal = Decimal::from_parts(0xd4a5_1000, 0xe8, 0, false, 0);

/// An option of the strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OptionLeg {
    right: Right,
    strike: Decimal,
    expiry: Expiry,
    days: i32,
    /// Negative when short.
    quantity: Decimal,
    multiplier: Decimal,
    /// The middle of its market, for one unit.
    price: Option<Decimal>,
}

/// How the options of an underlying are exercised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// On any day, for shares.
    Shares,
    /// At the end only, for money.
    Cash,
    /// On any day, for futures.
    Futures,
    /// On any day, for what a corporate action has made of the shares.
    Adjusted,
}

/// What is known of a strategy's options and of the account around it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts {
    symbol: String,
    currency: Currency,
    style: Style,
    spot: Option<Observed<Decimal>>,
    /// What the shares pay next.
    payout: Payout,
    legs: Vec<OptionLeg>,
    /// In a retirement account.
    retirement: Option<Retirement>,
}

/// What is to be said of a strategy, the loudest first.
pub(super) fn of(desk: &Desk, held: &HeldStrategy, now: UnixMillis) -> Vec<StrategyWarningView> {
    facts(desk, held, now).map_or_else(Vec::new, |facts| facts.warnings())
}

fn facts(desk: &Desk, held: &HeldStrategy, now: UnixMillis) -> Option<Facts> {
    let today = exchange_day(now)?;
    let mut style = Style::Shares;
    let mut legs = Vec::new();
    for (con_id, quantity) in &held.parts {
        let contract = desk.contracts.get(con_id)?;
        let Some((expiry, terms)) = contract
            .derivative
            .and_then(|d| Some((d.expiry, d.option?)))
        else {
            continue;
        };
        style = style_of(desk, contract);
        let units = quantity.checked_mul(contract.multiplier);
        if units.is_none_or(|units| units.abs() > MOST_UNITS) {
            continue;
        }
        legs.push(OptionLeg {
            right: terms.right,
            strike: terms.strike.get(),
            expiry,
            days: days_between(today, expiry),
            quantity: *quantity,
            multiplier: contract.multiplier,
            price: middle(desk, *con_id),
        });
    }
    let account = desk.accounts.get(&held.account)?;
    let retirement = account.kind.is_ira().then(|| Retirement {
        shares: held
            .underlying
            .filter(|_| desk.positions_complete)
            .map(|con_id| {
                let key = PositionKey {
                    account: held.account.clone(),
                    con_id,
                };
                let position = desk.positions.get(&key);
                position.map_or(Decimal::ZERO, |p| p.quantity.value)
            }),
        settled: account.figure(Tag::SettledCash),
        base: account.base,
        rate: account.rate(held.currency),
        all_puts: cash_for_puts(desk, held),
    });
    (!legs.is_empty()).then_some(Facts {
        symbol: held.symbol.to_string(),
        currency: held.currency,
        style,
        spot: desk.spot_under(held),
        payout: assignment::payout(desk, held, today),
        legs,
        retirement,
    })
}

/// The price of this moment, which alone can be held against the underlying's: a last price may be
/// of hours ago.
fn middle(desk: &Desk, con_id: ConId) -> Option<Decimal> {
    let quote = desk.quotes.get(&con_id)?;
    let (bid, ask) = (quote.get(QuoteField::Bid)?, quote.get(QuoteField::Ask)?);
    Some((bid.value + ask.value) / Decimal::TWO)
}

fn style_of(desk: &Desk, contract: &Contract) -> Style {
    if contract.kind == SecurityKind::FutureOption {
        return Style::Futures;
    }
    if contract.is_adjusted() {
        return Style::Adjusted;
    }
    let underlying = desk
        .instruments
        .get(&contract.con_id)
        .and_then(|i| i.underlying);
    // Options on the S&P 100 under OEX are the one kind on an index that may be exercised early.
    match underlying {
        Some(on) if on.kind == SecurityKind::Index && contract.symbol.as_str() != "OEX" => {
            Style::Cash
        }
        _ => Style::Shares,
    }
}

/// What all puts that the account is short of could cost at once, in its base currency; `None`
/// when one of them has no exchange rate.
fn cash_for_puts(desk: &Desk, held: &HeldStrategy) -> Option<Decimal> {
    let account = desk.accounts.get(&held.account)?;
    let mut sum = Decimal::ZERO;
    for position in desk
        .positions
        .values()
        .filter(|p| p.account == held.account)
    {
        let contract = &position.contract;
        let quantity = position.quantity.value;
        let terms = contract.derivative.and_then(|d| d.option);
        let Some(terms) = terms.filter(|t| t.right == Right::Put && quantity < Decimal::ZERO)
        else {
            continue;
        };
        if style_of(desk, contract) == Style::Shares {
            let rate = account.rate(contract.currency)?;
            let each = terms.strike.get();
            let cost = product(&[each, contract.multiplier, -quantity, rate])?;
            sum = sum.checked_add(cost)?;
        }
    }
    Some(sum)
}

impl Facts {
    fn warnings(&self) -> Vec<StrategyWarningView> {
        let mut all = Vec::new();
        all.extend(self.adjusted());
        all.extend(self.expiry());
        for leg in &self.legs {
            if leg.days >= 0 && self.style != Style::Adjusted {
                all.extend(self.assignment(leg));
            }
        }
        if let Some(retirement) = &self.retirement {
            all.extend(retirement.warnings(self));
        }
        all.sort_by_key(|warning| match warning.tone {
            Tone::Alarm => 0,
            Tone::Warning => 1,
            Tone::Quiet => 2,
        });
        all
    }

    /// Nothing about the price of the underlying says what an adjusted option is worth.
    fn adjusted(&self) -> Option<StrategyWarningView> {
        (self.style == Style::Adjusted).then(|| {
            let says = format!(
                "The class of these options on {} bears a number: they were adjusted after a corporate action or are minis. Instead of 100 shares they may deliver another number, other shares, or cash beside them. That is not known here, so nothing is said of assignment, and they are left out of payoffs. Read the memo on them at the OCC.",
                self.symbol
            );
            let title = "Adjusted or mini: deliverable not known".to_owned();
            self.warning(WarningKind::Adjusted, Tone::Warning, title, says, ADJUSTMENTS)
        })
    }

    /// The nearest last day, and what each option comes to as the price stands.
    fn expiry(&self) -> Option<StrategyWarningView> {
        let first = self.legs.iter().map(|leg| leg.days).min()?;
        let ending: Vec<&OptionLeg> = self.legs.iter().filter(|leg| leg.days == first).collect();
        let day = ending.first()?.expiry;
        let title = match first {
            ..0 => "Expired".to_owned(),
            0 => "Expires today".to_owned(),
            1 => "Expires tomorrow".to_owned(),
            days if days <= SOON => format!("Expires in {days} days"),
            _ => return None,
        };
        let tone = match first {
            ..=1 => Tone::Warning,
            _ => Tone::Quiet,
        };
        if first < 0 {
            return Some(self.warning(
                WarningKind::Expiry,
                tone,
                title,
                format!("It ended on {day} and is listed still: the broker settles overnight what was exercised or assigned. Look at the position again on the next day."),
                AT_EXPIRY,
            ));
        }
        let mut says = vec![format!("{day} is the last day{}.", self.hour())];
        let Some(spot) = self.price().filter(|_| self.style != Style::Adjusted) else {
            says.push(match self.style {
                Style::Adjusted => {
                    "What it comes to when it is exercised or assigned can't be said.".to_owned()
                }
                _ => format!(
                    "The price of {} is not known, so what is exercised or assigned can't be said.",
                    self.symbol
                ),
            });
            return Some(self.warning(WarningKind::Expiry, tone, title, says.join(" "), AT_EXPIRY));
        };
        let (inside, outside): (Vec<&&OptionLeg>, Vec<&&OptionLeg>) = ending
            .iter()
            .partition(|leg| leg.inside(spot) > Decimal::ZERO);
        for leg in &inside {
            says.push(format!(
                "At {} the {} is in the money: {}.",
                words::price(spot),
                leg.name(),
                self.comes_to(leg, spot)
            ));
        }
        match (inside.len(), outside.len()) {
            (_, 0) => {}
            (0, _) => says.push(format!("At {} it ends worthless.", words::price(spot))),
            (_, 1) => says.push("The other ends worthless.".to_owned()),
            _ => says.push("The others end worthless.".to_owned()),
        }
        if let Some(leg) = ending.iter().find(|leg| leg.is_close(spot)) {
            says.push(format!(
                "{} is within 1 % of {}: it can end on either side.",
                self.symbol,
                words::price(leg.strike)
            ));
        }
        says.extend(self.not_live());
        if !inside.is_empty() && self.style != Style::Cash {
            says.push("Close or roll it before then if that is not wanted.".to_owned());
        }
        Some(self.warning(WarningKind::Expiry, tone, title, says.join(" "), AT_EXPIRY))
    }

    /// What an exercise or assignment of an option in the money does.
    fn comes_to(&self, leg: &OptionLeg, spot: Decimal) -> String {
        let currency = self.currency;
        if self.style == Style::Cash {
            let sum = words::money(leg.inside(spot) * leg.units().abs());
            let verb = match leg.quantity > Decimal::ZERO {
                true => "brings",
                false => "costs",
            };
            return format!("it {verb} about {sum} {currency} in cash");
        }
        let thing = match self.style {
            Style::Futures => format!(
                "{} {} futures",
                words::number(leg.quantity.abs()),
                self.symbol
            ),
            _ => format!("{} {}", words::number(leg.units().abs()), self.symbol),
        };
        let at = words::price(leg.strike);
        let verb = match leg.buys() {
            true => "bought",
            false => "sold",
        };
        if self.style == Style::Futures {
            return format!("{thing} are {verb} at {at}");
        }
        let sum = words::money(leg.cash());
        format!("{thing} are {verb} at {at}, for {sum} {currency}")
    }

    /// What is held beside a short option and can be exercised against it.
    fn against(&self, short: &OptionLeg) -> Option<&OptionLeg> {
        self.legs.iter().find(|leg| {
            leg.quantity >= -short.quantity
                && leg.right == short.right
                && leg.multiplier == short.multiplier
                && leg.expiry >= short.expiry
        })
    }

    /// Of the underlying.
    fn price(&self) -> Option<Decimal> {
        self.spot.map(|spot| spot.value)
    }

    /// What the underlying's price is when it is not one of this moment.
    fn not_live(&self) -> Option<String> {
        let is = match self.spot?.source {
            Source::Live => return None,
            Source::Delayed => "delayed by about 15 minutes",
            Source::Frozen => "the last one before the market closed",
            Source::DelayedFrozen => "a delayed one from before the market closed",
            Source::Model => "reckoned, not told",
        };
        Some(format!("This price of {} is {is}.", self.symbol))
    }

    fn hour(&self) -> &'static str {
        match (self.style, self.currency == Currency::USD) {
            (Style::Shares, true) => ", to 16:00 in New York",
            _ => "",
        }
    }

    fn warning(
        &self,
        kind: WarningKind,
        tone: Tone,
        title: String,
        says: String,
        source: &str,
    ) -> StrategyWarningView {
        let goes_by_it = matches!(kind, WarningKind::Assignment | WarningKind::EarlyAssignment);
        let says = match self.not_live().filter(|_| goes_by_it) {
            Some(not_live) => format!("{says} {not_live}"),
            None => says,
        };
        StrategyWarningView {
            kind,
            tone,
            title,
            says,
            source: source.to_owned(),
        }
    }
}

impl OptionLeg {
    /// "short 180 C".
    fn name(&self) -> String {
        let side = match self.quantity > Decimal::ZERO {
            true => "long",
            false => "short",
        };
        let strike = words::number(self.strike);
        format!("{side} {strike} {}", self.right.letter())
    }

    /// By how much it is in the money, a unit; zero or below when it is not.
    fn inside(&self, spot: Decimal) -> Decimal {
        match self.right {
            Right::Call => spot - self.strike,
            Right::Put => self.strike - spot,
        }
    }

    fn is_close(&self, spot: Decimal) -> bool {
        self.inside(spot).abs() < spot * CLOSE
    }

    fn units(&self) -> Decimal {
        self.quantity * self.multiplier
    }

    /// What changes hands for the shares.
    fn cash(&self) -> Decimal {
        self.units().abs() * self.strike
    }

    /// Whether exercise or assignment buys the shares.
    fn buys(&self) -> bool {
        (self.right == Right::Call) == (self.quantity > Decimal::ZERO)
    }
}
