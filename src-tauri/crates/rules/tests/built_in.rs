//! Every built-in rule, in words.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Mode, Tag};
use gatehouse_domain::contract::{Instrument, SecurityKind};
use gatehouse_domain::decimal::{Currency, Price};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::exits::Exits;
use gatehouse_domain::id::{IntentId, Symbol};
use gatehouse_domain::observed::Observed;
use gatehouse_domain::order::{Order, OrderState, OrderTerms, Origin};
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::quote::{Quote, QuoteField};
use gatehouse_domain::tif::TimeInForce;
use gatehouse_rules::facts::Holdings;
use gatehouse_rules::{Facts, Finding, Judgement, Mend, Outcome, RuleBook, judge};
use gatehouse_testkit::{START, account, apple, dec, limit, market, quote, set_figure, tick};
use proptest::prelude::*;
use std::time::Duration;

struct World {
    mode: Mode,
    armed_until: Option<gatehouse_domain::instant::UnixMillis>,
    connected: bool,
    account: Option<Account>,
    instrument: Instrument,
    quote: Option<Quote>,
    position: Option<Decimal>,
    working_sells: Decimal,
    working_buys_cost: Option<Decimal>,
    sent: bool,
    changed: Option<Order>,
}

impl World {
    fn with(kind: AccountKind) -> Self {
        Self {
            mode: Mode::Paper,
            armed_until: None,
            connected: true,
            account: Some(account("DU1", kind)),
            instrument: apple(),
            quote: Some(quote("180.00", "180.02", START)),
            position: Some(Decimal::ZERO),
            working_sells: Decimal::ZERO,
            working_buys_cost: Some(Decimal::ZERO),
            sent: false,
            changed: None,
        }
    }

    fn holding(mut self, quantity: &str) -> Self {
        self.position = Some(dec(quantity));
        self
    }

    fn judge(&self, draft: &Draft) -> Judgement {
        let contract = &self.instrument.contract;
        let holdings = self.position.map(|held| Holdings {
            held: vec![(contract, held)],
            working: vec![vec![(contract, -self.working_sells)]],
        });
        let facts = Facts {
            mode: self.mode,
            armed_until: self.armed_until,
            connected: self.connected,
            account: self.account.as_ref(),
            quote: self.quote.as_ref(),
            position: self.position,
            working_sells: self.working_sells,
            working_buys_cost: self.working_buys_cost,
            spending: Some(Decimal::ZERO),
            ends_elsewhere: Some(Decimal::ZERO),
            intent_already_sent: self.sent,
            changed: self.changed.as_ref(),
            holdings: holdings.as_ref(),
            ..Facts::of(&self.instrument)
        };
        judge(draft, &facts, &RuleBook::default(), START)
    }

    /// What the rule said, and that it blocks exactly when it should.
    fn finding(&self, draft: &Draft, rule: &str) -> Finding {
        let judgement = self.judge(draft);
        let finding = judgement
            .verdict()
            .findings()
            .iter()
            .find(|f| f.rule.id() == rule)
            .expect("the rule was asked")
            .clone();
        if finding.blocks() {
            assert!(matches!(judgement, Judgement::Blocked(_)));
        }
        finding
    }

    fn blocked_by(&self, draft: &Draft) -> Vec<&'static str> {
        self.judge(draft)
            .verdict()
            .blocking()
            .map(|f| gatehouse_rules::rule_named(f.rule.id()).unwrap().id)
            .collect()
    }
}

fn sell(quantity: &str) -> Draft {
    limit("DU1", Side::Sell, quantity, "180.00")
}

fn buy(quantity: &str) -> Draft {
    limit("DU1", Side::Buy, quantity, "180.00")
}

#[test]
fn a_short_sale_in_a_roth_is_blocked_with_its_source_and_what_to_do_instead() {
    let finding = World::with(AccountKind::RothIra).finding(&sell("10"), "ira.no-short-sale");
    assert_eq!(finding.outcome, Outcome::Blocked);
    assert!(
        finding.says.contains("can't sell short"),
        "{}",
        finding.says
    );
    assert!(finding.says.contains("in an account that holds it"));
    assert!(finding.rule.source().contains("188"));
}

