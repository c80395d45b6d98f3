//! Whether the figures that an order is judged by can be reckoned with: nothing that a rule
//! multiplies may come to more than a `Decimal` holds, which would end the program.
//!
//! The largest price, count, multiplier and rate among them are multiplied once, so that every
//! product of such figures is smaller. What is divided goes by [`crate::built_in::over`].

use crate::facts::Facts;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::Contract;
use gatehouse_domain::decimal::{Price, product};
use gatehouse_domain::draft::Draft;
use gatehouse_domain::exits::Exits;
use gatehouse_domain::pricing::{Pricing, TrailBy};
use gatehouse_domain::quote::QuoteField;

/// No price, count or figure of an account is beyond this: a thousand million millions. So one can
/// be multiplied by whatever a person may set, which is 10¹¹ at most.
const MOST: Decimal = Decimal::from_parts(0xa4c6_8000, 0x3_8d7e, 0, false, 0);

/// Whether every rule can reckon with them.
pub(crate) fn is_reckonable(draft: &Draft, facts: &Facts<'_>) -> bool {
    let (price, count) = (
        greatest(prices(draft, facts)),
        greatest(counts(draft, facts)),
    );
    let largest = greatest(money(facts)).max(price).max(count);
    let worth = product(&[
        price,
        count,
        greatest(contracts(facts).map(|contract| contract.multiplier)),
        greatest(
            facts
                .account
                .into_iter()
                .flat_map(|account| account.exchange_rates.values().map(|seen| seen.value)),
        ),
    ]);
    largest <= MOST && worth.is_some()
}

/// The one that is largest without its sign, and one at least.
fn greatest(figures: impl Iterator<Item = Decimal>) -> Decimal {
    figures
        .map(|figure| figure.abs())
        .fold(Decimal::ONE, Decimal::max)
}

fn contracts<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = &'a Contract> {
    let holdings = facts.holdings.into_iter();
    let lots = holdings.flat_map(|all| all.held.iter().chain(all.working.iter().flatten()));
    let legs = facts.legs.iter().filter_map(|leg| leg.contract);
    std::iter::once(&facts.instrument.contract)
        .chain(lots.map(|(contract, _)| *contract))
        .chain(legs)
}

fn prices(draft: &Draft, facts: &Facts<'_>) -> impl Iterator<Item = Decimal> {
    let exits = draft.exits.as_ref();
    let stop = exits.and_then(Exits::stop);
    let profit = exits.and_then(Exits::take_profit).map(Price::get);
    let quote = facts.quote.into_iter().flat_map(|quote| {
        QuoteField::ALL
            .into_iter()
            .filter_map(|field| quote.get(field).map(|seen| seen.value))
    });
    let strikes = contracts(facts)
        .filter_map(|contract| contract.derivative?.option)
        .map(|terms| terms.strike.get());
    let strikes: Vec<Decimal> = strikes.collect();
    in_pricing(draft.pricing)
        .chain(stop.into_iter().flat_map(in_pricing))
        .chain(profit)
        .chain(quote)
        .chain(facts.average_cost)
        .chain(strikes)
}

fn in_pricing(pricing: Pricing) -> impl Iterator<Item = Decimal> {
    let offset = match pricing {
        Pricing::Trail { by, .. } | Pricing::TrailLimit { by, .. } => match by {
            TrailBy::Amount { amount } => Some(amount.get()),
            TrailBy::Percent { .. } => None,
        },
        Pricing::Relative { offset, .. } => Some(offset.get()),
        Pricing::PegMid { offset, .. } => Some(offset),
        _ => None,
    };
    let beyond = match pricing {
        Pricing::TrailLimit { offset, .. } => Some(offset),
        _ => None,
    };
    let own = [pricing.limit(), pricing.trigger()];
    own.into_iter()
        .flatten()
        .map(Price::get)
        .chain(offset)
        .chain(beyond)
}

fn counts(draft: &Draft, facts: &Facts<'_>) -> impl Iterator<Item = Decimal> {
    let holdings = facts.holdings.into_iter();
    let lots = holdings.flat_map(|all| all.held.iter().chain(all.working.iter().flatten()));
    let ratios = draft.legs.iter().map(|leg| Decimal::from(leg.ratio));
    let ratio = greatest(ratios);
    let whole = draft.quantity.get();
    lots.map(|(_, amount)| *amount)
        .chain(facts.trades.iter().map(|trade| trade.quantity))
        .chain(facts.position)
        .chain(facts.sent.usual)
        .chain([
            whole.checked_mul(ratio).unwrap_or(Decimal::MAX),
            facts.working_sells,
            facts.working_buys,
            facts.to_come,
        ])
}

fn money(facts: &Facts<'_>) -> impl Iterator<Item = Decimal> {
    let exposure = &facts.exposure;
    let account = facts.account.into_iter();
    let figures = account.flat_map(|account| {
        let figures = account.figures.values().map(|seen| seen.value);
        figures.chain(account.cash.values().map(|seen| seen.value))
    });
    let what_if = facts.what_if.into_iter().flat_map(|said| {
        let said = said.value;
        [
            said.initial_margin,
            said.maintenance_margin,
            said.equity_with_loan,
        ]
        .into_iter()
        .flat_map(|figure| [figure.before, figure.after])
        .chain([said.commission, said.min_commission, said.max_commission])
        .flatten()
    });
    let told = [
        facts.working_margin,
        facts.working_buys_cost,
        facts.ends_elsewhere,
        facts.high_water,
        facts.spending,
        exposure.position,
        exposure.symbol,
        exposure.gross,
        exposure.net,
        exposure.symbol_over_all,
        exposure.gross_over_all,
        exposure.nlv_over_all,
        exposure.daily_pnl_over_all,
    ];
    figures
        .chain(what_if)
        .chain(told.into_iter().flatten())
        .chain(facts.by_symbol.iter().filter_map(|(_, value)| *value))
        .chain(
            facts
                .by_industry
                .into_iter()
                .flatten()
                .flat_map(|sum| [sum.here, sum.over_all])
                .flatten(),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_money_is_what_it_says() {
        assert_eq!(MOST, Decimal::from(1_000_000_000_000_000_u64));
    }
}
