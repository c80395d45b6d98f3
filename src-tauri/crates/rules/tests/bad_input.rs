//! What comes of figures that can't be right: no rule takes them for harmless, and nothing ends
//! the program. That a price can't be "not a number" is the type's doing: `Decimal` has none.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Mode, Tag};
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::decimal::{Currency, Price, Quantity};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::pricing::{Percent, Pricing, TrailBy};
use gatehouse_domain::quote::{Quote, QuoteField};
use gatehouse_rules::book::Value;
use gatehouse_rules::facts::{Exposure, Holdings, Open, Sent, Trade};
use gatehouse_rules::{Facts, Outcome, RuleBook, Verdict, judge, rules};
use gatehouse_testkit::{START, account, apple, dec, limit, market, quote, set_figure, tick};
use proptest::prelude::*;

const DAY_MILLIS: i64 = 24 * 3600 * 1000;

struct World {
    account: Account,
    instrument: Instrument,
    quote: Option<Quote>,
    position: Option<Decimal>,
    exposure: Exposure,
    now: UnixMillis,
}

impl World {
    fn of(kind: AccountKind) -> Self {
        let nothing = Some(Decimal::ZERO);
        Self {
            account: account("DU1", kind),
            instrument: apple(),
            quote: Some(quote("180.00", "180.02", START)),
            position: nothing,
            exposure: Exposure {
                position: nothing,
                symbol: nothing,
                gross: nothing,
                net: nothing,
                symbol_over_all: nothing,
                gross_over_all: nothing,
                nlv_over_all: Some(dec("100000")),
                daily_pnl_over_all: nothing,
                ..Exposure::default()
            },
            now: START,
        }
    }

    fn verdict(&self, draft: &Draft, book: &RuleBook) -> Verdict {
        let contract = &self.instrument.contract;
        let holdings = self.position.map(|held| Holdings {
            held: vec![(contract, held)],
            working: Vec::new(),
        });
        let facts = Facts {
            mode: Mode::Paper,
            connected: true,
            account: Some(&self.account),
            quote: self.quote.as_ref(),
            position: self.position,
            holdings: holdings.as_ref(),
            working_buys_cost: Some(Decimal::ZERO),
            ends_elsewhere: Some(Decimal::ZERO),
            spending: Some(Decimal::ZERO),
            exposure: self.exposure,
            ..Facts::of(&self.instrument)
        };
        judge(draft, &facts, book, self.now).verdict().clone()
    }

    fn outcome(&self, draft: &Draft, book: &RuleBook, rule: &str) -> Outcome {
        let verdict = self.verdict(draft, book);
        let mut findings = verdict.findings().iter();
        let finding = findings.find(|finding| finding.rule.id() == rule);
        finding.expect("the rule was asked").outcome
    }
}

fn buy() -> Draft {
    limit("DU1", Side::Buy, "10", "180.00")
}

fn set(rule: &str, key: &str, number: &str) -> RuleBook {
    RuleBook::default()
        .with_number(rule, key, dec(number))
        .unwrap()
}

#[test]
fn figures_too_large_to_be_multiplied_block_instead_of_ending_the_program() {
    let mut world = World::of(AccountKind::RothIra);
    world.instrument.contract.multiplier = dec("1000000000000");
    let draft = limit("DU1", Side::Buy, "999999999999", "999999999999");
    let verdict = world.verdict(&draft, &RuleBook::default());
    assert!(!verdict.is_clear());
    let by: Vec<&str> = verdict.blocking().map(|f| f.rule.id()).collect();
    assert!(by.contains(&"figures.reckonable"), "{by:?}");
}

#[test]
fn an_account_of_impossible_riches_is_not_reckoned_with() {
    let mut world = World::of(AccountKind::Individual);
    set_figure(
        &mut world.account,
        Tag::NetLiquidation,
        "79228162514264337593543950335",
    );
    let outcome = world.outcome(&buy(), &RuleBook::default(), "figures.reckonable");
    assert_eq!(outcome, Outcome::Blocked);
}

