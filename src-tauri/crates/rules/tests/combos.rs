//! What the rules say of combinations.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{AccountKind, Mode};
use gatehouse_domain::combo::{LegInput, combine};
use gatehouse_domain::contract::{Contract, Instrument, SecurityKind};
use gatehouse_domain::decimal::Price;
use gatehouse_domain::derivative::{Derivative, Expiry, OptionTerms, Right};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{ConId, Symbol};
use gatehouse_rules::facts::{Holdings, LegFact};
use gatehouse_rules::{Facts, Finding, Mend, Outcome, RuleBook, judge};
use gatehouse_testkit::{START, account, apple, limit};

/// An option on Apple with its own conId.
fn option(con_id: i32, expiry: &str, strike: &str, right: Right) -> Instrument {
    let mut option = apple();
    option.contract.con_id = ConId::new(con_id).unwrap();
    option.contract.kind = SecurityKind::Option;
    option.contract.multiplier = Decimal::ONE_HUNDRED;
    option.contract.derivative = Some(Derivative {
        expiry: Expiry::from_wire(expiry).unwrap(),
        option: Some(OptionTerms {
            strike: Price::parse(strike).unwrap(),
            right,
        }),
    });
    option
}

/// What the combination's rule says of legs in an account: side, expiry, strike, right.
fn combination(
    kind: AccountKind,
    side: Side,
    price: &str,
    legs: &[(Side, &str, &str, Right)],
) -> Finding {
    let legs: Vec<_> = (1..)
        .zip(legs)
        .map(|(id, (side, expiry, strike, right))| (*side, option(id, expiry, strike, *right)))
        .collect();
    said_of(kind, side, price, &legs, None)
}

/// What the combination's rule says of legs in an account that has these holdings.
fn said_of(
    kind: AccountKind,
    side: Side,
    price: &str,
    legs: &[(Side, Instrument)],
    holdings: Option<&Holdings<'_>>,
) -> Finding {
    finding_of("combo.known-loss", kind, side, price, legs, holdings)
}

fn finding_of(
    rule: &str,
    kind: AccountKind,
    side: Side,
    price: &str,
    legs: &[(Side, Instrument)],
    holdings: Option<&Holdings<'_>>,
) -> Finding {
    let inputs: Vec<_> = legs
        .iter()
        .map(|(side, instrument)| {
            let is_stock = instrument.contract.kind == SecurityKind::Stock;
            let input = LegInput {
                con_id: instrument.contract.con_id.get(),
                side: *side,
                ratio: if is_stock { 100 } else { 1 },
            };
            (input, instrument)
        })
        .collect();
    let whole = combine(&inputs).unwrap();
    let facts: Vec<LegFact<'_>> = whole
        .contract
        .legs
        .iter()
        .zip(legs)
        .map(|(leg, (_, instrument))| LegFact {
            leg,
            contract: Some(&instrument.contract),
        })
        .collect();
    let draft = Draft {
        con_id: whole.contract.con_id,
        legs: whole.contract.legs.clone(),
        ..limit("DU1", side, "1", price)
    };
    let account = account("DU1", kind);
    let facts = Facts {
        mode: Mode::Paper,
        connected: true,
        account: Some(&account),
        working_buys_cost: Some(Decimal::ZERO),
        ends_elsewhere: Some(Decimal::ZERO),
        legs: &facts,
        holdings,
        ..Facts::of(&whole)
    };
    let judgement = judge(&draft, &facts, &RuleBook::default(), START);
    judgement
        .verdict()
        .findings()
        .iter()
        .find(|f| f.rule.id() == rule)
        .unwrap()
        .clone()
}

