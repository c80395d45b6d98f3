//! What the wire says in place of a number reaches no view as one: each mark, in each figure.

use gatehouse_desk::view::{
    AccountView, Figure, GreeksView, HouseholdView, OrderStateView, PreviewView, QuoteView,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;
use gatehouse_domain::observed::Source;
use gatehouse_domain::what_if::BeforeAfter;
use gatehouse_e2e::{House, HouseOptions, Page, limit, market};
use gatehouse_sim::server::{Action, ByHand, Faults, Mark, Unset};

const MARKS: [Mark; 6] = [
    Mark::LargestDouble,
    Mark::LargestInteger,
    Mark::LargestLong,
    Mark::SmallestLong,
    Mark::Nothing,
    Mark::NoneWord,
];

fn faults(unset: Unset) -> Faults {
    Faults {
        unset: Some(unset),
        ..Faults::default()
    }
}

async fn house(unset: Unset) -> House {
    let mut options = HouseOptions::default();
    options.sim.faults = faults(unset);
    let mut house = House::new(options).await;
    house.until("the link is up", Page::is_up).await;
    house
}

/// The names of those that hold a number.
fn told<'a>(figures: impl IntoIterator<Item = (&'a str, Option<Decimal>)>) -> Vec<String> {
    figures
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name} {value}")))
        .collect()
}

