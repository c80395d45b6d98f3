//! Requests with sense in every field and none together, and blows from the control port, against
//! the whole gateway: it never panics, and it goes on serving.
//!
//! `cargo test` runs a moment of it; the crate's README says how to run hours of it.

mod plausible;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bolero::check;
use tokio::sync::{mpsc, oneshot};

use super::action::Action;
use super::gateway::Gateway;
use super::session::{Outgoing, QUEUE, Session};
use super::{Faults, requests, trouble};
use crate::messages::{Reply, Request};
use crate::spoil::spoiled;
use crate::wire::Version;
use crate::wire::round_trip::{Dice, any_request, in_protobuf, in_text};
use crate::world::{Scenario, World};

/// How long each target runs unless the environment says otherwise.
const MOMENT: Duration = Duration::from_secs(2);

/// A gateway whose clock stands still.
fn gateway(world: World) -> Gateway {
    let mut gateway = Gateway::new(world, 1.0, Arc::new(Mutex::new(Faults::default())));
    gateway.stepped = true;
    gateway
}

/// A client that has started; what it is sent waits in the receiver.
fn client(gateway: &mut Gateway, id: u64, version: Version) -> mpsc::Receiver<Outgoing> {
    let (outbox, inbox) = mpsc::channel(QUEUE);
    let (cut, _) = oneshot::channel();
    let faults = Arc::clone(&gateway.faults);
    gateway
        .sessions
        .insert(id, Session::new(version, outbox, cut, faults));
    let client_id = i32::try_from(id).unwrap_or(1);
    let capabilities = String::new();
    requests::serve(
        gateway,
        id,
        Ok(Request::StartApi {
            client_id,
            capabilities,
        }),
    );
    inbox
}

fn drained(inbox: &mut mpsc::Receiver<Outgoing>) -> usize {
    std::iter::from_fn(|| inbox.try_recv().ok()).count()
}

#[test]
fn fuzz_served_requests() {
    let begun = World::new(&Scenario::three_accounts(1));
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let mut dice = Dice::over(input);
        let mut gateway = gateway(begun.clone());
        let text = Version::new(157 + u16::from(dice.byte()) % 44).expect("spoken");
        let newest = Version::new(226).expect("spoken");
        let mut inboxes = [
            client(&mut gateway, 1, text),
            client(&mut gateway, 2, newest),
        ];
        for _ in 0..4 + dice.byte() % 12 {
            let (id, version) = if dice.flag() { (1, text) } else { (2, newest) };
            let request = if dice.one_in(4) {
                any_request(&mut dice)
            } else {
                plausible::request(&mut dice, &gateway.world)
            };
            let content = if id == 1 {
                in_text(version, &request)
            } else {
                in_protobuf(&request)
            };
            let content = if dice.one_in(4) {
                spoiled(content, || dice.byte())
            } else {
                content
            };
            requests::serve(&mut gateway, id, crate::wire::decode(version, &content));
            if dice.one_in(3) {
                let blow = plausible::blow(&mut dice);
                let _ = trouble::act(&mut gateway, blow);
            }
            for session in gateway.sessions.values_mut() {
                session.flush();
            }
            gateway
                .sessions
                .retain(|_, session| !session.closing && !session.cut);
            inboxes.iter_mut().map(drained).for_each(drop);
        }
        // Whatever happened, another client is served.
        *gateway.faults.lock().expect("the faults") = Faults::default();
        let mut inbox = client(&mut gateway, 9, newest);
        gateway.send(9, &Reply::OpenOrdersEnd);
        gateway.sessions.values_mut().for_each(Session::flush);
        assert!(drained(&mut inbox) > 0);
    });
}

#[test]
fn fuzz_lines_of_the_control_port() {
    let begun = World::new(&Scenario::single(1));
    check!()
        .with_test_time(MOMENT / 2)
        .for_each(|input: &[u8]| {
            let mut dice = Dice::over(input);
            let mut gateway = gateway(begun.clone());
            for _ in 0..1 + dice.byte() % 3 {
                let line = serde_json::to_vec(&plausible::blow(&mut dice)).expect("JSON");
                let line = spoiled(line, || dice.byte());
                if let Ok(action) = serde_json::from_slice::<Action>(&line) {
                    let _ = trouble::act(&mut gateway, action);
                }
            }
        });
}
