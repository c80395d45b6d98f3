//! Every shape of an order, from the ticket to the gateway's book and to its end.
//!
//! A row is a ticket, what the gateway has to list for it field by field, and how it ends. What
//! is meant is written out here a second time, in the gateway's words, so that nothing of the way
//! there is taken on trust; and a stranger reads the same, see `stranger`.

#[path = "table/algorithms.rs"]
mod algorithms;
#[path = "table/auctions.rs"]
mod auctions;
#[path = "table/conditions.rs"]
mod conditions;
#[path = "table/groups.rs"]
mod groups;
#[path = "table/refusals.rs"]
mod refusals;
#[path = "table/stranger.rs"]
mod stranger;
#[path = "table/types.rs"]
mod types;

use gatehouse_desk::view::{JournalQuery, OrderStateView, PreviewOutcome};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftInput, Waivers};
use gatehouse_e2e::{House, HouseOptions, Page};
use gatehouse_sim::server::Planned;
use gatehouse_sim::world::{ConId, OrderKind, OrderRequest, OrderTerms, Side, Tif};

/// Apple, whose market stands still here unless a row moves it.
pub const APPLE: i32 = 265_598;
/// The account of every row.
pub const ACCOUNT: &str = "DU4000001";
/// Bid and offer while nothing moves, in cents.
const STILL: (i64, i64) = (272_00, 272_02);
/// How many rows are at the gateway at once; it takes no more than twenty for one contract.
const AT_ONCE: usize = 16;

/// Cents as a price.
pub fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

/// How a row's order ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The person cancels it.
    Cancel,
    /// It fills by itself.
    Fills,
    /// It is cancelled by itself, as what can't fill at once is.
    Lapses,
    /// It fills once the market stands there, in cents.
    FillsAt(i64, i64),
    /// The gateway cancels it once the market stands there, in cents.
    LapsesAt(i64, i64),
}

/// A ticket, what the gateway has to list, and the end.
pub struct Row {
    ticket: DraftInput,
    listed: OrderRequest,
    end: End,
}

impl Row {
    /// A buy of two Apple at this type.
    pub fn new(name: &str, kind: OrderKind, end: End) -> Self {
        let ticket = DraftInput {
            account: ACCOUNT.into(),
            con_id: Some(APPLE),
            quantity: "2".into(),
            // A market that stands still grows stale.
            waivers: Waivers {
                stale_price: true,
                ..Waivers::default()
            },
            ..DraftInput::empty(name)
        };
        let listed = OrderRequest {
            account: ACCOUNT.into(),
            con_id: ConId::new(APPLE),
            exchange: "SMART".into(),
            side: Side::Buy,
            quantity: Decimal::TWO,
            kind,
            tif: Tif::Day,
            outside_rth: false,
            order_ref: name.into(),
            transmit: true,
            terms: OrderTerms::default(),
        };
        Self {
            ticket,
            listed,
            end,
        }
    }

    /// The ticket as it is filled in.
    pub fn ticket(mut self, fill_in: impl FnOnce(&mut DraftInput)) -> Self {
        fill_in(&mut self.ticket);
        self
    }

    /// What the gateway lists beside that.
    pub fn listed(mut self, meant: impl FnOnce(&mut OrderRequest)) -> Self {
        meant(&mut self.listed);
        self
    }

    fn name(&self) -> &str {
        &self.ticket.intent
    }
}

/// A house in which Apple's market stands still with room for everybody.
pub async fn quiet_house() -> House {
    quiet_house_with(Vec::new()).await
}

/// The same, with what is going to happen in it.
pub async fn quiet_house_with(plan: Vec<Planned>) -> House {
    let mut options = HouseOptions::default();
    options.sim.plan = plan;
    let mut house = House::new(options).await;
    house.until("the link is up", Page::is_up).await;
    house.choose("AAPL").await;
    stand_still(&mut house).await;
    house
}

/// Brings the market back to where it stands when nothing moves, for the desk to see.
pub async fn stand_still(house: &mut House) {
    stand_at(house, STILL.0, STILL.1).await;
    house
        .until("the market stands still", |page| {
            let quote = &page.quotes[&APPLE];
            quote.bid.value == Some(cents(STILL.0)) && quote.ask.value == Some(cents(STILL.1))
        })
        .await;
}

