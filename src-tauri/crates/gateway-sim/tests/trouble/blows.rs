//! One blow after the other.

use gatehouse_sim::server::{Action, DropPoint, Faults, Planned, SimHandle, Trigger, When};

use crate::bare::{AAPL, Bare, stepped};

async fn sim() -> SimHandle {
    stepped(|_| {}).await
}

async fn notice(sim: &SimHandle, code: i32) {
    let text = None;
    sim.act(Action::Notice { code, text }).await.unwrap();
}

async fn orders_in_the_book(sim: &SimHandle) -> (usize, usize) {
    sim.with_world(|world| (world.open_orders().len(), world.completed_orders().len()))
        .await
        .unwrap()
}

async fn hold_apple(sim: &SimHandle) {
    let (bid, ask) = ("199.00".parse().unwrap(), "199.02".parse().unwrap());
    let instrument = "AAPL".to_owned();
    let set = Action::SetPrice {
        instrument,
        bid,
        ask,
    };
    sim.act(set).await.unwrap();
}

/// Opens a line on Apple and reads its first picture.
async fn line(bare: &mut Bare, id: &str) {
    bare.send(&[
        "1", "11", id, AAPL, "AAPL", "STK", "", "0", "", "", "SMART", "", "USD", "", "", "0", "",
        "0", "0", "",
    ])
    .await;
    bare.message("1").await;
}

#[tokio::test]
async fn every_notice_has_its_code_and_words() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    for code in [
        1100, 1101, 1102, 2103, 2104, 2105, 2106, 2107, 2108, 2110, 2157, 2158, 100,
    ] {
        notice(&sim, code).await;
        let fields = bare.next().await;
        assert_eq!(fields[2..4], ["-1".to_owned(), code.to_string()]);
        assert!(!fields[4].is_empty(), "{code}");
    }
}

#[tokio::test]
async fn without_upstream_quotes_stop_and_orders_wait_until_it_is_back() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    line(&mut bare, "9").await;
    sim.act(Action::LoseUpstream {}).await.unwrap();
    assert_eq!(bare.error().await.1, "1100");
    bare.order(1, "BUY", Some("1.00"), false).await;
    bare.up_to_now().await;
    sim.step(2_000).await.unwrap();
    assert!(bare.up_to_now().await.is_empty());
    assert_eq!(orders_in_the_book(&sim).await, (0, 0));
    let data_lost = false;
    sim.act(Action::RestoreUpstream { data_lost })
        .await
        .unwrap();
    assert_eq!(bare.error().await.1, "1102");
    bare.message("3").await;
    assert_eq!(orders_in_the_book(&sim).await, (1, 0));
    sim.step(2_000).await.unwrap();
    bare.message("1").await;
}

#[tokio::test]
async fn after_1101_a_line_has_to_be_opened_again() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    line(&mut bare, "9").await;
    sim.act(Action::LoseUpstream {}).await.unwrap();
    let data_lost = true;
    sim.act(Action::RestoreUpstream { data_lost })
        .await
        .unwrap();
    assert_eq!(bare.error().await.1, "1100");
    assert_eq!(bare.error().await.1, "1101");
    sim.step(2_000).await.unwrap();
    assert!(bare.up_to_now().await.is_empty());
    line(&mut bare, "9").await;
}

#[tokio::test]
async fn a_competing_login_ends_every_line_with_10197() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    line(&mut bare, "9").await;
    sim.act(Action::CompetingSession {}).await.unwrap();
    assert_eq!(bare.error().await, ("9".to_owned(), "10197".to_owned()));
    bare.send(&[
        "1", "11", "10", AAPL, "AAPL", "STK", "", "0", "", "", "SMART", "", "USD", "", "", "0", "",
        "0", "0", "",
    ])
    .await;
    assert_eq!(bare.error().await, ("10".to_owned(), "10197".to_owned()));
    sim.act(Action::EndCompetingSession {}).await.unwrap();
    line(&mut bare, "11").await;
}

#[tokio::test]
async fn a_read_only_gateway_refuses_orders_and_their_lists_with_321() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    let read_only = Faults {
        read_only: true,
        ..Faults::default()
    };
    sim.act(Action::Faults(read_only)).await.unwrap();
    bare.order(1, "BUY", Some("1.00"), false).await;
    assert_eq!(bare.error().await, ("1".to_owned(), "321".to_owned()));
    bare.order(2, "BUY", Some("1.00"), true).await;
    assert_eq!(bare.error().await, ("2".to_owned(), "321".to_owned()));
    bare.send(&["5", "1"]).await;
    assert_eq!(bare.error().await, ("-1".to_owned(), "321".to_owned()));
    bare.send(&["61", "1"]).await;
    bare.message("62").await;
    assert_eq!(orders_in_the_book(&sim).await, (0, 0));
}

