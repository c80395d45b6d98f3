//! What a held strategy comes to: greeks of all its parts, and the broker's profit and loss.

use super::{HeldStrategy, TotalKey, total_key, warn};
use crate::engine::Desk;
use crate::engine::views::instrument_view;
use crate::view::{Figure, GreeksTotalView, StrategyLegView, StrategyView, SumGreeksView};
use gatehouse_analytics::{Part, sum};
use gatehouse_domain::Decimal;
use gatehouse_domain::chain::{days_between, exchange_day};
use gatehouse_domain::contract::Contract;
use gatehouse_domain::decimal::product;
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::{Observed, Source};
use gatehouse_domain::position::{Position, PositionKey};
use gatehouse_domain::quote::QuoteField;
use std::collections::BTreeSet;

/// How many of what is missing are named.
const NAMED: usize = 3;

/// Sums over parts, and what is missing of them.
#[derive(Debug, Clone, Default)]
struct Greeks {
    delta: Part,
    delta_money: Part,
    gamma: Part,
    theta: Part,
    vega: Part,
    lacks: BTreeSet<String>,
}

impl Desk {
    pub(in crate::engine) fn strategy_views(&self, now: UnixMillis) -> Vec<StrategyView> {
        let all = self.strategies.by_key.iter();
        all.map(|(key, held)| self.strategy_view(key, held, now))
            .collect()
    }

    pub(in crate::engine) fn greeks_totals(&self) -> Vec<GreeksTotalView> {
        let all = self.strategies.totals.iter();
        all.map(|key| self.greeks_total(key)).collect()
    }

    pub(super) fn strategy_view(
        &self,
        key: &str,
        held: &HeldStrategy,
        now: UnixMillis,
    ) -> StrategyView {
        let expiries = held
            .parts
            .iter()
            .filter_map(|(con_id, _)| Some(self.contracts.get(con_id)?.derivative?.expiry));
        let expiry = expiries.min();
        let legs = held.parts.iter().filter_map(|(con_id, quantity)| {
            let contract = self.contracts.get(con_id)?;
            let instrument = instrument_view(contract, self.instruments.get(con_id));
            Some(StrategyLegView {
                con_id: con_id.get(),
                label: instrument.label,
                kind: instrument.kind,
                expiry: instrument.expiry.clone(),
                trading_class: contract.derivative.and_then(|d| d.option).map(|_| {
                    let class = contract.option_class();
                    class.unwrap_or(contract.symbol.as_str()).to_owned()
                }),
                quantity: *quantity,
                price: self.mark(*con_id).into(),
                price_decimals: instrument.price_decimals,
            })
        });
        let pnl = |figure: fn(&Position) -> Part| {
            Figure::from(sum(held.parts.iter().map(|(con_id, quantity)| {
                self.share_of(held, *con_id, *quantity, figure)
            })))
        };
        let account = self.accounts.get(&held.account);
        StrategyView {
            key: key.to_owned(),
            account: held.account.to_string(),
            name: held.strategy.to_string(),
            underlying: held.symbol.to_string(),
            underlying_con_id: held.underlying.map(ConId::get),
            currency: held.currency.to_string(),
            count: held.count.normalize(),
            legs: legs.collect(),
            expiry: expiry.map(|day| day.wire()),
            days: expiry
                .zip(exchange_day(now))
                .map(|(to, from)| days_between(from, to)),
            daily_pnl: pnl(|p| p.daily_pnl),
            unrealized_pnl: pnl(|p| p.unrealized_pnl),
            pnl_currency: account.and_then(|a| a.base).map(|base| base.to_string()),
            greeks: self.greeks_of(held).view(),
            warnings: warn::of(self, held, now),
        }
    }

    /// The part of a position's figure that belongs to a strategy; reckoned, when it is not all
    /// of it.
    fn share_of(
        &self,
        held: &HeldStrategy,
        con_id: ConId,
        quantity: Decimal,
        figure: fn(&Position) -> Part,
    ) -> Part {
        let key = PositionKey {
            account: held.account.clone(),
            con_id,
        };
        let position = self.positions.get(&key)?;
        let told = figure(position)?;
        let whole = position.quantity.value;
        if whole == quantity {
            return Some(told);
        }
        Some(Observed {
            value: (told.value * quantity).checked_div(whole)?.round_dp(2),
            source: Source::Model,
            ..told
        })
    }

    pub(super) fn greeks_total(&self, key: &TotalKey) -> GreeksTotalView {
        let (account, currency) = key;
        let held: Vec<&HeldStrategy> = self
            .strategies
            .by_key
            .values()
            .filter(|held| held.currency == *currency)
            .filter(|held| account.as_ref().is_none_or(|id| held.account == *id))
            .collect();
        let underlyings: BTreeSet<String> =
            held.iter().map(|held| held.symbol.to_string()).collect();
        let parts: Vec<Greeks> = held.iter().map(|held| self.greeks_of(held)).collect();
        let mut total = Greeks::of_all(&parts);
        if underlyings.len() > 1 {
            // A share of one is not a share of another.
            total.delta = None;
            total.gamma = None;
        }
        GreeksTotalView {
            key: total_key(key),
            account: account.as_ref().map(ToString::to_string),
            currency: currency.to_string(),
            underlyings: underlyings.into_iter().collect(),
            greeks: total.view(),
        }
    }