#[test]
fn a_negative_account_value_leaves_no_room_under_any_share_of_it() {
    let mut world = World::of(AccountKind::Individual);
    set_figure(&mut world.account, Tag::NetLiquidation, "-5000");
    set_figure(&mut world.account, Tag::ExcessLiquidity, "100");
    for (rule, key, number) in [
        ("limit.share-of-nlv", "percent", "50"),
        ("limit.concentration", "percent", "50"),
        ("limit.leverage", "times", "4"),
        ("limit.margin-cushion", "percent", "5"),
    ] {
        let outcome = world.outcome(&buy(), &set(rule, key, number), rule);
        assert!(
            matches!(outcome, Outcome::Blocked | Outcome::LacksFact),
            "{rule}: {outcome:?}"
        );
    }
}

#[test]
fn a_price_of_zero_or_below_is_no_price_to_hold_a_limit_against() {
    for price in ["0", "-1.5"] {
        let mut world = World::of(AccountKind::Individual);
        world.quote = Some(quote(price, price, START));
        let outcome = world.outcome(&buy(), &RuleBook::default(), "price.collar");
        assert_eq!(outcome, Outcome::LacksFact, "{price}");
        let meets = market("DU1", Side::Buy, "10");
        let outcome = world.outcome(&meets, &RuleBook::default(), "market.spread");
        assert_eq!(outcome, Outcome::LacksFact, "{price}");
    }
}

#[test]
fn a_market_order_at_a_price_of_zero_costs_an_ira_nothing_that_it_can_count_on() {
    let mut world = World::of(AccountKind::RothIra);
    world.quote = Some(quote("0", "0", START));
    let draft = market("DU1", Side::Buy, "10");
    let outcome = world.outcome(&draft, &RuleBook::default(), "ira.no-borrowing");
    assert_eq!(outcome, Outcome::LacksFact);
}

#[test]
fn without_an_exchange_rate_nothing_in_another_currency_is_valued() {
    let mut world = World::of(AccountKind::Individual);
    world.instrument.contract.currency = Currency::parse("HKD").unwrap();
    for (rule, key, number) in [
        ("cap.value", "most", "1000000"),
        ("limit.position-value", "most", "1000000"),
        ("limit.gross-exposure", "most", "1000000"),
        ("limit.net-exposure", "most", "1000000"),
        ("limit.share-of-nlv", "percent", "90"),
        ("limit.concentration", "percent", "90"),
        ("limit.leverage", "times", "4"),
    ] {
        let outcome = world.outcome(&buy(), &set(rule, key, number), rule);
        assert_eq!(outcome, Outcome::LacksFact, "{rule}");
    }
}

#[test]
fn an_account_in_another_base_currency_is_valued_in_it() {
    let mut world = World::of(AccountKind::Individual);
    world.account.base = Currency::parse("EUR");
    let rate = Observed::live(dec("0.9"), START);
    world.account.exchange_rates.insert(Currency::USD, rate);
    // Ten at 180.00 are 1,620.00 of them.
    let outcome = |most| world.outcome(&buy(), &set("cap.value", "most", most), "cap.value");
    assert_eq!(outcome("1620"), Outcome::Passed);
    assert_eq!(outcome("1619.99"), Outcome::Blocked);
}

#[test]
fn while_the_market_is_closed_a_market_order_is_warned_and_a_limit_is_not() {
    let mut world = World::of(AccountKind::Individual);
    // A Sunday.
    world.now = UnixMillis(START.0 - DAY_MILLIS);
    let meets = market("DU1", Side::Buy, "1");
    let outcome = |draft| world.outcome(draft, &RuleBook::default(), "market.hours");
    assert_eq!(outcome(&meets), Outcome::Warned);
    assert_eq!(outcome(&buy()), Outcome::NotApplicable);
}

#[test]
fn a_clock_that_is_a_day_ahead_takes_every_price_for_old() {
    let mut world = World::of(AccountKind::Individual);
    world.now = UnixMillis(START.0 + DAY_MILLIS);
    let outcome = world.outcome(&buy(), &RuleBook::default(), "price.fresh");
    assert_eq!(outcome, Outcome::Blocked);
}

