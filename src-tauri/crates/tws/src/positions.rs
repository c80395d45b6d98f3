//! Positions, and the P&L of each one that is held.

use crate::contract;
use crate::convert::{from_f64, nonzero};
use crate::feed;
use crate::session::{Live, Told, unreadable};
use gatehouse_desk::port::broker::BrokerEvent;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::position::PositionKey;
use ibapi::accounts::types::{AccountId as WireAccount, ContractId};
use ibapi::accounts::{PnLSingle, Position, PositionUpdate};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::task::{AbortHandle, JoinSet};

/// Streams the positions of the login.
pub async fn run(live: Arc<Live>, told: Arc<Told>) {
    let mut followed = Followed::default();
    let open = || live.client.positions();
    feed::keep(&live, "the positions", open, |item, events| match item {
        PositionUpdate::Position(position) => match read(&position) {
            Ok((key, event)) => {
                followed.set(&live, key, position.position != 0.0);
                events.push(event);
            }
            Err(why) => events.push(unreadable("a position", &why)),
        },
        PositionUpdate::PositionEnd => {
            events.push(BrokerEvent::PositionsComplete);
            told.positions.send_replace(true);
        }
    })
    .await;
}

fn read(position: &Position) -> Result<(PositionKey, BrokerEvent), String> {
    let account = AccountId::new(&position.account).map_err(|e| e.to_string())?;
    let contract = contract::read(&position.contract)?;
    let quantity = from_f64(position.position)
        .ok_or_else(|| format!("{} is held {} times", contract.symbol, position.position))?;
    let key = PositionKey {
        account: account.clone(),
        con_id: contract.con_id,
    };
    let event = BrokerEvent::Position {
        account,
        contract,
        quantity,
        average_cost: nonzero(position.average_cost),
    };
    Ok((key, event))
}

/// The positions whose P&L is followed. Their tasks end with this.
#[derive(Debug, Default)]
struct Followed {
    tasks: JoinSet<()>,
    by_key: HashMap<PositionKey, AbortHandle>,
}

impl Followed {
    fn set(&mut self, live: &Arc<Live>, key: PositionKey, held: bool) {
        if held {
            let pnl = |key: &PositionKey| pnl(live.clone(), key.account.clone(), key.con_id);
            self.follow(key, pnl);
        } else {
            let live = live.clone();
            self.let_go(&key, async move {
                live.shared.pace.turn().await;
            });
        }
    }

    /// Follows a position unless it is followed already.
    fn follow<F>(&mut self, key: PositionKey, how: impl FnOnce(&PositionKey) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.clear_away();
        let tasks = &mut self.tasks;
        self.by_key
            .entry(key)
            .or_insert_with_key(|key| tasks.spawn(how(key)));
    }

    /// Ends what follows a position once its turn has come: that is said to the gateway.
    fn let_go(&mut self, key: &PositionKey, turn: impl Future<Output = ()> + Send + 'static) {
        self.clear_away();
        if let Some(task) = self.by_key.remove(key) {
            self.tasks.spawn(async move {
                turn.await;
                task.abort();
            });
        }
    }

    /// A set keeps the tasks that have ended until they are asked for.
    fn clear_away(&mut self) {
        while self.tasks.try_join_next().is_some() {}
    }
}

async fn pnl(live: Arc<Live>, account: AccountId, con_id: ConId) {
    let wire = WireAccount::from(account.as_str());
    let open = || {
        live.client
            .pnl_single(&wire, ContractId(con_id.get()), None)
    };
    feed::keep(
        &live,
        "the P&L of a position",
        open,
        |pnl: PnLSingle, events| {
            events.push(BrokerEvent::PositionPnl {
                account: account.clone(),
                con_id,
                daily: nonzero(pnl.daily_pnl),
                unrealized: nonzero(pnl.unrealized_pnl),
                value: nonzero(pnl.value),
            });
        },
    )
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use ibapi::contracts::Contract;

    fn position(quantity: f64, average_cost: f64) -> Position {
        Position {
            account: "DU1".into(),
            contract: Contract {
                contract_id: 8314,
                symbol: "IBM".into(),
                currency: "USD".into(),
                ..Contract::default()
            },
            position: quantity,
            average_cost,
        }
    }

    #[tokio::test]
    async fn positions_that_come_and_go_all_day_leave_no_task_behind() {
        let mut followed = Followed::default();
        let key = PositionKey {
            account: AccountId::new("DU1").unwrap(),
            con_id: ConId::new(8314).unwrap(),
        };
        for _ in 0..1000 {
            followed.follow(key.clone(), |_| std::future::pending());
            followed.follow(key.clone(), |_| std::future::pending());
            followed.let_go(&key, std::future::ready(()));
            // Both end: the one that lets go, then the one that followed.
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
        }
        followed.follow(key, |_| std::future::pending());
        assert!(followed.tasks.len() <= 3, "{}", followed.tasks.len());
    }

    #[test]
    fn a_short_position_stays_negative_and_fractions_stay_exact() {
        let (_, event) = read(&position(-0.1, 251.3742)).unwrap();
        let BrokerEvent::Position {
            quantity,
            average_cost,
            ..
        } = event
        else {
            panic!("{event:?}");
        };
        assert_eq!(quantity.to_string(), "-0.1");
        assert_eq!(average_cost.unwrap().to_string(), "251.3742");
    }

    #[test]
    fn no_mark_for_unset_is_an_average_cost_or_a_size() {
        for unset in crate::convert::UNSET {
            let (_, event) = read(&position(5.0, unset)).unwrap();
            let BrokerEvent::Position { average_cost, .. } = event else {
                panic!("{event:?}");
            };
            assert_eq!(average_cost, None, "{unset}");
            assert!(read(&position(unset, 5.0)).is_err(), "{unset}");
        }
    }

    #[test]
    fn an_average_cost_that_was_not_told_is_unknown() {
        let (_, event) = read(&position(5.0, 0.0)).unwrap();
        assert!(matches!(
            event,
            BrokerEvent::Position {
                average_cost: None,
                ..
            }
        ));
    }
}
