//! How closely a price moves with what an account holds most of: two positions that go the same
//! way are one risk. Half a year of days is asked for once a day.
//!
//! Deliberately not here: options, whose prices go with time and volatility too.

use super::portfolio::broker_error;
use super::{Desk, Position};
use crate::effect::{Answer, AskId, Days, Effect};
use crate::error::{ApiError, ErrorCode};
use crate::view::{CompanionView, MovesWithView};
use gatehouse_analytics::correlation::{Correlation, LEAST_DAYS, correlation};
use gatehouse_domain::Decimal;
use gatehouse_domain::bar::DayBar;
use gatehouse_domain::chain::{Dated, exchange_day};
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;

/// So many of the largest positions are compared.
const LARGEST: usize = 3;
/// From here on two prices move together, or against each other.
const CLOSE: Decimal = Decimal::from_parts(7, 0, 0, false, 1);
/// Below it each moves on its own.
const LOOSE: Decimal = Decimal::from_parts(3, 0, 0, false, 1);

impl Desk {
    pub(super) fn moves_with(&self, id: AskId, account: AccountId, con_id: ConId) -> Vec<Effect> {
        let Some(instrument) = self.instruments.get(&con_id) else {
            return vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "This instrument has not been looked up yet. Choose it again.",
            )];
        };
        if !has_days(instrument.contract.kind) {
            return vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "Of an option nothing is compared: its price goes with time and volatility too.",
            )];
        }
        let largest = self.largest(&account, con_id);
        if largest.is_empty() {
            return self.on_many_day_bars(id, &account, con_id, &[], UnixMillis(0));
        }
        let contracts = [instrument.contract.clone()]
            .into_iter()
            .chain(
                largest
                    .into_iter()
                    .map(|position| position.contract.clone()),
            )
            .collect();
        vec![Effect::ManyDayBars {
            id,
            account,
            con_id,
            contracts,
        }]
    }

    pub(super) fn on_many_day_bars(
        &self,
        id: AskId,
        account: &AccountId,
        con_id: ConId,
        answers: &[(ConId, Days)],
        now: UnixMillis,
    ) -> Vec<Effect> {
        if self.is_locked() {
            return vec![Self::refuse_locked(id)];
        }
        let answer = self
            .moves_view(account, con_id, answers, now)
            .map(Answer::MovesWith);
        vec![Effect::Answer { id, answer }]
    }

    fn moves_view(
        &self,
        account: &AccountId,
        con_id: ConId,
        answers: &[(ConId, Days)],
        now: UnixMillis,
    ) -> Result<MovesWithView, ApiError> {
        let mut with = Vec::new();
        if let Some(((_, own), others)) = answers.split_first() {
            let own = own.as_ref().map_err(broker_error)?;
            for (other, days) in others {
                let held = self
                    .positions
                    .values()
                    .find(|p| p.account == *account && p.contract.con_id == *other);
                // It was closed while the days were asked for.
                if let Some(held) = held {
                    with.push(companion(held, own, days, now));
                }
            }
        }
        Ok(MovesWithView {
            account: account.to_string(),
            con_id: con_id.get(),
            notes: self.not_compared(account, con_id, with.is_empty()),
            with,
        })
    }

    /// What the account holds most of by value, without the contract itself.
    fn largest(&self, account: &AccountId, con_id: ConId) -> Vec<&Position> {
        let mut valued: Vec<(Decimal, &Position)> = self
            .others(account, con_id)
            .filter(|position| has_days(position.contract.kind))
            .filter_map(|position| Some((self.based_value(position)?.abs(), position)))
            .collect();
        valued.sort_by(|(a, _), (b, _)| b.cmp(a));
        valued
            .into_iter()
            .take(LARGEST)
            .map(|(_, position)| position)
            .collect()
    }

    fn others(&self, account: &AccountId, con_id: ConId) -> impl Iterator<Item = &Position> {
        self.positions.values().filter(move |position| {
            position.account == *account
                && position.contract.con_id != con_id
                && !position.quantity.value.is_zero()
        })
    }

    /// In the account's base currency; sizes in other ones can't be compared.
    fn based_value(&self, position: &Position) -> Option<Decimal> {
        let base = self.accounts.get(&position.account)?.base;
        let value = self.value(position);
        (value.currency == base)
            .then_some(value.figure)
            .flatten()
            .map(|seen| seen.value)
    }

    fn not_compared(&self, account: &AccountId, con_id: ConId, none: bool) -> Vec<String> {
        let mut notes = Vec::new();
        let mut options = 0_usize;
        let mut unvalued = Vec::new();
        for position in self.others(account, con_id) {
            if !has_days(position.contract.kind) {
                options += 1;
            } else if self.based_value(position).is_none() {
                unvalued.push(position.contract.label());
            }
        }
        if !self.positions_complete {
            notes.push("Not all positions have been told yet.".to_owned());
        }
        if !unvalued.is_empty() {
            unvalued.sort();
            notes.push(format!(
                "Not compared, because what is held of it has no value yet: {}.",
                unvalued.join(", ")
            ));
        }
        match options {
            0 => {}
            1 => notes.push("One option position is not compared.".to_owned()),
            many => notes.push(format!("{many} option positions are not compared.")),
        }
        if none && notes.is_empty() {
            notes.push("The account holds nothing else to compare it with.".to_owned());
        }
        notes
    }
}

