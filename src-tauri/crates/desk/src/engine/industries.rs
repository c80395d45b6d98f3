//! What is held in each industry, for the limit on it.

use super::Desk;
use crate::effect::OrderNo;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::AccountId;
use gatehouse_rules::facts::InIndustry;
use std::collections::BTreeMap;

impl Desk {
    /// The industry that the broker sorts a contract into: of an option, its own or its
    /// underlying's.
    fn industry_of(&self, contract: &Contract) -> Option<&str> {
        let instrument = self.instruments.get(&contract.con_id)?;
        let own = instrument.business.industry.as_deref();
        own.or_else(|| {
            let underlying = self.instruments.get(&instrument.underlying?.con_id)?;
            underlying.business.industry.as_deref()
        })
    }

    /// Stocks and options by industry, with what working purchases may still cost; `None` before
    /// the positions came.
    pub(super) fn by_industry(
        &self,
        account: &AccountId,
        without: &[OrderNo],
    ) -> Option<Vec<InIndustry<'_>>> {
        if !self.positions_complete {
            return None;
        }
        let mut bases = self.accounts.values().map(|account| account.base);
        let common = bases
            .next()
            .flatten()
            .is_some_and(|base| bases.all(|other| other == Some(base)));
        let zero = Some(Decimal::ZERO);
        let mut sums: BTreeMap<Option<&str>, (Option<Decimal>, Option<Decimal>)> = BTreeMap::new();
        let mut add = |industry, here: bool, value: Option<Decimal>| {
            let sum = sums.entry(industry).or_insert((zero, zero));
            let plus = |sum: Option<Decimal>| sum?.checked_add(value?);
            if here {
                sum.0 = plus(sum.0);
            }
            sum.1 = plus(sum.1);
        };
        for position in self.positions.values() {
            if is_sorted(position.contract.kind) {
                let value = self.value_in_base(position).map(|value| value.abs());
                let here = position.account == *account;
                add(self.industry_of(&position.contract), here, value);
            }
        }
        for (id, of) in &self.accounts {
            for (no, order) in self.working(id, Side::Buy, without) {
                let contract = &order.terms.contract;
                // A combination is of what its first leg is.
                let leg = contract
                    .legs
                    .first()
                    .and_then(|leg| self.instruments.get(&leg.con_id).map(|leg| &leg.contract));
                let named = leg.unwrap_or(contract);
                if is_sorted(contract.kind) || contract.kind == SecurityKind::Combo {
                    let cost = self.worst_cost(no, order, of);
                    add(self.industry_of(named), id == account, cost);
                }
            }
        }
        let sums = sums.into_iter();
        let listed = sums.map(|(industry, (here, over_all))| InIndustry {
            industry,
            here,
            over_all: over_all.filter(|_| common),
        });
        Some(listed.collect())
    }
}

/// Whether the broker sorts such a contract into an industry.
fn is_sorted(kind: SecurityKind) -> bool {
    matches!(kind, SecurityKind::Stock | SecurityKind::Option)
}