    fn greeks_of(&self, held: &HeldStrategy) -> Greeks {
        let mut parts = Vec::new();
        // A share is a share: it neither ages nor comes from a model.
        let mut shares = Decimal::ZERO;
        for (con_id, quantity) in &held.parts {
            let Some(contract) = self.contracts.get(con_id) else {
                continue;
            };
            let Some(units) = product(&[*quantity, contract.multiplier]) else {
                parts.push(Greeks {
                    lacks: BTreeSet::from([format!("the size of {}", contract.label())]),
                    ..Greeks::default()
                });
                continue;
            };
            match self.option_greeks(contract, units) {
                Some(greeks) => parts.push(greeks),
                None => shares += units,
            }
        }
        let mut all = Greeks::of_all(&parts);
        let spot = self.spot_under(held);
        if parts.is_empty() {
            let at = spot.map_or(UnixMillis(0), |spot| spot.at);
            let told = |value| spot.map(|_| Observed::live(value, at));
            all.delta = told(shares);
            let none = told(Decimal::ZERO);
            (all.gamma, all.theta, all.vega) = (none, none, none);
        } else {
            all.delta = all.delta.and_then(|delta| {
                let value = delta.value.checked_add(shares)?;
                Some(Observed { value, ..delta })
            });
        }
        if spot.is_none() {
            all.lacks.insert(format!("the price of {}", held.symbol));
        }
        all.delta_money = all.delta.zip(spot).and_then(|(delta, spot)| {
            Some(Observed {
                value: product(&[delta.value, spot.value])?,
                at: delta.at.min(spot.at),
                source: match delta.source == spot.source {
                    true => delta.source,
                    false => Source::Model,
                },
            })
        });
        all
    }

    /// The greeks of so many units; `None` for what is no option.
    fn option_greeks(&self, contract: &Contract, units: Decimal) -> Option<Greeks> {
        let told = self.greeks_view(contract.con_id)?;
        if contract.is_adjusted() {
            // The broker's are for it as it is; in shares they can't be added.
            return Some(Greeks {
                lacks: BTreeSet::from([format!("what {} delivers", contract.label())]),
                ..Greeks::default()
            });
        }
        let of = |figure: Figure| -> Part {
            Some(Observed {
                value: product(&[figure.value?, units])?,
                at: UnixMillis(figure.at?.0),
                source: figure.source?,
            })
        };
        let mut greeks = Greeks {
            delta: of(told.delta),
            gamma: of(told.gamma),
            theta: of(told.theta),
            vega: of(told.vega),
            ..Greeks::default()
        };
        let all = [greeks.delta, greeks.gamma, greeks.theta, greeks.vega];
        if all.iter().any(Option::is_none) {
            greeks
                .lacks
                .insert(format!("greeks of {}", contract.label()));
        }
        Some(greeks)
    }

    /// The underlying's price, else the one that the broker's model was given.
    pub(super) fn spot_under(&self, held: &HeldStrategy) -> Part {
        let seen = held.underlying.and_then(|con_id| self.mark(con_id));
        let by_model = || {
            held.parts
                .iter()
                .find_map(|(con_id, _)| self.quotes.get(con_id)?.get(QuoteField::UnderlyingPrice))
        };
        seen.or_else(by_model)
            .filter(|spot| spot.value > Decimal::ZERO)
    }
}

impl Greeks {
    fn of_all(parts: &[Greeks]) -> Self {
        let of = |part: fn(&Greeks) -> Part| sum(parts.iter().map(part));
        Self {
            delta: of(|g| g.delta),
            delta_money: of(|g| g.delta_money),
            gamma: of(|g| g.gamma),
            theta: of(|g| g.theta),
            vega: of(|g| g.vega),
            lacks: parts.iter().flat_map(|g| g.lacks.clone()).collect(),
        }
    }

    fn view(self) -> SumGreeksView {
        let rounded = |part: Part, places: u32| {
            Figure::from(part.map(|seen| Observed {
                value: seen.value.round_dp(places),
                ..seen
            }))
        };
        let more = self.lacks.len().saturating_sub(NAMED);
        let named: Vec<String> = self.lacks.into_iter().take(NAMED).collect();
        let lacks = (!named.is_empty()).then(|| {
            let more = match more {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("Not known yet: {}{more}.", named.join(", "))
        });
        SumGreeksView {
            delta: rounded(self.delta, 2),
            delta_money: rounded(self.delta_money, 2),
            gamma: rounded(self.gamma, 4),
            theta: rounded(self.theta, 2),
            vega: rounded(self.vega, 2),
            lacks,
        }
    }
}
