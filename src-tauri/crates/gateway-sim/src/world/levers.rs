//! What a test does to markets by hand.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::World;
use super::ids::ConId;
use super::instrument::Instrument;
use super::market::Market;
use super::quote::QuoteChange;

impl World {
    /// Sets the market by hand and freezes it there (for tests); subscribers hear of it on the next
    /// advance. `false` for an unknown or untradable instrument and for prices that make no market.
    pub fn set_quote(&mut self, con_id: ConId, bid: Decimal, ask: Decimal) -> bool {
        self.adjust(con_id, |market| market.set(bid, ask))
    }

    /// Sets the displayed sizes by hand; they last while the instrument is frozen.
    pub fn set_sizes(&mut self, con_id: ConId, bid_size: Decimal, ask_size: Decimal) -> bool {
        let (Some(bid_size), Some(ask_size)) = (bid_size.to_i64(), ask_size.to_i64()) else {
            return false;
        };
        self.adjust(con_id, |market| Some(market.set_sizes(bid_size, ask_size)))
    }

    /// Stops the instrument's prices and sizes; orders still match. `false` for an unknown instrument.
    pub fn freeze(&mut self, con_id: ConId) -> bool {
        self.set_frozen(con_id, true)
    }

    /// Lets the instrument move again. `false` for an unknown instrument.
    pub fn thaw(&mut self, con_id: ConId) -> bool {
        self.set_frozen(con_id, false)
    }

    fn set_frozen(&mut self, con_id: ConId, frozen: bool) -> bool {
        if self.catalog.position(con_id).is_none() && !frozen {
            return self.state.options.set.remove(&con_id).is_some();
        }
        self.market_mut(con_id)
            .map(|market| market.set_frozen(frozen))
            .is_some()
    }

    fn adjust(
        &mut self,
        con_id: ConId,
        change: impl FnOnce(&mut Market) -> Option<QuoteChange>,
    ) -> bool {
        let tradable = self.by_con_id(con_id).is_some_and(Instrument::is_tradable);
        if !tradable {
            return false;
        }
        let Some(changed) = self.market_mut(con_id).and_then(change) else {
            return false;
        };
        self.state.untold.push((con_id, changed));
        true
    }

    /// The market to be changed by hand; an option's is kept from then on.
    fn market_mut(&mut self, con_id: ConId) -> Option<&mut Market> {
        if let Some(at) = self.catalog.position(con_id) {
            return self.state.markets.get_mut(at);
        }
        let (_, shown) = self.prices().market_of(con_id)?;
        let shown = shown.into_owned();
        Some(self.state.options.set.entry(con_id).or_insert(shown))
    }
}
