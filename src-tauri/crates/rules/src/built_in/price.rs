//! Whether there is a price to trade on, and whether a limit is sane against it.

use super::worst_case::market;
use super::{Case, Rule, Said, money, over, spoken};
use crate::rule::{Changeable, Group, ParamInfo, RuleInfo, Source, Unit, number};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::decimal::Price;
use gatehouse_domain::draft::Side;
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::quote::QuoteField;
use rust_decimal::prelude::ToPrimitive as _;
use std::time::Duration;

pub(crate) const FRESH: Rule = Rule {
    info: RuleInfo {
        id: "price.fresh",
        title: "A fresh price",
        sentence: "An instrument must have a fresh, live price, or the person says that it goes without.",
        group: Group::Market,
        params: &[ParamInfo::most(
            "seconds",
            "A price older than this is not fresh",
            Unit::Seconds,
            Some(number(15, 0)),
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let seconds = case.number("seconds").unwrap_or_default();
        let fresh_within = Duration::from_secs(seconds.to_u64().unwrap_or(0));
        let fresh = case
            .facts
            .quote
            .is_some_and(|quote| quote.is_fresh(case.now, fresh_within));
        if fresh {
            return Said::passed("The price is live and fresh.");
        }
        let symbol = &case.facts.instrument.contract.symbol;
        let why = match case.facts.quote.and_then(|q| q.mark().map(|m| (q, m))) {
            None if case.facts.could_be_delayed && !case.draft.waivers.stale_price => {
                return Said::fails(format!(
                    "This login has no subscription to live prices of {symbol}. Delayed ones, about \
                     15 minutes old, can be had."
                ))
                .mended_by(Mend::DelayedData);
            }
            None => format!("There is no price of {symbol}."),
            Some((quote, mark)) => {
                let age = quote.newest().map_or(0, |at| case.now.since(at).as_secs());
                match mark.source {
                    gatehouse_domain::observed::Source::Live => {
                        format!("The price of {symbol} is {age} s old.")
                    }
                    source => format!("The price of {symbol} is not live ({source:?})."),
                }
            }
        };
        if case.draft.waivers.stale_price {
            return Said::warned(format!("{why} You chose to go on without a fresh one."));
        }
        Said::fails(format!(
            "{why} Wait for a fresh one, or say that you go on without it."
        ))
        .mended_by(Mend::WaiveStalePrice)
    },
};

pub(crate) const COLLAR: Rule = Rule {
    info: RuleInfo {
        id: "price.collar",
        title: "Price collar",
        sentence: "A limit does not reach far through the market.",
        group: Group::Market,
        source: Source {
            name: "Gatehouse",
            text: "your limit; IBKR rejects limits far through the best bid or offer as well",
        },
        params: &[ParamInfo::most(
            "percent",
            "How far through the market a limit may be",
            Unit::Percent,
            Some(number(10, 0)),
        )],
        ..RuleInfo::LIMIT
    },
    ask: collar,
};

fn collar(case: &Case<'_>) -> Said {
    let Some(allowed) = case.number("percent") else {
        return Said::not_applicable();
    };
    // A stop's limit is held against where it will be set off, others against the market.
    let (price, against) = match case.draft.pricing {
        Pricing::Limit { price } | Pricing::LimitOnClose { price } => (price, None),
        Pricing::StopLimit { trigger, price } | Pricing::LimitIfTouched { trigger, price } => {
            (price, Some(trigger.get()))
        }
        pricing => match pricing.limit() {
            Some(cap) => (cap, None),
            None => return Said::not_applicable(),
        },
    };
    let (near, best) = match case.draft.side {
        Side::Buy => (QuoteField::Ask, "offer"),
        Side::Sell => (QuoteField::Bid, "bid"),
    };
    let near = case.facts.quote.and_then(|quote| quote.get(near));
    // Only a combination's market may lie at zero or below.
    let is_combo = case.facts.instrument.contract.kind == SecurityKind::Combo;
    if let Some(net) = near.filter(|net| is_combo && net.value <= Decimal::ZERO) {
        let size = spoken(net.value.abs());
        return match case.draft.side {
            Side::Buy => Said::fails(format!(
                "The limit {price} pays for what nothing is paid for at these quotes: you would \
                 receive {size}. Choose the price anew."
            )),
            Side::Sell => {
                let says = format!(
                    "The limit {price} is to be received for what you would pay {size} for at these \
                     quotes: there is no price to hold it against, and it may rest for long."
                );
                match case.draft.waivers.stale_price {
                    true => Said::warned(says),
                    false => Said::lacks(says).mended_by(Mend::WaiveStalePrice),
                }
            }
        };
    }
    let market = against.or_else(|| market(case.draft.side, case.facts.quote));
    let Some(market) = market.filter(|m| *m > Decimal::ZERO) else {
        let says = "There is no market price to hold the limit against.";
        return if case.draft.waivers.stale_price {
            Said::warned(says)
        } else {
            Said::lacks(says)
        };
    };
    // Above zero when the limit is worse for the person than the market is.
    let through = over((price.get() - market) * case.draft.side.sign(), market);
    let percent = spoken((through.abs() * Decimal::ONE_HUNDRED).round_dp(1));
    let above = match case.draft.side {
        Side::Buy => "above",
        Side::Sell => "below",
    };
    if through > allowed / Decimal::ONE_HUNDRED {
        let said = Said::fails(format!(
            "The limit {price} is {percent} % {above} {}. Allowed are {} %.",
            match (against, near) {
                (Some(_), _) => format!("the trigger of {}", spoken(market)),
                (None, Some(_)) => format!("the best {best} of {}", spoken(market)),
                (None, None) => format!(
                    "{}, the last price known, as there is no {best}",
                    spoken(market)
                ),
            },
            spoken(allowed)
        ));
        let plain = matches!(
            case.draft.pricing,
            Pricing::Limit { .. } | Pricing::LimitOnClose { .. }
        );
        let at_market = Price::new(market)
            .ok()
            .and_then(|at| case.facts.instrument.on_step(at, case.draft.side.safer()));
        return match at_market {
            Some(price) if plain => said.mended_by(Mend::LimitPrice {
                value: price.to_string(),
            }),
            _ => said,
        };
    }
    if -through > allowed / Decimal::ONE_HUNDRED {
        return Said::warned(format!(
            "The limit {price} is {percent} % away from the market ({}), so the order may rest for \
             long.",
            spoken(market)
        ));
    }
    Said::passed(format!("The limit is {percent} % from the market."))
}

pub(crate) const TRIGGER: Rule = Rule {
    info: RuleInfo {
        id: "price.trigger",
        title: "The trigger lies ahead",
        sentence: "An order that waits for a price must not be set off the moment it arrives.",
        group: Group::Market,
        source: Source {
            name: "IBKR",
            text: "order types: a buy stop lies above the market, a sell stop below",
        },
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: trigger,
};

fn trigger(case: &Case<'_>) -> Said {
    let pricing = case.draft.pricing;
    let Some(trigger) = pricing.trigger() else {
        return Said::not_applicable();
    };
    let Some(market) = market(case.draft.side, case.facts.quote) else {
        let says = "There is no market price to hold the trigger against.";
        return if case.draft.waivers.stale_price {
            Said::warned(says)
        } else {
            Said::lacks(says)
        };
    };
    let ahead = (trigger.get() - market) * case.draft.side.sign();
    // A stop lies on the far side of the market, a touch on the near one.
    let (fits, kind, lies) = match (pricing.is_stop(), case.draft.side) {
        (true, Side::Buy) => (ahead > Decimal::ZERO, "buy stop", "above"),
        (true, Side::Sell) => (ahead > Decimal::ZERO, "sell stop", "below"),
        (false, Side::Buy) => (ahead < Decimal::ZERO, "buy if touched", "below"),
        (false, Side::Sell) => (ahead < Decimal::ZERO, "sell if touched", "above"),
    };
    if fits {
        return Said::passed(format!(
            "The trigger {trigger} lies {lies} the market ({}).",
            spoken(market)
        ));
    }
    let other = if pricing.is_stop() {
        "an if-touched order"
    } else {
        "a stop"
    };
    Said::fails(format!(
        "The trigger {trigger} would be set off at once: a {kind} lies {lies} the market ({}). Move it \
         {lies} the market, or choose {other}.",
        spoken(market)
    ))
}

pub(crate) const EXITS: Rule = Rule {
    info: RuleInfo {
        id: "bracket.around-market",
        title: "The bracket lies around its entry",
        sentence: "A bracket's take-profit and stop lie on their sides of the price that the entry will get.",
        group: Group::Market,
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: exits,
};

fn exits(case: &Case<'_>) -> Said {
    let Some(exits) = &case.draft.exits else {
        return Said::not_applicable();
    };
    let pricing = case.draft.pricing;
    let waits = pricing.trigger().map(gatehouse_domain::decimal::Price::get);
    // A marketable limit fills at the market, not at its limit.
    let market = market(case.draft.side, case.facts.quote);
    let sign = case.draft.side.sign();
    let limit = pricing.limit().map(gatehouse_domain::decimal::Price::get);
    let entry = match (waits, limit, market) {
        (Some(trigger), _, _) => trigger,
        (None, Some(limit), Some(market)) if (limit - market) * sign > Decimal::ZERO => market,
        (None, Some(limit), _) => limit,
        (None, None, Some(market)) => market,
        (None, None, None) => {
            return Said::lacks("There is no price to hold the bracket against.");
        }
    };
    let beyond = |price: Decimal| (price - entry) * sign > Decimal::ZERO;
    if let Some(profit) = exits.take_profit()
        && !beyond(profit.get())
    {
        return Said::fails(format!(
            "The take-profit {profit} would fill at once: the entry fills near {}.",
            spoken(entry)
        ));
    }
    match exits.stop_level(entry, sign) {
        Some(stop) if beyond(stop) || stop == entry => Said::fails(format!(
            "The stop {} would be set off at once: the entry fills near {}.",
            spoken(stop),
            spoken(entry)
        )),
        Some(stop) => Said::passed(format!(
            "Filled near {}, it loses about {} each if the stop is set off at {}.",
            spoken(entry),
            money((entry - stop).abs()),
            spoken(stop)
        )),
        None => Said::warned(
            "The bracket has no stop: nothing limits the loss if the market goes the other way.",
        ),
    }
}
