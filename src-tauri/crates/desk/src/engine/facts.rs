//! What the rules are told.

use super::Desk;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;
use gatehouse_domain::contract::{Instrument, SecurityKind};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::Order;
use gatehouse_domain::position::PositionKey;
use gatehouse_domain::quote::QuoteField;
use gatehouse_rules::{Facts, Judgement, judge};

impl Desk {
    pub(super) fn judge(
        &self,
        draft: &Draft,
        instrument: &Instrument,
        now: UnixMillis,
    ) -> Judgement {
        let account = self
            .accounts
            .get(&draft.account)
            .map(|a| self.of_this_session(a));
        let account = account.as_ref();
        let facts = Facts {
            mode: self.mode,
            connected: self.is_complete(),
            account,
            instrument,
            quote: self.quotes.get(&draft.con_id),
            position: self.held(&draft.account, draft.con_id),
            working_sells: self.working_sells(&draft.account, draft.con_id),
            working_buys_cost: account.and_then(|account| self.working_buys_cost(account)),
            intent_already_sent: self.orders.by_intent(&draft.intent).is_some(),
        };
        judge(draft, &facts, &self.options.book, now)
    }

    /// The account without figures from before the link was made anew: they are shown with
    /// their age, and nothing is judged by them.
    fn of_this_session(&self, account: &Account) -> Account {
        let mut account = account.clone();
        let began = self.link.session_began;
        account.figures.retain(|_, seen| seen.at >= began);
        account.exchange_rates.retain(|_, seen| seen.at >= began);
        account
    }

    /// How many the account holds; `None` until all positions have been told.
    pub(super) fn held(&self, account: &AccountId, con_id: ConId) -> Option<Decimal> {
        let key = PositionKey {
            account: account.clone(),
            con_id,
        };
        self.positions_complete.then(|| {
            self.positions
                .get(&key)
                .map_or(Decimal::ZERO, |position| position.quantity.value)
        })
    }

    fn working<'a>(
        &'a self,
        account: &'a AccountId,
        side: Side,
    ) -> impl Iterator<Item = &'a Order> {
        self.orders.iter().map(|(_, order)| order).filter(move |o| {
            o.terms.account == *account && o.terms.side == side && o.state.may_fill()
        })
    }

    fn working_sells(&self, account: &AccountId, con_id: ConId) -> Decimal {
        self.working(account, Side::Sell)
            .filter(|order| order.terms.contract.con_id == con_id)
            .map(Order::remaining)
            .sum()
    }

    fn working_buys_cost(&self, account: &Account) -> Option<Decimal> {
        self.working(&account.id, Side::Buy)
            .filter(|order| order.terms.contract.kind != SecurityKind::Future)
            .map(|order| self.worst_cost(order, account))
            .sum()
    }

    fn worst_cost(&self, order: &Order, account: &Account) -> Option<Decimal> {
        let contract = &order.terms.contract;
        let limit = order.terms.pricing.and_then(|pricing| pricing.limit());
        let price = match limit {
            Some(price) => price.get(),
            None => {
                let quote = self.quotes.get(&contract.con_id)?;
                let near = quote.get(QuoteField::Ask).or_else(|| quote.mark())?.value;
                near * (Decimal::ONE + self.options.book.market_cushion)
            }
        };
        let rate = account.rate(contract.currency)?;
        Some(price * contract.multiplier * rate * order.remaining())
    }
}
