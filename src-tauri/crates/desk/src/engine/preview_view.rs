//! A preview as shown: what the confirmation repeats.

use super::{Desk, words};
use crate::effect::OrderNo;
use crate::view::{MarginView, PreviewView};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, Mode, Tag};
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::decimal::{Price, product};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::handling::OcaKind;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::what_if::{BeforeAfter, WhatIf};
use gatehouse_rules::{Cleared, Preview, asks_to_type, worst_case_price};

impl Desk {
    pub(super) fn preview_view(&self, preview: &Preview) -> PreviewView {
        let draft = preview.draft();
        let instrument = preview.cleared().instrument();
        let contract = &instrument.contract;
        let account = self.accounts.get(&draft.account);
        let what_if = preview.what_if();
        let quote = self.quote_of(draft);
        let worst_price = worst_case_price(draft, quote.as_deref(), &self.options.book);
        let to_fill = preview.cleared().to_fill().get();
        let worst_case =
            worst_price.and_then(|price| product(&[price, to_fill, contract.multiplier]));
        let mut warnings: Vec<String> = preview
            .cleared()
            .verdict()
            .findings()
            .iter()
            .filter(|f| f.warns())
            .map(|f| f.says.clone())
            .collect();
        warnings.extend(self.turned_round(preview.cleared(), preview.made_at()));
        warnings.extend(what_if.warnings.iter().map(|w| format!("IBKR: {w}")));
        if !what_if.has_margin() {
            warnings.push(
                "The gateway did not tell the margins of this order, so they show as \"—\"."
                    .to_owned(),
            );
        }
        PreviewView {
            id: preview.id().to_string(),
            account: draft.account.to_string(),
            account_kind: account
                .map_or("Unknown type", |a| a.kind.words())
                .to_owned(),
            paper: Mode::of([&draft.account]) == Mode::Paper,
            asks_to_type: asks_to_type(&draft.account).map(str::to_owned),
            simulated: self.options.simulated,
            side: draft.side,
            quantity: draft.quantity.get(),
            // The legs of a combination stand in its sentence.
            symbol: if draft.legs.is_empty() {
                contract.label()
            } else {
                contract.symbol.to_string()
            },
            name: Some(instrument.long_name.clone()),
            order_type: draft.order_type().code().to_owned(),
            limit_price: draft.pricing.limit().map(Price::get),
            tif: draft.tif.choice(),
            changes: draft.changes.is_some(),
            currency: contract.currency.to_string(),
            sentence: words::draft_sentence(draft, contract, account),
            details: super::details::of(preview.cleared(), worst_price),
            worst_case,
            worst_case_says: self.worst_case_says(draft, worst_price, worst_case, contract),
            commission: what_if.commission,
            min_commission: what_if.min_commission,
            max_commission: what_if.max_commission,
            commission_currency: what_if.commission_currency.map(|c| c.to_string()),
            margin: margin_of(what_if, account),
            base_currency: account.and_then(|a| a.base).map(|c| c.to_string()),
            position: self.position_change(preview.cleared()),
            warnings,
            verdict: super::views::verdict_view(preview.cleared().verdict()),
            made_at: preview.made_at().into(),
            expires_at: preview.expires_at().into(),
        }
    }

    fn position_change(&self, cleared: &Cleared) -> BeforeAfter {
        let draft = cleared.draft();
        // A combination changes the positions of its legs, which its details list.
        if !draft.legs.is_empty() {
            return BeforeAfter::default();
        }
        let before = self.held(&draft.account, draft.con_id);
        BeforeAfter {
            before,
            after: before.map(|held| held + draft.side.sign() * cleared.to_fill().get()),
        }
    }

    /// Said of what an order closes more of than there is to close, working orders counted.
    fn turned_round(&self, cleared: &Cleared, now: UnixMillis) -> Vec<String> {
        let draft = cleared.draft();
        let changed = draft.changes.as_ref().and_then(|of| self.named(of));
        // What is attached to an entry closes what that has still to bring.
        let is_attached = changed
            .and_then(|no| self.intent_of(no))
            .is_some_and(|intent| intent.entry().is_some());
        if is_attached {
            return Vec::new();
        }
        let count = cleared.to_fill().get();
        // Of a group whose others stop while one fills, all together close once.
        let group = draft
            .handling
            .oca
            .as_ref()
            .filter(|oca| oca.kind != OcaKind::Reduce);
        let mates = group.map(|oca| self.orders.group(&draft.account, &oca.group));
        let without: Vec<OrderNo> = changed
            .into_iter()
            .chain(mates.into_iter().flatten())
            .collect();
        let turns =
            |con_id, side, count| self.turns(&draft.account, (con_id, side, count), &without, now);
        if draft.legs.is_empty() {
            return turns(draft.con_id, draft.side, count).into_iter().collect();
        }
        let legs = draft.legs.iter();
        legs.filter_map(|leg| turns(leg.con_id, leg.side, Decimal::from(leg.ratio) * count))
            .collect()
    }

