//! Whatever orders pass in an IRA, one after the other, and however they fill.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Mode, Tag};
use gatehouse_domain::combo::worth::{EndLeg, worst_worth};
use gatehouse_domain::contract::{Contract, Instrument, SecurityKind};
use gatehouse_domain::decimal::Price;
use gatehouse_domain::derivative::{Derivative, Expiry, OptionTerms, Right};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::ConId;
use gatehouse_rules::facts::Holdings;
use gatehouse_rules::{Facts, RuleBook, judge};
use gatehouse_testkit::{START, account, apple, dec, limit, quote, set_figure};
use proptest::prelude::*;

/// The stock, and four options on it that end on two days.
fn instruments() -> Vec<Instrument> {
    let option = |id: i32, expiry: &str, strike: &str, right: Right| {
        let mut option = apple();
        option.contract.con_id = ConId::new(id).unwrap();
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
    };
    vec![
        apple(),
        option(1, "20261218", "190", Right::Call),
        option(2, "20270115", "200", Right::Call),
        option(3, "20261218", "170", Right::Put),
        option(4, "20270115", "160", Right::Put),
    ]
}

#[derive(Debug, Clone)]
enum Step {
    Order {
        what: usize,
        side: Side,
        count: u32,
        price: u32,
    },
    Fill {
        order: usize,
        part: u32,
    },
    Cancel {
        order: usize,
    },
    Settle,
}

fn step() -> impl Strategy<Value = Step> {
    let side = prop::sample::select(vec![Side::Buy, Side::Sell]);
    prop_oneof![
        6 => (0usize..5, side, 1u32..4, 1u32..20).prop_map(|(what, side, count, price)| Step::Order { what, side, count, price }),
        6 => (0usize..8, 1u32..4).prop_map(|(order, part)| Step::Fill { order, part }),
        1 => (0usize..8).prop_map(|order| Step::Cancel { order }),
        1 => Just(Step::Settle),
    ]
}

struct Working {
    what: usize,
    side: Side,
    left: Decimal,
    price: Decimal,
}

struct Ira {
    instruments: Vec<Instrument>,
    held: Vec<Decimal>,
    working: Vec<Working>,
    settled: Decimal,
    total: Decimal,
}

impl Ira {
    fn of(kind: AccountKind) -> (Self, Account) {
        let instruments = instruments();
        let ira = Self {
            held: vec![Decimal::ZERO; instruments.len()],
            working: Vec::new(),
            settled: dec("40000"),
            total: dec("40000"),
            instruments,
        };
        (ira, account("DU1", kind))
    }

    fn contract(&self, what: usize) -> &Contract {
        &self.instruments[what].contract
    }

    fn lots(&self) -> Vec<(&Contract, Decimal)> {
        let held = self.instruments.iter().zip(&self.held);
        held.map(|(instrument, held)| (&instrument.contract, *held))
            .collect()
    }

    fn order(
        &mut self,
        account: &mut Account,
        what: usize,
        side: Side,
        count: Decimal,
        price: Decimal,
    ) -> bool {
        set_figure(account, Tag::SettledCash, &self.settled.to_string());
        set_figure(account, Tag::TotalCashValue, &self.total.to_string());
        let instrument = &self.instruments[what];
        let of_side = |wanted: Side| {
            let all = self.working.iter();
            all.filter(move |working| working.side == wanted)
        };
        let left = |wanted: Side| -> Decimal {
            let of_it = of_side(wanted).filter(|working| working.what == what);
            of_it.map(|working| working.left).sum()
        };
        let buys: Decimal = of_side(Side::Buy)
            .map(|order| order.price * order.left * self.contract(order.what).multiplier)
            .sum();
        let holdings = Holdings {
            held: self.lots(),
            working: self
                .working
                .iter()
                .map(|order| vec![(self.contract(order.what), order.left * order.side.sign())])
                .collect(),
        };
        let draft = Draft {
            con_id: instrument.contract.con_id,
            ..limit("DU1", side, &count.to_string(), &price.to_string())
        };
        let quote = quote(&price.to_string(), &price.to_string(), START);
        let facts = Facts {
            mode: Mode::Paper,
            connected: true,
            account: Some(account),
            quote: Some(&quote),
            position: Some(self.held[what]),
            working_sells: left(Side::Sell),
            working_buys: left(Side::Buy),
            working_buys_cost: Some(buys),
            ends_elsewhere: Some(Decimal::ZERO),
            holdings: Some(&holdings),
            ..Facts::of(instrument)
        };
        let judged = judge(&draft, &facts, &RuleBook::default(), START);
        let of_the_kind = judged.verdict().findings().iter();
        let passes = of_the_kind
            .filter(|finding| finding.rule.id().starts_with("ira."))
            .all(|finding| !finding.blocks());
        if passes {
            self.working.push(Working {
                what,
                side,
                left: count,
                price,
            });
        }
        passes
    }

