//! What is written into the journal.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{AccountKind, Expects};
use gatehouse_domain::contract::Contract;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{AccountId, ConId, ExecId, IntentId, PermId, PreviewId, Symbol};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{Liquidity, OrderState, OrderTerms};
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::{Outcome, Reason, Severity, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When it happened.
    pub at: UnixMillis,
    /// Of which account, when it is about one.
    pub account: Option<AccountId>,
    /// Of which intent, when it is about an order of ours.
    pub intent: Option<IntentId>,
    /// What happened.
    pub entry: Entry,
}

/// What happened. The names are lasting: records of every version stay readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Entry {
    /// Gatehouse started.
    Started { version: String },
    /// A link to a gateway was made.
    LinkUp {
        server_version: i32,
        accounts: Vec<AccountId>,
    },
    /// The link was lost.
    LinkDown { why: String },
    /// The person went on with a login that the profile does not expect.
    WentOn {
        expects: Expects,
        accounts: Vec<AccountId>,
    },
    /// The person let orders out on a live login, for a time.
    LiveArmed { minutes: u32, until: UnixMillis },
    /// They are off again.
    LiveDisarmed { why: String },
    /// The person stopped all trading, then. Written again at each start until it is lifted.
    TradingStopped { since: UnixMillis },
    /// The person lifted that.
    TradingResumed,
    /// Another rule book came in force. `book` is the whole of it, as a rule file.
    RulesChanged {
        by: RulesBy,
        changes: Vec<String>,
        book: String,
    },
    /// A person said what the account is, or with `None` took that back.
    AccountKindSaid { said: Option<AccountKind> },
    /// The rule file could not be used, so that what was last in force holds, or what is shipped.
    RulesFault { why: String },
    /// The highest net liquidation value seen of an account, in its base currency. Written when
    /// it lies half a hundredth above the last one.
    HighWater { value: Decimal },
    /// The rules judged a draft that was to be previewed or confirmed.
    Judged {
        symbol: Option<Symbol>,
        /// What a person calls it, when that is more than the symbol.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        draft: Draft,
        cleared: bool,
        findings: Vec<FindingRecord>,
        /// The facts that the person's own rules could know, by their names: nothing for what
        /// there is none of; what was not known is left out.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        facts: BTreeMap<String, Option<String>>,
    },
    /// The broker answered the what-if.
    Previewed {
        preview: PreviewId,
        what_if: WhatIf,
        expires_at: UnixMillis,
    },
    /// The broker did not answer, or refused.
    PreviewFailed { why: String },
    /// The person let a preview go.
    Abandoned { preview: PreviewId },
    /// The person confirmed a preview and it was not approved.
    Refused { preview: PreviewId, why: String },
    /// The person confirmed, and the order is about to go to the wire.
    Approved {
        preview: PreviewId,
        terms: OrderTerms,
        /// Whether the person typed the account's last characters for it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        typed: bool,
        /// What the person typed for the rules that asked for a reason.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reasons: Vec<Reason>,
    },
    /// An order attached to the one that was just approved, under its own intent.
    Attached { entry: IntentId, terms: OrderTerms },
    /// The person confirmed a change of a working order, and it is about to go to the wire.
    ChangeApproved {
        preview: PreviewId,
        change: IntentId,
        terms: OrderTerms,
        /// Whether the person typed the account's last characters for it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        typed: bool,
        /// What the person typed for the rules that asked for a reason.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reasons: Vec<Reason>,
    },
    /// The wire did not take the change, or may not have.
    ChangeFailed { unsure: bool, why: String },
    /// The broker lists the order with other terms than before.
    Changed { terms: OrderTerms },
    /// The wire did not take the order, or may not have.
    PlaceFailed { unsure: bool, why: String },
    /// The person asked for a cancel.
    CancelAsked,
    /// The cancel could not be handed over or was refused.
    CancelFailed { why: String },
    /// The person asked the broker to cancel every order of the login, `others` of which are
    /// known here and were made elsewhere.
    CancelAllAsked { others: u32 },
    /// That could not be handed over.
    CancelAllFailed { why: String },
    /// The broker's word about an order of ours.
    Status {
        perm_id: Option<PermId>,
        state: OrderState,
        filled: Decimal,
    },
    /// A part, or all, of an order of ours filled.
    Execution {
        perm_id: Option<PermId>,
        exec_id: ExecId,
        quantity: Decimal,
        price: Decimal,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        leg: Option<ConId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        liquidity: Option<Liquidity>,
    },
    /// A trade that no order in the journal has in full: of an order made elsewhere, or of one leg
    /// of a combination.
    TradeSeen {
        exec_id: ExecId,
        contract: Contract,
        side: Side,
        quantity: Decimal,
        price: Decimal,
    },
    /// The commission of an execution.
    Commission {
        exec_id: ExecId,
        amount: Decimal,
        currency: Currency,
        realized_pnl: Option<Decimal>,
    },
    /// A warning or error about an order of ours.
    OrderNotice { code: i32, text: String },
}