#[test]
fn selling_more_than_held_offers_what_is_held() {
    let world = World::with(AccountKind::RothIra).holding("40");
    let finding = world.finding(&sell("50"), "ira.no-short-sale");
    assert_eq!(finding.mend, Some(Mend::Quantity { value: "40".into() }));
    assert!(finding.says.contains("Sell 40 at most"), "{}", finding.says);
    assert!(world.blocked_by(&sell("40")).is_empty());
}

#[test]
fn working_sell_orders_count_against_what_an_ira_holds() {
    let mut world = World::with(AccountKind::TraditionalIra).holding("40");
    world.working_sells = dec("30");
    let finding = world.finding(&sell("20"), "ira.no-short-sale");
    assert_eq!(finding.mend, Some(Mend::Quantity { value: "10".into() }));
}

#[test]
fn a_sale_in_an_ira_whose_positions_are_not_known_is_blocked() {
    let mut world = World::with(AccountKind::RothIra);
    world.position = None;
    let finding = world.finding(&sell("1"), "ira.no-short-sale");
    assert_eq!(finding.outcome, Outcome::LacksFact);
}

#[test]
fn a_margin_account_and_a_company_may_sell_short() {
    for kind in [AccountKind::Individual, AccountKind::Entity] {
        assert!(World::with(kind).blocked_by(&sell("10")).is_empty());
    }
}

#[test]
fn an_account_of_unknown_type_is_held_to_the_rules_of_an_ira() {
    let world = World::with(AccountKind::Unknown);
    assert_eq!(world.blocked_by(&sell("10")), ["ira.no-short-sale"]);
    assert_eq!(world.blocked_by(&buy("1000")), ["ira.no-borrowing"]);
    let told = world.finding(&buy("1"), "account.type-known");
    assert_eq!(told.outcome, Outcome::Warned);
}

#[test]
fn an_ira_buys_with_settled_cash_only() {
    let mut world = World::with(AccountKind::RothIra);
    set_figure(world.account.as_mut().unwrap(), Tag::SettledCash, "1000");
    let finding = world.finding(&buy("6"), "ira.no-borrowing");
    assert_eq!(finding.outcome, Outcome::Blocked);
    assert_eq!(finding.mend, Some(Mend::Quantity { value: "5".into() }));
    assert!(world.blocked_by(&buy("5")).is_empty());
}

#[test]
fn working_buy_orders_count_against_the_cash_of_an_ira() {
    let mut world = World::with(AccountKind::RothIra);
    world.working_buys_cost = Some(dec("99500"));
    assert_eq!(world.blocked_by(&buy("3")), ["ira.no-borrowing"]);
    world.working_buys_cost = None;
    assert_eq!(
        world.finding(&buy("1"), "ira.no-borrowing").outcome,
        Outcome::LacksFact
    );
}

#[test]
fn the_commission_counts_as_a_cost_of_a_purchase_in_an_ira() {
    let mut world = World::with(AccountKind::RothIra);
    set_figure(world.account.as_mut().unwrap(), Tag::SettledCash, "1800");
    assert_eq!(world.blocked_by(&buy("10")), ["ira.no-borrowing"]);
    set_figure(world.account.as_mut().unwrap(), Tag::SettledCash, "1801");
    assert!(world.blocked_by(&buy("10")).is_empty());
}

#[test]
fn a_market_order_in_an_ira_is_reckoned_with_a_cushion() {
    let mut world = World::with(AccountKind::RothIra);
    // 10 × 180.02 is 1,800.20; with 5 % on top it is 1,890.21, and 1.00 for the commission.
    set_figure(world.account.as_mut().unwrap(), Tag::SettledCash, "1891.20");
    let draft = market("DU1", Side::Buy, "10");
    assert_eq!(world.blocked_by(&draft), ["ira.no-borrowing"]);
    set_figure(world.account.as_mut().unwrap(), Tag::SettledCash, "1891.21");
    assert!(world.blocked_by(&draft).is_empty());
}

#[test]
fn unknown_cash_in_an_ira_is_not_taken_for_enough() {
    let mut world = World::with(AccountKind::RothIra);
    world
        .account
        .as_mut()
        .unwrap()
        .figures
        .remove(&Tag::SettledCash);
    assert_eq!(
        world.finding(&buy("1"), "ira.no-borrowing").outcome,
        Outcome::LacksFact
    );
}