    fn turns(
        &self,
        account: &AccountId,
        (con_id, side, count): (ConId, Side, Decimal),
        without: &[OrderNo],
        now: UnixMillis,
    ) -> Option<String> {
        let contract = self.contracts.get(&con_id)?;
        if contract.kind == SecurityKind::Forex {
            return None;
        }
        let there = self.held_for(side, account, con_id, now)? * -side.sign();
        let working = self.working_of(side, account, con_id, without);
        let beyond = (count + working - there).min(count);
        if there <= Decimal::ZERO || beyond <= Decimal::ZERO {
            return None;
        }
        let number = words::number;
        let (verb, has, opens) = match side {
            Side::Sell => ("sell", "holds", "short"),
            Side::Buy => ("buy", "is short of", "long"),
        };
        let taken = match working.is_zero() {
            true => String::new(),
            false => format!(
                ", and working orders {verb} {} of them already",
                number(working)
            ),
        };
        Some(format!(
            "This is for {} more {} than the {} that the account {has}{taken}: it opens a {opens} \
             position of {}.",
            number(beyond),
            contract.label(),
            number(there),
            number(beyond)
        ))
    }

    fn worst_case_says(
        &self,
        draft: &Draft,
        price: Option<Decimal>,
        worst: Option<Decimal>,
        contract: &gatehouse_domain::contract::Contract,
    ) -> String {
        let (Some(price), Some(worst)) = (price, worst) else {
            return "There is no price to say it from.".to_owned();
        };
        let currency = contract.currency;
        let (price, worst) = (words::price(price), words::money(worst));
        let cushion = words::number(self.options.book.market_cushion * Decimal::ONE_HUNDRED);
        let bounded = draft.pricing.limit().is_some();
        // An option is for many shares and priced by the one.
        let unit = match contract.kind {
            // How many shares an adjusted option is for is not known.
            SecurityKind::Option if contract.is_adjusted() => "a unit",
            SecurityKind::Option | SecurityKind::Combo => "a share",
            _ => "each",
        };
        match (draft.side, bounded, draft.pricing.trigger()) {
            (Side::Buy, true, _) => {
                format!("You pay at most {worst} {currency} ({price} {unit}), plus commission.")
            }
            (Side::Sell, true, _) => {
                format!(
                    "You receive at least {worst} {currency} ({price} {unit}), less commission."
                )
            }
            (side, false, Some(trigger)) => format!(
                "About {worst} {currency} at worst, reckoned at {price} {unit}: {cushion} % beyond \
                 the trigger of {}. Once it is set off there is no {} limit.",
                words::price(trigger.get()),
                end(side)
            ),
            (Side::Buy, false, None) => format!(
                "About {worst} {currency} at worst, reckoned at {price} {unit}: the offer plus \
                 {cushion} %. This order has no upper limit."
            ),
            (Side::Sell, false, None) => format!(
                "About {worst} {currency} at worst, reckoned at {price} {unit}: the bid less \
                 {cushion} %. This order has no lower limit."
            ),
        }
    }
}

fn margin_of(what_if: &WhatIf, account: Option<&Account>) -> MarginView {
    let equity = what_if.equity_with_loan;
    let without = |margin: BeforeAfter| BeforeAfter {
        before: less(equity.before, margin.before),
        after: less(equity.after, margin.after),
    };
    let available_funds = without(what_if.initial_margin);
    let figure = |tag| account.and_then(|a| a.figure(tag));
    let now = figure(Tag::BuyingPower);
    let after = || {
        let ratio =
            now?.checked_div(figure(Tag::AvailableFunds).filter(|f| *f > Decimal::ZERO)?)?;
        let left = available_funds.after?.max(Decimal::ZERO);
        left.checked_mul(ratio).map(|power| power.round_dp(2))
    };
    MarginView {
        initial: what_if.initial_margin,
        maintenance: what_if.maintenance_margin,
        equity,
        excess_liquidity: without(what_if.maintenance_margin),
        available_funds,
        buying_power: BeforeAfter {
            before: now,
            after: after(),
        },
    }
}

fn end(side: Side) -> &'static str {
    match side {
        Side::Buy => "upper",
        Side::Sell => "lower",
    }
}

fn less(equity: Option<Decimal>, margin: Option<Decimal>) -> Option<Decimal> {
    Some(equity? - margin?)
}