#[tokio::test]
async fn a_stuck_client_id_is_free_once_it_is_released() {
    let sim = sim().await;
    sim.set_faults(Faults {
        stuck_client_id: Some(4),
        ..Faults::default()
    });
    let mut bare = Bare::asking(&sim, 4).await;
    assert_eq!(bare.error().await.1, "326");
    bare.ends().await;
    Bare::started(&sim, 5).await;
    sim.set_faults(Faults::default());
    Bare::started(&sim, 4).await;
}

#[tokio::test]
async fn an_untrusted_address_is_accepted_and_closed() {
    let sim = sim().await;
    sim.set_faults(Faults {
        close_on_accept: true,
        ..Faults::default()
    });
    let mut stream = tokio::net::TcpStream::connect(sim.addr()).await.unwrap();
    let mut bytes = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut bytes)
        .await
        .unwrap_or(0);
    assert!(bytes.is_empty());
}

#[tokio::test]
async fn a_connection_is_lost_at_each_point_of_an_orders_life() {
    use DropPoint as At;
    // Where it is lost; what the client heard of the order; working and completed orders after.
    let points: [(At, &[&str], (usize, usize)); 5] = [
        (At::BeforeActing, &[], (0, 0)),
        (At::AfterActing, &[], (1, 0)),
        (At::AfterAcknowledging, &["5", "3"], (1, 0)),
        (At::BeforeFill, &["5", "3"], (0, 1)),
        (At::AfterFill, &["5", "3", "5", "3", "11"], (0, 1)),
    ];
    for (point, heard, book) in points {
        let sim = sim().await;
        hold_apple(&sim).await;
        let mut bare = Bare::started(&sim, 4).await;
        sim.set_faults(Faults {
            drop_on_place: Some(point),
            ..Faults::default()
        });
        bare.order(1, "BUY", None, false).await;
        let mut ids: Vec<String> = Vec::new();
        if matches!(point, At::BeforeFill | At::AfterFill) {
            for _ in 0..2 {
                ids.push(bare.next().await[0].clone());
            }
            sim.step(500).await.unwrap();
        }
        ids.extend(bare.ends().await.into_iter().map(|f| f[0].clone()));
        ids.retain(|id| ["3", "5", "11", "59"].contains(&id.as_str()));
        assert_eq!(ids, heard, "{point:?}");
        assert_eq!(orders_in_the_book(&sim).await, book, "{point:?}");
        // It struck once: the next connection lives.
        Bare::started(&sim, 4).await.up_to_now().await;
    }
}

#[tokio::test]
async fn a_cancel_is_lost_on_the_way_there_or_back() {
    for (point, book) in [
        (DropPoint::BeforeCancel, (1, 0)),
        (DropPoint::AfterCancel, (0, 1)),
    ] {
        let sim = sim().await;
        let mut bare = Bare::started(&sim, 4).await;
        bare.order(1, "BUY", Some("1.00"), false).await;
        bare.message("3").await;
        sim.step(500).await.unwrap();
        bare.up_to_now().await;
        sim.set_faults(Faults {
            drop_on_place: Some(point),
            ..Faults::default()
        });
        bare.send(&["4", "1", "1", ""]).await;
        assert!(bare.ends().await.is_empty());
        sim.step(500).await.unwrap();
        assert_eq!(orders_in_the_book(&sim).await, book, "{point:?}");
    }
}

#[tokio::test]
async fn statuses_come_twice_or_last_first_and_the_book_is_the_same() {
    let mut told = Vec::new();
    for (repeat_statuses, reorder_statuses) in [(false, false), (true, false), (false, true)] {
        let sim = sim().await;
        hold_apple(&sim).await;
        sim.set_faults(Faults {
            repeat_statuses,
            reorder_statuses,
            ..Faults::default()
        });
        let mut bare = Bare::started(&sim, 4).await;
        bare.order(1, "BUY", None, false).await;
        bare.message("5").await;
        sim.step(500).await.unwrap();
        let seen = bare.up_to_now().await;
        let words: Vec<_> = seen.into_iter().filter(|f| f[0] == "3").collect();
        told.push(words.into_iter().map(|f| f[2].clone()).collect::<Vec<_>>());
        assert_eq!(orders_in_the_book(&sim).await, (0, 1));
    }
    let [plain, twice, reordered] = &told[..] else {
        panic!("three")
    };
    assert_eq!(twice.len(), 2 * plain.len());
    assert_eq!(plain.last().unwrap(), "Filled");
    // The first status is told at once; the rest come together, last first.
    assert_eq!(reordered.last().unwrap(), "Submitted");
    assert_eq!(reordered.len(), plain.len());
}

