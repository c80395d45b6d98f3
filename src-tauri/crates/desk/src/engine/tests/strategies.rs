//! Held options as strategies: grouped, kept up to date, summed, and never of what is not known.

use super::*;
use crate::view::{Change, GreeksTotalView, StrategyView, StreamMessage, WarningKind};
use gatehouse_domain::contract::{Instrument, SecurityKind, Underlying};
use gatehouse_domain::derivative::{Derivative, Expiry, OptionTerms, Right};
use gatehouse_domain::observed::Source;

/// So many days after the start of these tests.
fn expiry(days: u64) -> Expiry {
    let today = gatehouse_domain::chain::exchange_day(START).unwrap().date();
    let span = std::time::Duration::from_secs(days * 24 * 3600);
    let day = today.checked_add(span).unwrap();
    Expiry::new(day.year(), day.month(), day.day()).unwrap()
}

fn option(id: i32, strike: &str, right: Right, days: u64) -> Instrument {
    let mut option = apple();
    option.contract.con_id = ConId::new(id).unwrap();
    option.contract.kind = SecurityKind::Option;
    option.contract.multiplier = Decimal::ONE_HUNDRED;
    option.contract.derivative = Some(Derivative {
        expiry: expiry(days),
        option: Some(OptionTerms {
            strike: Price::parse(strike).unwrap(),
            right,
        }),
    });
    option.underlying = Some(Underlying {
        con_id: apple().contract.con_id,
        kind: SecurityKind::Stock,
    });
    option
}

fn hold(bench: &mut Bench, account: &str, instrument: &Instrument, quantity: &str) {
    bench.broker(BrokerEvent::Position {
        account: account_id(account),
        contract: instrument.contract.clone(),
        quantity: dec(quantity),
        average_cost: Some(dec("150")),
    });
    bench.event(Event::InstrumentAnswered {
        con_id: instrument.contract.con_id,
        answer: Ok(instrument.clone()),
    });
}

fn greeks(bench: &mut Bench, id: i32, delta: &str) {
    let (con_id, at) = (ConId::new(id).unwrap(), bench.now);
    let of = |field, value: &str| tick(con_id, field, value, at);
    bench.broker(BrokerEvent::Ticks(vec![
        of(QuoteField::Delta, delta),
        of(QuoteField::Gamma, "0.02"),
        of(QuoteField::Theta, "-0.05"),
        of(QuoteField::Vega, "0.2"),
    ]));
}

/// What the page shows of them after all that it was told.
#[derive(Default)]
struct Shown {
    strategies: std::collections::BTreeMap<String, StrategyView>,
    greeks: std::collections::BTreeMap<String, GreeksTotalView>,
}

impl Shown {
    fn attach(bench: &mut Bench) -> Self {
        assert!(bench.ask(Ask::Resync).unwrap().is_ok());
        let mut shown = Self::default();
        shown.hear(bench);
        shown
    }

    fn beat(&mut self, bench: &mut Bench) -> usize {
        bench.event(Event::Beat);
        self.hear(bench)
    }

    /// How many changes were of strategies.
    fn hear(&mut self, bench: &mut Bench) -> usize {
        let mut heard = 0;
        for message in bench.published.drain(..) {
            match message {
                StreamMessage::Snapshot { snapshot, .. } => {
                    let all = snapshot.strategies.into_iter();
                    self.strategies = all.map(|v| (v.key.clone(), v)).collect();
                    let all = snapshot.greeks.into_iter();
                    self.greeks = all.map(|v| (v.key.clone(), v)).collect();
                }
                StreamMessage::Delta { changes, .. } => {
                    for change in changes {
                        heard += 1;
                        match change {
                            Change::Strategy(view) => {
                                self.strategies.insert(view.key.clone(), *view);
                            }
                            Change::StrategyGone(key) => {
                                assert!(self.strategies.remove(&key).is_some(), "{key}");
                            }
                            Change::Greeks(view) => {
                                self.greeks.insert(view.key.clone(), *view);
                            }
                            Change::GreeksGone(key) => {
                                assert!(self.greeks.remove(&key).is_some(), "{key}");
                            }
                            _ => heard -= 1,
                        }
                    }
                }
            }
        }
        heard
    }

    fn names(&self) -> Vec<String> {
        let all = self.strategies.values();
        all.map(|s| format!("{} {} {}", s.account, s.count, s.name))
            .collect()
    }

