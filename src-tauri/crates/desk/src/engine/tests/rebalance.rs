//! A plan from what the desk knows, and its tickets on the one road.

use super::payoff::chain;
use super::*;
use crate::view::{
    RebalanceField, RebalanceInput, RebalanceOutcome, RebalancePricing, RebalanceRowView,
    RebalanceView, SymbolInput, TagInput, TargetInput,
};
use gatehouse_testkit::stock;

fn input(rows: &[(&str, &str, &str)]) -> RebalanceInput {
    RebalanceInput {
        rows: rows
            .iter()
            .map(|(account, name, weight)| TargetInput {
                account: (*account).to_owned(),
                name: (*name).to_owned(),
                weight: (*weight).to_owned(),
                band: String::new(),
            })
            .collect(),
        ..RebalanceInput::default()
    }
}

impl Bench {
    fn rebalance(&mut self, input: RebalanceInput) -> RebalanceOutcome {
        match self.ask(Ask::Rebalance(Box::new(input))) {
            Some(Ok(Answer::Rebalance(outcome))) => outcome,
            other => panic!("{other:?}"),
        }
    }

    fn planned(&mut self, input: RebalanceInput) -> RebalanceView {
        match self.rebalance(input) {
            RebalanceOutcome::Planned { plan } => *plan,
            other => panic!("{other:?}"),
        }
    }

    fn only_row(&mut self, input: RebalanceInput) -> RebalanceRowView {
        let plan = self.planned(input);
        let mut rows: Vec<_> = plan.scopes.into_iter().flat_map(|s| s.rows).collect();
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    fn knows(&mut self, symbol: &str, con_id: i32) {
        let instrument = stock(symbol, con_id);
        self.event(Event::InstrumentAnswered {
            con_id: instrument.contract.con_id,
            answer: Ok(instrument),
        });
    }
}

#[test]
fn a_plan_becomes_a_ticket_that_goes_the_one_road_and_is_not_made_twice() {
    let mut bench = Bench::ready();
    // 207,200.40 in all, of which 7,200.40 are the Roth IRA's 40 shares.
    let records = bench.records.len();
    let row = bench.only_row(input(&[("", "aapl", "10")]));
    assert_eq!(row.quantity, Some(dec("75")));
    assert_eq!(
        (row.account.as_deref(), row.side),
        (Some(MARGIN), Some(Side::Buy))
    );
    assert!(row.why.contains("10 % is wanted"), "{}", row.why);
    let ticket = row.draft.unwrap();
    assert_eq!(
        (ticket.intent.as_str(), ticket.limit_price.as_str()),
        ("", "180.02")
    );
    assert!(bench.placed.is_empty() && bench.records.len() == records);

    let draft = DraftInput {
        intent: "rebalance-1".to_owned(),
        ..ticket
    };
    let preview = bench.preview(draft);
    bench.confirm(&preview).unwrap();
    bench.confirm(&preview).unwrap();
    assert_eq!(bench.placed.len(), 1);
    let again = bench.only_row(input(&[("", "AAPL", "10")]));
    assert_eq!((again.quantity, again.draft), (None, None));
    assert!(again.why.contains("still working"), "{}", again.why);
}

#[test]
fn a_market_order_keeps_the_cushion_that_the_rules_reckon_with() {
    let mut bench = Bench::ready();
    let market = RebalanceInput {
        pricing: RebalancePricing::Market,
        ..input(&[(ROTH, "AAPL", "100")])
    };
    let row = bench.only_row(market);
    let draft = DraftInput {
        intent: "rebalance-2".to_owned(),
        ..row.draft.unwrap()
    };
    assert_eq!(draft.limit_price, "");
    assert!(row.why.contains("settled"), "{}", row.why);
    // What was sized by settled cash is let through by the rules that look at it.
    assert!(matches!(
        bench.preview_outcome(draft),
        PreviewOutcome::Ready { .. }
    ));
}

#[test]
fn what_is_sized_by_settled_cash_passes_the_rules_of_an_ira() {
    let mut bench = Bench::ready();
    let row = bench.only_row(input(&[(ROTH, "AAPL", "100")]));
    let draft = DraftInput {
        intent: "rebalance-3".to_owned(),
        ..row.draft.unwrap()
    };
    assert_eq!(row.quantity, Some(dec("555")));
    assert!(matches!(
        bench.preview_outcome(draft),
        PreviewOutcome::Ready { .. }
    ));
}

/// Previews the ticket of the one order in a plan for the Roth IRA.
fn preview_of_all(bench: &mut Bench) -> (RebalanceRowView, PreviewOutcome) {
    let row = bench.only_row(input(&[(ROTH, "AAPL", "100")]));
    let draft = DraftInput {
        intent: "rebalance-4".to_owned(),
        ..row.draft.clone().expect("an order")
    };
    let outcome = bench.preview_outcome(draft);
    (row, outcome)
}

#[test]
fn cash_that_a_sold_put_binds_is_not_spent_by_a_plan() {
    let mut bench = chain();
    let mut contract = bench.desk.contracts[&ConId::new(11).unwrap()].clone();
    contract.con_id = ConId::new(901).unwrap();
    contract.symbol = gatehouse_domain::id::Symbol::new("MSFT").unwrap();
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract: contract.clone(),
        quantity: dec("-3"),
        average_cost: Some(dec("500")),
    });
    let (row, outcome) = preview_of_all(&mut bench);
    assert!(
        matches!(outcome, PreviewOutcome::Ready { .. }),
        "{:?} of {outcome:#?}",
        row.quantity
    );
    // 100,000 less three times the strike of 170, a hundred each, at 180.02 and half a cent.
    assert_eq!(row.quantity, Some(dec("272")));
    assert!(row.why.contains("sold options bind"), "{}", row.why);
    let notes = bench.planned(input(&[(ROTH, "AAPL", "100")])).scopes[0]
        .notes
        .join(" ");
    assert!(notes.contains("51,000.00 of it is bound"), "{notes}");

    // One whose strike is not known stops it, and what binds more than there is leaves nothing.
    let unknown = gatehouse_domain::contract::Contract {
        con_id: ConId::new(902).unwrap(),
        derivative: None,
        ..contract.clone()
    };
    for (contract, quantity) in [(&contract, "-7"), (&unknown, "-1")] {
        bench.broker(BrokerEvent::Position {
            account: account_id(ROTH),
            contract: contract.clone(),
            quantity: dec(quantity),
            average_cost: Some(dec("500")),
        });
        let row = bench.only_row(input(&[(ROTH, "AAPL", "100")]));
        assert_eq!(row.quantity, None, "{}", row.why);
        assert!(row.why.contains("sold options"), "{}", row.why);
    }
}