#[test]
fn a_clock_that_is_a_day_behind_counts_what_lies_ahead_as_of_this_moment() {
    let world = World {
        now: UnixMillis(START.0 - DAY_MILLIS),
        ..World::of(AccountKind::Individual)
    };
    let trades = [Trade {
        account: &world.account.id,
        kind: AccountKind::Individual,
        contract: &world.instrument.contract,
        side: Side::Sell,
        quantity: dec("10"),
        at: START,
        realized: Some(dec("-50")),
    }];
    let sent = Sent {
        alike: Some(START),
        ..Sent::default()
    };
    let facts = Facts {
        mode: Mode::Paper,
        connected: true,
        account: Some(&world.account),
        quote: world.quote.as_ref(),
        trades: &trades,
        sent,
        ..Facts::of(&world.instrument)
    };
    let judged = judge(&buy(), &facts, &RuleBook::default(), world.now);
    let outcome = |rule| {
        let mut findings = judged.verdict().findings().iter();
        findings
            .find(|finding| finding.rule.id() == rule)
            .unwrap()
            .outcome
    };
    assert_eq!(outcome("tax.wash-sale"), Outcome::Warned);
    assert_eq!(outcome("limit.duplicate"), Outcome::Warned);
    assert_ne!(outcome("price.fresh"), Outcome::LacksFact);
}

#[test]
fn a_clock_beyond_every_calendar_makes_no_rule_go_away() {
    for now in [i64::MAX, i64::MIN, 0] {
        let mut world = World::of(AccountKind::RothIra);
        world.now = UnixMillis(now);
        let short = limit("DU1", Side::Sell, "1", "180.00");
        let outcome = world.outcome(&short, &RuleBook::default(), "ira.no-short-sale");
        assert_eq!(outcome, Outcome::Blocked, "{now}");
    }
}

/// Figures of every size, those at the ends of what a `Decimal` holds among them.
fn figure() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        4 => (any::<i64>(), 0u32..=18).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        1 => prop::sample::select(vec![
            Decimal::MAX, Decimal::MIN, Decimal::ZERO, Decimal::ONE, Decimal::NEGATIVE_ONE,
            Decimal::from_parts(1, 0, 0, false, 28), dec("999999999999999"), dec("0.00000001"),
            dec("1000000000000000000000000"),
        ]),
        2 => (1i64..100_000).prop_map(|n| Decimal::new(n, 2)),
    ]
}

fn positive() -> impl Strategy<Value = Decimal> {
    figure().prop_map(|figure| match figure.abs() {
        zero if zero.is_zero() => Decimal::ONE,
        positive => positive,
    })
}

/// What a person may set of every rule, all at once.
fn settings(numbers: &[Decimal]) -> RuleBook {
    let most = dec("100000000000");
    let mut numbers = numbers.iter().cycle();
    let mut book = RuleBook::default();
    for rule in rules() {
        for param in rule.params.iter().filter(|param| !param.unit.is_words()) {
            let number = numbers.next().map_or(most, |n| n.abs().min(most));
            book = book
                .clone()
                .with_number(rule.id, param.key, number)
                .unwrap_or(book);
        }
    }
    let groups = Value::Words(vec!["BIG: AAPL".to_owned()]);
    book.with_value("limit.group-concentration", "groups", groups)
        .unwrap()
}

fn pricing() -> impl Strategy<Value = Pricing> {
    let price = || positive().prop_map(|price| Price::new(price).unwrap());
    prop_oneof![
        Just(Pricing::Market),
        price().prop_map(|price| Pricing::Limit { price }),
        price().prop_map(|trigger| Pricing::Stop { trigger }),
        (price(), price()).prop_map(|(trigger, price)| Pricing::StopLimit { trigger, price }),
        (price(), positive()).prop_map(|(amount, offset)| Pricing::TrailLimit {
            by: TrailBy::Amount { amount },
            trigger: amount,
            offset,
        }),
        Just(Pricing::Trail {
            by: TrailBy::Percent {
                percent: Percent::parse("99").unwrap()
            },
            trigger: None,
        }),
    ]
}

