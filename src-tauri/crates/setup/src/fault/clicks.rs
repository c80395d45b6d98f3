//! What mends a fault: where to click, in the words of the windows.

use super::{Fault, Place, Remedy};
use crate::program::Program;
use gatehouse_domain::account::Mode;

impl Fault {
    /// What to do, most likely first.
    #[must_use]
    pub fn remedies(&self) -> Vec<Remedy> {
        match self {
            Self::NameUnknown { .. } | Self::NoRoute { .. } => {
                vec![here("Use the host 127.0.0.1, and try again.")]
            }
            Self::NotThisComputer { .. } => vec![
                here("Use the host 127.0.0.1, with TWS or IB Gateway running on this computer."),
                computer("Install IB Gateway on this computer; it is small and needs no other."),
            ],
            Self::TimedOut { .. } => vec![
                computer("Let connections from this computer to itself through the firewall."),
                computer("If the computer hangs or is very slow, restart TWS or IB Gateway."),
            ],
            Self::NothingListens { elsewhere, .. } if !elsewhere.is_empty() => vec![
                here("Choose the port at which something listens, and try again."),
                tws("Look up “Socket port”."),
                gateway("Look up “Socket port”."),
            ],
            Self::NothingListens { .. } => vec![
                computer("Start TWS or IB Gateway and log in."),
                tws("Tick “Enable ActiveX and Socket Clients”, and look up “Socket port”."),
                gateway("Look up “Socket port”. IB Gateway always serves socket clients."),
            ],
            Self::WaitsForLogin { program, .. } | Self::WeeklyLogin { program, .. } => vec![
                at(*program, &[], "Log in, and confirm with the second factor."),
                at(
                    *program,
                    program.menu(),
                    "If it is logged in: tick “Enable ActiveX and Socket Clients” where it is offered, and look up “Socket port”.",
                ),
            ],
            Self::NightlyRestart { .. } => vec![
                here("Wait some minutes, and try again."),
                Remedy {
                    path: path(&["Configure", "Settings", "Lock and Exit"]),
                    ..gateway("“Auto restart” says when it restarts.")
                },
            ],
            Self::OtherFamily { listens, .. } => {
                vec![here(&format!(
                    "Use the host {}, and try again.",
                    host_of(listens)
                ))]
            }
            Self::ClosedAtOnce { .. } => vec![
                tws(
                    "Add 127.0.0.1 to “Trusted IPs”, or tick “Allow connections from localhost only”. Never 0.0.0.0/0.",
                ),
                gateway(
                    "Add 127.0.0.1 to “Trusted IPs”, or tick “Allow connections from localhost only”. Never 0.0.0.0/0.",
                ),
                here("If it has just been started: wait a little, and try again."),
            ],
            Self::Http { .. }
            | Self::Tls { .. }
            | Self::Ssh { .. }
            | Self::OtherProtocol { .. } => vec![
                tws("Look up “Socket port”, and use it here."),
                gateway("Look up “Socket port”, and use it here."),
            ],
            Self::SilentHandshake { .. } => vec![
                at(
                    Program::Tws,
                    &[],
                    "Look for a dialog in its window, and answer it.",
                ),
                at(
                    Program::Gateway,
                    &[],
                    "Look for a dialog in its window, and answer it.",
                ),
                tws("Tick “Enable ActiveX and Socket Clients”, then Apply and OK."),
                computer("If no dialog waits: close TWS or IB Gateway and start it anew."),
            ],
            Self::HandshakeRefused { .. } | Self::TooOld { .. } => vec![
                computer(
                    "Install the newest version of TWS or IB Gateway from IBKR's site, and start that one.",
                ),
                Remedy {
                    path: path(&["Help", "About Trader Workstation…"]),
                    ..tws("says which version runs.")
                },
            ],
            Self::ClientIdInUse { client_id } => vec![
                here(&format!(
                    "Choose another client id, such as {}, and try again.",
                    client_id.saturating_add(1)
                )),
                computer("Or close the other program that is connected to this gateway."),
            ],
            Self::AccountsNeverCame { .. } | Self::NoUsableAccount { .. } => vec![
                at(
                    Program::Gateway,
                    &[],
                    "Look for a dialog or the second factor, and complete the login.",
                ),
                at(
                    Program::Tws,
                    &[],
                    "Look for a dialog or the second factor, and complete the login.",
                ),
                computer("If it stays so: close it, start it anew and log in again."),
            ],
            Self::OtherMode {
                expected: Mode::Paper,
                ..
            } => vec![
                at(
                    Program::Gateway,
                    &[],
                    "Log out, choose “Paper Trading” at the login, and log in.",
                ),
                here("Or say that this connection is live."),
            ],
            Self::OtherMode { .. } => vec![
                at(
                    Program::Gateway,
                    &[],
                    "Log out, choose “Live Trading” at the login, and log in.",
                ),
                here("Or say that this connection is paper."),
            ],
            Self::MixedAccounts => vec![ibkr("Ask IBKR which accounts this user should have.")],
            Self::ReadOnlyApi => vec![
                tws("To place orders from here: untick “Read-Only API”, then Apply and OK."),
                gateway("To place orders from here: untick “Read-Only API”, then Apply and OK."),
            ],
            Self::LoggedInElsewhere { .. } => vec![
                ibkr("Log out of the other place: IBKR Mobile, Client Portal, another TWS."),
                ibkr(
                    "Or have a second user for the same accounts: Client Portal, Settings, Users & Access Rights.",
                ),
            ],
            Self::UpstreamDown { .. } => vec![
                computer("See whether the internet can be reached."),
                here("Wait some minutes, and try again. The gateway connects again by itself."),
            ],
            Self::AccountDataSilent { .. } | Self::PositionsSilent { .. } => vec![
                here("Wait a minute, and try again."),
                at(
                    Program::Gateway,
                    &[],
                    "Look for a dialog in its window, and answer it.",
                ),
            ],
            Self::NotSubscribed { .. } => vec![
                ibkr(
                    "Client Portal, Settings, Market Data Subscriptions: subscribe, and sign the agreement on the API there.",
                ),
                ibkr(PAPER_SHARES),
                here("Or take delayed prices: the ticket offers them where live ones are refused."),
            ],
            Self::DelayedOnly { .. } => vec![
                ibkr(
                    "Client Portal, Settings, Market Data Subscriptions, if you want live prices.",
                ),
                ibkr(PAPER_SHARES),
            ],
            Self::NoLinesLeft => vec![computer(
                "Close other programs that show prices over the same login.",
            )],
            Self::ClockOff { .. } => vec![computer(
                "Let the system set its clock by itself: date and time settings, “automatic”.",
            )],
            Self::SlowAnswers { .. } => vec![
                Remedy {
                    path: path(&["Configure", "Settings", "Memory Allocation"]),
                    ..gateway("Give it more memory, such as 2048 MB, and restart it.")
                },
                Remedy {
                    path: path(&[
                        "File",
                        "Global Configuration…",
                        "General",
                        "Memory Allocation",
                    ]),
                    ..tws("Give it more memory, such as 4096 MB, and restart it.")
                },
                computer("Restart TWS or IB Gateway; let it restart by itself each day."),
            ],
            Self::Lost | Self::Other { .. } => vec![
                here("Try again."),
                computer("If it stays so: close TWS or IB Gateway and start it anew."),
            ],
        }
    }
}