fn values(a: &AccountView) -> [(&'static str, Option<Decimal>); 11] {
    [
        ("net liquidation", a.net_liquidation),
        ("total cash", a.total_cash),
        ("settled cash", a.settled_cash),
        ("buying power", a.buying_power),
        ("available funds", a.available_funds),
        ("excess liquidity", a.excess_liquidity),
        ("equity with loan", a.equity_with_loan),
        ("gross position value", a.gross_position_value),
        ("initial margin", a.initial_margin),
        ("maintenance margin", a.maintenance_margin),
        ("day trades", a.day_trades_remaining),
    ]
    .map(|(name, figure): (_, Figure)| (name, figure.value))
}

fn profit(a: &AccountView) -> [(&'static str, Option<Decimal>); 3] {
    [
        ("daily P&L", a.daily_pnl.value),
        ("unrealized P&L", a.unrealized_pnl.value),
        ("realized P&L", a.realized_pnl.value),
    ]
}

fn sums(h: &HouseholdView) -> [(&'static str, Option<Decimal>); 9] {
    [
        ("household's net liquidation", h.net_liquidation.value),
        ("household's cash", h.total_cash.value),
        ("household's settled cash", h.settled_cash.value),
        ("household's buying power", h.buying_power.value),
        ("household's excess liquidity", h.excess_liquidity.value),
        ("household's initial margin", h.initial_margin.value),
        ("household's maintenance margin", h.maintenance_margin.value),
        ("household's daily P&L", h.daily_pnl.value),
        ("household's unrealized P&L", h.unrealized_pnl.value),
    ]
}

fn prices(q: &QuoteView) -> [(&'static str, Option<Decimal>); 6] {
    [
        ("bid", q.bid.value),
        ("ask", q.ask.value),
        ("last", q.last.value),
        ("close", q.close.value),
        ("high", q.high.value),
        ("low", q.low.value),
    ]
}

fn sizes(q: &QuoteView) -> [(&'static str, Option<Decimal>); 4] {
    [
        ("bid size", q.bid_size.value),
        ("ask size", q.ask_size.value),
        ("volume", q.volume.value),
        ("open interest", q.open_interest.value),
    ]
}

fn greeks(g: &GreeksView) -> [(&'static str, Option<Decimal>); 7] {
    [
        ("implied volatility", g.implied_volatility.value),
        ("delta", g.delta.value),
        ("gamma", g.gamma.value),
        ("theta", g.theta.value),
        ("vega", g.vega.value),
        ("model's price", g.price.value),
        ("underlying's price", g.underlying.value),
    ]
}

fn margins(p: &PreviewView) -> Vec<(&'static str, Option<Decimal>)> {
    [
        ("initial", p.margin.initial),
        ("maintenance", p.margin.maintenance),
        ("equity", p.margin.equity),
        ("excess liquidity", p.margin.excess_liquidity),
        ("available funds", p.margin.available_funds),
    ]
    .into_iter()
    .flat_map(|(name, BeforeAfter { before, after })| [(name, before), (name, after)])
    .chain([("buying power after", p.margin.buying_power.after)])
    .collect()
}

fn commissions(p: &PreviewView) -> [(&'static str, Option<Decimal>); 3] {
    [
        ("commission", p.commission),
        ("least commission", p.min_commission),
        ("most commission", p.max_commission),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_mark_is_a_figure_of_an_account_or_a_position_or_the_price_of_an_order() {
    for mark in MARKS {
        let mut house = house(Unset {
            account_values: true,
            account_profit: true,
            position_profit: true,
            average_cost: true,
            order_prices: true,
            ..Unset::nothing(mark)
        })
        .await;
        let by_hand = ByHand {
            account: "DU4000001".into(),
            instrument: "AAPL".into(),
            quantity: Decimal::TEN,
            limit: Some(Decimal::ONE_HUNDRED),
        };
        house.sim.act(Action::PlaceByHand(by_hand)).await.unwrap();
        house.restart().await;
        house
            .until("the order and every price is there", |p| {
                p.orders.len() == 1 && p.positions.values().all(|p| p.price.value.is_some())
            })
            .await;
        let page = &house.page;
        assert_eq!(page.accounts.len(), 3);
        for account in page.accounts.values() {
            let figures = values(account).into_iter().chain(profit(account));
            assert_eq!(told(figures), [""; 0], "{mark:?}: {}", account.id);
        }
        let household = page.household.as_ref().expect("sums");
        assert_eq!(told(sums(household)), [""; 0], "{mark:?}");
        assert!(!page.positions.is_empty());
        for position in page.positions.values() {
            let figures = [
                ("average cost", position.average_cost),
                ("daily P&L", position.daily_pnl.value),
                ("unrealized P&L", position.unrealized_pnl.value),
            ];
            assert_eq!(told(figures), [""; 0], "{mark:?}: {}", position.key);
            // What is held and its price are known, and so is the value that they make.
            assert!(position.quantity.value.is_some(), "{mark:?}");
            let reckoned = position.value.value.is_some();
            assert!(
                !reckoned || position.value.source == Some(Source::Model),
                "{mark:?}: {position:?}"
            );
        }
        for merged in page.merged.values() {
            let figures = [
                ("average cost", merged.average_cost),
                ("daily P&L", merged.daily_pnl.value),
                ("unrealized P&L", merged.unrealized_pnl.value),
            ];
            assert_eq!(told(figures), [""; 0], "{mark:?}: {:?}", merged.instrument);
        }
        let order = page.orders.values().next().expect("an order");
        let figures = [
            ("limit", order.limit_price),
            ("stop", order.stop_price),
            ("average price", order.average_price),
        ];
        assert_eq!(told(figures), [""; 0], "{mark:?}");
        assert_eq!(order.quantity, Decimal::TEN);
        assert!(page.is_up(), "{mark:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_mark_is_a_margin_a_commission_or_what_a_fill_realized() {
    for mark in MARKS {
        let mut house = house(Unset {
            margins: true,
            commissions: true,
            fill_reports: true,
            ..Unset::nothing(mark)
        })
        .await;
        let con_id = house.choose("AAPL").await;
        let account = house.page.account_of("Individual").unwrap().id.clone();
        house
            .until("the account is told", |p| {
                p.accounts[&account].available_funds.value.is_some()
            })
            .await;
        let draft = market("i-1", &account, con_id, Side::Buy, "10");
        let preview = house.preview(draft).await;
        assert_eq!(told(margins(&preview)), [""; 0], "{mark:?}");
        assert_eq!(told(commissions(&preview)), [""; 0], "{mark:?}");
        assert!(preview.worst_case.is_some(), "{mark:?}");
        house.desk.confirm(&preview.id).await.unwrap();
        house
            .until("it is filled", |p| {
                p.order("i-1")
                    .is_some_and(|o| o.state == OrderStateView::Filled)
            })
            .await;
        // Its report comes after the fill, and before whatever else is asked later.
        house.send(resting(&house, con_id, &account)).await;
        house
            .until("another order works", |p| {
                p.order("i-2")
                    .is_some_and(|o| o.state == OrderStateView::Working)
            })
            .await;
        let order = house.page.order("i-1").unwrap();
        let figures = [
            ("commission", charged(order.commission)),
            ("realized", order.realized_pnl),
        ];
        assert_eq!(told(figures), [""; 0], "{mark:?}");
        assert!(order.average_price.is_some(), "{mark:?}");
        for fill in &order.executions {
            let figures = [
                ("commission", charged(fill.commission)),
                ("realized", fill.realized_pnl),
            ];
            assert_eq!(told(figures), [""; 0], "{mark:?}");
        }
        assert!(house.page.is_up(), "{mark:?}");
        assert!(
            house.page.accounts[&account]
                .net_liquidation
                .value
                .is_some()
        );
    }
}

/// A commission other than none. The client library reads an amount that is left out as zero,
/// which is what later parts of an order do cost.
fn charged(commission: Option<Decimal>) -> Option<Decimal> {
    commission.filter(|amount| !amount.is_zero())
}

fn resting(house: &House, con_id: i32, account: &str) -> gatehouse_domain::draft::DraftInput {
    let bid = house.page.quotes[&con_id].bid.value.expect("a bid");
    let price = (bid * Decimal::new(97, 2)).round_dp(2).to_string();
    limit("i-2", account, con_id, Side::Buy, "1", &price)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_mark_is_a_price_a_size_or_a_greek_and_one_that_was_known_is_not_kept() {
    for mark in MARKS {
        let mut house = House::ready().await;
        let con_id = house.choose("AAPL").await;
        let chain = house.desk.chain(con_id).await.unwrap();
        let class = &chain.classes[0];
        let (name, expiry) = (
            class.trading_class.clone(),
            class.expiries[3].expiry.clone(),
        );
        let strikes = house.desk.strikes(con_id, name, expiry).await.unwrap();
        let spot = house.page.quotes[&con_id].last.value.expect("a price");
        let nearest = strikes.rows.iter().min_by_key(|r| (r.strike - spot).abs());
        let option = nearest.and_then(|row| row.call.as_ref()).unwrap().con_id;
        house.desk.show_options(&[option]).await.unwrap();
        house
            .until("the option is priced", |p| {
                p.quotes.get(&option).is_some_and(|q| {
                    q.bid.value.is_some()
                        && q.open_interest.value.is_some()
                        && q.greeks.as_ref().is_some_and(|g| g.vega.value.is_some())
                })
            })
            .await;
        let steady = house.page.accounts.len();
        house.sim.set_faults(faults(Unset {
            prices: true,
            sizes: true,
            greeks: true,
            ..Unset::nothing(mark)
        }));
        // Every line is told anew.
        let data_lost = true;
        house.sim.act(Action::LoseUpstream {}).await.unwrap();
        let back = Action::RestoreUpstream { data_lost };
        house.sim.act(back).await.unwrap();
        let quiet = |p: &Page| {
            [con_id, option].iter().all(|id| {
                p.quotes.get(id).is_some_and(|q| {
                    let greeks = q.greeks.as_ref().map(greeks).into_iter().flatten();
                    told(prices(q).into_iter().chain(sizes(q)).chain(greeks)).is_empty()
                        && q.implied_volatility.value.is_none()
                        && q.historical_volatility.value.is_none()
                })
            })
        };
        let what = format!("every figure is a dash for {mark:?}");
        house.until(&what, quiet).await;
        house.until("the link is whole", Page::is_up).await;
        assert_eq!(house.page.accounts.len(), steady);
        for position in house.page.positions.values() {
            assert!(position.quantity.value.is_some() && position.average_cost.is_some());
        }
    }
}