    fn fill(&mut self, order: usize, part: Decimal) {
        let Some(working) = self.working.get_mut(order) else {
            return;
        };
        let filled = part.min(working.left);
        working.left -= filled;
        let (what, side, price) = (working.what, working.side, working.price);
        self.held[what] += filled * side.sign();
        let value = filled * price * self.contract(what).multiplier;
        self.total -= value * side.sign();
        // What a sale brings settles on the next day.
        if side == Side::Buy {
            self.settled -= value;
        }
        self.working.retain(|order| order.left > Decimal::ZERO);
    }

    /// What is wrong with the account as it stands.
    fn wrong(&self) -> Option<String> {
        if self.held[0] < Decimal::ZERO {
            return Some(format!("{} shares", self.held[0]));
        }
        if self.settled < Decimal::ZERO {
            return Some(format!("{} of settled cash", self.settled));
        }
        // Assigned at the worst, nothing is owed, and what has ended by then helps nothing.
        let expiries = ["20261218", "20270115"].map(|day| Expiry::from_wire(day).unwrap());
        expiries.into_iter().find_map(|from| {
            let lots = self.lots().into_iter().filter(|(contract, _)| {
                let expiry = contract.derivative.map(|derivative| derivative.expiry);
                expiry.is_none_or(|expiry| expiry >= from)
            });
            let ends: Option<Vec<EndLeg>> = lots
                .map(|(contract, held)| EndLeg::of(contract, held * contract.multiplier))
                .collect();
            match worst_worth(&ends.unwrap()) {
                None => Some("a naked call".to_owned()),
                Some(worst) if self.settled + worst < Decimal::ZERO => {
                    Some(format!("{worst} at the end with {}", self.settled))
                }
                Some(_) => None,
            }
        })
    }
}

proptest! {
    #[test]
    fn no_orders_that_pass_make_an_ira_short_naked_or_owe_cash(
        kind in prop::sample::select(vec![
            AccountKind::RothIra, AccountKind::TraditionalIra, AccountKind::Unknown,
        ]),
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let (mut ira, mut account) = Ira::of(kind);
        for step in steps {
            match step {
                Step::Order { what, side, count, price } => {
                    let stock = what == 0;
                    let count = Decimal::from(if stock { count * 60 } else { count });
                    let price = Decimal::from(if stock { price * 10 } else { price });
                    ira.order(&mut account, what, side, count, price);
                }
                Step::Fill { order, part } => {
                    let stock = ira.working.get(order).is_some_and(|order| order.what == 0);
                    ira.fill(order, Decimal::from(if stock { part * 60 } else { part }));
                }
                Step::Cancel { order } => {
                    if order < ira.working.len() {
                        ira.working.remove(order);
                    }
                }
                Step::Settle => ira.settled = ira.total,
            }
            prop_assert_eq!(ira.wrong(), None);
        }
    }
}

#[test]
fn covered_calls_and_secured_puts_are_among_what_passes() {
    let (mut ira, mut account) = Ira::of(AccountKind::RothIra);
    let one = Decimal::ONE;
    assert!(ira.order(&mut account, 0, Side::Buy, dec("100"), dec("180")));
    assert!(
        !ira.order(&mut account, 1, Side::Sell, one, dec("3")),
        "not before the shares"
    );
    ira.fill(0, dec("99"));
    assert!(
        !ira.order(&mut account, 1, Side::Sell, one, dec("3")),
        "one share short"
    );
    ira.fill(0, one);
    assert!(ira.order(&mut account, 1, Side::Sell, one, dec("3")));
    assert!(
        !ira.order(&mut account, 2, Side::Sell, one, dec("3")),
        "the shares are taken"
    );
    assert!(!ira.order(&mut account, 0, Side::Sell, one, dec("180")));
    assert!(ira.order(&mut account, 3, Side::Sell, one, dec("3")));
    assert!(
        !ira.order(&mut account, 4, Side::Sell, one, dec("3")),
        "the cash is taken"
    );
    assert!(!ira.order(&mut account, 0, Side::Buy, dec("50"), dec("180")));
    ira.fill(1, one);
    assert!(
        ira.order(&mut account, 3, Side::Buy, one, dec("2")),
        "it may be bought back"
    );
}
