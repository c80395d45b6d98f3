//! The list as text, for somebody who helps. Account ids and the person's name are left out.

use crate::check::{Checked, Plan, StepOutcome, StepView};
use crate::fault::FaultView;
use crate::find::{PortIs, Surroundings};
use crate::hide::hidden;
use std::fmt::Write as _;

/// Everything that came of a check and of looking around, as text.
#[must_use]
pub fn text(
    plan: &Plan,
    checked: &Checked,
    around: Option<&Surroundings>,
    version: &str,
    home: Option<&str>,
) -> String {
    let mut out = String::new();
    let when = plan.now.strftime("%Y-%m-%d %H:%M:%S %Z");
    // Writing to a string does not fail.
    let _ = writeln!(out, "Gatehouse {version}, connection check of {when}");
    let _ = writeln!(
        out,
        "Gateway {}:{}, client id {}",
        plan.host, plan.port, plan.client_id
    );
    if let Some(version) = checked.version {
        let _ = writeln!(out, "API version {version}");
    }
    let _ = writeln!(
        out,
        "{} accounts, {:?}",
        checked.accounts.len(),
        checked.mode
    );
    out.push('\n');
    for line in &checked.steps {
        out.push_str(&step(line));
    }
    if let Some(around) = around {
        out.push('\n');
        out.push_str(&surroundings(around));
    }
    let accounts: Vec<String> = checked.accounts.iter().map(|one| one.id.clone()).collect();
    hidden(&out, &accounts, home)
}

fn step(line: &StepView) -> String {
    let (word, says) = match &line.outcome {
        StepOutcome::Waiting | StepOutcome::Running => ("not done", String::new()),
        StepOutcome::Passed { says } => ("ok", says.clone()),
        StepOutcome::Limited { fault } => ("limited", fault_words(fault)),
        StepOutcome::Failed { fault } => ("FAILED", fault_words(fault)),
        StepOutcome::NotRun { because } => ("not run", format!("because of: {}", because.title())),
        StepOutcome::NotChecked { why } => ("not checked", why.clone()),
    };
    let took = line
        .millis
        .map_or(String::new(), |millis| format!(" ({millis} ms)"));
    let mut out = format!("[{word}] {}{took}: {says}\n", line.title);
    for detail in &line.details {
        let _ = writeln!(out, "    {detail}");
    }
    out
}

fn fault_words(fault: &FaultView) -> String {
    format!("{} ({})", fault.says, fault.name)
}

fn surroundings(around: &Surroundings) -> String {
    let mut out = format!("System: {:?}\n", around.os);
    for install in &around.installs {
        let _ = writeln!(
            out,
            "Installed: {} {} in {}, memory {}",
            install.program.words(),
            install.version.as_deref().unwrap_or("of unknown version"),
            install.folder,
            install
                .memory_mb
                .map_or_else(|| "not set".to_owned(), |mb| format!("{mb} MB")),
        );
    }
    for settings in &around.settings {
        let _ = writeln!(
            out,
            "Settings: {}, login offers {:?}, trusts other computers: {}",
            settings.file, settings.login_offers, settings.trusts_others
        );
    }
    for running in &around.running {
        let by = if running.by_ibc {
            ", started by IBC"
        } else {
            ""
        };
        let _ = writeln!(out, "Running: {}{by}", running.program.words());
    }
    for port in &around.ports {
        let is = match port.is {
            PortIs::TwsApi { version } => format!("TWS API, version {version}"),
            PortIs::Closes => "closes at once".to_owned(),
            PortIs::Silent => "silent".to_owned(),
            PortIs::Http => "web server".to_owned(),
            PortIs::Tls => "encrypted".to_owned(),
            PortIs::Other => "something else".to_owned(),
        };
        let _ = writeln!(out, "Port {} at {}: {is}", port.port, port.host);
    }
    out
}