    fn only(&self) -> &StrategyView {
        assert_eq!(self.strategies.len(), 1, "{:?}", self.names());
        self.strategies.values().next().unwrap()
    }
}

/// Two iron condors on Apple in the margin account.
fn condor(bench: &mut Bench) {
    for (id, strike, right, quantity) in [
        (1, "160", Right::Put, "2"),
        (2, "170", Right::Put, "-2"),
        (3, "190", Right::Call, "-2"),
        (4, "200", Right::Call, "2"),
    ] {
        hold(bench, MARGIN, &option(id, strike, right, 40), quantity);
    }
}

#[test]
fn legs_that_are_held_are_one_strategy_with_the_sum_of_their_greeks() {
    let mut bench = Bench::ready();
    condor(&mut bench);
    for (id, delta) in [(1, "-0.1"), (2, "-0.25"), (3, "0.2"), (4, "0.05")] {
        greeks(&mut bench, id, delta);
    }
    let shown = Shown::attach(&mut bench);
    let view = shown.only();
    assert_eq!((view.name.as_str(), view.count), ("Iron condor", dec("2")));
    assert_eq!(view.days, Some(40));
    assert_eq!(view.legs.len(), 4);
    // 200 × (−0.1 + 0.25 − 0.2 + 0.05)
    assert_eq!(view.greeks.delta.value, Some(dec("0")));
    assert_eq!(view.greeks.delta_money.value, Some(dec("0")));
    assert_eq!(view.greeks.theta.value, Some(dec("0")));
    assert_eq!(view.greeks.delta.source, Some(Source::Live));
    assert_eq!(view.greeks.lacks, None);
    assert!(view.warnings.is_empty(), "{:?}", view.warnings);
    let keys: Vec<&String> = shown.greeks.keys().collect();
    assert_eq!(keys, ["DU1:USD", "all:USD"]);
}

#[test]
fn a_sum_that_lacks_a_part_is_not_known_and_says_which() {
    let mut bench = Bench::ready();
    condor(&mut bench);
    for id in [1, 2, 4] {
        greeks(&mut bench, id, "0.1");
    }
    let mut shown = Shown::attach(&mut bench);
    let lacks = shown.only().greeks.lacks.clone().unwrap();
    assert!(lacks.contains("190 C"), "{lacks}");
    assert_eq!(shown.only().greeks.delta.value, None);
    assert_eq!(shown.greeks["all:USD"].greeks.theta.value, None);
    greeks(&mut bench, 3, "0.2");
    shown.beat(&mut bench);
    // 200 × (0.1 − 0.1 − 0.2 + 0.1), at 180.01.
    assert_eq!(shown.only().greeks.delta.value, Some(dec("-20")));
    assert_eq!(shown.only().greeks.delta_money.value, Some(dec("-3600.20")));
    assert_eq!(shown.greeks["DU1:USD"].greeks.delta.value, Some(dec("-20")));
}

#[test]
fn an_adjusted_option_stands_apart_and_has_no_part_in_a_sum() {
    let mut bench = Bench::ready();
    let mut sold = option(7, "190", Right::Call, 40);
    sold.contract.local_symbol = Some("AAPL1 261218C00190000".into());
    hold(&mut bench, MARGIN, &apple(), "100");
    hold(&mut bench, MARGIN, &sold, "-1");
    greeks(&mut bench, 7, "0.40");
    let shown = Shown::attach(&mut bench);
    // A hundred shares don't cover it, whatever the broker says of its delta.
    assert_eq!(shown.names(), [format!("{MARGIN} 1 Short call")]);
    let greeks = &shown.only().greeks;
    assert_eq!((greeks.delta.value, greeks.delta_money.value), (None, None));
    let lacks = greeks.lacks.as_deref().unwrap();
    assert!(lacks.contains("what AAPL1 "), "{lacks}");
    let all = &shown.greeks["all:USD"];
    assert_eq!(all.greeks.delta_money.value, None);
}

#[test]
fn stock_counts_where_options_cover_it_and_only_there() {
    let mut bench = Bench::ready();
    hold(&mut bench, MARGIN, &apple(), "300");
    let call = option(3, "190", Right::Call, 40);
    hold(&mut bench, MARGIN, &call, "-2");
    greeks(&mut bench, 3, "0.3");
    let shown = Shown::attach(&mut bench);
    // The Roth IRA's 40 shares have no options beside them.
    assert_eq!(shown.names(), ["DU1 100 Long stock", "DU1 2 Covered call"]);
    let total = &shown.greeks["DU1:USD"].greeks;
    assert_eq!(total.delta.value, Some(dec("240")));
    assert_eq!(total.gamma.value, Some(dec("-4")));
}