#[test]
fn an_ira_may_not_spend_a_foreign_currency() {
    let mut world = World::with(AccountKind::RothIra);
    world.instrument.contract.currency = Currency::parse("HKD").unwrap();
    assert!(
        world
            .blocked_by(&buy("1"))
            .contains(&"ira.no-foreign-debit")
    );
    world.instrument.contract.kind = SecurityKind::Forex;
    world.instrument.contract.currency = Currency::USD;
    world.instrument.contract.symbol = Symbol::new("EUR").unwrap();
    let sale = world.finding(&sell("1"), "ira.no-foreign-debit");
    assert_eq!(sale.outcome, Outcome::LacksFact, "{}", sale.says);
    let account = world.account.as_mut().unwrap();
    let usd = Observed::live(dec("5000"), START);
    account.cash.insert(Currency::USD, usd);
    let sale = world.finding(&sell("1"), "ira.no-foreign-debit");
    assert!(sale.says.contains("can't owe EUR"), "{}", sale.says);
    let purchase = world.finding(&buy("1"), "ira.no-foreign-debit");
    assert_eq!(purchase.outcome, Outcome::Passed);
}

#[test]
fn an_order_above_the_quantity_cap_is_blocked_and_offers_the_cap() {
    let mut world = World::with(AccountKind::Individual);
    world.quote = Some(quote("1.00", "1.01", START));
    let draft = limit("DU1", Side::Buy, "1001", "1.00");
    assert_eq!(world.blocked_by(&draft), ["cap.quantity"]);
    assert_eq!(
        world.finding(&draft, "cap.quantity").mend,
        Some(Mend::Quantity {
            value: "1000".into()
        })
    );
}

#[test]
fn an_order_above_the_value_cap_is_blocked_and_offers_what_fits() {
    let mut world = World::with(AccountKind::Individual);
    world.quote = Some(quote("700.00", "700.02", START));
    let draft = limit("DU1", Side::Buy, "400", "700.00");
    assert_eq!(world.blocked_by(&draft), ["cap.value"]);
    assert_eq!(
        world.finding(&draft, "cap.value").mend,
        Some(Mend::Quantity {
            value: "357".into()
        })
    );
}

#[test]
fn the_value_of_a_foreign_order_is_not_guessed_without_a_rate() {
    let mut world = World::with(AccountKind::Individual);
    world.instrument.contract.currency = Currency::parse("HKD").unwrap();
    assert_eq!(
        world.finding(&buy("1"), "cap.value").outcome,
        Outcome::LacksFact
    );
}

#[test]
fn without_a_fresh_price_an_order_needs_a_waiver() {
    let mut world = World::with(AccountKind::Individual);
    world.quote = Some(quote(
        "180.00",
        "180.02",
        gatehouse_domain::instant::UnixMillis(START.0 - 16_000),
    ));
    let mut draft = buy("1");
    let finding = world.finding(&draft, "price.fresh");
    assert_eq!(finding.mend, Some(Mend::WaiveStalePrice));
    assert!(finding.says.contains("16 s old"), "{}", finding.says);
    draft.waivers.stale_price = true;
    assert!(world.blocked_by(&draft).is_empty());
}

#[test]
fn a_waiver_does_not_conjure_up_a_price_for_a_market_order() {
    let mut world = World::with(AccountKind::Individual);
    world.quote = None;
    let mut draft = market("DU1", Side::Buy, "1");
    draft.waivers.stale_price = true;
    assert_eq!(world.blocked_by(&draft), ["cap.value"]);
}

#[test]
fn a_limit_far_through_the_market_is_blocked_on_both_sides() {
    let world = World::with(AccountKind::Individual).holding("10");
    assert_eq!(
        world.blocked_by(&limit("DU1", Side::Buy, "1", "1800.00")),
        ["price.collar"]
    );
    assert_eq!(
        world.blocked_by(&limit("DU1", Side::Sell, "1", "100.00")),
        ["price.collar"]
    );
    let finding = world.finding(&limit("DU1", Side::Buy, "1", "1800.00"), "price.collar");
    assert_eq!(
        finding.mend,
        Some(Mend::LimitPrice {
            value: "180.02".into()
        })
    );
}

