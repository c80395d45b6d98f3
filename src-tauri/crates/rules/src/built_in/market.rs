//! The market at this moment: its hours, its width, its depth; options near their end; options
//! sold without cover.

use super::closing::{Closing, closing};
use super::cover::is_covered;
use super::{Case, Rule, Said, most_that_fits, over, spoken};
use crate::facts::Lot;
use crate::rule::{Group, ParamInfo, RuleInfo, Scope, Severity, Source, Unit, number};
use crate::sessions::{self, Session};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::draft::Side;
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::quote::QuoteField;

/// A market order, or one that becomes one at once.
fn meets_the_market(case: &Case<'_>) -> bool {
    matches!(case.draft.pricing, Pricing::Market)
}

pub(crate) const HOURS: Rule = Rule {
    info: RuleInfo {
        id: "market.hours",
        title: "Trading hours",
        sentence: "A market order in a US stock or option outside the regular session waits for the next one, at a price that nobody knows.",
        group: Group::Market,
        source: Source {
            name: "New York Stock Exchange",
            text: "hours and holidays, announced on 2024-11-08",
        },
        scope: Scope {
            securities: &[SecurityKind::Stock, SecurityKind::Option],
            ..Scope::ALL
        },
        severity: Some(Severity::Warn),
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        if !meets_the_market(case) || case.facts.instrument.contract.currency != Currency::USD {
            return Said::not_applicable();
        }
        match sessions::session(case.now) {
            None => Said::lacks("Whether the exchange trades on this day is not known here."),
            Some(Session::Regular) => Said::passed("The regular session is on."),
            Some(Session::PreMarket | Session::AfterHours | Session::Closed) => Said::fails(
                "The regular session is not on. A market order waits for it and fills at whatever \
                 the price is then; a limit order says what you pay at most.",
            ),
        }
    },
};