/// IBKR's knowledge base 1719: a paper user has no subscriptions, and may share those of the live
/// user.
const PAPER_SHARES: &str = "A paper login has no subscriptions of its own. It gets the live user's where that user shares them: Client Portal, Settings, Account Settings, Paper Trading Account.";

fn path(menus: &[&str]) -> Vec<String> {
    menus.iter().map(|menu| (*menu).to_owned()).collect()
}

fn at(program: Program, menus: &[&str], does: &str) -> Remedy {
    Remedy {
        place: match program {
            Program::Tws => Place::Tws,
            Program::Gateway | Program::Simulated => Place::Gateway,
        },
        path: path(menus),
        does: does.to_owned(),
    }
}

fn tws(does: &str) -> Remedy {
    at(Program::Tws, Program::Tws.menu(), does)
}

fn gateway(does: &str) -> Remedy {
    at(Program::Gateway, Program::Gateway.menu(), does)
}

fn elsewhere(place: Place, does: &str) -> Remedy {
    Remedy {
        place,
        path: Vec::new(),
        does: does.to_owned(),
    }
}

fn here(does: &str) -> Remedy {
    elsewhere(Place::Gatehouse, does)
}

fn computer(does: &str) -> Remedy {
    elsewhere(Place::Computer, does)
}

fn ibkr(does: &str) -> Remedy {
    elsewhere(Place::Ibkr, does)
}

/// The host of a host and port.
fn host_of(address: &str) -> &str {
    address
        .rsplit_once(':')
        .map_or(address, |(host, _)| host.trim_matches(['[', ']']))
}