#[test]
fn a_combination_in_a_roth_is_covered_and_paid_for_at_its_worst() {
    use Right::{Call, Put};
    use Side::{Buy, Sell};
    let (near, far) = ("20261218", "20270115");
    let condor = [
        (Buy, near, "160", Put),
        (Sell, near, "170", Put),
        (Sell, near, "190", Call),
        (Buy, near, "200", Call),
    ];
    let said = combination(AccountKind::RothIra, Sell, "2.50", &condor);
    assert_eq!(said.outcome, Outcome::Passed, "{}", said.says);
    assert!(said.says.contains("at most 750.00"), "{}", said.says);

    let naked = [(Sell, near, "190", Call), (Sell, near, "170", Put)];
    let said = combination(AccountKind::RothIra, Sell, "5", &naked);
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
    let said = combination(AccountKind::Individual, Sell, "5", &naked);
    assert_eq!(said.outcome, Outcome::Warned, "{}", said.says);

    // The bought call ends after the sold one and covers it; the other way round it does not.
    let calendar = [(Sell, near, "190", Call), (Buy, far, "190", Call)];
    let said = combination(AccountKind::RothIra, Buy, "1.50", &calendar);
    assert_eq!(said.outcome, Outcome::Passed, "{}", said.says);
    let reverse = [(Buy, near, "190", Call), (Sell, far, "190", Call)];
    let said = combination(AccountKind::RothIra, Sell, "1.50", &reverse);
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
}

#[test]
fn a_combination_that_can_lose_more_than_the_free_cash_of_an_ira_is_blocked() {
    let wide = [
        (Side::Sell, "20261218", "2500", Right::Put),
        (Side::Buy, "20261218", "500", Right::Put),
    ];
    let said = combination(AccountKind::RothIra, Side::Sell, "10", &wide);
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
    assert!(said.says.contains("199,000.00"), "{}", said.says);
}

/// Lots of these contracts.
fn lots<'a>(all: &[(&'a Instrument, i64)]) -> Vec<(&'a Contract, Decimal)> {
    all.iter()
        .map(|(instrument, count)| (&instrument.contract, Decimal::from(*count)))
        .collect()
}

#[test]
fn a_spread_that_an_ira_holds_is_closed_without_the_cash_to_open_it() {
    use Right::Call;
    use Side::{Buy, Sell};
    let low = option(1, "20261218", "180", Call);
    let high = option(2, "20261218", "1900", Call);
    // Closing the spread that was paid for: as an opened one it could lose 1,720 a share.
    let close = [(Sell, low.clone()), (Buy, high.clone())];
    let said = |held: &[(&Instrument, i64)], working: &[&[(&Instrument, i64)]]| {
        let holdings = Holdings {
            held: lots(held),
            working: working.iter().map(|order| lots(order)).collect(),
        };
        let roth = AccountKind::RothIra;
        said_of(roth, Sell, "3", &close, Some(&holdings)).outcome
    };
    let spread = [(&low, 1), (&high, -1)];
    let twice = [(&low, 2), (&high, -2)];
    assert_eq!(said(&spread, &[]), Outcome::Passed);
    assert_eq!(said(&[], &[]), Outcome::Blocked);
    assert_eq!(said(&[(&low, 1)], &[]), Outcome::Blocked);
    // Working orders give the same back already.
    let closing: [(&Instrument, i64); 2] = [(&low, -1), (&high, 1)];
    assert_eq!(said(&spread, &[&closing]), Outcome::Blocked);
    assert_eq!(said(&twice, &[&closing]), Outcome::Passed);
    assert_eq!(said(&twice, &[&closing, &closing]), Outcome::Blocked);
    assert_eq!(said(&spread, &[&[(&low, -1)]]), Outcome::Blocked);
    assert_eq!(said(&spread, &[&[(&high, 1)]]), Outcome::Blocked);
    // A working sale of the long leg leaves a short one of the other spread uncovered.
    assert_eq!(said(&twice, &[&[(&low, -1)]]), Outcome::Blocked);
    // Without the positions nothing is known to be held.
    let blind = said_of(AccountKind::RothIra, Sell, "3", &close, None);
    assert_eq!(blind.outcome, Outcome::Blocked);
    // Elsewhere it is told as before.
    let margin = said_of(AccountKind::Individual, Sell, "3", &close, None);
    assert!(margin.says.contains("171,700.00"), "{}", margin.says);
}