pub(crate) const SPREAD: Rule = Rule {
    info: RuleInfo {
        id: "market.spread",
        title: "A wide market",
        sentence: "A market order meets a market whose bid and ask lie close together: within two hundredths of the price unless you set otherwise.",
        group: Group::Market,
        severity: Some(Severity::Warn),
        params: &[ParamInfo::most(
            "percent",
            "How far bid and ask may lie apart",
            Unit::Percent,
            Some(number(2, 0)),
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(most) = case.number("percent").filter(|_| meets_the_market(case)) else {
            return Said::not_applicable();
        };
        let get = |field| case.facts.quote.and_then(|quote| quote.get(field));
        let (Some(bid), Some(ask)) = (get(QuoteField::Bid), get(QuoteField::Ask)) else {
            return Said::lacks(
                "There is no bid or no ask, so how wide the market is is not known.",
            );
        };
        let middle = (bid.value + ask.value) / Decimal::TWO;
        if middle <= Decimal::ZERO || ask.value < bid.value {
            return Said::lacks(
                "Bid and ask make no sense, so how wide the market is is not known.",
            );
        }
        let wide = (over(ask.value - bid.value, middle) * Decimal::ONE_HUNDRED).round_dp(2);
        if wide <= most {
            return Said::passed(format!("Bid and ask are {} % apart.", spoken(wide)));
        }
        Said::fails(format!(
            "Bid {} and ask {} are {} % apart, more than {} %. Use a limit order.",
            spoken(bid.value),
            spoken(ask.value),
            spoken(wide),
            spoken(most)
        ))
    },
};

pub(crate) const DISPLAYED: Rule = Rule {
    info: RuleInfo {
        id: "market.displayed-size",
        title: "Against the displayed size",
        sentence: "A market order is for no more than so many times what is displayed at the best price. Off until you set a number.",
        group: Group::Market,
        severity: Some(Severity::Warn),
        params: &[ParamInfo::most(
            "times",
            "How many times the displayed size",
            Unit::Times,
            None,
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(times) = case.number("times").filter(|_| meets_the_market(case)) else {
            return Said::not_applicable();
        };
        let field = match case.draft.side {
            Side::Buy => QuoteField::AskSize,
            Side::Sell => QuoteField::BidSize,
        };
        let Some(size) = case.facts.quote.and_then(|quote| quote.get(field)) else {
            return Said::lacks("How much is displayed at the best price is not known.");
        };
        against(
            case,
            size.value * times,
            size.value,
            "displayed at the best price",
        )
    },
};

pub(crate) const VOLUME: Rule = Rule {
    info: RuleInfo {
        id: "market.volume",
        title: "Against the volume",
        sentence: "An order is for no more than a share of what has traded on the day so far, or of what trades on an average day. Off until you set a number.",
        version: 2,
        group: Group::Market,
        severity: Some(Severity::Warn),
        params: &[
            ParamInfo::most(
                "percent",
                "The largest share of the day's volume",
                Unit::Percent,
                None,
            ),
            ParamInfo::most(
                "percent_of_average",
                "The largest share of an average day's volume",
                Unit::Percent,
                None,
            ),
        ],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let volumes = [
            ("percent", QuoteField::Volume, "traded today"),
            (
                "percent_of_average",
                QuoteField::AverageVolume,
                "traded on an average day",
            ),
        ];
        let mut said = Said::not_applicable();
        for (key, field, what) in volumes {
            let Some(percent) = case.number(key) else {
                continue;
            };
            let Some(volume) = case.facts.quote.and_then(|quote| quote.get(field)) else {
                return Said::lacks(format!("How many are {what} is not known."));
            };
            let most = volume.value * percent / Decimal::ONE_HUNDRED;
            said = against(case, most, volume.value, what);
            if !said.has_passed() {
                return said;
            }
        }
        said
    },
};

fn against(case: &Case<'_>, most: Decimal, of: Decimal, what: &str) -> Said {
    let wanted = case.facts.to_fill(case.draft);
    if wanted <= most {
        return Said::passed(format!("{} are {what}.", spoken(of)));
    }
    let fits = most_that_fits(case, most, Decimal::ONE);
    let said = Said::fails(format!(
        "{} are {what}; by your limit {} may be ordered, not {}.",
        spoken(of),
        spoken(fits),
        spoken(wanted)
    ));
    match fits > Decimal::ZERO && case.facts.changed.is_none() {
        true => said.mended_by(Mend::Quantity {
            value: fits.normalize().to_string(),
        }),
        false => said,
    }
}

pub(crate) const EXPIRY_DAY: Rule = Rule {
    info: RuleInfo {
        id: "market.expiry-day",
        title: "Near expiry",
        sentence: "Opening a position in something that expires today is told; sooner when you set more days. What is exercised or assigned may be more than the account can bear, and is liquidated then.",
        group: Group::Market,
        severity: Some(Severity::Warn),
        params: &[ParamInfo::least(
            "days",
            "How many days before expiry",
            Unit::Days,
            Some(Decimal::ZERO),
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let own = case.facts.instrument.contract.derivative;
        let legs = case.facts.legs.iter().map(|leg| leg.contract?.derivative);
        let Some(first) = own
            .into_iter()
            .chain(legs.flatten())
            .map(|derivative| derivative.expiry)
            .min()
        else {
            return Said::not_applicable();
        };
        if closing(case) == Closing::Closes {
            return Said::passed("It only makes a position smaller.");
        }
        let Some((today, _)) = sessions::new_york(case.now) else {
            return Said::lacks("The day is not known, so neither is how far expiry is.");
        };
        let days = Decimal::from(today.until(first.date()).map_or(0, |span| span.get_days()));
        let within = case.number("days").unwrap_or_default();
        if days > within {
            return Said::passed(format!("It expires on {first}."));
        }
        Said::fails(match days.is_zero() {
            true => format!("It expires today, {first}."),
            false => format!("It expires on {first}, in {} days.", spoken(days)),
        })
    },
};

pub(crate) const NAKED: Rule = Rule {
    info: RuleInfo {
        id: "limit.naked-options",
        title: "Options sold without cover",
        sentence: "A call that is sold is covered by shares or another call, a put by another put or by settled cash for its strike; else it is told, because its loss has no bound or a large one.",
        severity: Some(Severity::Warn),
        scope: Scope {
            securities: &[SecurityKind::Option],
            ..Scope::ALL
        },
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        if case.draft.side != Side::Sell {
            return Said::not_applicable();
        }
        let contract = &case.facts.instrument.contract;
        match closing(case) {
            Closing::Closes => return Said::passed("It only makes a position smaller."),
            Closing::Unknown => return Said::lacks("What the account holds is not known yet."),
            Closing::Opens { .. } => {}
        }
        if contract.is_adjusted() {
            return Said::fails(
                "What it delivers is not known, so nothing can be said to cover it: the loss has no \
                 bound that is known here.",
            );
        }
        let Some(holdings) = case.facts.holdings else {
            return Said::lacks("What the account holds of the underlying is not known.");
        };
        if holdings.owes_an_adjusted(&[]) {
            return Said::lacks(format!(
                "The account has sold an adjusted option on {}. How much of what it holds that \
                 takes is not known, so neither is what is left to cover this.",
                contract.symbol
            ));
        }
        let units = |(contract, amount): &Lot<'_>| *amount * contract.multiplier;
        let mut after: Vec<Lot<'_>> = holdings
            .held
            .iter()
            // What a working order may sell covers nothing; what one may buy not yet.
            .chain(
                holdings
                    .working
                    .iter()
                    .flatten()
                    .filter(|(_, amount)| *amount < Decimal::ZERO),
            )
            .map(|lot| (lot.0, units(lot)))
            .collect();
        let sold = -case.facts.to_fill(case.draft);
        after.push((contract, units(&(contract, sold))));
        if is_covered(&after) {
            return Said::passed("What the account holds covers it.");
        }
        let terms = contract.derivative.and_then(|derivative| derivative.option);
        let cash = case
            .facts
            .account
            .and_then(|account| account.figure(Tag::SettledCash));
        let rate = case
            .facts
            .account
            .and_then(|account| account.rate(contract.currency));
        match (terms, cash, rate) {
            (Some(terms), Some(cash), Some(rate)) if terms.right == Right::Put => {
                let strike = terms.strike.get() * contract.multiplier * rate * -sold;
                if strike <= cash {
                    return Said::passed("Settled cash covers its strike.");
                }
                Said::fails(format!(
                    "Assigned, it costs {} and {} of settled cash is there.",
                    super::money(strike),
                    super::money(cash)
                ))
            }
            (Some(terms), ..) if terms.right == Right::Call => Said::fails(
                "Nothing in the account covers it: the loss has no bound if the price rises.",
            ),
            _ => Said::lacks("What would cover it is not known."),
        }
    },
};