#[test]
fn shares_that_cover_a_sold_call_are_not_sold_by_a_plan() {
    let mut bench = chain();
    let call = bench.desk.contracts[&ConId::new(3).unwrap()].clone();
    let shares = apple().contract;
    for account in [MARGIN, ROTH] {
        for (contract, quantity) in [(&shares, "150"), (&call, "-1")] {
            bench.broker(BrokerEvent::Position {
                account: account_id(account),
                contract: contract.clone(),
                quantity: dec(quantity),
                average_cost: Some(dec("100")),
            });
        }
        let row = bench.only_row(input(&[(account, "AAPL", "0")]));
        assert_eq!(
            (row.side, row.quantity),
            (Some(Side::Sell), Some(dec("50")))
        );
        assert!(
            row.why.contains("cover options that were sold"),
            "{}",
            row.why
        );
        bench.broker(BrokerEvent::Position {
            account: account_id(account),
            contract: shares.clone(),
            quantity: dec("100"),
            average_cost: Some(dec("100")),
        });
        let row = bench.only_row(input(&[(account, "AAPL", "0")]));
        assert_eq!((row.quantity, row.draft), (None, None));
        assert!(
            row.why.contains("covers options that were sold"),
            "{}",
            row.why
        );
    }
}

#[test]
fn cash_that_a_working_purchase_may_take_is_not_spent_by_a_plan() {
    let mut bench = Bench::ready();
    bench.knows("VTI", 12340041);
    let resting = DraftInput {
        con_id: Some(12340041),
        waivers: gatehouse_domain::draft::Waivers {
            stale_price: true,
            ..Default::default()
        },
        ..draft("i-1", ROTH, Side::Buy, "200", "300")
    };
    bench.sent(resting);
    let (row, outcome) = preview_of_all(&mut bench);
    assert!(
        matches!(outcome, PreviewOutcome::Ready { .. }),
        "{outcome:#?}"
    );
    assert_eq!(row.quantity, Some(dec("222")));
}

