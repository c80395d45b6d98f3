//! Whatever figures the wire delivers, none ends the desk: what can't be reckoned has no figure.

use super::*;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::{Derivative, Expiry, OptionTerms, Right};
use proptest::prelude::*;

/// What the adapter lets through: below a thousand million millions, with up to 28 digits.
fn figure() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        2 => prop::sample::select(vec![
            "999999999999999", "-999999999999999", "0", "0.00000001", "-1",
            "123456789012345.1234567890123",
        ]).prop_map(dec),
        3 => (-1_000_000_000_000_000i64..1_000_000_000_000_000, 0u32..9)
            .prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        2 => (1i64..100_000).prop_map(|n| Decimal::new(n, 2)),
    ]
}

fn put(multiplier: Decimal, strike: Decimal) -> Contract {
    let mut put = apple().contract;
    put.con_id = ConId::new(4711).unwrap();
    put.kind = SecurityKind::Option;
    put.multiplier = multiplier;
    put.derivative = Some(Derivative {
        expiry: Expiry::new(2026, 10, 16).unwrap(),
        option: Some(OptionTerms {
            strike: Price::new(strike).unwrap(),
            right: Right::Put,
        }),
    });
    put
}

fn positive(figure: Decimal) -> Decimal {
    match figure.is_zero() {
        true => Decimal::ONE,
        false => figure.abs(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_figures_of_the_wire_end_the_desk(f in prop::collection::vec(figure(), 24)) {
        let mut bench = Bench::ready();
        let put = put(positive(f[0]), positive(f[1]));
        let mut option = apple();
        option.contract = put.clone();
        bench.event(Event::InstrumentAnswered { con_id: put.con_id, answer: Ok(option) });
        for (account, contract, quantity, cost) in [
            (ROTH, put.clone(), f[2], f[3]),
            (MARGIN, put.clone(), f[4], f[5]),
            (ROTH, apple().contract, f[6], f[7]),
            (MARGIN, apple().contract, f[8], f[9]),
        ] {
            bench.broker(BrokerEvent::Position {
                account: account_id(account),
                contract,
                quantity,
                average_cost: Some(cost),
            });
        }
        bench.broker(BrokerEvent::ExchangeRate {
            account: account_id(ROTH),
            currency: Currency::USD,
            rate: positive(f[10]),
        });
        for (con_id, price) in [(put.con_id, f[11]), (con_id(), f[12])] {
            let fields = [
                QuoteField::Bid, QuoteField::Ask, QuoteField::Last, QuoteField::Delta,
                QuoteField::Gamma, QuoteField::Theta, QuoteField::Vega,
            ];
            let ticks = fields.map(|field| tick(con_id, field, &price.to_string(), bench.now));
            bench.broker(BrokerEvent::Ticks(ticks.to_vec()));
        }
        for (n, tag) in [Tag::SettledCash, Tag::TotalCashValue, Tag::NetLiquidation]
            .into_iter()
            .enumerate()
        {
            for account in [ROTH, MARGIN] {
                bench.broker(BrokerEvent::AccountFigure {
                    account: account_id(account),
                    tag,
                    value: Some(f[13 + n]),
                });
            }
        }
        // An order made elsewhere, and its executions.
        let mut seen = listed(key("elsewhere", 9, 9), Report::Submitted);
        seen.key.order_ref = None;
        seen.terms.quantity = Quantity::new(positive(f[16])).unwrap();
        bench.broker(BrokerEvent::Order(seen));
        for (n, name) in ["e-1", "e-2"].into_iter().enumerate() {
            bench.broker(BrokerEvent::Execution {
                key: OrderKey { perm_id: PermId::new(9), ..OrderKey::default() },
                account: account_id(MARGIN),
                contract: apple().contract,
                side: Side::Buy,
                exec_id: ExecId::new(name).unwrap(),
                quantity: Quantity::new(positive(f[17 + n])).unwrap(),
                price: f[19 + n],
                liquidity: None,
            });
        }
        for account in [ROTH, MARGIN] {
            let _ = bench.ask(Ask::Check(draft("i-1", account, Side::Buy, "10", "180.00")));
            let _ = bench.ask(Ask::Check(draft("i-2", account, Side::Sell, "10", "180.00")));
            let option = DraftInput {
                con_id: Some(put.con_id.get()),
                ..draft("i-3", account, Side::Sell, "1", "2.00")
            };
            let _ = bench.ask(Ask::Check(option));
        }
        bench.ask(Ask::Resync).unwrap().unwrap();
        bench.event(Event::Beat);
    }
}