fn has_days(kind: SecurityKind) -> bool {
    matches!(
        kind,
        SecurityKind::Stock | SecurityKind::Future | SecurityKind::Forex | SecurityKind::Index
    )
}

fn companion(
    held: &Position,
    own: &Dated<Vec<DayBar>>,
    days: &Days,
    now: UnixMillis,
) -> CompanionView {
    let contract = &held.contract;
    let mut view = CompanionView {
        con_id: contract.con_id.get(),
        label: contract.label(),
        coefficient: None,
        days: 0,
        newest: None,
        at: None,
        says: String::new(),
    };
    match days {
        Ok(days) => {
            let told = correlation(&whole(own, now), &whole(days, now));
            view.coefficient = told.coefficient;
            view.days = u32::try_from(told.days).unwrap_or(u32::MAX);
            view.newest = told.newest.map(Expiry::wire);
            view.at = Some(own.taken.min(days.taken).into());
            view.says = sentence(contract, held.quantity.value, told);
        }
        Err(error) => {
            view.says = format!(
                "Whether it moves with {} is not known: {error}",
                contract.label()
            );
        }
    }
    view
}

/// Without the day that is under way, of which two histories may have seen different parts.
fn whole(days: &Dated<Vec<DayBar>>, now: UnixMillis) -> Vec<DayBar> {
    let today = exchange_day(now);
    let mut bars = days.value.clone();
    bars.retain(|bar| today.is_none_or(|today| bar.day < today));
    bars
}

fn sentence(contract: &Contract, held: Decimal, told: Correlation) -> String {
    let label = contract.label();
    let how = match held < Decimal::ZERO {
        true => "of which you are short",
        false => "which you hold",
    };
    let Some(coefficient) = told.coefficient else {
        return match told.days < LEAST_DAYS {
            true => format!(
                "Whether it moves with {label}, {how}, can't be said: {} days with both are known, and it takes {LEAST_DAYS}.",
                told.days
            ),
            false => format!(
                "Whether it moves with {label}, {how}, can't be said: one of the two prices did not move."
            ),
        };
    };
    let verb = match coefficient {
        c if c >= CLOSE => "Moves with",
        c if c >= LOOSE => "Moves partly with",
        c if c > -LOOSE => "Moves on its own beside",
        c if c > -CLOSE => "Moves partly against",
        _ => "Moves against",
    };
    format!(
        "{verb} {label}, {how}: {} over {} days.",
        format!("{coefficient:.2}").replace('-', "−"),
        told.days
    )
}