#[test]
fn giving_back_legs_of_two_spreads_may_not_make_a_worse_one() {
    use Right::{Call, Put};
    use Side::{Buy, Sell};
    let expiry = "20261218";
    let [a, b, c, d] = [(1, "170"), (2, "160"), (3, "100"), (4, "90")]
        .map(|(id, strike)| option(id, expiry, strike, Put));
    let held = Holdings {
        held: lots(&[(&a, 1), (&b, -1), (&c, 1), (&d, -1)]),
        working: Vec::new(),
    };
    let roth = AccountKind::RothIra;
    // What is left could end 60 a share worse.
    let across = [(Sell, a.clone()), (Buy, d.clone())];
    let said = said_of(roth, Sell, "70", &across, Some(&held));
    assert_ne!(
        said.says,
        "It only gives back what the account holds, and leaves nothing uncovered."
    );
    let one = [(Sell, a.clone()), (Buy, b.clone())];
    let said = said_of(roth, Sell, "8", &one, Some(&held));
    assert_eq!(said.outcome, Outcome::Passed, "{}", said.says);
    assert!(said.says.contains("gives back"), "{}", said.says);
    // The later call covers the nearer; both go together, or the later one stays.
    let near = option(5, "20261218", "190", Call);
    let far = option(6, "20270115", "190", Call);
    let calendar = Holdings {
        held: lots(&[(&near, -1), (&far, 1)]),
        working: Vec::new(),
    };
    let close = [(Buy, near.clone()), (Sell, far.clone())];
    let said = said_of(roth, Sell, "1", &close, Some(&calendar));
    assert_eq!(said.outcome, Outcome::Passed, "{}", said.says);
    let other = option(7, "20270219", "190", Call);
    let longer = Holdings {
        held: lots(&[(&near, -1), (&far, 1), (&other, -1)]),
        working: Vec::new(),
    };
    let said = said_of(roth, Sell, "1", &close, Some(&longer));
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
}

#[test]
fn stock_in_a_combination_covers_a_call_and_may_fall_to_nothing() {
    use Right::{Call, Put};
    use Side::{Buy, Sell};
    let call = option(1, "20261218", "190", Call);
    let put = option(2, "20261218", "170", Put);
    let roth = AccountKind::RothIra;
    let covered_call = [(Buy, apple()), (Sell, call.clone())];
    let said = said_of(roth, Buy, "176.50", &covered_call, None);
    assert_eq!(said.outcome, Outcome::Passed, "{}", said.says);
    assert!(said.says.contains("at most 17,650.00"), "{}", said.says);
    let collar = [(Buy, apple()), (Buy, put.clone()), (Sell, call.clone())];
    let said = said_of(roth, Buy, "180", &collar, None);
    assert!(said.says.contains("at most 1,000.00"), "{}", said.says);
    // Two calls on a hundred shares, and shares that are not there.
    let other = option(3, "20261218", "200", Call);
    let twice = [(Buy, apple()), (Sell, call.clone()), (Sell, other)];
    let said = said_of(roth, Buy, "175", &twice, None);
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
    let unwound = [(Sell, apple()), (Buy, call.clone())];
    let said = said_of(roth, Sell, "175", &unwound, None);
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
    let stock = apple();
    for (shares, outcome) in [(100, Outcome::Passed), (99, Outcome::Blocked)] {
        let held = Holdings {
            held: lots(&[(&stock, shares), (&call, -1)]),
            working: Vec::new(),
        };
        let said = said_of(roth, Sell, "175", &unwound, Some(&held));
        assert_eq!(said.outcome, outcome, "{}", said.says);
    }
    // Shares that a working order sells can't be sold once more.
    let held = Holdings {
        held: lots(&[(&stock, 150), (&call, -1)]),
        working: vec![lots(&[(&stock, -51)])],
    };
    let said = said_of(roth, Sell, "175", &unwound, Some(&held));
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
}

/// What the rule on short sales says of selling so many of something alone, in an account that
/// has these holdings.
fn sale(
    kind: AccountKind,
    sold: &Instrument,
    quantity: &str,
    holdings: Option<&Holdings<'_>>,
) -> Finding {
    let contract = &sold.contract;
    let draft = Draft {
        con_id: contract.con_id,
        ..limit("DU1", Side::Sell, quantity, "180")
    };
    let account = account("DU1", kind);
    let of_it = |lots: &[(&Contract, Decimal)]| -> Decimal {
        let of_it = lots.iter().filter(|(c, _)| c.con_id == contract.con_id);
        of_it.map(|(_, amount)| amount).sum()
    };
    let working = |holdings: &Holdings<'_>| -> Decimal {
        let all = holdings.working.iter().map(|lots| of_it(lots));
        all.filter(|amount| *amount < Decimal::ZERO).sum()
    };
    let facts = Facts {
        mode: Mode::Paper,
        connected: true,
        account: Some(&account),
        position: Some(holdings.map_or(Decimal::TEN, |h| of_it(&h.held))),
        working_sells: holdings.map_or(Decimal::ZERO, |h| -working(h)),
        working_buys_cost: Some(Decimal::ZERO),
        ends_elsewhere: Some(Decimal::ZERO),
        holdings,
        ..Facts::of(sold)
    };
    let judgement = judge(&draft, &facts, &RuleBook::default(), START);
    let mut all = judgement.verdict().findings().iter();
    all.find(|f| f.rule.id() == "ira.no-short-sale")
        .unwrap()
        .clone()
}

