//! The wizard's whole check list at a good gateway.

use crate::gateway::{Gateway, Kind};
use crate::{Failure, sample};
use gatehouse_setup::check::{self, Patience, Plan};
use jiff::Zoned;
use std::time::Instant;

/// Samples `wizard_checks_ms`.
pub fn take(rounds: usize) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let gateway = Gateway::start(Kind::Limited)?;
        for _ in 0..rounds {
            let plan = Plan {
                host: "127.0.0.1".to_owned(),
                port: gateway.port(),
                client_id: 17,
                own: false,
                expects: None,
                restart_at: None,
                now: Zoned::now(),
                running: Vec::new(),
                ports: Vec::new(),
            };
            let begun = Instant::now();
            let checked = check::run(&plan, &Patience::default(), |_| {}).await;
            let took = begun.elapsed();
            if !checked.usable {
                return Err(format!("a good gateway is found wanting: {:?}", checked.steps).into());
            }
            sample::print("wizard_checks_ms", sample::ms(took));
        }
        Ok(())
    })
}