#[test]
fn a_limit_far_from_the_market_on_the_harmless_side_is_a_warning() {
    let world = World::with(AccountKind::Individual);
    let finding = world.finding(&limit("DU1", Side::Buy, "1", "100.00"), "price.collar");
    assert_eq!(finding.outcome, Outcome::Warned);
}

#[test]
fn a_combination_that_the_market_pays_for_is_not_paid_for_whatever_was_waived() {
    let mut world = World::with(AccountKind::Individual);
    world.instrument.contract.kind = SecurityKind::Combo;
    // At these quotes whoever takes it is paid 0.40 at least.
    world.quote = Some(quote("-0.60", "-0.40", START));
    for stale_price in [false, true] {
        let mut draft = limit("DU1", Side::Buy, "1", "1.00");
        draft.waivers.stale_price = stale_price;
        let finding = world.finding(&draft, "price.collar");
        assert_eq!(finding.outcome, Outcome::Blocked, "{}", finding.says);
        assert!(
            finding.says.contains("you would receive"),
            "{}",
            finding.says
        );
    }
    // What brings nothing at once is offered for something only when that is wanted.
    world.quote = Some(quote("-0.05", "0.05", START));
    let mut draft = limit("DU1", Side::Sell, "1", "0.02");
    let finding = world.finding(&draft, "price.collar");
    assert_eq!(finding.outcome, Outcome::LacksFact, "{}", finding.says);
    assert_eq!(finding.mend, Some(Mend::WaiveStalePrice));
    draft.waivers.stale_price = true;
    let finding = world.finding(&draft, "price.collar");
    assert_eq!(finding.outcome, Outcome::Warned, "{}", finding.says);
    assert!(finding.says.contains("may rest"), "{}", finding.says);
}

#[test]
fn a_price_that_is_no_bid_is_not_called_one() {
    let mut world = World::with(AccountKind::Individual).holding("1");
    world.instrument.contract.kind = SecurityKind::Option;
    let mut one_sided = Quote::default();
    let con_id = world.instrument.contract.con_id;
    one_sided.take(&tick(con_id, QuoteField::Ask, "0.05", START));
    one_sided.take(&tick(con_id, QuoteField::Last, "0.30", START));
    world.quote = Some(one_sided);
    let finding = world.finding(&limit("DU1", Side::Sell, "1", "0.05"), "price.collar");
    assert_eq!(finding.outcome, Outcome::Blocked, "{}", finding.says);
    assert!(finding.says.contains("there is no bid"), "{}", finding.says);
}

#[test]
fn on_a_live_login_everything_is_blocked_unless_a_person_armed_it_and_the_time_is_not_over() {
    let mut world = World::with(AccountKind::Individual);
    world.mode = Mode::Live;
    assert_eq!(world.blocked_by(&buy("1")), ["mode.live-armed"]);
    world.armed_until = Some(START);
    assert_eq!(world.blocked_by(&buy("1")), ["mode.live-armed"]);
    world.armed_until = Some(START.plus(std::time::Duration::from_millis(1)));
    assert!(world.blocked_by(&buy("1")).is_empty());
    world.mode = Mode::Unknown;
    assert_eq!(world.blocked_by(&buy("1")), ["mode.live-armed"]);
}

#[test]
fn without_a_link_nothing_passes() {
    let mut world = World::with(AccountKind::Individual);
    world.connected = false;
    assert_eq!(world.blocked_by(&buy("1")), ["link.up"]);
}

#[test]
fn an_account_of_another_login_is_blocked() {
    let mut world = World::with(AccountKind::Individual);
    world.account = None;
    assert_eq!(world.blocked_by(&buy("1")), ["account.of-the-login"]);
}

#[test]
fn one_intent_is_sent_once() {
    let mut world = World::with(AccountKind::Individual);
    world.sent = true;
    assert_eq!(world.blocked_by(&buy("1")), ["intent.once"]);
}

