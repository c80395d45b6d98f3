//! What the broker says of the accounts: type, base currency, figures, exchange rates, P&L.

use crate::convert::{from_f64, from_text, nonzero};
use crate::feed;
use crate::session::{Live, Told};
use gatehouse_desk::port::broker::BrokerEvent;
use gatehouse_domain::account::Tag;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::id::AccountId;
use ibapi::accounts::types::{AccountGroup, AccountId as WireAccount};
use ibapi::accounts::{AccountSummaryResult, AccountUpdateMulti};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Beyond this many accounts the gateway refuses updates account by account.
const MOST_STREAMED: usize = 50;

/// The tags of the summary.
const TAGS: [&str; 14] = [
    "AccountType",
    "NetLiquidation",
    "TotalCashValue",
    "SettledCash",
    "BuyingPower",
    "EquityWithLoanValue",
    "GrossPositionValue",
    "InitMarginReq",
    "MaintMarginReq",
    "AvailableFunds",
    "ExcessLiquidity",
    "Cushion",
    "Leverage",
    "DayTradesRemaining",
];

/// Starts the streams of all accounts.
pub fn start(live: &Arc<Live>, told: &Arc<Told>, tasks: &mut JoinSet<()>) {
    tasks.spawn(summary(live.clone(), told.clone()));
    let streamed = live.accounts.len() <= MOST_STREAMED;
    for account in &live.accounts {
        if streamed {
            tasks.spawn(updates(live.clone(), account.clone()));
        }
        tasks.spawn(pnl(live.clone(), account.clone()));
    }
}

async fn summary(live: Arc<Live>, told: Arc<Told>) {
    let mut tags = TAGS.to_vec();
    if live.accounts.len() > MOST_STREAMED {
        // The only other place where exchange rates are told.
        tags.push("$LEDGER:ALL");
    }
    let group = AccountGroup("All".to_owned());
    let mut rows = Rows::default();
    let open = || live.client.account_summary(&group, &tags);
    feed::keep(
        &live,
        "the account summary",
        open,
        |item, events| match item {
            AccountSummaryResult::Summary(row) => {
                rows.take(&row.account, &row.tag, &row.value, &row.currency, events);
            }
            AccountSummaryResult::End => {
                told.accounts.send_replace(true);
            }
        },
    )
    .await;
}

async fn updates(live: Arc<Live>, account: AccountId) {
    let wire = WireAccount::from(account.as_str());
    let mut rows = Rows::default();
    let open = || live.client.account_updates_multi(Some(&wire), None);
    feed::keep(
        &live,
        "the account updates",
        open,
        |item, events| match item {
            // A model's share is not the account.
            AccountUpdateMulti::AccountMultiValue(row) if row.model_code.is_empty() => {
                rows.take(&row.account, &row.key, &row.value, &row.currency, events);
            }
            AccountUpdateMulti::AccountMultiValue(_) | AccountUpdateMulti::End => {}
        },
    )
    .await;
}

async fn pnl(live: Arc<Live>, account: AccountId) {
    let wire = WireAccount::from(account.as_str());
    let open = || live.client.pnl(&wire, None);
    feed::keep(
        &live,
        "the P&L",
        open,
        |pnl: ibapi::accounts::PnL, events| {
            for (tag, value) in [
                (Tag::DailyPnl, nonzero(pnl.daily_pnl)),
                (Tag::UnrealizedPnl, pnl.unrealized_pnl.and_then(from_f64)),
                (Tag::RealizedPnl, pnl.realized_pnl.and_then(from_f64)),
            ] {
                events.push(BrokerEvent::AccountFigure {
                    account: account.clone(),
                    tag,
                    value,
                });
            }
        },
    )
    .await;
}

/// Reads the rows of one stream.
#[derive(Debug, Default)]
struct Rows {
    bases: HashMap<AccountId, Currency>,
}

impl Rows {
    fn take(
        &mut self,
        account: &str,
        tag: &str,
        value: &str,
        currency: &str,
        events: &mut Vec<BrokerEvent>,
    ) {
        // A group's sum comes under the group's name.
        let Ok(account) = AccountId::new(account) else {
            return;
        };
        match tag {
            "AccountType" if !value.is_empty() => events.push(BrokerEvent::AccountType {
                account,
                text: value.to_owned(),
            }),
            "ExchangeRate" => {
                let rate =
                    from_text(value).filter(|rate| rate.is_sign_positive() && !rate.is_zero());
                if let (Some(currency), Some(rate)) = (Currency::parse(currency), rate) {
                    events.push(BrokerEvent::ExchangeRate {
                        account,
                        currency,
                        rate,
                    });
                }
            }
            // `TotalCashBalance` says the same; `BASE` is all currencies in one.
            "CashBalance" => {
                if let (Some(currency), Some(amount)) =
                    (Currency::parse(currency), from_text(value))
                {
                    events.push(BrokerEvent::Cash {
                        account,
                        currency,
                        amount,
                    });
                }
            }
            _ => self.figure(account, tag, value, currency, events),
        }
    }

