//! Wash sales: a sale at a loss within thirty days of a purchase of the same, over all accounts.
//! What was traded is known only as far as it was seen here, which is said where it matters.
//!
//! Deliberately not here: short positions that are closed at a loss, what single legs of a
//! combination lose, which lots the broker sells, and how the loss is reckoned in the end.

use super::closing::{Closing, closing};
use super::worst_case::market;
use super::{Case, Rule, Said, spoken};
use crate::facts::{Open, Trade};
use crate::rule::{Changeable, Group, RuleInfo, Scope, Severity, Source};
use crate::sessions;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::draft::Side;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::quote::Quote;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// How many days on either side of the sale count.
const DAYS: i32 = 30;

pub(crate) const WASH_SALE: Rule = Rule {
    info: RuleInfo {
        id: "tax.wash-sale",
        title: "Wash sale",
        sentence: "A loss can't be deducted when the same stock, or an option on it, is bought within 30 days before or after the sale, in any of your accounts, your spouse's included. Bought in an IRA, the loss is lost for good. Gatehouse looks at the trades and orders that it has seen.",
        group: Group::Taxes,
        source: Source {
            name: "Internal Revenue Code",
            text: "section 1091; IRS Publication 550; Revenue Ruling 2008-5",
        },
        scope: Scope {
            securities: &[
                SecurityKind::Stock,
                SecurityKind::Option,
                SecurityKind::Combo,
            ],
            ..Scope::ALL
        },
        severity: Some(Severity::Warn),
        changeable: Changeable::Freely,
        ..RuleInfo::HOUSE
    },
    ask: wash_sale,
};

fn wash_sale(case: &Case<'_>) -> Said {
    // Options on broad indices are taxed in another way (section 1256).
    let on = case.facts.instrument.underlying;
    if on.is_some_and(|on| on.kind == SecurityKind::Index) {
        return Said::not_applicable();
    }
    let Some(today) = day(case.now) else {
        return Said::lacks("The day is not known, so neither is what was traded within 30 days.");
    };
    match (acquires(case), case.draft.side) {
        (true, _) => purchase(case, today),
        (false, Side::Sell) if case.draft.legs.is_empty() => sale(case, today),
        (false, _) => Said::not_applicable(),
    }
}

/// Whether it brings shares or options that are not there to close what is short.
fn acquires(case: &Case<'_>) -> bool {
    let buys = match case.draft.legs.as_slice() {
        [] => case.draft.side == Side::Buy,
        legs => legs.iter().any(|leg| leg.side == Side::Buy),
    };
    buys && closing(case) != Closing::Closes
}

fn sale(case: &Case<'_>, today: Date) -> Said {
    let facts = case.facts;
    // What an IRA loses is not deducted anyway.
    if facts.account.is_none_or(|account| account.kind.is_ira()) {
        return Said::not_applicable();
    }
    let Some(held) = facts.position else {
        return Said::lacks("What the account holds is not known yet.");
    };
    if held <= Decimal::ZERO {
        return Said::not_applicable();
    }
    let left = held - facts.to_fill(case.draft);
    let bought = facts.trades.iter().rev().find(|trade| {
        // What is bought and sold again whole replaces nothing.
        let is_sold = *trade.account == case.draft.account
            && trade.contract.con_id == case.draft.con_id
            && left <= Decimal::ZERO;
        trade.side == Side::Buy && is_within(trade.at, today) && !is_sold
    });
    let buying = facts.open.iter().find(|order| order.side == Side::Buy);
    let replaced = bought
        .map(|trade| bought_words(trade))
        .or_else(|| buying.map(buying_words));
    let symbol = &facts.instrument.contract.symbol;
    let (Some(price), Some(cost)) = (
        sale_price(case.draft.pricing, facts.quote),
        facts.average_cost,
    ) else {
        return match replaced {
            None => Said::passed(format!("No purchase of {symbol} was seen in 30 days.")),
            Some(replaced) => Said::lacks(format!(
                "{replaced} Whether this sells at a loss is not known, for want of a price or of \
                 what it cost."
            )),
        };
    };
    if price >= cost {
        return Said::passed(format!(
            "It does not sell at a loss: it cost {} on average.",
            spoken(cost.round_dp(4))
        ));
    }
    let loses = format!(
        "This sells {symbol} at a loss: about {} against {} on average.",
        spoken(price),
        spoken(cost.round_dp(4))
    );
    let again = after(today);
    match replaced {
        Some(replaced) => Said::fails(format!(
            "{loses} {replaced} Within 30 days of each other that makes a wash sale: the loss on as \
             many as were bought can't be deducted now{}.",
            match bought.map_or_else(|| buying.map(|b| b.kind), |t| Some(t.kind)) {
                Some(kind) if kind.is_ira() => ", and bought in an IRA it is lost for good",
                _ => "",
            }
        )),
        None => Said::informed(format!(
            "{loses} Bought again in any account before {again}, {symbol} or an option on it makes \
             it a wash sale.{}",
            as_far_as_seen(case, today)
        )),
    }
}