#[test]
fn profit_is_the_broker_s_and_a_part_of_a_position_has_its_share() {
    let mut bench = Bench::ready();
    hold(&mut bench, MARGIN, &option(3, "190", Right::Call, 40), "-5");
    hold(&mut bench, MARGIN, &option(4, "200", Right::Call, 40), "2");
    for (id, unrealized) in [(3, "-90"), (4, "12")] {
        bench.broker(BrokerEvent::PositionPnl {
            account: account_id(MARGIN),
            con_id: ConId::new(id).unwrap(),
            daily: None,
            unrealized: Some(dec(unrealized)),
            value: None,
        });
    }
    let shown = Shown::attach(&mut bench);
    let pnl: Vec<_> = shown
        .strategies
        .values()
        .map(|s| {
            (
                s.name.as_str(),
                s.unrealized_pnl.value,
                s.unrealized_pnl.source,
            )
        })
        .collect();
    let all: Decimal = pnl.iter().filter_map(|(_, value, _)| *value).sum();
    assert_eq!(all, dec("-78"), "{pnl:?}");
    assert!(
        pnl.contains(&("Short call", Some(dec("-54")), Some(Source::Model))),
        "{pnl:?}"
    );
    assert!(
        shown
            .strategies
            .values()
            .all(|s| s.daily_pnl.value.is_none())
    );
}

#[test]
fn greeks_of_several_underlyings_are_added_in_money_and_never_in_shares_or_across_currencies() {
    let mut bench = Bench::ready();
    hold(&mut bench, MARGIN, &option(3, "190", Right::Call, 40), "1");
    let mut other = option(5, "50", Right::Call, 40);
    other.contract.symbol = gatehouse_domain::id::Symbol::new("KO").unwrap();
    other.underlying = None;
    hold(&mut bench, ROTH, &other, "1");
    let mut foreign = option(6, "50", Right::Call, 40);
    foreign.contract.currency = Currency::parse("HKD").unwrap();
    foreign.underlying = None;
    hold(&mut bench, ROTH, &foreign, "1");
    for id in [3, 5, 6] {
        greeks(&mut bench, id, "0.5");
    }
    let at = bench.now;
    let model = tick(
        ConId::new(5).unwrap(),
        QuoteField::UnderlyingPrice,
        "70",
        at,
    );
    bench.broker(BrokerEvent::Ticks(vec![model]));
    let shown = Shown::attach(&mut bench);
    let total = &shown.greeks["all:USD"];
    assert_eq!(total.underlyings, ["AAPL", "KO"]);
    assert_eq!(total.greeks.delta.value, None);
    // 50 × 180.01 + 50 × 70.
    assert_eq!(total.greeks.delta_money.value, Some(dec("12500.50")));
    assert_eq!(total.greeks.theta.value, Some(dec("-10")));
    assert_eq!(shown.greeks["all:HKD"].greeks.delta_money.value, None);
}

#[test]
fn only_what_moved_is_told_and_what_is_closed_goes() {
    let mut bench = Bench::ready();
    condor(&mut bench);
    let mut other = option(9, "50", Right::Call, 40);
    other.contract.symbol = gatehouse_domain::id::Symbol::new("KO").unwrap();
    other.underlying = None;
    hold(&mut bench, ROTH, &other, "1");
    let mut shown = Shown::attach(&mut bench);
    shown.beat(&mut bench);
    assert_eq!(shown.beat(&mut bench), 0);
    greeks(&mut bench, 9, "0.5");
    // The strategy, its account's greeks and those of all.
    assert_eq!(shown.beat(&mut bench), 3);
    bench.quote("181.00", "181.02");
    assert_eq!(shown.beat(&mut bench), 3);
    hold(&mut bench, MARGIN, &option(4, "200", Right::Call, 40), "0");
    shown.beat(&mut bench);
    assert!(!shown.names().iter().any(|name| name.contains("condor")));
    for id in [1, 2, 3] {
        hold(&mut bench, MARGIN, &option(id, "1", Right::Call, 40), "0");
    }
    shown.beat(&mut bench);
    assert_eq!(shown.names(), ["DU2 1 Long call"]);
    assert!(!shown.greeks.contains_key("DU1:USD"));
    let mut afresh = Shown::attach(&mut bench);
    afresh.beat(&mut bench);
    assert_eq!(afresh.strategies, shown.strategies);
    assert_eq!(afresh.greeks, shown.greeks);
}

