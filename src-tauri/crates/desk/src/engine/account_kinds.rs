//! What a person says of an account's type. It lies in the journal, and in each run's beginning
//! again. It makes the rules stricter than the broker's word would, or as strict; milder only
//! where the broker told no type that is known here.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect};
use crate::error::ErrorCode;
use crate::record::{Entry, Record};
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::id::AccountId;
use gatehouse_domain::instant::UnixMillis;

impl Desk {
    /// A person says what an account is, or with `None` takes that back.
    pub(super) fn say_kind(
        &mut self,
        id: AskId,
        account: &AccountId,
        said: Option<AccountKind>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let Some(told) = self.accounts.get(account).map(|a| a.told_kind()) else {
            let text = format!("{account} is no account of this login.");
            return vec![Self::refuse(id, ErrorCode::NotFound, text)];
        };
        if let Some(said) = said
            && AccountKind::in_force(told, Some(said)) != said
        {
            let text = format!(
                "IBKR calls {account} a {}, whose rules are stricter than those of “{}”. They hold; if IBKR is wrong, have it mended there.",
                told.words(),
                said.words(),
            );
            return vec![Self::refuse(id, ErrorCode::BadInput, text)];
        }
        let before = self.said_kinds.get(account).copied();
        let done = Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        };
        if before == said {
            return vec![done];
        }
        self.take_kind(account, said);
        let entry = Entry::AccountKindSaid { said };
        let record = self.record(now, Some(account), None, entry);
        let awaited = Awaited::AccountKind {
            id,
            account: account.clone(),
            before,
        };
        vec![self.commit(vec![record], vec![done], awaited)]
    }

    /// From now on, or, when it could not be written, as before.
    pub(super) fn take_kind(&mut self, account: &AccountId, said: Option<AccountKind>) {
        match said {
            Some(said) => self.said_kinds.insert(account.clone(), said),
            None => self.said_kinds.remove(account),
        };
        if let Some(known) = self.accounts.get_mut(account) {
            known.say_kind(said);
            self.page.account(account);
        }
    }

    pub(super) fn restore_kind(&mut self, record: &Record) {
        if let (Entry::AccountKindSaid { said }, Some(account)) = (&record.entry, &record.account) {
            self.take_kind(account, *said);
        }
    }

    /// What a new run writes of it, so that it never lies too far back.
    pub(crate) fn said_kinds_at_start(&self, now: UnixMillis) -> Vec<Record> {
        self.said_kinds
            .iter()
            .map(|(account, said)| {
                let entry = Entry::AccountKindSaid { said: Some(*said) };
                self.record(now, Some(account), None, entry)
            })
            .collect()
    }
}
