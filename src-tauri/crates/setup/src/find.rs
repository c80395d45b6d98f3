//! What is on this computer: installs, settings, what runs, what listens.

mod installs;
mod java;
mod jts_ini;
mod places;
mod ports;
mod running;

pub use installs::{Install, installs};
pub use jts_ini::{Settings, TradingMode};
pub use places::{Os, Places};
pub use ports::{PortIs, PortSeen, listening, look_at};
pub use running::{Running, program_of, running};

use serde::{Deserialize, Serialize};

/// Everything that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Surroundings {
    /// Which system this is.
    pub os: Os,
    /// Installed programs, newest first.
    pub installs: Vec<Install>,
    /// The settings that were found beside them.
    pub settings: Vec<Settings>,
    /// A Java for all programs, when there is one. TWS and IB Gateway bring their own.
    pub java: Option<String>,
    /// What runs.
    pub running: Vec<Running>,
    /// What listens at the ports that were asked about.
    pub ports: Vec<PortSeen>,
}

/// Looks at folders and processes, and asks who listens at these ports.
pub async fn look_around(places: Places, ports: &[u16]) -> Surroundings {
    let ports = look_at(ports).await;
    let os = places.os;
    // Folders can lie on slow disks.
    let found = tokio::task::spawn_blocking(move || {
        (
            installs::installs(&places),
            jts_ini::settings(&places),
            java::installed(&places),
            running(),
        )
    })
    .await;
    let (installs, settings, java, running) = found.unwrap_or_default();
    Surroundings {
        os,
        installs,
        settings,
        java: java.map(|path| path.display().to_string()),
        running,
        ports,
    }
}