#[test]
fn what_held_options_are_on_is_looked_up_and_quoted_while_they_are_held() {
    let mut bench = Bench::ready();
    let ibm = gatehouse_testkit::stock("IBM", 8314);
    let mut call = option(7, "190", Right::Call, 40);
    call.contract.symbol = ibm.contract.symbol.clone();
    call.underlying = Some(Underlying {
        con_id: ibm.contract.con_id,
        kind: SecurityKind::Stock,
    });
    hold(&mut bench, MARGIN, &call, "1");
    bench.event(Event::Beat);
    assert!(bench.lookups.contains(&ibm.contract.con_id));
    bench.event(Event::InstrumentAnswered {
        con_id: ibm.contract.con_id,
        answer: Ok(ibm.clone()),
    });
    bench.event(Event::Beat);
    assert!(bench.desk.watched.contains_key(&ibm.contract.con_id));
    // The page's own watching takes nothing away.
    assert!(
        bench
            .ask(Ask::Unwatch(ibm.contract.con_id))
            .unwrap()
            .is_ok()
    );
    assert!(bench.desk.watched.contains_key(&ibm.contract.con_id));
    hold(&mut bench, MARGIN, &call, "0");
    bench.event(Event::Beat);
    assert!(!bench.desk.watched.contains_key(&ibm.contract.con_id));
}

#[test]
fn an_assignment_that_a_roth_can_t_pay_for_is_loud_and_the_same_in_a_margin_account_is_not() {
    let mut bench = Bench::ready();
    for account in [MARGIN, ROTH] {
        hold(&mut bench, account, &option(2, "190", Right::Put, 3), "-6");
    }
    let shown = Shown::attach(&mut bench);
    let of = |account: &str| {
        let mut all = shown.strategies.values();
        all.find(|s| s.account == account).unwrap().warnings.clone()
    };
    let loudest = &of(ROTH)[0];
    assert_eq!(loudest.kind, WarningKind::Retirement);
    assert!(loudest.says.contains("114,000.00 USD"), "{}", loudest.says);
    assert!(
        loudest.says.contains("It has 100,000.00 USD"),
        "{}",
        loudest.says
    );
    let kinds: Vec<WarningKind> = of(MARGIN).iter().map(|w| w.kind).collect();
    assert!(!kinds.contains(&WarningKind::Retirement));
    assert!(kinds.contains(&WarningKind::Expiry) && kinds.contains(&WarningKind::Assignment));
}

#[test]
fn a_dividend_that_is_announced_warns_of_early_assignment_in_the_accounts_that_are_short() {
    let mut bench = Bench::ready();
    let call = option(3, "170", Right::Call, 40);
    hold(&mut bench, MARGIN, &call, "-1");
    greeks(&mut bench, 3, "0.9");
    let (con_id, at) = (ConId::new(3).unwrap(), bench.now);
    bench.broker(BrokerEvent::Ticks(vec![
        tick(con_id, QuoteField::Bid, "10.40", at),
        tick(con_id, QuoteField::Ask, "10.50", at),
    ]));
    let mut shown = Shown::attach(&mut bench);
    let kinds = |shown: &Shown| {
        let warnings = shown.only().warnings.iter();
        warnings.map(|one| one.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&shown), [WarningKind::Assignment]);
    let announce = |bench: &mut Bench, days, amount| {
        bench.broker(BrokerEvent::Dividends {
            con_id: apple().contract.con_id,
            dividends: gatehouse_domain::chain::Dividends {
                past_year: None,
                next_year: None,
                next: Some((expiry(days), dec(amount))),
            },
            at,
        });
    };
    announce(&mut bench, 20, "0.92");
    shown.beat(&mut bench);
    let warning = &shown.only().warnings[0];
    assert_eq!(warning.kind, WarningKind::EarlyAssignment);
    assert!(
        warning.says.contains("0.44 of time value left"),
        "{warning:?}"
    );
    assert!(warning.says.contains("92.00 USD"), "{warning:?}");
    assert!(
        warning.source.contains("the broker announces"),
        "{warning:?}"
    );
    // Less than the time value, or after the last day: nothing to exercise for.
    for (days, amount) in [(20, "0.40"), (41, "0.92")] {
        announce(&mut bench, days, amount);
        shown.beat(&mut bench);
        assert_eq!(kinds(&shown), [WarningKind::Assignment], "{days} {amount}");
    }
}
