//! The worst price that an order can reasonably fill at.

use crate::book::RuleBook;
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{Draft, Pricing, Side};
use gatehouse_domain::quote::{Quote, QuoteField};

/// The worst price per unit: the limit of a limit order; for a market order the side of the
/// market that it meets, moved against it by the book's cushion. `None` when a market order
/// has no price to reckon from.
#[must_use]
pub fn worst_case_price(draft: &Draft, quote: Option<&Quote>, book: &RuleBook) -> Option<Decimal> {
    match draft.pricing {
        Pricing::Limit { price } => Some(price.get()),
        Pricing::Market => {
            let quote = quote?;
            let near = match draft.side {
                Side::Buy => QuoteField::Ask,
                Side::Sell => QuoteField::Bid,
            };
            let from = quote.get(near).or_else(|| quote.mark())?.value;
            Some(from * (Decimal::ONE + draft.side.sign() * book.market_cushion))
        }
    }
}
