//! Records to write, and raw access to the file they are written to.

use gatehouse_desk::record::{Entry, FindingRecord, Record, RulesBy};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{AccountKind, Expects};
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::decimal::{Currency, Price, Quantity};
use gatehouse_domain::draft::{Draft, Side, Waivers};
use gatehouse_domain::id::{AccountId, ConId, ExecId, IntentId, PermId, PreviewId, Symbol};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{Liquidity, OrderState, OrderTerms};
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::tif::TimeInForce;
use gatehouse_domain::what_if::{BeforeAfter, WhatIf};
use gatehouse_rules::{Outcome, Reason, Severity};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};
use std::collections::BTreeMap;
use std::path::Path;

pub fn account(text: &str) -> AccountId {
    AccountId::new(text).unwrap()
}

pub fn intent(text: &str) -> IntentId {
    IntentId::new(text).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn perm() -> Option<PermId> {
    PermId::new(1_234_567_890)
}

fn exec() -> ExecId {
    ExecId::new("0000e0d5.6579d3a1.01.01").unwrap()
}

fn draft() -> Draft {
    Draft {
        waivers: Waivers {
            stale_price: true,
            ..Waivers::default()
        },
        ..Draft::plain(
            intent("6f1c-01"),
            account("DU1234567"),
            ConId::new(265_598).unwrap(),
            Side::Buy,
            Quantity::parse("10").unwrap(),
            Pricing::Limit {
                price: Price::parse("180.05").unwrap(),
            },
            TimeInForce::Day,
        )
    }
}

fn terms() -> OrderTerms {
    OrderTerms {
        account: account("DU1234567"),
        contract: Contract {
            con_id: ConId::new(265_598).unwrap(),
            symbol: Symbol::new("AAPL").unwrap(),
            kind: SecurityKind::Stock,
            exchange: "SMART".to_owned(),
            primary_exchange: Some("NASDAQ".to_owned()),
            currency: Currency::parse("USD").unwrap(),
            local_symbol: None,
            multiplier: Decimal::ONE,
            derivative: None,
            legs: Vec::new(),
        },
        side: Side::Buy,
        quantity: Quantity::parse("10").unwrap(),
        pricing: Some(draft().pricing),
        order_type: "LMT".to_owned(),
        tif: Some(TimeInForce::Day),
    }
}

fn what_if() -> WhatIf {
    WhatIf {
        initial_margin: BeforeAfter {
            before: Some(decimal("0.00")),
            after: Some(decimal("900.25")),
        },
        commission: Some(decimal("1.0")),
        commission_currency: Currency::parse("USD"),
        warnings: vec!["„Märkte“ geschlossen\n\u{1f512}".to_owned()],
        ..WhatIf::default()
    }
}

/// One of each kind, and the variants inside that are written differently.
pub fn entries() -> Vec<Entry> {
    let preview = PreviewId::new(7);
    let status = |state| Entry::Status {
        perm_id: perm(),
        state,
        filled: decimal("2.5"),
    };
    vec![
        Entry::Started {
            version: "0.1.0".to_owned(),
        },
        Entry::LinkUp {
            server_version: 222,
            accounts: vec![account("DU1234567"), account("DU7654321")],
        },
        Entry::LinkDown {
            why: "the gateway closed the connection".to_owned(),
        },
        Entry::Judged {
            label: None,
            symbol: Some(Symbol::new("AAPL").unwrap()),
            draft: draft(),
            cleared: false,
            findings: vec![FindingRecord {
                rule: "ira.no-short-sale".to_owned(),
                version: 1,
                severity: Severity::Block,
                outcome: Outcome::Blocked,
                says: "It would sell short.".to_owned(),
                own: None,
            }],
            facts: BTreeMap::new(),
        },
        Entry::Previewed {
            preview,
            what_if: what_if(),
            expires_at: UnixMillis(1_780_000_030_000),
        },
        Entry::PreviewFailed {
            why: "no answer".to_owned(),
        },
        Entry::Abandoned { preview },
        Entry::Refused {
            preview,
            why: "expired".to_owned(),
        },
        Entry::Approved {
            preview,
            terms: terms(),
            typed: false,
            reasons: Vec::new(),
        },
        Entry::PlaceFailed {
            unsure: true,
            why: "the link was lost".to_owned(),
        },
        Entry::CancelAsked,
        Entry::CancelFailed {
            why: "10148".to_owned(),
        },
        status(OrderState::Working),
        status(OrderState::Rejected {
            code: Some(201),
            reason: "Order rejected".to_owned(),
        }),
        Entry::Execution {
            leg: None,
            perm_id: perm(),
            exec_id: exec(),
            quantity: decimal("2.5"),
            price: decimal("180.0500"),
            liquidity: None,
        },
        Entry::Commission {
            exec_id: exec(),
            amount: decimal("1.05"),
            currency: Currency::parse("USD").unwrap(),
            realized_pnl: None,
        },
        Entry::OrderNotice {
            code: 399,
            text: "held until the open".to_owned(),
        },
        Entry::CancelAllAsked { others: 2 },
        Entry::CancelAllFailed {
            why: "The gateway did not answer within 10 s.".to_owned(),
        },
        Entry::Execution {
            perm_id: perm(),
            exec_id: exec(),
            quantity: decimal("1"),
            price: decimal("180.06"),
            leg: None,
            liquidity: Some(Liquidity::Added),
        },
        Entry::LiveArmed {
            minutes: 15,
            until: UnixMillis(1_780_000_900_000),
        },
        Entry::Approved {
            preview,
            terms: terms(),
            typed: true,
            reasons: Vec::new(),
        },
        Entry::LiveDisarmed {
            why: "The time is over.".to_owned(),
        },
        Entry::TradingStopped {
            since: UnixMillis(1_780_000_000_000),
        },
        Entry::TradingResumed,
        Entry::HighWater {
            value: decimal("100000"),
        },
        Entry::Approved {
            preview,
            terms: terms(),
            typed: false,
            reasons: vec![Reason {
                rule: "cap.quantity".to_owned(),
                text: "a rebalance of the year".to_owned(),
            }],
        },
        Entry::RulesChanged {
            by: RulesBy::Person,
            changes: vec!["Order cap: quantity, over all accounts: 5 instead of 1,000.".to_owned()],
            book: "version = 1\n".to_owned(),
        },
        Entry::RulesFault {
            why: "Line 3: there is no rule \"x\"".to_owned(),
        },
        Entry::WentOn {
            expects: Expects::Paper,
            accounts: vec![account("U1234567")],
        },
        Entry::AccountKindSaid {
            said: Some(AccountKind::RothIra),
        },
        Entry::TradeSeen {
            exec_id: exec(),
            contract: terms().contract,
            side: Side::Sell,
            quantity: decimal("2.5"),
            price: decimal("180.05"),
        },
    ]
}

/// One record of each entry; those about an order have an account and an intent.
pub fn records() -> Vec<Record> {
    (0..)
        .zip(entries())
        .map(|(n, entry)| {
            let ours = !matches!(
                entry,
                Entry::Started { .. }
                    | Entry::LinkUp { .. }
                    | Entry::LinkDown { .. }
                    | Entry::WentOn { .. }
                    | Entry::LiveArmed { .. }
                    | Entry::LiveDisarmed { .. }
                    | Entry::TradingStopped { .. }
                    | Entry::TradingResumed
                    | Entry::RulesChanged { .. }
                    | Entry::RulesFault { .. }
            );
            Record {
                at: UnixMillis(1_780_000_000_000 + n * 250),
                account: ours.then(|| account("DU1234567")),
                intent: ours.then(|| intent("6f1c-01")),
                entry,
            }
        })
        .collect()
}

/// A small record at this moment.
pub fn note(at: i64) -> Record {
    Record {
        at: UnixMillis(at),
        account: None,
        intent: None,
        entry: Entry::LinkDown {
            why: format!("at {at}"),
        },
    }
}

/// A connection that is no journal's: another program.
pub async fn stranger(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(std::time::Duration::from_secs(5))
        .connect()
        .await
        .unwrap()
}

/// Runs statements as another program.
pub async fn as_stranger(path: &Path, sql: &str) -> Result<(), sqlx::Error> {
    use sqlx::Connection as _;
    let mut conn = stranger(path).await;
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&mut conn)
        .await;
    conn.close().await?;
    done.map(drop)
}

/// Takes the guards away, as a tamperer would.
pub const UNGUARD: &str = "DROP TRIGGER record_follows; DROP TRIGGER record_moves_head; \
    DROP TRIGGER record_stays; DROP TRIGGER record_remains; DROP TRIGGER head_is_newest; \
    DROP TRIGGER head_remains;";