#[test]
fn a_figure_beyond_all_trading_is_multiplied_by_no_setting() {
    let beyond = dec("792281625142643376");
    for told in [beyond, -beyond] {
        let mut world = World::of(AccountKind::Individual);
        let con_id = world.instrument.contract.con_id;
        let mut volume = tick(con_id, QuoteField::Volume, "1", START);
        volume.value = Some(told);
        world.quote.as_mut().unwrap().take(&volume);
        let book = set("market.volume", "percent", "100000000000");
        let outcome = |rule| world.outcome(&buy(), &book, rule);
        assert_eq!(outcome("market.volume"), Outcome::LacksFact);
        assert_eq!(outcome("figures.reckonable"), Outcome::Blocked);
    }
    let world = World::of(AccountKind::Individual);
    let facts = Facts {
        account: Some(&world.account),
        sent: Sent {
            usual: Some(beyond),
            ..Sent::default()
        },
        ..Facts::of(&world.instrument)
    };
    let book = set("limit.fat-finger", "times", "100000000000");
    let verdict = judge(&buy(), &facts, &book, START).verdict().clone();
    let mut findings = verdict.findings().iter();
    let finding = findings.find(|finding| finding.rule.id() == "limit.fat-finger");
    assert_eq!(finding.unwrap().outcome, Outcome::LacksFact);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_figures_end_the_program(
        kind in prop::sample::select(vec![
            AccountKind::Individual, AccountKind::RothIra, AccountKind::Unknown,
        ]),
        side in prop::sample::select(vec![Side::Buy, Side::Sell]),
        quantity in positive(), pricing in pricing(),
        figures in prop::collection::vec(figure(), 30),
        // Most of the time only a few of them are odd, so that the rules are asked.
        odd in prop::collection::vec(prop::bool::weighted(0.1), 30),
        step in positive(),
        numbers in prop::collection::vec(figure(), 7),
    ) {
        let at = |n: usize| if odd[n] { figures[n] } else { Decimal::from(100 + 7 * n) };
        let mut world = World::of(kind);
        for (n, tag) in [
            Tag::NetLiquidation, Tag::TotalCashValue, Tag::SettledCash, Tag::AvailableFunds,
            Tag::ExcessLiquidity, Tag::DailyPnl, Tag::DayTradesRemaining,
        ].into_iter().enumerate() {
            world.account.figures.insert(tag, Observed::live(at(n), START));
        }
        world.account.cash.insert(Currency::USD, Observed::live(at(7), START));
        world.account.base = Currency::parse("EUR");
        world.account.exchange_rates.insert(Currency::USD, Observed::live(at(8).abs(), START));
        let quote = world.quote.as_mut().unwrap();
        for (n, field) in QuoteField::ALL.into_iter().enumerate() {
            let mut told = tick(world.instrument.contract.con_id, field, "1", START);
            told.value = Some(at(9 + n % 10));
            quote.take(&told);
        }
        world.instrument.contract.multiplier = at(20).abs().max(Decimal::ONE);
        world.instrument.size_increment = Some(if odd[21] { step } else { Decimal::ONE });
        let contract = &world.instrument.contract;
        let holdings = Holdings {
            held: vec![(contract, at(22))],
            working: vec![vec![(contract, at(23))]],
        };
        let own = &world.account.id;
        let trades = [Trade {
            account: own, kind, contract, side: Side::Buy, quantity: at(24).abs(), at: START,
            realized: Some(at(25)),
        }];
        let open = [Open { account: own, kind, contract, side: Side::Sell, loses: Some(true) }];
        let by_symbol = [("AAPL", Some(at(26)))];
        let exposure = Exposure {
            position: Some(at(22)), symbol: Some(at(26).abs()), gross: Some(at(27).abs()),
            net: Some(at(27)), symbol_over_all: Some(at(26).abs()),
            gross_over_all: Some(at(28).abs()), nlv_over_all: Some(at(0)),
            daily_pnl_over_all: Some(at(5)),
            ..Exposure::default()
        };
        let quantity = Quantity::new(if odd[29] { quantity } else { Decimal::TEN }).unwrap();
        let draft = Draft { pricing, quantity, ..limit("DU1", side, "1", "1") };
        let facts = Facts {
            mode: Mode::Paper, connected: true, account: Some(&world.account),
            quote: world.quote.as_ref(), position: Some(at(22)), working_sells: at(23).abs(),
            working_buys: at(23).abs(), working_buys_cost: Some(at(4).abs()),
            ends_elsewhere: Some(at(3).abs()), spending: Some(at(2).abs()),
            holdings: Some(&holdings), trades: &trades, open: &open, by_symbol: &by_symbol, exposure,
            high_water: Some(at(1)), average_cost: Some(at(6)),
            sent: Sent { usual: Some(at(29).abs()), ..Sent::default() },
            ..Facts::of(&world.instrument)
        };
        let _ = judge(&draft, &facts, &settings(&numbers), START);
    }
}
