//! Orders' leave, clock, figures and positions.

use super::session::Session;
use super::{AccountFound, Plan};
use crate::fault::Fault;
use futures::StreamExt;
use gatehouse_domain::account::AccountKind;
use ibapi::Error;
use ibapi::accounts::types::{AccountGroup, AccountId as WireAccount};
use ibapi::accounts::{
    AccountSummaryResult, AccountUpdateMulti, PositionUpdate, PositionUpdateMulti,
};
use ibapi::subscriptions::SubscriptionItem;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// A greater difference of the clocks is a fault, in seconds.
const CLOCK_SECONDS: i64 = 5;
/// Beyond this many accounts the gateway refuses what is asked of all of them at once.
const MOST_STREAMED: usize = 50;
const TAGS: [&str; 2] = ["AccountType", "NetLiquidation"];

/// Whether orders are dealt with: a read-only API refuses even to list them (321).
pub async fn takes_orders(session: &Session, patience: Duration) -> Result<(), Fault> {
    let listing = async {
        let mut orders = session.client.all_open_orders().await.map_err(asking)?;
        while let Some(item) = orders.next().await {
            item.map_err(asking)?;
        }
        Ok(())
    };
    let listed = async {
        tokio::select! {
            biased;
            () = session.hears(|heard| heard.read_only) => Err(Fault::ReadOnlyApi),
            listed = listing => listed,
        }
    };
    match timeout(patience, listed).await {
        Ok(listed) => listed,
        Err(_) => Err(Fault::SlowAnswers {
            seconds: patience.as_secs(),
        }),
    }
}

/// Compares this computer's clock with the gateway's, which has it from IBKR.
pub async fn clock(session: &Session, plan: &Plan, started: Instant) -> Result<String, Fault> {
    let asked = Instant::now();
    let told = session.client.server_time().await.map_err(asking)?;
    let took = asked.elapsed();
    let here = plan.now.timestamp().as_second()
        + i64::try_from((asked + took / 2).duration_since(started).as_secs()).unwrap_or(0);
    let seconds = here - told.unix_timestamp();
    if seconds.abs() > CLOCK_SECONDS {
        return Err(Fault::ClockOff { seconds });
    }
    Ok(format!(
        "They differ by less than {} s; the answer took {} ms.",
        seconds.abs() + 1,
        took.as_millis()
    ))
}

/// Waits for the figures of every account, and reads the types.
pub async fn figures(
    session: &Session,
    patience: Duration,
    accounts: &mut [AccountFound],
) -> Result<String, Fault> {
    let mut told = BTreeSet::new();
    let mut take = |account: &str, tag: &str, value: &str| {
        let Some(found) = accounts.iter_mut().find(|found| found.id == account) else {
            return;
        };
        if tag == "AccountType" && !value.is_empty() {
            found.kind = AccountKind::parse(value);
            found.kind_text = Some(value.to_owned());
        }
        if tag == "NetLiquidation" && !value.is_empty() {
            told.insert(account.to_owned());
        }
    };
    let reading = async {
        let group = AccountGroup("All".to_owned());
        match session.client.account_summary(&group, &TAGS).await {
            Err(Error::Notice(_)) => {}
            Err(error) => return Err(asking(error)),
            Ok(mut rows) => loop {
                match rows.next().await {
                    Some(Ok(SubscriptionItem::Data(AccountSummaryResult::Summary(row)))) => {
                        take(&row.account, &row.tag, &row.value);
                    }
                    Some(Ok(SubscriptionItem::Data(AccountSummaryResult::End))) => return Ok(()),
                    Some(Ok(SubscriptionItem::Notice(_))) => {}
                    // A login of very many accounts is refused this.
                    Some(Err(Error::Notice(_))) => break,
                    Some(Err(error)) => return Err(asking(error)),
                    None => return Err(Fault::Lost),
                }
            },
        }
        first_account(session, &mut take).await
    };
    let read = tokio::select! {
        biased;
        read = timeout(patience, reading) => read,
        () = gone(session) => return Err(upstream(session)),
    };
    match read {
        _ if session.heard().down => Err(upstream(session)),
        Err(_) => Err(Fault::AccountDataSilent {
            seconds: patience.as_secs(),
        }),
        Ok(Err(fault)) => Err(fault),
        Ok(Ok(())) if told.is_empty() => Err(Fault::AccountDataSilent {
            seconds: patience.as_secs(),
        }),
        Ok(Ok(())) => Ok(format!("Figures of {} came.", count(told.len(), "account"))),
    }
}