#[test]
fn what_has_filled_and_does_not_show_yet_is_not_done_twice() {
    for (account, weight) in [(MARGIN, "10"), (ROTH, "0")] {
        let wanted = || input(&[(account, "AAPL", weight)]);
        let mut bench = Bench::ready();
        let row = bench.only_row(wanted());
        let quantity = row.quantity.expect("an order");
        bench.sent(DraftInput {
            intent: "rebalance-5".to_owned(),
            ..row.draft.unwrap()
        });
        let filled = quantity.to_string();
        bench.status(key("rebalance-5", 101, 1), Report::Filled, &filled);
        let again = bench.only_row(wanted());
        assert_eq!((again.quantity, again.draft), (None, None), "{}", again.why);
        assert!(again.why.contains("does not show"), "{}", again.why);
        let after = match row.side {
            Some(Side::Buy) => quantity,
            _ => Decimal::ZERO,
        };
        bench.broker(BrokerEvent::Position {
            account: account_id(account),
            contract: apple().contract,
            quantity: after,
            average_cost: Some(dec("150")),
        });
        let then = bench.planned(wanted());
        let mut rows = then.scopes.iter().flat_map(|scope| &scope.rows);
        assert!(
            rows.all(|row| !row.why.contains("does not show")),
            "{then:?}"
        );
    }
}

#[test]
fn a_loss_made_in_tws_is_known_to_a_plan_and_so_is_a_purchase_of_its_options() {
    let mut bench = chain();
    let option = bench.desk.contracts[&ConId::new(1).unwrap()].clone();
    let traded = |contract, side, exec_id: &str| BrokerEvent::Execution {
        key: OrderKey {
            perm_id: PermId::new(99),
            ..OrderKey::default()
        },
        account: account_id(MARGIN),
        contract,
        side,
        exec_id: ExecId::new(exec_id).unwrap(),
        quantity: Quantity::parse("10").unwrap(),
        price: dec("170"),
        liquidity: None,
    };
    let warnings = |bench: &mut Bench, account, weight| {
        let row = bench.only_row(input(&[(account, "AAPL", weight)]));
        row.warnings.join(" ")
    };
    assert_eq!(warnings(&mut bench, ROTH, "100"), "");
    bench.broker(traded(apple().contract, Side::Sell, "e.8"));
    bench.broker(BrokerEvent::Commission {
        exec_id: ExecId::new("e.8").unwrap(),
        amount: Decimal::ONE,
        currency: Currency::USD,
        realized_pnl: Some(dec("-120")),
    });
    let said = warnings(&mut bench, ROTH, "100");
    assert!(said.contains("lost for good"), "{said}");

    // Sold at a loss beside a call that was bought.
    bench.broker(BrokerEvent::Position {
        account: account_id(MARGIN),
        contract: apple().contract,
        quantity: dec("40"),
        average_cost: Some(dec("250")),
    });
    assert_eq!(warnings(&mut bench, MARGIN, "0"), "");
    bench.broker(traded(option, Side::Buy, "e.9"));
    let said = warnings(&mut bench, MARGIN, "0");
    assert!(said.contains("bought within 30 days"), "{said}");
}

#[test]
fn an_account_of_unknown_type_spends_settled_cash_only() {
    let mut bench = Bench::ready();
    bench.broker(BrokerEvent::AccountType {
        account: account_id(ROTH),
        text: "SOMETHING NEW".into(),
    });
    bench.broker(BrokerEvent::AccountFigure {
        account: account_id(ROTH),
        tag: Tag::SettledCash,
        value: Some(dec("20000")),
    });
    let (row, outcome) = preview_of_all(&mut bench);
    assert!(
        matches!(outcome, PreviewOutcome::Ready { .. }),
        "{outcome:#?}"
    );
    assert_eq!(row.quantity, Some(dec("111")));
}

