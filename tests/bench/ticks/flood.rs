//! The flood as the gateway sends it, followed tick by tick: a count alone would not show that
//! one was lost and the line asked for anew.

use gatehouse_domain::Decimal;
use gatehouse_domain::quote::{QuoteField, Tick};

/// After so many messages the flood repeats itself.
const PERIOD: i64 = 600;

pub struct Flood {
    prices: Vec<(QuoteField, Decimal)>,
    next: usize,
    /// Messages that came in their order.
    pub messages: u64,
    /// Whether one did not.
    pub broken: bool,
}

impl Flood {
    pub fn new() -> Self {
        Self {
            prices: (0..PERIOD).map(price).collect(),
            next: 0,
            messages: 0,
            broken: false,
        }
    }

    /// Follows the prices; a size comes with each.
    pub fn follow(&mut self, ticks: &[Tick]) {
        for tick in ticks {
            let size = matches!(
                tick.field,
                QuoteField::BidSize | QuoteField::AskSize | QuoteField::LastSize
            );
            if size || self.broken {
                continue;
            }
            match self.prices.get(self.next) {
                Some((field, price)) if *field == tick.field && Some(*price) == tick.value => {
                    self.messages += 1;
                    self.next = (self.next + 1) % self.prices.len();
                }
                _ => self.broken = true,
            }
        }
    }
}

/// Bid, ask and last by turns, walking down and up by a cent.
fn price(number: i64) -> (QuoteField, Decimal) {
    let field = match number % 3 {
        0 => QuoteField::Bid,
        1 => QuoteField::Ask,
        _ => QuoteField::Last,
    };
    let wider = i64::from(field == QuoteField::Ask);
    let cents = 10_000 + (100 - number % 200).abs() + wider;
    (field, Decimal::new(cents, 2).normalize())
}