fn purchase(case: &Case<'_>, today: Date) -> Said {
    let facts = case.facts;
    let symbol = &facts.instrument.contract.symbol;
    let lost = facts
        .trades
        .iter()
        .rev()
        .filter(|trade| {
            trade.side == Side::Sell && !trade.kind.is_ira() && is_within(trade.at, today)
        })
        .find_map(|trade| match trade.realized {
            Some(realized) if realized < Decimal::ZERO => Some((trade, "at a loss")),
            // Not told: an option may as well have been sold to open.
            None if trade.contract.kind == SecurityKind::Stock => {
                Some((trade, "perhaps at a loss"))
            }
            _ => None,
        });
    let selling = facts.open.iter().find(|order| {
        order.side == Side::Sell && !order.kind.is_ira() && order.loses == Some(true)
    });
    let what = match (lost, selling) {
        (Some((trade, how)), _) => format!(
            "{} sold {} {} {how} on {}.",
            trade.account,
            spoken(trade.quantity),
            trade.contract.label(),
            told(day(trade.at).unwrap_or(today)),
        ),
        (None, Some(order)) => format!(
            "A working order sells {} in {} at a loss.",
            order.contract.label(),
            order.account
        ),
        (None, None) => {
            return Said::passed(format!(
                "No sale of {symbol} at a loss was seen in 30 days."
            ));
        }
    };
    let is_ira = facts.account.is_some_and(|account| account.kind.is_ira());
    let follows = match is_ira {
        true => {
            "Buying it in an IRA within 30 days of that makes a wash sale, and the loss is lost for \
             good."
        }
        false => {
            "Buying it within 30 days of that makes a wash sale: the loss can't be deducted now and \
             is added to what these cost."
        }
    };
    let wait = match lost {
        Some((trade, _)) => format!(
            " From {} on it is none.",
            after(day(trade.at).unwrap_or(today))
        ),
        None => String::new(),
    };
    Said::fails(format!("{what} {follows}{wait}"))
}

/// What a sale will bring, by its limit, its trigger or the market, whichever it will meet.
#[must_use]
pub fn sale_price(pricing: Pricing, quote: Option<&Quote>) -> Option<Decimal> {
    let market = market(Side::Sell, quote);
    match (pricing.limit(), pricing.trigger()) {
        (Some(limit), None) => Some(market.map_or(limit.get(), |market| market.max(limit.get()))),
        (Some(limit), Some(_)) => Some(limit.get()),
        (None, Some(trigger)) => Some(trigger.get()),
        (None, None) => market,
    }
}

fn bought_words(trade: &Trade<'_>) -> String {
    format!(
        "{} bought {} {}{}.",
        trade.account,
        spoken(trade.quantity),
        trade.contract.label(),
        day(trade.at).map_or(String::new(), |day| format!(" on {}", told(day)))
    )
}

fn buying_words(order: &Open<'_>) -> String {
    format!(
        "A working order buys {} in {}.",
        order.contract.label(),
        order.account
    )
}

/// What limits what is said of the past; nothing once all thirty days were seen.
fn as_far_as_seen(case: &Case<'_>, today: Date) -> String {
    match case.facts.trades_since.and_then(day) {
        Some(since) if until(since, today) >= DAYS => String::new(),
        Some(since) => format!(
            " Purchases before {}, when Gatehouse began to keep trades, aren't known to it.",
            told(since)
        ),
        None => " Earlier purchases aren't known to Gatehouse.".to_owned(),
    }
}

fn day(at: UnixMillis) -> Option<Date> {
    sessions::new_york(at).map(|(day, _)| day)
}

fn until(earlier: Date, later: Date) -> i32 {
    earlier.until(later).map_or(0, |span| span.get_days())
}

/// Whether a moment lies within the days that count; one from the future, by a clock that was set
/// back, does.
fn is_within(at: UnixMillis, today: Date) -> bool {
    day(at).is_none_or(|day| until(day, today) <= DAYS)
}

/// The first day after the thirty, in words.
fn after(sale: Date) -> String {
    sale.checked_add((DAYS + 1).days())
        .map_or_else(|_| "the 31st day".to_owned(), told)
}

fn told(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}