#[tokio::test]
async fn order_ids_can_be_rolled_back_by_a_restart_that_keeps_the_book() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    bare.order(700, "BUY", Some("1.00"), false).await;
    bare.message("3").await;
    let next_valid_id = Some(1);
    sim.act(Action::Restart { next_valid_id }).await.unwrap();
    bare.ends().await;
    let mut again = Bare::asking(&sim, 4).await;
    assert_eq!(again.message("9").await[2], "1");
    assert_eq!(orders_in_the_book(&sim).await, (1, 0));
    sim.set_faults(Faults {
        next_valid_id: Some(3),
        ..Faults::default()
    });
    again.send(&["8", "1", "1"]).await;
    assert_eq!(again.message("9").await[2], "3");
}

#[tokio::test]
async fn one_byte_at_a_time_is_still_the_same_message() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    sim.set_faults(Faults {
        one_byte_writes: true,
        ..Faults::default()
    });
    bare.send(&["61", "1"]).await;
    let mut count = 0;
    while bare.next().await[0] == "61" {
        count += 1;
    }
    assert_eq!(count, 21);
}

#[tokio::test]
async fn after_a_what_if_there_can_be_silence_until_it_is_lifted() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    let faults = Faults {
        silent_after_what_if: true,
        ..Faults::default()
    };
    sim.act(Action::Faults(faults)).await.unwrap();
    bare.order(1, "BUY", Some("1.00"), true).await;
    bare.send(&["49", "1"]).await;
    // Both have been dealt with once a later question is answered elsewhere.
    while sim.act(Action::Status {}).await.unwrap()["faults"]["silent"] == false {}
    notice(&sim, 2110).await;
    sim.act(Action::Faults(Faults::default())).await.unwrap();
    notice(&sim, 2104).await;
    assert_eq!(bare.error().await.1, "2104");
}

#[tokio::test]
async fn the_clock_is_stepped_jumps_and_lies() {
    let sim = sim().await;
    let mut bare = Bare::started(&sim, 4).await;
    let mut time = async || {
        bare.send(&["49", "1"]).await;
        bare.message("49").await[2].parse::<i64>().unwrap()
    };
    let begun = time().await;
    assert_eq!(time().await, begun);
    sim.step(90_000).await.unwrap();
    assert_eq!(time().await, begun + 90);
    sim.act(Action::Jump { ms: 3_600_000 }).await.unwrap();
    assert_eq!(time().await, begun + 3_690);
    sim.act(Action::SkewClock { ms: -60_000 }).await.unwrap();
    assert_eq!(time().await, begun + 3_630);
    assert!(sim.act(Action::Jump { ms: -1 }).await.is_err());
    assert!(sim.step(-1).await.is_err());
}

#[tokio::test]
async fn what_is_planned_happens_at_its_time_or_at_its_trigger() {
    let notice = |code| Action::Notice { code, text: None };
    let planned = |when, code| Planned {
        when,
        action: notice(code),
    };
    let sim = stepped(|config| {
        config.plan = vec![
            planned(When::After(10_000), 2103),
            planned(When::On(Trigger::Order, 2), 2105),
            planned(When::On(Trigger::WhatIf, 1), 2157),
        ];
    })
    .await;
    let mut bare = Bare::started(&sim, 4).await;
    sim.step(9_750).await.unwrap();
    assert!(bare.up_to_now().await.is_empty());
    sim.step(250).await.unwrap();
    assert_eq!(bare.error().await.1, "2103");
    bare.order(1, "BUY", Some("1.00"), false).await;
    assert_eq!(bare.next().await[0], "5");
    bare.up_to_now().await;
    bare.order(2, "BUY", Some("1.00"), false).await;
    assert_eq!(bare.error().await.1, "2105");
    bare.order(3, "BUY", Some("1.00"), true).await;
    assert_eq!(bare.error().await.1, "2157");
    sim.step(60_000).await.unwrap();
    let seen = bare.up_to_now().await;
    assert!(seen.iter().all(|f| f[0] != "4"), "{seen:?}");
}