proptest! {
    #[test]
    fn no_sale_that_passes_in_an_ira_leaves_it_short(
        held in -50i64..200, working in 0i64..100, wanted in 1i64..300
    ) {
        let mut world = World::with(AccountKind::RothIra).holding(&held.to_string());
        world.working_sells = Decimal::from(working);
        if world.blocked_by(&sell(&wanted.to_string())).is_empty() {
            prop_assert!(held - working - wanted >= 0);
        }
    }

    #[test]
    fn what_a_rule_offers_would_pass(
        held in 1i64..500, working in 0i64..100, cash in 200i64..200_000, wanted in 1i64..3000,
        side in prop::sample::select(vec![Side::Buy, Side::Sell])
    ) {
        let mut world = World::with(AccountKind::RothIra).holding(&held.to_string());
        world.working_sells = Decimal::from(working);
        set_figure(world.account.as_mut().unwrap(), Tag::SettledCash, &cash.to_string());
        let draft = limit("DU1", side, &wanted.to_string(), "180.00");
        for finding in world.judge(&draft).verdict().blocking() {
            if let Some(Mend::Quantity { value }) = &finding.mend {
                let mended = limit("DU1", side, value, "180.00");
                prop_assert!(!world.finding(&mended, finding.rule.id()).blocks());
            }
        }
    }

    #[test]
    fn a_stricter_cap_never_lets_more_through(cap in 1i64..2000, stricter in 1i64..2000, wanted in 1i64..2000) {
        prop_assume!(stricter <= cap);
        let mut world = World::with(AccountKind::Individual);
        world.quote = Some(quote("1.00", "1.01", START));
        let draft = limit("DU1", Side::Buy, &wanted.to_string(), "1.00");
        let facts = Facts {
            mode: world.mode, connected: true, account: world.account.as_ref(), quote: world.quote.as_ref(), position: world.position, working_buys_cost: Some(Decimal::ZERO), ends_elsewhere: Some(Decimal::ZERO),
            ..Facts::of(&world.instrument)
        };
        let passes = |cap: i64| {
            let book = RuleBook::default().with_number("cap.quantity", "most", Decimal::from(cap)).unwrap();
            judge(&draft, &facts, &book, START).verdict().is_clear()
        };
        prop_assert!(passes(cap) || !passes(stricter));
    }
}

#[test]
fn a_price_that_is_exactly_as_old_as_allowed_is_fresh() {
    let world = World {
        quote: Some(quote(
            "180.00",
            "180.02",
            gatehouse_domain::instant::UnixMillis(
                START.0 - i64::try_from(Duration::from_secs(15).as_millis()).unwrap(),
            ),
        )),
        ..World::with(AccountKind::Individual)
    };
    assert!(world.blocked_by(&buy("1")).is_empty());
}

fn priced(side: Side, pricing: Pricing) -> Draft {
    Draft {
        pricing,
        ..limit("DU1", side, "10", "180.00")
    }
}

fn at(text: &str) -> Price {
    Price::parse(text).unwrap()
}

#[test]
fn a_stop_on_the_wrong_side_of_the_market_is_blocked_before_it_is_set_off() {
    let case = World::with(AccountKind::Individual).holding("100");
    let stop = |trigger| Pricing::Stop {
        trigger: at(trigger),
    };
    let touch = |trigger| Pricing::MarketIfTouched {
        trigger: at(trigger),
    };
    for (side, pricing, outcome) in [
        (Side::Buy, stop("185"), Outcome::Passed),
        (Side::Buy, stop("175"), Outcome::Blocked),
        (Side::Sell, stop("175"), Outcome::Passed),
        (Side::Sell, stop("185"), Outcome::Blocked),
        (Side::Buy, touch("175"), Outcome::Passed),
        (Side::Buy, touch("185"), Outcome::Blocked),
        (Side::Sell, touch("185"), Outcome::Passed),
        (Side::Sell, touch("175"), Outcome::Blocked),
    ] {
        let finding = case.finding(&priced(side, pricing), "price.trigger");
        assert_eq!(
            finding.outcome, outcome,
            "{side:?} {pricing:?}: {}",
            finding.says
        );
    }
}

#[test]
fn a_trigger_without_a_market_to_hold_it_against_lacks_a_fact() {
    let mut case = World::with(AccountKind::Individual);
    case.quote = None;
    let pricing = Pricing::Stop { trigger: at("185") };
    let finding = case.finding(&priced(Side::Buy, pricing), "price.trigger");
    assert_eq!(finding.outcome, Outcome::LacksFact);
}