/// Moves the market, in cents.
pub async fn stand_at(house: &House, bid: i64, ask: i64) {
    house
        .sim
        .apply(move |world| {
            let apple = ConId::new(APPLE);
            assert!(world.set_quote(apple, cents(bid), cents(ask)), "a market");
            let plenty = Decimal::from(5_000);
            assert!(world.set_sizes(apple, plenty, plenty), "sizes");
            Vec::new()
        })
        .await;
}

/// What the gateway's book has of the order with this reference, working or over.
pub async fn in_the_book(house: &House, order_ref: &str) -> Option<OrderRequest> {
    let wanted = order_ref.to_owned();
    house
        .sim
        .with_world(move |world| {
            let over = world.completed_orders().into_iter().map(|done| &done.order);
            let found: Vec<_> = world
                .open_orders()
                .into_iter()
                .chain(over)
                .filter(|order| order.request.order_ref == wanted)
                .collect();
            assert!(found.len() <= 1, "{wanted} is there {} times", found.len());
            found.first().map(|order| order.request.clone())
        })
        .await
        .expect("the gateway runs")
}

/// Sends every row and holds what the gateway lists against what was meant; then every end.
pub async fn prove(house: &mut House, rows: Vec<Row>) {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<Row> = rows.by_ref().take(AT_ONCE).collect();
        for row in &some {
            send(house, row).await;
        }
        house
            .until("all are acknowledged", |page| {
                some.iter().all(|row| {
                    page.order(row.name())
                        .is_some_and(|o| o.state != OrderStateView::Sent)
                })
            })
            .await;
        for row in &some {
            let listed = in_the_book(house, row.name()).await;
            assert_eq!(listed.as_ref(), Some(&row.listed), "{}", row.name());
        }
        stranger::compare(house, some.iter().map(|row| &row.ticket)).await;
        end(house, &some).await;
        for row in &some {
            unchanged(house, row.name()).await;
        }
    }
}

async fn send(house: &House, row: &Row) {
    let check = house.desk.check(row.ticket.clone()).await.expect("a check");
    assert!(check.faults.is_empty(), "{}: {check:#?}", row.name());
    let verdict = check.verdict.expect("a verdict");
    assert!(verdict.clear, "{}: {verdict:#?}", row.name());
    let preview = match house.desk.preview(row.ticket.clone()).await.unwrap() {
        PreviewOutcome::Ready { preview } => preview,
        other => panic!("{}: {other:#?}", row.name()),
    };
    let sent = house.desk.confirm(&preview.id).await;
    assert!(sent.is_ok(), "{}: {sent:?}", row.name());
}

async fn end(house: &mut House, rows: &[Row]) {
    for row in rows.iter().filter(|row| row.end == End::Cancel) {
        let key = house.page.order(row.name()).expect("shown").key.clone();
        let asked = house.desk.cancel(&key).await;
        assert!(asked.is_ok(), "{}: {asked:?}", row.name());
    }
    // A trailing stop begins where the market stands when it first looks at it.
    house.sim.step(1_000).await.expect("a step");
    let mut moves: Vec<(i64, i64)> = rows
        .iter()
        .filter_map(|row| match row.end {
            End::FillsAt(bid, ask) | End::LapsesAt(bid, ask) => Some((bid, ask)),
            _ => None,
        })
        .collect();
    moves.sort_unstable();
    moves.dedup();
    for (bid, ask) in moves {
        stand_at(house, bid, ask).await;
        let there =
            |row: &&Row| row.end == End::FillsAt(bid, ask) || row.end == End::LapsesAt(bid, ask);
        for row in rows.iter().filter(there) {
            ended(house, row).await;
        }
    }
    stand_at(house, STILL.0, STILL.1).await;
    for row in rows {
        ended(house, row).await;
    }
}

async fn ended(house: &mut House, row: &Row) {
    let wanted = match row.end {
        End::Fills | End::FillsAt(..) => OrderStateView::Filled,
        End::Cancel | End::Lapses | End::LapsesAt(..) => OrderStateView::Cancelled,
    };
    let name = row.name().to_owned();
    let what = format!("{name} is {wanted:?}");
    house
        .until(&what, |page| {
            page.order(&name).is_some_and(|o| o.state == wanted)
        })
        .await;
}

/// The desk never took the gateway's listing for a change of the order.
async fn unchanged(house: &House, intent: &str) {
    let query = JournalQuery {
        limit: 100,
        intent: Some(intent.to_owned()),
        ..JournalQuery::default()
    };
    let entries = house.desk.journal(query).await.expect("a page").entries;
    let changed = entries.iter().find(|entry| entry.kind == "changed");
    assert!(changed.is_none(), "{intent}: {changed:#?}");
}
