//! The lock: no figure goes out, nothing that could cost money is done, the link goes on.

use super::*;
use crate::error::ErrorCode;
use crate::view::{CancelScope, Change, StreamMessage};

fn lock(bench: &mut Bench) {
    let says = "You locked it.".to_owned();
    assert_eq!(bench.ask(Ask::Lock(says)), Some(Ok(Answer::Done)));
}

fn refused(bench: &mut Bench, ask: Ask) -> bool {
    matches!(bench.ask(ask), Some(Err(error)) if error.code == ErrorCode::Locked)
}

/// Everything that was published, as the page reads it.
fn published(bench: &mut Bench) -> String {
    bench.event(Event::Beat);
    let messages: Vec<StreamMessage> = bench.published.drain(..).collect();
    serde_json::to_string(&messages).unwrap()
}

/// A desk with the page attached, an order at work and everything told.
fn attached() -> Bench {
    let mut bench = Bench::ready();
    bench.ask(Ask::Resync);
    bench.sent(buy("kept"));
    published(&mut bench);
    bench
}

#[test]
fn a_locked_page_is_told_no_account_no_position_no_order_and_no_price() {
    let mut bench = attached();
    lock(&mut bench);
    let first = published(&mut bench);
    assert!(first.contains("lockedSince") && first.contains("You locked it."));
    bench.quote("181.00", "181.02");
    bench.execution(key("kept", 5, 1), "e1", "10", "181.01");
    bench.broker(BrokerEvent::AccountFigure {
        account: account_id(ROTH),
        tag: Tag::NetLiquidation,
        value: Some(dec("123456")),
    });
    bench.ask(Ask::Resync);
    let later = published(&mut bench);
    for text in [&first, &later] {
        for figure in [
            MARGIN, ROTH, "AAPL", "181.0", "180.0", "123456", "100000", "kept",
        ] {
            let quoted =
                text.contains(&format!("\"{figure}")) || text.contains(&format!(" {figure} "));
            assert!(!quoted, "{figure} in {text}");
        }
    }
}

#[test]
fn what_came_meanwhile_is_there_once_it_is_unlocked() {
    let mut bench = attached();
    lock(&mut bench);
    bench.execution(key("kept", 5, 1), "e1", "10", "181.01");
    published(&mut bench);
    assert_eq!(bench.ask(Ask::Unlock { wrong: 2 }), Some(Ok(Answer::Done)));
    let told = published(&mut bench);
    assert!(told.contains("\"lockedSince\":null"), "{told}");
    assert!(told.contains("181.01") && told.contains(ROTH), "{told}");
    assert!(told.contains("2 wrong passphrases were typed"), "{told}");
}

#[test]
fn notices_wait_and_are_counted() {
    let mut bench = attached();
    lock(&mut bench);
    published(&mut bench);
    bench.broker(BrokerEvent::Notice {
        code: 9_999,
        text: "Something of 4,200.00 USD".into(),
    });
    bench.event(Event::Beat);
    let waiting: Vec<u32> = bench
        .published
        .iter()
        .filter_map(|message| match message {
            StreamMessage::Delta { changes, .. } => Some(changes),
            StreamMessage::Snapshot { .. } => None,
        })
        .flatten()
        .filter_map(|change| match change {
            Change::Lock(lock) => Some(lock.waiting),
            _ => None,
        })
        .collect();
    assert_eq!(waiting, [1]);
    assert!(!published(&mut bench).contains("4,200"));
}

#[test]
fn nothing_is_shown_or_sent_from_behind_the_lock() {
    let mut bench = attached();
    let preview = bench.preview(buy("before"));
    let preview = PreviewId::parse(&preview.id).unwrap();
    lock(&mut bench);
    let placed = bench.placed.len();
    for ask in [
        Ask::Instrument(con_id()),
        Ask::Check(buy("a")),
        Ask::Preview(buy("b")),
        Ask::Confirm {
            preview,
            typed: None,
            reasons: Vec::new(),
        },
        Ask::Arm {
            minutes: 5,
            typed: "LIVE".into(),
        },
        Ask::ResumeTrading,
        Ask::Rules,
        Ask::Refill("kept".into()),
        Ask::Cancel("kept".into()),
        Ask::CancelMany(CancelScope::Account {
            account: MARGIN.into(),
        }),
        Ask::ShowOptions(vec![con_id()]),
        Ask::Admit,
    ] {
        let name = format!("{ask:?}");
        assert!(refused(&mut bench, ask), "{name}");
    }
    assert_eq!(bench.placed.len(), placed);
    // A preview from before does not come back with the key.
    bench.ask(Ask::Unlock { wrong: 0 });
    let late = bench.ask(Ask::Confirm {
        preview,
        typed: None,
        reasons: Vec::new(),
    });
    assert!(matches!(late, Some(Err(error)) if error.code == ErrorCode::PreviewGone));
}

#[test]
fn a_what_if_that_was_under_way_shows_nothing() {
    let mut bench = attached();
    assert_eq!(bench.ask(Ask::Preview(buy("under-way"))), None);
    let id = bench.what_ifs.pop().unwrap();
    lock(&mut bench);
    let answer = bench.answer_to(id).unwrap();
    assert!(matches!(answer, Err(error) if error.code == ErrorCode::Locked));
    bench.event(Event::WhatIfAnswered {
        id,
        answer: Ok(what_if()),
    });
    assert_eq!(bench.answer_to(id), None);
}

#[test]
fn a_stop_and_a_cancel_of_everything_pass() {
    let mut bench = attached();
    lock(&mut bench);
    let everything = CancelScope::Everything { others_too: true };
    let cancelled = bench.ask(Ask::CancelMany(everything));
    assert!(matches!(cancelled, Some(Ok(Answer::CancelMany(_)))));
    let stopped = bench.ask(Ask::StopTrading);
    assert!(matches!(stopped, Some(Ok(Answer::CancelMany(_)))));
    assert!(bench.kinds().contains(&"tradingStopped"));
    assert!(published(&mut bench).contains("stoppedSince"));
}