    fn figure(
        &mut self,
        account: AccountId,
        tag: &str,
        value: &str,
        currency: &str,
        events: &mut Vec<BrokerEvent>,
    ) {
        let Some(tag) = Tag::from_wire(tag) else {
            return;
        };
        // These come per currency here; the P&L stream tells them for the whole account.
        if matches!(tag, Tag::UnrealizedPnl | Tag::RealizedPnl | Tag::DailyPnl) {
            return;
        }
        if let Some(currency) = Currency::parse(currency) {
            let base = *self.bases.entry(account.clone()).or_insert_with(|| {
                events.push(BrokerEvent::AccountBase {
                    account: account.clone(),
                    currency,
                });
                currency
            });
            if base != currency {
                return;
            }
        }
        events.push(BrokerEvent::AccountFigure {
            account,
            tag,
            value: from_text(value),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(rows: &[(&str, &str, &str)]) -> Vec<BrokerEvent> {
        let mut reader = Rows::default();
        let mut events = Vec::new();
        for (tag, value, currency) in rows {
            reader.take("DU1", tag, value, currency, &mut events);
        }
        events
    }

    fn figure(tag: Tag, value: Option<&str>) -> BrokerEvent {
        BrokerEvent::AccountFigure {
            account: AccountId::new("DU1").unwrap(),
            tag,
            value: value.map(|v| v.parse().unwrap()),
        }
    }

    #[test]
    fn the_first_figure_names_the_base_currency_once() {
        let events = events(&[
            ("NetLiquidation", "10.5", "EUR"),
            ("BuyingPower", "7", "EUR"),
        ]);
        assert_eq!(events.len(), 3);
        assert!(
            matches!(&events[0], BrokerEvent::AccountBase { currency, .. } if currency.as_str() == "EUR")
        );
        assert_eq!(events[1], figure(Tag::NetLiquidation, Some("10.5")));
        assert_eq!(events[2], figure(Tag::BuyingPower, Some("7")));
    }

    #[test]
    fn a_figure_in_another_currency_is_not_taken_for_the_accounts() {
        let events = events(&[
            ("NetLiquidation", "10", "USD"),
            ("TotalCashValue", "99", "HKD"),
        ]);
        assert_eq!(events.len(), 2);
    }

    #[test]
    fn profit_and_loss_of_one_currency_is_not_the_accounts() {
        assert!(events(&[("UnrealizedPnL", "5", "USD")]).is_empty());
    }

    #[test]
    fn an_unset_figure_is_told_as_unknown() {
        assert_eq!(events(&[("Cushion", "", "")]), [figure(Tag::Cushion, None)]);
        assert_eq!(
            events(&[("Leverage", "1.7976931348623157E308", "")]),
            [figure(Tag::Leverage, None)]
        );
    }

    #[test]
    fn no_mark_for_unset_is_a_figure_of_an_account() {
        for unset in [
            "",
            "None",
            "NaN",
            "Infinity",
            "N/A",
            "1.7976931348623157E308",
            "2147483647",
            "2147483647.0",
            "9223372036854775807",
            "-9223372036854775808",
        ] {
            assert_eq!(
                events(&[("Cushion", unset, "")]),
                [figure(Tag::Cushion, None)],
                "{unset}"
            );
            assert!(
                events(&[("ExchangeRate", unset, "HKD")]).is_empty(),
                "{unset}"
            );
        }
    }

    #[test]
    fn cash_is_told_currency_by_currency() {
        let told = events(&[
            ("CashBalance", "10.5", "USD"),
            ("CashBalance", "-3", "HKD"),
            ("CashBalance", "7", "BASE"),
            ("CashBalance", "1.7976931348623157E308", "EUR"),
        ]);
        let amounts: Vec<String> = told
            .iter()
            .map(|event| match event {
                BrokerEvent::Cash {
                    currency, amount, ..
                } => format!("{currency} {amount}"),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(amounts, ["USD 10.5", "HKD -3"]);
    }

    #[test]
    fn a_rate_needs_a_currency_and_a_positive_number() {
        assert!(events(&[("ExchangeRate", "1", "BASE"), ("ExchangeRate", "0", "HKD")]).is_empty());
        assert_eq!(events(&[("ExchangeRate", "0.128", "HKD")]).len(), 1);
    }
}