#[test]
fn the_limit_of_a_stop_is_held_against_its_trigger() {
    let case = World::with(AccountKind::Individual);
    let pricing = |price| Pricing::StopLimit {
        trigger: at("250"),
        price: at(price),
    };
    let near = case.finding(&priced(Side::Buy, pricing("251")), "price.collar");
    assert_eq!(near.outcome, Outcome::Passed, "{}", near.says);
    let far = case.finding(&priced(Side::Buy, pricing("290")), "price.collar");
    assert_eq!(far.outcome, Outcome::Blocked);
    assert_eq!(far.mend, None);
}

fn bracketed(side: Side, entry: &str, profit: Option<&str>, stop: Option<&str>) -> Draft {
    let stop = stop.map(|trigger| Pricing::Stop {
        trigger: at(trigger),
    });
    Draft {
        exits: Exits::new(profit.map(at), stop, TimeInForce::Gtc),
        ..limit("DU1", side, "10", entry)
    }
}

#[test]
fn a_bracket_is_held_against_the_price_that_its_entry_will_get() {
    let case = World::with(AccountKind::Individual);
    // The limit of 190 fills at the market's 180.02.
    let through = bracketed(Side::Buy, "190", Some("195"), Some("185"));
    let finding = case.finding(&through, "bracket.around-market");
    assert_eq!(finding.outcome, Outcome::Blocked, "{}", finding.says);
    let fits = bracketed(Side::Buy, "180", Some("195"), Some("175"));
    let finding = case.finding(&fits, "bracket.around-market");
    assert_eq!(finding.outcome, Outcome::Passed, "{}", finding.says);
    let bare = bracketed(Side::Buy, "180", Some("195"), None);
    let finding = case.finding(&bare, "bracket.around-market");
    assert_eq!(finding.outcome, Outcome::Warned, "{}", finding.says);
}

#[test]
fn a_sale_in_an_ira_can_t_have_a_bracket_that_buys_back() {
    let case = World::with(AccountKind::RothIra).holding("100");
    let sale = bracketed(Side::Sell, "180", Some("170"), Some("190"));
    let finding = case.finding(&sale, "ira.no-borrowing");
    assert_eq!(finding.outcome, Outcome::Blocked);
}

fn working(state: OrderState) -> Order {
    let draft = limit("DU1", Side::Buy, "10", "180.00");
    let terms = OrderTerms {
        account: draft.account,
        contract: apple().contract,
        side: draft.side,
        quantity: draft.quantity,
        pricing: Some(draft.pricing),
        order_type: "LMT".into(),
        tif: Some(draft.tif),
    };
    let mut order = Order::new(Origin::Gatehouse(draft.intent), terms, START);
    order.state = state;
    order
}

#[test]
fn only_a_working_order_is_changed_and_keeps_what_it_is_about() {
    let change = |side| Draft {
        intent: IntentId::new("change-1").unwrap(),
        changes: Some(IntentId::new("intent-1").unwrap()),
        ..limit("DU1", side, "20", "181.00")
    };
    let outcome = |draft: &Draft, order: Option<&Order>| {
        let mut case = World::with(AccountKind::Individual).holding("100");
        case.changed = order.cloned();
        case.finding(draft, "change.of-a-working-order").outcome
    };
    let order = working(OrderState::Working);
    assert_eq!(outcome(&change(Side::Buy), Some(&order)), Outcome::Passed);
    assert_eq!(outcome(&change(Side::Sell), Some(&order)), Outcome::Blocked);
    assert_eq!(outcome(&change(Side::Buy), None), Outcome::Blocked);
    for state in [
        OrderState::Filled,
        OrderState::Unknown,
        OrderState::Cancelling,
        OrderState::NotAtBroker,
        OrderState::Sent,
    ] {
        let order = working(state);
        assert_eq!(outcome(&change(Side::Buy), Some(&order)), Outcome::Blocked);
    }
    let mut part = working(OrderState::Working);
    part.reported_filled = dec("20");
    part.terms.quantity = gatehouse_domain::decimal::Quantity::parse("30").unwrap();
    assert_eq!(outcome(&change(Side::Buy), Some(&part)), Outcome::Blocked);
}