#[test]
fn cash_in_other_currencies_is_not_spent_by_a_plan_in_an_ira() {
    let mut bench = Bench::ready();
    for (currency, amount) in [("USD", "20000"), ("EUR", "70000")] {
        bench.broker(BrokerEvent::Cash {
            account: account_id(ROTH),
            currency: Currency::parse(currency).unwrap(),
            amount: dec(amount),
        });
    }
    let (row, outcome) = preview_of_all(&mut bench);
    assert!(
        matches!(outcome, PreviewOutcome::Ready { .. }),
        "{outcome:#?}"
    );
    assert_eq!(row.quantity, Some(dec("111")));
}

#[test]
fn an_old_price_stops_its_line() {
    let mut bench = Bench::ready();
    bench.now = bench.now.plus(std::time::Duration::from_secs(16));
    let row = bench.only_row(input(&[("", "AAPL", "10")]));
    assert_eq!((row.quantity, row.value, row.draft), (None, None, None));
    assert!(row.why.contains("not live and fresh"), "{}", row.why);
}

#[test]
fn a_symbol_that_nobody_knows_is_said_and_what_was_chosen_for_one_is_taken() {
    let mut bench = Bench::ready();
    let mut wanted = input(&[("", "VTI", "10"), ("", "AAPL", "4")]);
    let plan = bench.planned(wanted.clone());
    assert!(
        plan.notes[0].contains("VTI is not known"),
        "{:?}",
        plan.notes
    );
    bench.knows("VTI", 12340041);
    wanted.symbols = vec![SymbolInput {
        symbol: "VTI".to_owned(),
        con_id: 12340041,
    }];
    let plan = bench.planned(wanted);
    let rows = &plan.scopes[0].rows;
    let row = rows.iter().find(|row| row.quantity.is_none()).unwrap();
    assert_eq!((row.symbol.as_str(), row.quantity), ("VTI", None));
    assert!(row.why.contains("no price"), "{}", row.why);
}

#[test]
fn what_can_t_be_read_is_said_at_its_field() {
    let mut bench = Bench::ready();
    let mut wanted = input(&[
        ("DU9", "AAPL", "10"),
        ("", "AAPL", "many"),
        ("", "#bonds", "5"),
        ("", "AAPL", "5"),
        ("", "", ""),
    ]);
    wanted.band = "-1".to_owned();
    wanted.tags = vec![TagInput {
        name: String::new(),
        symbols: "BND".to_owned(),
    }];
    let RebalanceOutcome::Faulty { faults } = bench.rebalance(wanted) else {
        panic!("a plan");
    };
    let fields: Vec<_> = faults.iter().map(|f| (f.row, f.field)).collect();
    assert_eq!(
        fields,
        [
            (Some(0), RebalanceField::Tags),
            (None, RebalanceField::UsualBand),
            (Some(0), RebalanceField::Account),
            (Some(1), RebalanceField::Weight),
            (Some(2), RebalanceField::Name),
            (Some(3), RebalanceField::Name),
        ]
    );
    assert!(matches!(
        bench.rebalance(input(&[])),
        RebalanceOutcome::Faulty { .. }
    ));
}

#[test]
fn quotes_of_targets_come_as_far_as_there_are_lines_and_go_with_them() {
    let mut bench = Bench::ready();
    let ids: Vec<ConId> = (1..=120)
        .map(|n| ConId::new(900_000 + n).unwrap())
        .collect();
    for id in &ids {
        bench.knows("X", id.get());
    }
    bench.ask(Ask::WatchTargets(ids.clone()));
    assert_eq!(bench.desk.watched.len(), 96);
    // What the page lets go of on its own does not take them away.
    bench.ask(Ask::Unwatch(ids[0]));
    assert!(bench.desk.watched.contains_key(&ids[0]));
    bench.ask(Ask::WatchTargets(Vec::new()));
    assert_eq!(bench.desk.watched.len(), 1);
}
