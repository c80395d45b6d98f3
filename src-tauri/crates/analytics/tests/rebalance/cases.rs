use super::world::*;
use gatehouse_analytics::rebalance::{
    Household, Left, Others, Place, Problem, Quoted, ShortOf, Spread, Target, Wanted, Wash, Wish,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::AccountKind::{Individual, Joint, RothIra, TraditionalIra};
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::draft::Side;
use gatehouse_domain::observed::{Observed, Source};

/// One margin account with 100,000 and nothing else; stocks at 100 and 50.
fn fresh_start() -> Household {
    Household {
        accounts: vec![account("DU1", Individual, "100000")],
        listings: vec![listing("VTI", "100"), listing("BND", "50")],
        ..Household::default()
    }
}

/// A taxable account and a Roth IRA that both hold the first listing; it trades at 100.
fn two_holders(taxable_cost: &str) -> Household {
    Household {
        accounts: vec![
            account("DU1", Individual, "10000"),
            account("DU2", RothIra, "10000"),
        ],
        listings: vec![listing("VTI", "100")],
        holdings: vec![
            holding(0, 0, "100", taxable_cost),
            holding(1, 0, "100", "90"),
        ],
        ..Household::default()
    }
}

#[test]
fn cash_becomes_whole_shares_at_the_wanted_weights() {
    let plan = plan(
        &fresh_start(),
        &wish(vec![target(0, "60"), target(1, "30")]),
    );
    assert_eq!(orders(&plan), [(0, 0, dec("600")), (0, 1, dec("600"))]);
    let row = rows_of(&plan, 0)[0];
    assert_eq!(
        (row.before, row.after),
        (Some(dec("0")), Some(dec("60.00")))
    );
    assert_eq!(plan.scopes[0].weights, dec("90"));
}

#[test]
fn what_is_within_its_band_is_left_alone() {
    let mut household = fresh_start();
    household.holdings = vec![holding(0, 0, "640", "90"), holding(0, 1, "720", "50")];
    household.accounts[0].cash = Some(dec("0"));
    let mut wish = wish(vec![target(0, "60"), target(1, "40")]);
    wish.band = dec("5");
    let planned = plan(&household, &wish);
    assert_eq!(left(&planned, 0), Left::InBand);
    wish.targets[0].band = Some(dec("1"));
    assert_eq!(line(&plan(&household, &wish), 0).quantity, dec("40"));
}

#[test]
fn weights_above_a_hundred_make_no_plan_and_below_leave_cash() {
    let planned = plan(
        &fresh_start(),
        &wish(vec![target(0, "60"), target(1, "60")]),
    );
    assert_eq!(planned.scopes[0].problem, Some(Problem::Over(dec("120"))));
    assert_eq!(planned.lines().count(), 0);
}

#[test]
fn a_loss_in_a_taxable_account_is_sold_before_what_lies_in_the_ira() {
    let household = two_holders("120");
    let plan = plan(&household, &wish(vec![target(0, "25")]));
    // 40,000 in all: 10,000 wanted, 20,000 held.
    assert_eq!(orders(&plan), [(0, 0, dec("-100"))]);
    assert_eq!(line(&plan, 0).place, Place::Loss(dec("20")));
}

#[test]
fn a_gain_is_realized_last() {
    let household = two_holders("40");
    let planned = plan(&household, &wish(vec![target(0, "25")]));
    assert_eq!(orders(&planned), [(1, 0, dec("-100"))]);
    assert_eq!(line(&planned, 0).place, Place::NoTax);
    let all = plan(&household, &wish(vec![target(0, "12.5")]));
    assert_eq!(orders(&all), [(1, 0, dec("-100")), (0, 0, dec("-50"))]);
}

#[test]
fn a_loss_that_a_late_purchase_takes_away_comes_after_the_ira_and_is_said() {
    let mut household = two_holders("120");
    household.listings[0].bought_lately = true;
    let all = plan(&household, &wish(vec![target(0, "12.5")]));
    assert_eq!(orders(&all), [(1, 0, dec("-100")), (0, 0, dec("-50"))]);
    let washes: Vec<_> = all.lines().map(|(_, line)| line.wash).collect();
    assert_eq!(washes, [None, Some(Wash::BoughtLately)]);
}

#[test]
fn what_is_tagged_tax_inefficient_goes_into_the_traditional_ira_first() {
    let mut household = Household {
        accounts: vec![
            account("DU1", Individual, "50000"),
            account("DU2", RothIra, "30000"),
            account("DU3", TraditionalIra, "20000"),
        ],
        listings: vec![listing("VTI", "100"), listing("BND", "50")],
        ..Household::default()
    };
    household.listings[1].tax_inefficient = true;
    let planned = plan(&household, &wish(vec![target(0, "60"), target(1, "30")]));
    let bonds: Vec<_> = orders(&planned).into_iter().filter(|o| o.1 == 1).collect();
    // A little less than 400: the commission comes out of the cash too.
    assert_eq!(bonds[0].0, 2);
    assert!(
        bonds[0].2 > dec("390") && bonds[0].2 < dec("400"),
        "{bonds:?}"
    );
    assert_eq!(bonds[1].0, 1);
    assert_eq!(bonds[0].2 + bonds[1].2, dec("600"));
    // Stocks go to the taxable account, and to the Roth IRA when that is full.
    let stocks: Vec<_> = orders(&planned).into_iter().filter(|o| o.1 == 0).collect();
    assert_eq!(stocks.iter().map(|o| o.0).collect::<Vec<_>>(), [0, 1]);
    household.listings[0].roth_first = true;
    let roth = plan(&household, &wish(vec![target(0, "30")]));
    // What the Roth IRA has no cash for goes to the other IRA.
    assert_eq!(line_accounts(&roth), [1, 2]);
}

fn line_accounts(plan: &gatehouse_analytics::rebalance::Plan) -> Vec<usize> {
    orders(plan).iter().map(|order| order.0).collect()
}

#[test]
fn without_a_fresh_price_a_line_stops_and_the_others_go_on() {
    let mut household = fresh_start();
    let stale = Observed {
        source: Source::Delayed,
        ..seen("50")
    };
    for (quoted, why) in [
        (Quoted::Missing, Left::NoPrice),
        (Quoted::Stale(stale), Left::StalePrice(stale)),
        (fresh("0"), Left::NoPrice),
    ] {
        household.listings[1].quoted = quoted;
        let plan = plan(&household, &wish(vec![target(0, "60"), target(1, "30")]));
        assert_eq!(left(&plan, 1), why);
        assert_eq!(orders(&plan), [(0, 0, dec("600"))]);
    }
}

#[test]
fn what_is_held_without_any_value_is_never_counted_as_zero() {
    let mut household = fresh_start();
    household.holdings = vec![holding(0, 1, "10", "50")];
    household.listings[1].quoted = Quoted::Missing;
    let wish = wish(vec![target(0, "60"), target(1, "30")]);
    let planned = plan(&household, &wish);
    assert_eq!(
        planned.scopes[0].problem,
        Some(Problem::NoValue {
            account: 0,
            listing: 1
        })
    );
    // The broker's own value is enough for the pot, not for an order.
    household.holdings[0].value = Some(dec("500"));
    let planned = plan(&household, &wish);
    assert_eq!(planned.scopes[0].pot.unwrap().total(), dec("100500"));
    assert_eq!(left(&planned, 1), Left::NoPrice);
}

#[test]
fn without_an_exchange_rate_a_line_stops() {
    let mut household = fresh_start();
    household.listings[1].currency = eur();
    let wish = wish(vec![target(0, "60"), target(1, "30")]);
    assert_eq!(left(&plan(&household, &wish), 1), Left::NoRate(eur()));
    household.accounts[0].rates.insert(eur(), dec("1.25"));
    let planned = plan(&household, &wish);
    assert_eq!(line(&planned, 1).quantity, dec("480"));
    assert_eq!(line(&planned, 1).value, dec("30000.00"));
    assert_eq!(line(&planned, 1).commission, None);
}

#[test]
fn accounts_in_another_currency_are_one_household_once_their_rate_is_known() {
    let mut household = fresh_start();
    let mut abroad = account("DU2", Individual, "80000");
    abroad.base = Some(eur());
    household.accounts.push(abroad);
    let wish = wish(vec![target(0, "100")]);
    let problem = plan(&household, &wish).scopes[0].problem.clone();
    assert_eq!(
        problem,
        Some(Problem::NoRate {
            account: 1,
            currency: Currency::USD
        })
    );
    household.accounts[1]
        .rates
        .insert(Currency::USD, dec("0.8"));
    let planned = plan(&household, &wish);
    assert_eq!(planned.scopes[0].pot.unwrap().total(), dec("200000"));
    // A few less in each: commissions come out of the cash.
    let bought = orders(&planned);
    assert!(
        bought
            .iter()
            .all(|order| order.2 >= dec("998") && order.2 < dec("1000")),
        "{bought:?}"
    );
}

#[test]
fn money_that_is_owed_is_not_spent() {
    let mut household = fresh_start();
    household.accounts[0].cash = Some(dec("-5000"));
    household.holdings = vec![holding(0, 0, "100", "90")];
    let planned = plan(&household, &wish(vec![target(0, "50"), target(1, "50")]));
    // The pot is 5,000: 25 shares stay, and only what the sale leaves above the debt is spent.
    assert_eq!(planned.scopes[0].pot.unwrap().total(), dec("5000"));
    assert_eq!(orders(&planned)[0], (0, 0, dec("-75")));
    let bought = line(&planned, 1);
    assert!(bought.value <= dec("2500"), "{bought:?}");
    household.accounts[0].cash = Some(dec("-10000"));
    let planned = plan(&household, &wish(vec![target(0, "50")]));
    assert_eq!(planned.scopes[0].problem, Some(Problem::Empty));
}

#[test]
fn what_has_no_target_stays_or_goes_as_the_person_says() {
    let mut household = fresh_start();
    household.listings.push(listing("KO", "60"));
    household.holdings = vec![holding(0, 2, "10", "50")];
    let mut wish = wish(vec![target(0, "60")]);
    let planned = plan(&household, &wish);
    assert_eq!(left(&planned, 2), Left::NotNamed);
    assert_eq!(planned.scopes[0].pot.unwrap().total(), dec("100000"));
    wish.others = Others::Sell;
    let planned = plan(&household, &wish);
    assert_eq!(planned.scopes[0].pot.unwrap().total(), dec("100600"));
    assert_eq!(orders(&planned)[0], (0, 2, dec("-10")));
    household.listings[2].locked = true;
    let planned = plan(&household, &wish);
    assert_eq!(left(&planned, 2), Left::Locked);
}

#[test]
fn an_ira_spends_settled_cash_only_and_says_so() {
    let mut household = fresh_start();
    household.accounts[0] = account("DU2", RothIra, "0");
    household.holdings = vec![holding(0, 0, "1000", "90")];
    let targets = wish(vec![target(0, "50"), target(1, "50")]);
    let planned = plan(&household, &targets);
    assert_eq!(orders(&planned), [(0, 0, dec("-500"))]);
    assert_eq!(left(&planned, 1), Left::NoCash(ShortOf::SettledCash));
    household.accounts[0].cash = Some(dec("20000"));
    household.accounts[0].settled_cash = Some(dec("10000"));
    let planned = plan(&household, &targets);
    let bought = line(&planned, 1);
    let cut = bought.cut.unwrap();
    assert_eq!(
        (cut.short_of, cut.wanted),
        (ShortOf::SettledCash, dec("1200"))
    );
    assert_eq!(bought.quantity, dec("199"));
}

#[test]
fn a_margin_account_spends_what_its_sales_bring_and_borrows_nothing() {
    let mut household = fresh_start();
    household.accounts[0].cash = Some(dec("0"));
    household.holdings = vec![holding(0, 0, "1000", "90")];
    let planned = plan(&household, &wish(vec![target(0, "50"), target(1, "50")]));
    let sold = line(&planned, 0);
    let bought = line(&planned, 1);
    assert_eq!(sold.value, dec("50000.00"));
    assert!(bought.value + bought.commission.unwrap() <= sold.value - sold.commission.unwrap());
}

#[test]
fn a_working_order_stops_its_line_so_that_nothing_is_done_twice() {
    let mut household = fresh_start();
    household.working.insert((0, 1));
    let planned = plan(&household, &wish(vec![target(0, "60"), target(1, "30")]));
    assert_eq!(left(&planned, 1), Left::Working);
}

#[test]
fn the_cost_of_working_orders_is_not_spent_again() {
    let mut household = fresh_start();
    household.accounts[0].working_buys = Some(dec("90000"));
    let wish = wish(vec![target(0, "60")]);
    assert_eq!(line(&plan(&household, &wish), 0).quantity, dec("99"));
    household.accounts[0].working_buys = None;
    let left = left(&plan(&household, &wish), 0);
    assert_eq!(left, Left::NoCash(ShortOf::KnownCash));
}

#[test]
fn a_short_position_is_the_persons_own() {
    let mut household = fresh_start();
    household.holdings = vec![holding(0, 0, "-10", "90")];
    let planned = plan(&household, &wish(vec![target(0, "60")]));
    assert_eq!(left(&planned, 0), Left::Short);
}

#[test]
fn selling_at_a_loss_here_and_buying_there_is_said_at_both() {
    let mut household = two_holders("120");
    household.holdings[1].quantity = dec("1");
    let own = |account: usize, weight: &str| Target {
        account: Some(account),
        ..target(0, weight)
    };
    let planned = plan(&household, &wish(vec![own(0, "10"), own(1, "90")]));
    let washes: Vec<_> = planned
        .lines()
        .map(|(_, line)| (line.account, line.wash))
        .collect();
    assert_eq!(
        washes,
        [
            (0, Some(Wash::PlanBuys)),
            (1, Some(Wash::SoldAtLoss { in_ira: true }))
        ]
    );
}

#[test]
fn after_a_loss_a_purchase_stays_away_from_the_ira() {
    let mut household = Household {
        accounts: vec![
            account("DU2", RothIra, "50000"),
            account("DU1", Individual, "50000"),
        ],
        listings: vec![listing("BND", "50")],
        ..Household::default()
    };
    household.listings[0].tax_inefficient = true;
    household.listings[0].sold_at_loss_lately = true;
    let planned = plan(&household, &wish(vec![target(0, "30")]));
    assert_eq!(line(&planned, 0).account, 1);
    assert_eq!(line(&planned, 0).place, Place::AwayFromIra);
    assert_eq!(
        line(&planned, 0).wash,
        Some(Wash::SoldAtLoss { in_ira: false })
    );
}

#[test]
fn an_account_with_its_own_targets_is_planned_by_itself() {
    let mut household = two_holders("40");
    household.listings.push(listing("BND", "50"));
    let own = Target {
        account: Some(1),
        ..target(1, "40")
    };
    let planned = plan(&household, &wish(vec![target(0, "100"), own]));
    let scopes: Vec<_> = planned.scopes.iter().map(|s| s.accounts.clone()).collect();
    assert_eq!(scopes, [vec![1], vec![0]]);
    assert_eq!(planned.scopes[0].pot.unwrap().total(), dec("10000"));
    let each = Wish {
        spread: Spread::EachAccount,
        ..wish(vec![target(0, "50")])
    };
    assert_eq!(plan(&household, &each).scopes.len(), 2);
}

#[test]
fn a_locked_account_is_out_of_all_of_it() {
    let mut household = two_holders("40");
    household.accounts[1].locked = true;
    let planned = plan(&household, &wish(vec![target(0, "25")]));
    assert_eq!(planned.scopes[0].accounts, [0]);
    assert_eq!(planned.scopes[0].pot.unwrap().total(), dec("20000"));
}

#[test]
fn a_tag_is_shared_out_as_its_members_are_held() {
    let mut household = fresh_start();
    household.listings.push(listing("AGG", "100"));
    household.holdings = vec![holding(0, 1, "400", "50"), holding(0, 2, "100", "90")];
    household.accounts[0].cash = Some(dec("70000"));
    let tag = |members: Vec<usize>| Target {
        wanted: Wanted::Tag {
            name: "bonds".to_owned(),
            members,
        },
        ..target(0, "60")
    };
    let planned = plan(&household, &wish(vec![target(0, "40"), tag(vec![1, 2])]));
    let weights: Vec<_> = [1, 2]
        .map(|l| rows_of(&planned, l)[0].target.unwrap())
        .to_vec();
    assert_eq!(weights, [dec("40"), dec("20")]);
    household.holdings.clear();
    let even = plan(&household, &wish(vec![target(0, "40"), tag(vec![1, 2])]));
    assert_eq!(rows_of(&even, 1)[0].target, Some(dec("30")));
    // A member with a weight of its own has no part in the tag's.
    let own = plan(&household, &wish(vec![target(1, "40"), tag(vec![1, 2])]));
    assert_eq!(rows_of(&own, 1)[0].target, Some(dec("40")));
    assert_eq!(rows_of(&own, 2)[0].target, Some(dec("60")));
}

#[test]
fn small_trades_are_left_out_and_parts_of_a_share_are_had_where_wanted() {
    let mut household = fresh_start();
    household.accounts[0].cash = Some(dec("1000"));
    household.listings[1].step = Some(dec("0.0001"));
    household.listings[1].quoted = fresh("33");
    let mut wish = wish(vec![target(0, "40"), target(1, "50")]);
    wish.fractions = true;
    assert_eq!(line(&plan(&household, &wish), 1).quantity, dec("15.1515"));
    wish.least = dec("450");
    assert_eq!(left(&plan(&household, &wish), 0), Left::TooSmall);
    wish.fractions = false;
    assert_eq!(line(&plan(&household, &wish), 1).quantity, dec("15"));
}

#[test]
fn cash_to_keep_is_not_shared_out() {
    let mut wish = wish(vec![target(0, "100")]);
    wish.cash_to_keep = dec("40000");
    let household = fresh_start();
    let planned = plan(&household, &wish);
    assert_eq!(planned.scopes[0].pot.unwrap().total(), dec("60000"));
    assert!(line(&planned, 0).value <= dec("60000"));
    assert!(planned.lines().all(|(_, line)| line.side == Side::Buy));
}

#[test]
fn figures_that_no_account_has_stop_the_plan_rather_than_overflow() {
    let mut household = fresh_start();
    household.accounts[0].cash = Some(Decimal::MAX);
    let planned = plan(&household, &wish(vec![target(0, "60")]));
    assert_eq!(planned.scopes[0].problem, Some(Problem::TooLarge));
}

/// Two taxable accounts and a Roth IRA; a stock at 100.
fn two_taxable(cash: [&str; 3]) -> Household {
    let kinds = [Individual, Joint, RothIra];
    Household {
        accounts: ["DU1", "DU2", "DU3"]
            .into_iter()
            .zip(kinds)
            .zip(cash)
            .map(|((id, kind), cash)| account(id, kind, cash))
            .collect(),
        listings: vec![listing("VTI", "100")],
        ..Household::default()
    }
}

#[test]
fn accounts_that_are_alike_share_a_purchase_by_their_free_cash() {
    let household = two_taxable(["30000", "10000", "0"]);
    let planned = plan(&household, &wish(vec![target(0, "50")]));
    assert_eq!(orders(&planned), [(0, 0, dec("150")), (1, 0, dec("50"))]);
    for (_, line) in planned.lines() {
        assert_eq!((line.place, line.shared), (Place::Taxable, true));
        assert_eq!(line.cut, None);
    }
}

#[test]
fn what_rounding_leaves_goes_to_who_lost_most_by_it() {
    let household = two_taxable(["10000", "20000", "0"]);
    // A hundred shares, 33 1/3 and 66 2/3.
    let planned = plan(&household, &wish(vec![target(0, "33.34")]));
    assert_eq!(orders(&planned), [(0, 0, dec("33")), (1, 0, dec("67"))]);
}

#[test]
fn what_is_better_for_tax_comes_before_sharing() {
    let mut household = two_taxable(["30000", "10000", "60000"]);
    household.listings[0].roth_first = true;
    let planned = plan(&household, &wish(vec![target(0, "70")]));
    let bought = orders(&planned);
    assert_eq!(bought.iter().map(|o| o.0).collect::<Vec<_>>(), [2, 0, 1]);
    // The Roth IRA keeps its commission back.
    assert_eq!(bought[0].2, dec("599"));
    assert_eq!(bought.iter().map(|o| o.2).sum::<Decimal>(), dec("700"));
    assert_eq!(bought[1].2, dec("76"));
}

#[test]
fn a_part_that_is_not_worth_its_commission_is_not_split_off() {
    let mut household = two_taxable(["30000", "1000", "0"]);
    // A tenth of it would be one share at 100, with a commission of 1.
    let planned = plan(&household, &wish(vec![target(0, "4")]));
    assert_eq!(orders(&planned), [(0, 0, dec("12"))]);
    assert!(planned.lines().all(|(_, line)| !line.shared));
    // But it is bought before it is not bought at all.
    household.accounts[0].cash = Some(dec("700"));
    household.accounts[1].cash = Some(dec("700"));
    let planned = plan(&household, &wish(vec![target(0, "80")]));
    let all: Decimal = orders(&planned).iter().map(|order| order.2).sum();
    assert_eq!((orders(&planned).len(), all), (2, dec("11")));
}

#[test]
fn shares_that_cover_sold_options_stay() {
    let mut household = fresh_start();
    household.holdings = vec![holding(0, 0, "150", "90")];
    household.holdings[0].free = Some(dec("50"));
    let planned = plan(&household, &wish(vec![target(0, "0")]));
    let sale = line(&planned, 0);
    assert_eq!((sale.side, sale.quantity), (Side::Sell, dec("50")));
    let cut = sale.cut.unwrap();
    assert_eq!(
        (cut.wanted, cut.short_of),
        (dec("150"), ShortOf::FreeShares)
    );
    // What another account has free goes instead.
    let other = account("DU2", Individual, "0");
    household.accounts.push(other);
    household.holdings.push(holding(1, 0, "200", "80"));
    let planned = plan(&household, &wish(vec![target(0, "0")]));
    assert_eq!(
        orders(&planned).iter().map(|o| o.2).sum::<Decimal>(),
        dec("-250")
    );
    household.holdings.truncate(1);
    for none in [Some(Decimal::ZERO), None] {
        household.holdings[0].free = none;
        let planned = plan(&household, &wish(vec![target(0, "0")]));
        assert_eq!(left(&planned, 0), Left::Covers);
    }
}
