//! Rebalancing: what is held, cash and prices are gathered, the plan is made by `analytics`, and
//! every order of it becomes a ticket. The tickets go the one road like any other: nothing is sent
//! or asked for here.

mod gather;
mod parse;
mod words;

use super::Desk;
use crate::effect::{Answer, AskId, Effect};
use crate::view::{
    Figure, RebalanceInput, RebalanceOutcome, RebalancePricing, RebalanceRowView,
    RebalanceScopeView, RebalanceView,
};
use gatehouse_analytics::rebalance::{Line, Outcome, Row, ScopePlan, plan};
use gatehouse_domain::decimal::Price;
use gatehouse_domain::draft::{DraftInput, Side};
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order_type::OrderType;
use gatehouse_domain::quote::QuoteField;
use gather::Gathered;
use parse::Parsed;
use std::collections::BTreeSet;

impl Desk {
    /// The plan for what was typed.
    pub(super) fn rebalance(&self, input: &RebalanceInput, now: UnixMillis) -> RebalanceOutcome {
        let mut gathered = self.gather_household(input, now);
        let Parsed { wish, faults } = parse::parse(input, &mut gathered, self.cushion(input));
        if !faults.is_empty() {
            return RebalanceOutcome::Faulty { faults };
        }
        let made = plan(&gathered.household, &wish);
        let scopes = made
            .scopes
            .iter()
            .enumerate()
            .map(|(n, scope)| self.scope_view(n, scope, &gathered, input))
            .collect();
        RebalanceOutcome::Planned {
            plan: Box::new(RebalanceView {
                scopes,
                notes: words::notes(&wish, &gathered),
                made_at: now.into(),
            }),
        }
    }

    /// What a purchase may cost beyond the offer: what the rules reckon with for its order type.
    fn cushion(&self, input: &RebalanceInput) -> gatehouse_domain::Decimal {
        match input.pricing {
            RebalancePricing::Limit => gatehouse_domain::Decimal::ZERO,
            RebalancePricing::Market => self.options.book.market_cushion,
        }
    }

    fn scope_view(
        &self,
        n: usize,
        scope: &ScopePlan,
        gathered: &Gathered,
        input: &RebalanceInput,
    ) -> RebalanceScopeView {
        RebalanceScopeView {
            title: words::title(scope, gathered),
            accounts: scope
                .accounts
                .iter()
                .map(|at| gathered.household.accounts[*at].id.to_string())
                .collect(),
            currency: scope.pot.map(|pot| pot.currency.to_string()),
            pot: scope.pot.map(|pot| pot.total()),
            pot_says: scope.pot.map_or_else(String::new, |pot| words::pot(&pot)),
            problem: scope
                .problem
                .as_ref()
                .map(|problem| words::problem(problem, gathered)),
            notes: words::scope_notes(scope, gathered),
            rows: scope
                .rows
                .iter()
                .map(|row| self.row_view(n, row, gathered, input))
                .collect(),
        }
    }

    fn row_view(
        &self,
        scope: usize,
        row: &Row,
        gathered: &Gathered,
        input: &RebalanceInput,
    ) -> RebalanceRowView {
        let listing = &gathered.household.listings[row.listing];
        let known = self.instruments.get(&listing.con_id);
        let shown = self
            .contracts
            .get(&listing.con_id)
            .map(|contract| super::views::instrument_view(contract, known));
        let line = match &row.outcome {
            Outcome::Order(line) => Some(line),
            Outcome::Left(_) => None,
        };
        let account = line.map(|line| &gathered.household.accounts[line.account]);
        RebalanceRowView {
            key: format!(
                "{scope}:{}:{}",
                listing.con_id,
                account.map_or("", |account| account.id.as_str())
            ),
            con_id: listing.con_id.get(),
            symbol: listing.symbol.clone(),
            name: shown.as_ref().and_then(|shown| shown.name.clone()),
            price_decimals: shown.map_or(2, |shown| shown.price_decimals),
            account: account.map(|account| account.id.to_string()),
            side: line.map(|line| line.side),
            quantity: line.map(|line| line.quantity),
            price: match line {
                Some(line) => line.mark.into(),
                None => self
                    .mark(listing.con_id)
                    .map_or(Figure::UNKNOWN, Figure::from),
            },
            currency: listing.currency.to_string(),
            value: line.map(|line| line.value),
            commission: line.and_then(|line| line.commission),
            base_currency: account
                .and_then(|account| account.base)
                .map(|c| c.to_string()),
            target: row.target,
            before: row.before,
            after: row.after,
            why: words::why(row, gathered),
            warnings: line.map_or_else(Vec::new, words::warnings),
            draft: line.map(|line| self.ticket(line, listing.con_id, gathered, input)),
        }
    }

    /// The ticket of an order, without an intent.
    fn ticket(
        &self,
        line: &Line,
        con_id: ConId,
        gathered: &Gathered,
        input: &RebalanceInput,
    ) -> DraftInput {
        let limit = match input.pricing {
            RebalancePricing::Market => None,
            RebalancePricing::Limit => self.limit(con_id, line.side),
        };
        DraftInput {
            account: gathered.household.accounts[line.account].id.to_string(),
            con_id: Some(con_id.get()),
            side: line.side,
            quantity: line.quantity.to_string(),
            order_type: match input.pricing {
                RebalancePricing::Limit => OrderType::Limit,
                RebalancePricing::Market => OrderType::Market,
            },
            limit_price: limit.map_or_else(String::new, |price| price.to_string()),
            ..DraftInput::empty("")
        }
    }

    /// The offer for a purchase, the bid for a sale; the mark where there is none, on its step.
    fn limit(&self, con_id: ConId, side: Side) -> Option<Price> {
        let quote = self.quotes.get(&con_id)?;
        let field = match side {
            Side::Buy => QuoteField::Ask,
            Side::Sell => QuoteField::Bid,
        };
        let price = quote.get(field).or_else(|| quote.mark())?.value;
        let price = Price::new(price).ok()?;
        match self.instruments.get(&con_id) {
            Some(instrument) => instrument.on_step(price, side.safer()),
            None => Some(price),
        }
    }

    /// Keeps the quotes of what has a target coming, as far as there are lines of market data;
    /// positions have theirs already. Every call names all of them.
    pub(super) fn watch_targets(&mut self, id: AskId, con_ids: Vec<ConId>) -> Vec<Effect> {
        let wanted: BTreeSet<ConId> = con_ids
            .into_iter()
            .filter(|con_id| self.contracts.contains_key(con_id))
            .collect();
        let gone: Vec<ConId> = self.targets_watched.difference(&wanted).copied().collect();
        let mut effects: Vec<Effect> = Vec::new();
        for con_id in gone {
            self.targets_watched.remove(&con_id);
            effects.extend(self.unwatch(con_id));
        }
        for con_id in wanted {
            let has_line = self.watched.contains_key(&con_id);
            if self.targets_watched.contains(&con_id)
                || !(has_line || self.lines.has_room_beside(self.watched.len()))
            {
                continue;
            }
            if self.contracts.contains_key(&con_id) {
                self.targets_watched.insert(con_id);
                effects.extend(self.watch(con_id));
            }
        }
        self.page.lines = true;
        effects.push(Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        });
        effects
    }
}
