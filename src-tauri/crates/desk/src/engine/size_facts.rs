//! What bounds the size of a purchase, for the page's calculator. The rules judge the order anew.

use super::Desk;
use crate::effect::{Answer, AskId, Effect};
use crate::error::ErrorCode;
use crate::view::{PaysWith, SizeFactsView};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::id::AccountId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_rules::rule_named;

impl Desk {
    pub(super) fn size_facts(
        &self,
        id: AskId,
        account: &AccountId,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let Some(known) = self.accounts.get(account) else {
            return vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "This account is not one of this login.",
            )];
        };
        let pays_with = match known.kind {
            AccountKind::Unknown => PaysWith::SettledCash,
            kind if kind.is_ira() => PaysWith::SettledCash,
            _ if self.trades_in_cash(account) => PaysWith::Cash,
            _ => PaysWith::Margin,
        };
        let has_sold_options = self.positions.values().any(|position| {
            position.account == *account
                && position.contract.kind == SecurityKind::Option
                && position.quantity.value < Decimal::ZERO
        });
        let working_buys = match self.is_complete() {
            true => self.committed_cash(&self.of_this_session(known), &[], now),
            // What works is not all listed yet.
            false => None,
        };
        let view = SizeFactsView {
            account: account.to_string(),
            pays_with,
            working_buys,
            has_sold_options,
            market_cushion: self.options.book.market_cushion,
        };
        vec![Effect::Answer {
            id,
            answer: Ok(Answer::SizeFacts(view)),
        }]
    }

    /// Whether a person said that the account trades in cash only.
    pub(super) fn trades_in_cash(&self, account: &AccountId) -> bool {
        rule_named("cash.no-borrowing").is_some_and(|rule| {
            let page = self.options.book.page(account);
            page.words(rule, "trades_on").contains(&"cash")
        })
    }
}
