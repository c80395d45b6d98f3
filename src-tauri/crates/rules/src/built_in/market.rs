//! The market at this moment: its hours, its width, its depth; options near their end.

use super::closing::{Closing, closing};
use super::{Case, Rule, Said, most_that_fits, over, spoken};
use crate::rule::{Group, ParamInfo, RuleInfo, Scope, Severity, Source, Unit, number};
use crate::sessions::{self, Session};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::decimal::Currency;
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
        Said::fails(match days {
            _ if days.is_zero() => format!("It expires today, {first}."),
            _ if days < Decimal::ZERO => format!("It expired on {first}."),
            _ => format!("It expires on {first}, in {} days.", spoken(days)),
        })
    },
};
