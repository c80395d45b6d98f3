//! The worst price that an order can reasonably fill at.

use crate::book::RuleBook;
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::pricing::{Pricing, TrailBy};
use gatehouse_domain::quote::{Quote, QuoteField};

/// The worst price per unit: the limit where the order type sets one; else the price at which
/// it would be set off or the side of the market that it meets, whichever is worse, moved
/// against it by the book's cushion. `None` when there is no price to reckon from.
#[must_use]
pub fn worst_case_price(draft: &Draft, quote: Option<&Quote>, book: &RuleBook) -> Option<Decimal> {
    worst_price(draft.side, draft.pricing, quote, book)
}

/// The same for any side and pricing, such as those of a working order.
#[must_use]
pub fn worst_price(
    side: Side,
    pricing: Pricing,
    quote: Option<&Quote>,
    book: &RuleBook,
) -> Option<Decimal> {
    if let Some(limit) = pricing.limit() {
        return Some(limit.get());
    }
    let market = market(side, quote);
    let cushioned = |from: Decimal| from * (Decimal::ONE + side.sign() * book.market_cushion);
    // What a stop is set off at may lie beyond the market by then.
    let worse = |trigger: Decimal| match market {
        Some(market) if (market - trigger) * side.sign() > Decimal::ZERO => market,
        _ => trigger,
    };
    match pricing {
        Pricing::Stop { trigger } => Some(cushioned(worse(trigger.get()))),
        // Touched at a better price than now, it fills near that.
        Pricing::MarketIfTouched { trigger } => Some(cushioned(trigger.get())),
        Pricing::TrailLimit {
            trigger, offset, ..
        } => {
            let first = trigger.get() + side.sign() * offset;
            // It follows the market away from the person's side only, so the first is the
            // worst unless the market is beyond it already.
            Some(worse(first))
        }
        Pricing::Trail { by, trigger } => {
            let stands = match (trigger, market, by) {
                (Some(trigger), _, _) => trigger.get(),
                (None, Some(market), TrailBy::Amount { amount }) => {
                    market + side.sign() * amount.get()
                }
                (None, Some(market), TrailBy::Percent { percent }) => {
                    market * (Decimal::ONE + side.sign() * percent.share())
                }
                (None, None, _) => return None,
            };
            Some(cushioned(worse(stands)))
        }
        _ => market.map(cushioned),
    }
}

/// The side of the market that an order meets, else its mark. What costs nothing or less is no
/// price to reckon from.
pub(super) fn market(side: Side, quote: Option<&Quote>) -> Option<Decimal> {
    let quote = quote?;
    let near = match side {
        Side::Buy => QuoteField::Ask,
        Side::Sell => QuoteField::Bid,
    };
    let price = quote.get(near).or_else(|| quote.mark())?.value;
    (price > Decimal::ZERO).then_some(price)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatehouse_domain::decimal::Price;
    use gatehouse_domain::pricing::Percent;
    use gatehouse_testkit::{START, dec, quote};

    fn price(text: &str) -> Price {
        Price::parse(text).unwrap()
    }

    fn worst(side: Side, pricing: Pricing) -> Decimal {
        let quote = quote("99", "100", START);
        worst_price(side, pricing, Some(&quote), &RuleBook::default()).unwrap()
    }

    #[test]
    fn a_stop_is_reckoned_beyond_its_trigger() {
        let stop = |trigger| Pricing::Stop {
            trigger: price(trigger),
        };
        assert_eq!(worst(Side::Buy, stop("110")), dec("115.5"));
        assert_eq!(worst(Side::Sell, stop("90")), dec("85.5"));
        // Set off at once, it fills at the market.
        assert_eq!(worst(Side::Buy, stop("50")), dec("105"));
    }

    #[test]
    fn a_limit_bounds_what_a_stop_can_cost() {
        let pricing = Pricing::StopLimit {
            trigger: price("110"),
            price: price("111"),
        };
        assert_eq!(worst(Side::Buy, pricing), dec("111"));
    }

    #[test]
    fn a_trailing_stop_stands_at_its_distance_from_the_market() {
        let percent = Percent::parse("10").unwrap();
        let trail = Pricing::Trail {
            by: TrailBy::Percent { percent },
            trigger: None,
        };
        assert_eq!(worst(Side::Buy, trail), dec("115.5"));
    }

    #[test]
    fn a_price_that_cannot_be_reckoned_is_not_made_up() {
        let trail = Pricing::Trail {
            by: TrailBy::Amount { amount: price("1") },
            trigger: None,
        };
        for pricing in [Pricing::Market, Pricing::MarketOnClose, trail] {
            assert_eq!(
                worst_price(Side::Buy, pricing, None, &RuleBook::default()),
                None
            );
        }
    }
}
