//! The connection wizard's side of the program: looks around, and runs the check list while the
//! page watches.
//!
//! A check has a connection of its own, which is closed when it ends. It places nothing; see
//! `gatehouse_setup`.

use crate::shell::Shell;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_domain::account::Mode;
use gatehouse_setup::check::{self, Checked, Patience, Plan, Step, StepOutcome, StepView};
use gatehouse_setup::find::{self, Places, Surroundings};
use gatehouse_setup::program::{Program, USUAL_PORTS};
use gatehouse_setup::report;
use jiff::Zoned;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, watch};

/// What is to be checked, as the page says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckInput {
    pub host: String,
    pub port: u16,
    pub client_id: i32,
    /// What the login should be; none when anything will do.
    pub expects: Option<Mode>,
}

/// What came of it, with the text to copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProofView {
    pub checked: Checked,
    /// For whoever helps; no account ids.
    pub report: String,
}

/// What the wizard keeps between two questions.
#[derive(Debug)]
pub(crate) struct Wizard {
    /// Counts the checks: a new one, or its wish to stop, ends the one before.
    turn: watch::Sender<u64>,
    around: Mutex<Option<Surroundings>>,
}

impl Default for Wizard {
    fn default() -> Self {
        Self {
            turn: watch::Sender::new(0),
            around: Mutex::new(None),
        }
    }
}

impl Shell {
    /// Installs, settings, programs that run, and who listens at the usual ports and these.
    pub(crate) async fn look_around(&self, ports: &[u16]) -> Result<Surroundings, ApiError> {
        let places = Places::here().ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "This computer does not say where your files are, so Gatehouse can't look for TWS \
                 or IB Gateway. Type host and port yourself.",
            )
        })?;
        let around = find::look_around(places, ports).await;
        *self.wizard.around.lock().await = Some(around.clone());
        Ok(around)
    }

    /// Runs the check list, telling each change of a step.
    pub(crate) async fn prove(
        &self,
        input: CheckInput,
        mut tell: impl FnMut(&StepView),
    ) -> Result<ProofView, ApiError> {
        let mut turn = self.wizard.turn.subscribe();
        let mine = {
            self.wizard.turn.send_modify(|turn| *turn += 1);
            *turn.borrow_and_update()
        };
        let mut plan = self.plan(&input).await;
        let patience = Patience::default();
        let checking = async {
            let checked = check::run(&plan, &patience, &mut tell).await;
            // The window's own connection may have come up meanwhile: it is no other program.
            if is_id_taken(&checked) && !plan.own && self.is_connected_as(&input).await {
                plan.own = true;
                return check::run(&plan, &patience, &mut tell).await;
            }
            checked
        };
        let checked = tokio::select! {
            biased;
            _ = turn.wait_for(|turn| *turn != mine) => None,
            checked = checking => Some(checked),
        };
        self.connect_after(&input).await;
        let checked =
            checked.ok_or_else(|| ApiError::new(ErrorCode::NotFound, "The check was stopped."))?;
        let around = self.wizard.around.lock().await;
        let home = Places::here().map(|places| places.home.display().to_string());
        let version = env!("CARGO_PKG_VERSION");
        let report = report::text(&plan, &checked, around.as_ref(), version, home.as_deref());
        Ok(ProofView { checked, report })
    }

    /// Ends the check that runs.
    pub(crate) fn stop_proving(&self) {
        self.wizard.turn.send_modify(|turn| *turn += 1);
    }

    async fn plan(&self, input: &CheckInput) -> Plan {
        let running = tokio::task::spawn_blocking(find::running)
            .await
            .unwrap_or_default();
        let running: Vec<Program> = running.into_iter().map(|one| one.program).collect();
        // What the person set of a connection to that gateway.
        let restart_at = {
            let profiles = self.profiles.lock().await;
            let mut there = profiles.all().iter().filter(|one| one.port == input.port);
            there.find_map(|one| Time::strptime("%H:%M", one.restart_at.as_deref()?).ok())
        };
        Plan {
            own: self.is_connected_as(input).await,
            host: input.host.clone(),
            port: input.port,
            client_id: input.client_id,
            expects: input.expects,
            restart_at,
            now: Zoned::now(),
            running,
            ports: USUAL_PORTS.to_vec(),
        }
    }
}

/// Whether somebody was connected with the client id.
fn is_id_taken(checked: &Checked) -> bool {
    checked.steps.iter().any(|line| match &line.outcome {
        StepOutcome::Failed { fault } => {
            line.step == Step::ClientId && fault.name == "clientIdInUse"
        }
        _ => false,
    })
}