/// The figures of the first account by itself.
async fn first_account(
    session: &Session,
    take: &mut impl FnMut(&str, &str, &str),
) -> Result<(), Fault> {
    let Some(first) = session.accounts().first() else {
        return Ok(());
    };
    let wire = WireAccount::from(first.as_str());
    let asked = session
        .client
        .account_updates_multi(Some(&wire), None)
        .await;
    let mut rows = asked.map_err(asking)?;
    loop {
        match rows.next().await {
            Some(Ok(SubscriptionItem::Data(AccountUpdateMulti::AccountMultiValue(row)))) => {
                take(&row.account, &row.key, &row.value);
            }
            Some(Ok(SubscriptionItem::Data(AccountUpdateMulti::End))) => return Ok(()),
            Some(Ok(SubscriptionItem::Notice(_))) => {}
            Some(Err(error)) => return Err(asking(error)),
            None => return Err(Fault::Lost),
        }
    }
}

/// Waits for all positions; of a login of very many accounts, for those of the first.
pub async fn positions(session: &Session, patience: Duration) -> Result<String, Fault> {
    let many = session.accounts().len() > MOST_STREAMED;
    let reading = async {
        match many {
            true => held_by_first(session).await,
            false => held_by_all(session).await,
        }
    };
    match timeout(patience, reading).await {
        Ok(Ok(held)) if many => Ok(format!("{} in the first account.", count(held, "position"))),
        Ok(Ok(held)) => Ok(format!("{}.", count(held, "position"))),
        Ok(Err(fault)) => Err(fault),
        Err(_) if session.heard().down => Err(upstream(session)),
        Err(_) => Err(Fault::PositionsSilent {
            seconds: patience.as_secs(),
        }),
    }
}

async fn held_by_all(session: &Session) -> Result<usize, Fault> {
    let mut held = 0;
    let mut rows = session.client.positions().await.map_err(asking)?;
    loop {
        match rows.next().await {
            Some(Ok(SubscriptionItem::Data(PositionUpdate::Position(position)))) => {
                held += usize::from(position.position != 0.0);
            }
            Some(Ok(SubscriptionItem::Data(PositionUpdate::PositionEnd))) => return Ok(held),
            Some(Ok(SubscriptionItem::Notice(_))) => {}
            Some(Err(error)) => return Err(asking(error)),
            None => return Err(Fault::Lost),
        }
    }
}

async fn held_by_first(session: &Session) -> Result<usize, Fault> {
    let Some(first) = session.accounts().first() else {
        return Ok(0);
    };
    let wire = WireAccount::from(first.as_str());
    let mut held = 0;
    let asked = session.client.positions_multi(Some(&wire), None).await;
    let mut rows = asked.map_err(asking)?;
    loop {
        match rows.next().await {
            Some(Ok(SubscriptionItem::Data(PositionUpdateMulti::Position(row)))) => {
                held += usize::from(row.position != 0.0);
            }
            Some(Ok(SubscriptionItem::Data(PositionUpdateMulti::PositionEnd))) => return Ok(held),
            Some(Ok(SubscriptionItem::Notice(_))) => {}
            Some(Err(error)) => return Err(asking(error)),
            None => return Err(Fault::Lost),
        }
    }
}

/// Resolves when the gateway says that it has lost IBKR.
async fn gone(session: &Session) {
    session.hears(|heard| heard.down).await;
}

/// The gateway has lost IBKR: once, or again and again, as when two logins push each other out.
pub fn upstream(session: &Session) -> Fault {
    let (times, code) = session.heard().lost;
    match times {
        0 | 1 => Fault::UpstreamDown { code },
        _ => Fault::LoggedInElsewhere { code },
    }
}

/// What an error of a question means.
pub fn asking(error: Error) -> Fault {
    match error {
        Error::Notice(notice) if notice.code == 10197 => Fault::LoggedInElsewhere { code: 10197 },
        Error::Notice(notice) => Fault::Other {
            text: format!("{} (code {})", notice.message, notice.code),
        },
        Error::Timeout => Fault::SlowAnswers { seconds: 10 },
        Error::ConnectionFailed | Error::Shutdown => Fault::Lost,
        error if error.is_connection_lost() => Fault::Lost,
        other => Fault::Other {
            text: other.to_string().chars().take(200).collect(),
        },
    }
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
