//! The one way to the broker.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{AccountKind, Mode};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{IntentId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::order::{Order, OrderState, Origin};
use gatehouse_domain::quote::Quote;
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::{Confirmation, Facts, Preview, Refusal, RuleBook, Weighed, approve, weigh};
use gatehouse_testkit::{START, account, apple, dec, limit, quote};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

fn clear(draft: &Draft, quote: Option<&Quote>) -> Weighed {
    clear_change(draft, quote, None)
}

fn clear_change(draft: &Draft, quote: Option<&Quote>, changed: Option<&Order>) -> Weighed {
    weighed(draft, quote, changed, &WhatIf::default())
}

fn weighed(
    draft: &Draft,
    quote: Option<&Quote>,
    changed: Option<&Order>,
    what_if: &WhatIf,
) -> Weighed {
    let account = account("DU1", AccountKind::Individual);
    let instrument = apple();
    let facts = Facts {
        mode: Mode::Paper,
        connected: true,
        account: Some(&account),
        quote,
        position: Some(Decimal::ZERO),
        working_buys_cost: Some(Decimal::ZERO),
        ends_elsewhere: Some(Decimal::ZERO),
        changed,
        ..Facts::of(&instrument)
    };
    let what_if = Observed::live(what_if, START);
    weigh(draft, &facts, what_if, &RuleBook::default(), START).expect("nothing blocks")
}

fn buy(quantity: &str) -> Draft {
    limit("DU1", Side::Buy, quantity, "180.00")
}

fn previewed(draft: &Draft) -> Preview {
    clear(draft, Some(&quote("180.00", "180.02", START))).previewed(
        PreviewId::new(7),
        START,
        MINUTE,
    )
}

fn try_approve(now: &Weighed, preview: Preview, id: u64, at: UnixMillis) -> Result<Draft, Refusal> {
    let confirmation = Confirmation::by_person(PreviewId::new(id), at, None);
    approve(now, preview, confirmation, dec("0.02")).map(|a| a.into_inner().draft().clone())
}

#[test]
fn a_confirmed_preview_of_the_same_draft_is_approved_as_it_was_previewed() {
    let draft = buy("10");
    let now = clear(&draft, Some(&quote("180.10", "180.12", START)));
    let approved = try_approve(&now, previewed(&draft), 7, START.plus(MINUTE));
    assert_eq!(approved, Ok(draft));
}

#[test]
fn a_confirmation_of_another_preview_is_refused() {
    let draft = buy("10");
    let now = clear(&draft, Some(&quote("180.00", "180.02", START)));
    assert_eq!(
        try_approve(&now, previewed(&draft), 8, START),
        Err(Refusal::AnotherPreview)
    );
}

#[test]
fn an_expired_preview_is_refused_and_so_is_one_from_the_future() {
    let draft = buy("10");
    let now = clear(&draft, Some(&quote("180.00", "180.02", START)));
    let late = START.plus(MINUTE + Duration::from_millis(1));
    assert_eq!(
        try_approve(&now, previewed(&draft), 7, late),
        Err(Refusal::Expired)
    );
    let early = UnixMillis(START.0 - 1);
    assert_eq!(
        try_approve(&now, previewed(&draft), 7, early),
        Err(Refusal::Expired)
    );
}

#[test]
fn a_draft_that_changed_after_its_preview_is_refused() {
    let now = clear(&buy("11"), Some(&quote("180.00", "180.02", START)));
    assert_eq!(
        try_approve(&now, previewed(&buy("10")), 7, START),
        Err(Refusal::AnotherDraft)
    );
}

#[test]
fn a_draft_that_was_judged_with_another_answer_of_the_broker_is_refused() {
    let draft = buy("10");
    let seen = quote("180.00", "180.02", START);
    let other = WhatIf {
        commission: Some(Decimal::ONE),
        ..WhatIf::default()
    };
    let now = weighed(&draft, Some(&seen), None, &other);
    assert_eq!(
        try_approve(&now, previewed(&draft), 7, START),
        Err(Refusal::AnotherAnswer)
    );
}

#[test]
fn a_price_that_moved_too_far_since_the_preview_is_refused() {
    let draft = buy("10");
    let now = clear(&draft, Some(&quote("176.00", "176.02", START)));
    assert_eq!(
        try_approve(&now, previewed(&draft), 7, START),
        Err(Refusal::PriceMoved {
            then: dec("180.02"),
            now: dec("176.02")
        })
    );
}

/// A preview of an order in a live account, judged while live orders are armed.
fn live_preview() -> (Weighed, Preview) {
    let account = account("U1234567", AccountKind::Individual);
    let instrument = apple();
    let seen = quote("180.00", "180.02", START);
    let facts = Facts {
        mode: Mode::Live,
        armed_until: Some(START.plus(MINUTE)),
        connected: true,
        account: Some(&account),
        quote: Some(&seen),
        position: Some(Decimal::ZERO),
        working_buys_cost: Some(Decimal::ZERO),
        ends_elsewhere: Some(Decimal::ZERO),
        ..Facts::of(&instrument)
    };
    let draft = limit("U1234567", Side::Buy, "10", "180.00");
    let (what_if, book) = (WhatIf::default(), RuleBook::default());
    let clear = |now| {
        let told = Observed::live(&what_if, now);
        weigh(&draft, &facts, told, &book, now).expect("nothing blocks")
    };
    let preview = clear(START).previewed(PreviewId::new(7), START, MINUTE);
    (clear(START), preview)
}

#[test]
fn an_order_in_a_live_account_is_approved_only_with_its_last_characters_typed() {
    let cases = [
        (None, false),
        (Some(""), false),
        (Some("123"), false),
        (Some("U1234567"), false),
        (Some("4567"), true),
        (Some(" 4567 "), true),
    ];
    for (typed, goes) in cases {
        let (now, preview) = live_preview();
        let confirmation =
            Confirmation::by_person(PreviewId::new(7), START, typed.map(str::to_owned));
        let approved = approve(&now, preview, confirmation, dec("0.02"));
        assert_eq!(approved.is_ok(), goes, "{typed:?}");
        if !goes {
            assert_eq!(approved, Err(Refusal::NotDeliberate));
        }
    }
}

#[test]
fn the_what_if_of_a_change_is_of_what_is_still_to_fill() {
    let mut order = Order::new(
        Origin::Gatehouse(IntentId::new("intent-1").unwrap()),
        clear(&buy("10"), Some(&quote("180.00", "180.02", START)))
            .cleared()
            .dry_run()
            .get()
            .terms(),
        START,
    );
    order.state = OrderState::Working;
    order.reported_filled = dec("4");
    let draft = Draft {
        intent: IntentId::new("change-1").unwrap(),
        changes: IntentId::new("intent-1").ok(),
        ..buy("12")
    };
    let weighed = clear_change(
        &draft,
        Some(&quote("180.00", "180.02", START)),
        Some(&order),
    );
    let cleared = weighed.cleared();
    assert_eq!(cleared.dry_run().get().draft().quantity.get(), dec("8"));
    assert_eq!(cleared.draft().quantity.get(), dec("12"));
}
