//! What is said when, and that nothing is said of what is not known.

use super::*;

fn leg(right: Right, strike: i64, days: i32, quantity: i64, price: Option<&str>) -> OptionLeg {
    OptionLeg {
        right,
        strike: Decimal::from(strike),
        expiry: Expiry::new(2026, 12, 18).unwrap(),
        days,
        quantity: Decimal::from(quantity),
        multiplier: Decimal::ONE_HUNDRED,
        price: price.map(|p| p.parse().unwrap()),
    }
}

fn facts(spot: Option<&str>, legs: Vec<OptionLeg>) -> Facts {
    Facts {
        symbol: "AAPL".into(),
        currency: Currency::USD,
        style: Style::Shares,
        spot: spot.map(|s| Observed::live(s.parse().unwrap(), UnixMillis(1))),
        payout: Payout::Unknown,
        legs,
        retirement: None,
    }
}

fn roth(settled: &str, shares: i64) -> Option<Retirement> {
    Some(Retirement {
        shares: Some(shares.into()),
        settled: Some(settled.parse().unwrap()),
        base: Some(Currency::USD),
        rate: Some(Decimal::ONE),
        all_puts: Some(Decimal::ZERO),
    })
}

fn told(facts: &Facts) -> Vec<String> {
    let all = facts.warnings();
    assert!(
        all.iter().all(|w| !w.source.is_empty()),
        "each has its source"
    );
    all.iter()
        .map(|w| format!("{:?} {:?} [{}] {}", w.tone, w.kind, w.title, w.says))
        .collect()
}

#[test]
fn a_strategy_far_off_and_out_of_the_money_is_left_alone() {
    let condor = vec![
        leg(Right::Put, 160, 40, 1, Some("1")),
        leg(Right::Put, 170, 40, -1, Some("2")),
        leg(Right::Call, 190, 40, -1, Some("2")),
        leg(Right::Call, 200, 40, 1, Some("1")),
    ];
    assert_eq!(told(&facts(Some("180"), condor)), Vec::<String>::new());
}

#[test]
fn the_last_day_is_told_with_what_each_option_comes_to() {
    let legs = |days| {
        vec![
            leg(Right::Call, 170, days, 2, Some("10.1")),
            leg(Right::Call, 190, days, -2, Some("0.1")),
        ]
    };
    insta::assert_snapshot!(
        [8, 7, 1, 0, -1]
            .map(|days| told(&facts(Some("180"), legs(days))).join("\n"))
            .join("\n---\n")
    );
    let unknown = told(&facts(None, legs(1)));
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert!(
        unknown[0].contains("price of AAPL is not known"),
        "{unknown:?}"
    );
}

#[test]
fn a_short_option_in_the_money_can_be_assigned_and_sooner_without_time_value() {
    let with = |price| facts(Some("185"), vec![leg(Right::Call, 180, 30, -1, price)]);
    insta::assert_snapshot!(
        [Some("8.20"), Some("5.10"), Some("4.90"), None]
            .map(|price| told(&with(price)).join("\n"))
            .join("\n")
    );
    let bought = facts(Some("185"), vec![leg(Right::Call, 180, 30, 1, None)]);
    assert!(told(&bought).is_empty());
}

fn pays(amount: &str, ex: Expiry, days: i32) -> Payout {
    Payout::Ahead {
        ex,
        days,
        amount: amount.parse().unwrap(),
        told: UnixMillis(1_796_000_000_000),
    }
}

#[test]
fn a_dividend_worth_more_than_the_time_value_that_is_left_is_warned_of_before_its_ex_date() {
    let ex = |day| Expiry::new(2026, 12, day).unwrap();
    let with = |price, payout| {
        let mut facts = facts(Some("185"), vec![leg(Right::Call, 180, 18, -2, price)]);
        facts.payout = payout;
        let warnings = facts.warnings();
        let [one] = &warnings[..] else {
            panic!("{warnings:?}");
        };
        format!(
            "{:?} [{}] {} <{}>",
            one.tone, one.title, one.says, one.source
        )
    };
    insta::assert_snapshot!(
        [
            with(Some("5.60"), pays("0.92", ex(9), 7)),
            with(Some("5.60"), pays("0.92", ex(9), 1)),
            with(Some("4.95"), pays("0.92", ex(18), 7)),
            // More time value than dividend, or how much is not known: said, not alarmed.
            with(Some("6.00"), pays("0.92", ex(9), 7)),
            with(None, pays("0.92", ex(9), 7)),
            // After the option's end it is nothing to its holder.
            with(Some("5.60"), pays("0.92", ex(21), 15)),
            with(Some("5.05"), Payout::NoneAhead),
        ]
        .join("\n---\n")
    );
}