impl Entry {
    /// The entry's lasting name, as written in `kind`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Started { .. } => "started",
            Self::LinkUp { .. } => "linkUp",
            Self::LinkDown { .. } => "linkDown",
            Self::WentOn { .. } => "wentOn",
            Self::LiveArmed { .. } => "liveArmed",
            Self::LiveDisarmed { .. } => "liveDisarmed",
            Self::TradingStopped { .. } => "tradingStopped",
            Self::TradingResumed => "tradingResumed",
            Self::RulesChanged { .. } => "rulesChanged",
            Self::AccountKindSaid { .. } => "accountKindSaid",
            Self::RulesFault { .. } => "rulesFault",
            Self::HighWater { .. } => "highWater",
            Self::Judged { .. } => "judged",
            Self::Previewed { .. } => "previewed",
            Self::PreviewFailed { .. } => "previewFailed",
            Self::Abandoned { .. } => "abandoned",
            Self::Refused { .. } => "refused",
            Self::Approved { .. } => "approved",
            Self::Attached { .. } => "attached",
            Self::ChangeApproved { .. } => "changeApproved",
            Self::ChangeFailed { .. } => "changeFailed",
            Self::Changed { .. } => "changed",
            Self::PlaceFailed { .. } => "placeFailed",
            Self::CancelAsked => "cancelAsked",
            Self::CancelFailed { .. } => "cancelFailed",
            Self::CancelAllAsked { .. } => "cancelAllAsked",
            Self::CancelAllFailed { .. } => "cancelAllFailed",
            Self::Status { .. } => "status",
            Self::Execution { .. } => "execution",
            Self::TradeSeen { .. } => "tradeSeen",
            Self::Commission { .. } => "commission",
            Self::OrderNotice { .. } => "orderNotice",
        }
    }
}

/// Who changed the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RulesBy {
    /// A person in the window.
    Person,
    /// Whoever wrote the rule file.
    File,
}

/// What one rule said, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRecord {
    /// The rule's id.
    pub rule: String,
    /// Its version.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub version: u32,
    /// How it weighed.
    #[serde(default = "block", skip_serializing_if = "is_block")]
    pub severity: Severity,
    /// How it came out.
    pub outcome: Outcome,
    /// What it said.
    pub says: String,
    /// Its text then, when the person wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
}

fn first() -> u32 {
    1
}

fn is_first(version: &u32) -> bool {
    *version == first()
}

fn block() -> Severity {
    Severity::Block
}

fn is_block(severity: &Severity) -> bool {
    *severity == block()
}

impl FindingRecord {
    /// Whether the order did not pass because of it.
    #[must_use]
    pub fn blocks(&self) -> bool {
        match self.outcome {
            Outcome::Blocked => true,
            Outcome::LacksFact => self.severity == Severity::Block,
            _ => false,
        }
    }

    /// The findings of a verdict that say something: all but "does not apply".
    #[must_use]
    pub fn all(verdict: &Verdict) -> Vec<Self> {
        verdict
            .findings()
            .iter()
            .filter(|f| f.outcome != Outcome::NotApplicable)
            .map(|f| Self {
                rule: f.rule.id().to_owned(),
                version: f.rule.version(),
                severity: f.severity.unwrap_or(Severity::Block),
                outcome: f.outcome,
                says: f.says.clone(),
                own: (f.outcome != Outcome::Passed)
                    .then(|| f.rule.own_text())
                    .flatten(),
            })
            .collect()
    }
}
