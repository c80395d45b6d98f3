//! What leaves the computer when a person copies the report.

use crate::plan::{checked, gateway, plan};
use gatehouse_domain::account::{AccountKind, Mode};
use gatehouse_setup::check::{AccountFound, Checked, Step, StepOutcome, StepView};
use gatehouse_setup::fault::{Fault, FaultView};
use gatehouse_setup::report;
use gatehouse_sim::server::Faults;
use proptest::prelude::*;

#[tokio::test]
async fn it_says_what_was_found_and_no_account() {
    let sim = gateway(Faults::default()).await;
    let plan = plan(sim.addr());
    let checked = checked(&plan).await;
    let text = report::text(&plan, &checked, None, "0.1.0", Some("/home/ann"));
    assert!(text.contains("[ok] The positions come"), "{text}");
    assert!(text.contains("API version 226"));
    for account in &checked.accounts {
        assert!(!text.contains(&account.id), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Wherever an id stands, in any text that the gateway or the system can write.
    #[test]
    fn a_planted_id_never_comes_out(
        id in "[DUF]{1,2}[0-9]{5,8}",
        before in "[ -~]{0,30}",
        after in "[ -~]{0,30}",
        lower in any::<bool>(),
    ) {
        let planted = if lower { id.to_lowercase() } else { id.clone() };
        let text = format!("{before}{planted}{after}");
        let faults = [
            Fault::Other { text: text.clone() },
            Fault::NoUsableAccount { why: text.clone() },
            Fault::HandshakeRefused { address: "127.0.0.1:4002".to_owned(), text: text.clone() },
            Fault::OtherProtocol { address: "127.0.0.1:4002".to_owned(), begins: text.clone() },
        ];
        let mut steps: Vec<StepView> = faults
            .iter()
            .map(|fault| StepView {
                outcome: StepOutcome::Failed { fault: FaultView::from(fault) },
                ..StepView::waiting(Step::Port)
            })
            .collect();
        steps.push(StepView {
            outcome: StepOutcome::Passed { says: text.clone() },
            details: vec![text],
            ..StepView::waiting(Step::MarketData)
        });
        let checked = Checked {
            steps,
            accounts: vec![AccountFound {
                id: id.clone(),
                kind_text: None,
                kind: AccountKind::Unknown,
            }],
            mode: Mode::Paper,
            version: None,
            usable: false,
            millis: 0,
        };
        let plan = plan("127.0.0.1:4002".parse().unwrap());
        let report = report::text(&plan, &checked, None, "0.1.0", None);
        prop_assert!(!report.to_lowercase().contains(&id.to_lowercase()), "{}", report);
    }
}
