//! Whether there is a price to trade on, and whether a limit is sane against it.

use super::{Case, Rule, Said, spoken};
use crate::verdict::{Mend, RuleInfo};
use gatehouse_domain::Decimal;
use gatehouse_domain::decimal::Price;
use gatehouse_domain::draft::{Pricing, Side};
use gatehouse_domain::quote::QuoteField;

pub(crate) const FRESH: Rule = Rule {
    info: RuleInfo {
        id: "price.fresh",
        title: "A fresh price",
        sentence: "An instrument must have a fresh, live price, or the person says that it goes without.",
        source: "Gatehouse",
        since: None,
    },
    ask: |case| {
        let fresh = case
            .facts
            .quote
            .is_some_and(|quote| quote.is_fresh(case.now, case.book.fresh_within));
        if fresh {
            return Said::passed("The price is live and fresh.");
        }
        let symbol = &case.facts.instrument.contract.symbol;
        let why = match case.facts.quote.and_then(|q| q.mark().map(|m| (q, m))) {
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
        Said::blocked(format!(
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
        source: "Gatehouse; IBKR rejects limits far through the best bid or offer as well",
        since: None,
    },
    ask: collar,
};

fn collar(case: &Case<'_>) -> Said {
    let Pricing::Limit { price } = case.draft.pricing else {
        return Said::not_applicable();
    };
    let near = match case.draft.side {
        Side::Buy => QuoteField::Ask,
        Side::Sell => QuoteField::Bid,
    };
    let market = case
        .facts
        .quote
        .and_then(|quote| quote.get(near).or_else(|| quote.mark()));
    let Some(market) = market.map(|seen| seen.value).filter(|m| *m > Decimal::ZERO) else {
        let says = "There is no market price to hold the limit against.";
        return if case.draft.waivers.stale_price {
            Said::warned(says)
        } else {
            Said::lacks(says)
        };
    };
    // Above zero when the limit is worse for the person than the market is.
    let through = (price.get() - market) * case.draft.side.sign() / market;
    let percent = spoken((through.abs() * Decimal::ONE_HUNDRED).round_dp(1));
    let (above, best) = match case.draft.side {
        Side::Buy => ("above", "offer"),
        Side::Sell => ("below", "bid"),
    };
    if through > case.book.collar {
        let said = Said::blocked(format!(
            "The limit {price} is {percent} % {above} the best {best} of {}. Allowed are {} %.",
            spoken(market),
            spoken(case.book.collar * Decimal::ONE_HUNDRED)
        ));
        return match Price::new(market) {
            Ok(at_market) => said.mended_by(Mend::LimitPrice {
                value: at_market
                    .to_tick(case.facts.instrument.increment_at(at_market))
                    .to_string(),
            }),
            Err(_) => said,
        };
    }
    if -through > case.book.collar {
        return Said::warned(format!(
            "The limit {price} is {percent} % away from the market ({}), so the order may rest for \
             long.",
            spoken(market)
        ));
    }
    Said::passed(format!("The limit is {percent} % from the market."))
}