#[test]
fn shares_that_cover_a_sold_call_are_not_sold_alone_in_an_ira() {
    let (stock, call) = (apple(), option(1, "20261218", "190", Right::Call));
    let covered = |shares: i64, working: Vec<_>| Holdings {
        held: lots(&[(&stock, shares), (&call, -1)]),
        working,
    };
    let roth = AccountKind::RothIra;
    let said = sale(roth, &stock, "100", Some(&covered(100, vec![])));
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
    assert!(said.says.contains("Buy the sold option back first"));
    assert_eq!(said.mend, None);
    // What covers nothing may go, and is offered.
    let most = |value: &str| {
        Some(Mend::Quantity {
            value: value.into(),
        })
    };
    let said = sale(roth, &stock, "100", Some(&covered(150, vec![])));
    assert!(said.says.contains("Sell 50 at most"), "{}", said.says);
    assert_eq!(said.mend, most("50"));
    let said = sale(roth, &stock, "200", Some(&covered(150, vec![])));
    assert_eq!(said.mend, most("50"), "not what it holds in all");
    let said = sale(roth, &stock, "50", Some(&covered(150, vec![])));
    assert_eq!(said.outcome, Outcome::Passed, "{}", said.says);
    // Working sales use it up; a working purchase of the call may never fill.
    let sells = vec![lots(&[(&stock, -30)])];
    let said = sale(roth, &stock, "50", Some(&covered(150, sells)));
    assert_eq!(said.mend, most("20"));
    let buys = vec![lots(&[(&call, 1)])];
    let said = sale(roth, &stock, "100", Some(&covered(100, buys)));
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
    // A put that was sold is not covered by shares, and elsewhere the broker's margin decides.
    let put = option(2, "20261218", "170", Right::Put);
    let held = Holdings {
        held: lots(&[(&stock, 100), (&put, -1)]),
        working: vec![],
    };
    let said = sale(roth, &stock, "100", Some(&held));
    assert_eq!(said.outcome, Outcome::Passed, "{}", said.says);
    let margin = AccountKind::Individual;
    let said = sale(margin, &stock, "100", Some(&covered(100, vec![])));
    assert_eq!(said.outcome, Outcome::NotApplicable);
    // What isn't known is not taken for harmless.
    let said = sale(roth, &stock, "1", None);
    assert_eq!(said.outcome, Outcome::LacksFact, "{}", said.says);
}

#[test]
fn a_bought_option_that_covers_a_sold_one_is_not_sold_alone_in_an_ira() {
    use Right::{Call, Put};
    let roth = AccountKind::RothIra;
    let low = option(1, "20261218", "170", Put);
    let high = option(2, "20261218", "180", Put);
    let held = Holdings {
        held: lots(&[(&low, 3), (&high, -2)]),
        working: vec![],
    };
    let said = sale(roth, &low, "3", Some(&held));
    assert_eq!(said.mend, Some(Mend::Quantity { value: "1".into() }));
    // One that ends before the sold one covers nothing of it.
    let near = option(3, "20261218", "190", Call);
    let far = option(4, "20270115", "190", Call);
    let cover = option(5, "20270115", "200", Call);
    let held = Holdings {
        held: lots(&[(&near, 1), (&far, -1), (&cover, 1)]),
        working: vec![],
    };
    let said = sale(roth, &near, "1", Some(&held));
    assert_eq!(said.outcome, Outcome::Passed, "{}", said.says);
    let said = sale(roth, &cover, "1", Some(&held));
    assert_eq!(said.outcome, Outcome::Blocked, "{}", said.says);
}