#[test]
fn a_dividend_makes_nobody_exercise_a_put_or_a_call_out_of_the_money() {
    let ex = Expiry::new(2026, 12, 9).unwrap();
    let kinds = |legs| {
        let mut facts = facts(Some("185"), legs);
        facts.payout = pays("0.92", ex, 1);
        let warnings = facts.warnings();
        let kinds = warnings.iter().map(|one| one.kind);
        kinds.collect::<Vec<_>>()
    };
    let put = vec![leg(Right::Put, 190, 18, -1, Some("5.60"))];
    assert_eq!(kinds(put), [WarningKind::Assignment]);
    let call = vec![leg(Right::Call, 190, 18, -1, Some("0.60"))];
    assert_eq!(kinds(call), []);
    let long = vec![leg(Right::Call, 180, 18, 1, Some("5.60"))];
    assert_eq!(kinds(long), []);
}

#[test]
fn a_price_that_is_not_of_this_moment_is_said_to_be_old() {
    let mut facts = facts(Some("185"), vec![leg(Right::Call, 180, 3, -1, Some("9"))]);
    assert!(!told(&facts).join(" ").contains("This price"));
    facts.spot = facts.spot.map(|spot| Observed {
        source: Source::Frozen,
        ..spot
    });
    let told = told(&facts);
    assert_eq!(told.len(), 2, "{told:?}");
    for says in told {
        assert!(
            says.contains("the last one before the market closed"),
            "{says}"
        );
    }
}

#[test]
fn an_index_option_settles_in_cash_at_its_end_and_not_before() {
    let mut index = facts(Some("5604"), vec![leg(Right::Call, 5600, 3, -1, Some("4"))]);
    index.symbol = "SPX".into();
    index.style = Style::Cash;
    index.retirement = roth("1", 0);
    insta::assert_snapshot!(told(&index).join("\n"));
}

#[test]
fn of_an_adjusted_option_nothing_is_said_that_goes_by_the_price_of_the_shares() {
    let mut adjusted = facts(Some("185"), vec![leg(Right::Call, 180, 3, -1, Some("5"))]);
    adjusted.style = Style::Adjusted;
    adjusted.payout = pays("0.92", Expiry::new(2026, 12, 17).unwrap(), 1);
    adjusted.retirement = roth("1", 0);
    insta::assert_snapshot!(told(&adjusted).join("\n"));
}

#[test]
fn a_retirement_account_is_told_what_an_assignment_takes() {
    let with = |legs: Vec<OptionLeg>, spot, retirement| {
        let mut facts = facts(Some(spot), legs);
        facts.retirement = retirement;
        told(&facts).join("\n")
    };
    let put = || vec![leg(Right::Put, 170, 30, -1, Some("2"))];
    let call = || vec![leg(Right::Call, 190, 30, -1, Some("2"))];
    let mut many = roth("20000", 0);
    if let Some(many) = &mut many {
        many.all_puts = Some(Decimal::from(34_000));
    }
    let mut unknown = roth("20000", 0);
    if let Some(unknown) = &mut unknown {
        (unknown.settled, unknown.shares) = (None, None);
    }
    insta::assert_snapshot!(
        [
            with(put(), "180", roth("20000", 0)),
            with(put(), "180", roth("5000", 0)),
            with(put(), "160", roth("5000", 0)),
            with(put(), "180", many),
            with(put(), "180", unknown.clone()),
            with(call(), "180", roth("0", 100)),
            with(call(), "180", roth("0", 40)),
            with(call(), "180", unknown),
            with(
                vec![
                    leg(Right::Call, 170, 30, 1, Some("15")),
                    leg(Right::Call, 175, 30, -1, Some("12")),
                ],
                "180",
                roth("100", 0),
            ),
            with(
                vec![leg(Right::Call, 170, 2, 1, None)],
                "180",
                roth("100", 0)
            ),
            with(
                vec![leg(Right::Put, 190, 2, 1, None)],
                "180",
                roth("100", 100)
            ),
        ]
        .join("\n---\n")
    );
    let far = with(
        vec![leg(Right::Call, 170, 40, 1, None)],
        "180",
        roth("0", 0),
    );
    assert_eq!(
        far, "",
        "a long option is exercised by nobody but its holder"
    );
}