#[test]
fn a_combination_has_its_options_in_the_ratio_whose_price_is_known() {
    let (stock, call) = (apple(), option(1, "20261218", "190", Right::Call));
    let put = option(2, "20261218", "170", Right::Put);
    let leg = |instrument: &Instrument, side, ratio| LegInput {
        con_id: instrument.contract.con_id.get(),
        side,
        ratio,
    };
    let stocks = leg(&stock, Side::Buy, 100);
    let whole = combine(&[(leg(&call, Side::Sell, 1), &call), (stocks, &stock)]).unwrap();
    assert_eq!(whole.contract.multiplier, Decimal::ONE_HUNDRED);
    assert_eq!(
        whole.contract.label(),
        "AAPL (sell 18 Dec 26 190 C, buy 100 shares)"
    );
    assert!(combine(&[(stocks, &stock), (leg(&call, Side::Sell, 2), &call)]).is_err());
    let few = leg(&stock, Side::Buy, 50);
    let says = combine(&[(few, &stock), (leg(&put, Side::Buy, 1), &put)]).unwrap_err();
    assert!(says.contains("100 shares"), "{says}");
    assert!(combine(&[(stocks, &stock), (stocks, &stock)]).is_err());
    // A hundred shares are not what an adjusted option delivers, whatever its multiplier.
    let mut adjusted = call.clone();
    adjusted.contract.local_symbol = Some("AAPL1 261218C00190000".into());
    for other in [(stocks, &stock), (leg(&put, Side::Buy, 1), &put)] {
        let says = combine(&[(leg(&adjusted, Side::Sell, 1), &adjusted), other]).unwrap_err();
        assert!(
            says.starts_with("AAPL1 18 Dec 26 190 C was adjusted"),
            "{says}"
        );
    }
}

#[test]
fn stock_in_a_combination_is_paid_for_with_settled_cash_and_the_commission_of_every_leg() {
    let call = option(1, "20261218", "190", Right::Call);
    let covered_call = [(Side::Buy, apple()), (Side::Sell, call)];
    let said = |price| {
        let roth = AccountKind::RothIra;
        finding_of(
            "ira.no-borrowing",
            roth,
            Side::Buy,
            price,
            &covered_call,
            None,
        )
    };
    let paid = said("176.50");
    assert_eq!(paid.outcome, Outcome::Passed, "{}", paid.says);
    // One dollar for the shares and one for the call, the least that each costs.
    assert!(paid.says.contains("Costs 17,652.00"), "{}", paid.says);
    assert_eq!(said("2000").outcome, Outcome::Blocked);
}

#[test]
fn what_ends_at_the_close_covers_nothing_that_is_settled_on_the_next_morning() {
    use Side::{Buy, Sell};
    let call = |id, class: &str, expiry: &str, strike| {
        let mut call = option(id, expiry, strike, Right::Call);
        call.contract.symbol = Symbol::new("SPX").unwrap();
        call.contract.local_symbol = Some(format!("{class:<6}{}C00190000", &expiry[2..]));
        call
    };
    let spread = |bought: (&str, &str), sold: (&str, &str)| {
        let legs = [
            (Buy, call(1, bought.0, bought.1, "200")),
            (Sell, call(2, sold.0, sold.1, "190")),
        ];
        said_of(AccountKind::RothIra, Sell, "2.50", &legs, None).outcome
    };
    let (thursday, friday) = ("20261217", "20261218");
    for class in ["SPX", "SPXW"] {
        let same = spread((class, thursday), (class, thursday));
        assert_eq!(same, Outcome::Passed, "{class}");
    }
    // The monthly class trades until Thursday and is settled at Friday's open.
    let later = spread(("SPX", thursday), ("SPXW", thursday));
    assert_eq!(later, Outcome::Passed);
    let sooner = spread(("SPXW", thursday), ("SPX", thursday));
    assert_eq!(sooner, Outcome::Blocked);
    // Told by the day of its settlement it ends at the open still.
    for told in [thursday, friday] {
        assert_eq!(spread(("SPX", told), ("SPXW", friday)), Outcome::Blocked);
        assert_eq!(spread(("SPXW", friday), ("SPX", told)), Outcome::Passed);
    }
}
