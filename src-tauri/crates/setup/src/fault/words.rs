//! Each fault's name, and what is so and what it means in words of its own.

use super::Fault;
use crate::program::Program;
use gatehouse_domain::account::Mode;

impl Fault {
    /// Its lasting name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NameUnknown { .. } => "nameUnknown",
            Self::NotThisComputer { .. } => "notThisComputer",
            Self::NoRoute { .. } => "noRoute",
            Self::TimedOut { .. } => "timedOut",
            Self::NothingListens { .. } => "nothingListens",
            Self::WaitsForLogin { .. } => "waitsForLogin",
            Self::WeeklyLogin { .. } => "weeklyLogin",
            Self::NightlyRestart { .. } => "nightlyRestart",
            Self::OtherFamily { .. } => "otherFamily",
            Self::ClosedAtOnce { .. } => "closedAtOnce",
            Self::Http { .. } => "http",
            Self::Tls { .. } => "tls",
            Self::Ssh { .. } => "ssh",
            Self::OtherProtocol { .. } => "otherProtocol",
            Self::SilentHandshake { .. } => "silentHandshake",
            Self::HandshakeRefused { .. } => "handshakeRefused",
            Self::TooOld { .. } => "tooOld",
            Self::ClientIdInUse { .. } => "clientIdInUse",
            Self::AccountsNeverCame { .. } => "accountsNeverCame",
            Self::NoUsableAccount { .. } => "noUsableAccount",
            Self::OtherMode { .. } => "otherMode",
            Self::MixedAccounts => "mixedAccounts",
            Self::ReadOnlyApi => "readOnlyApi",
            Self::LoggedInElsewhere { .. } => "loggedInElsewhere",
            Self::UpstreamDown { .. } => "upstreamDown",
            Self::AccountDataSilent { .. } => "accountDataSilent",
            Self::PositionsSilent { .. } => "positionsSilent",
            Self::NotSubscribed { .. } => "notSubscribed",
            Self::DelayedOnly { .. } => "delayedOnly",
            Self::NoLinesLeft => "noLinesLeft",
            Self::ClockOff { .. } => "clockOff",
            Self::SlowAnswers { .. } => "slowAnswers",
            Self::Lost => "lost",
            Self::Other { .. } => "other",
        }
    }

    /// What is so, in a sentence.
    #[must_use]
    pub fn says(&self) -> String {
        match self {
            Self::NameUnknown { host, .. } if host.is_empty() => "No host was given.".to_owned(),
            Self::NameUnknown { host, why } => {
                format!("This computer does not know the name “{host}” ({why}).")
            }
            Self::NotThisComputer { host, address } if host == address => {
                format!("{host} is not an address of this computer.")
            }
            Self::NotThisComputer { host, address } => {
                format!("“{host}” stands for {address}, which is not this computer.")
            }
            Self::NoRoute { address, why } => format!("There is no way to {address} ({why})."),
            Self::TimedOut { address } => {
                format!("{address} neither accepts nor refuses the connection.")
            }
            Self::NothingListens { address, elsewhere } if elsewhere.is_empty() => {
                format!("Nothing listens at {address}.")
            }
            Self::NothingListens { address, elsewhere } => format!(
                "Nothing listens at {address}, but something does at port {}.",
                listed(elsewhere.iter().map(ToString::to_string))
            ),
            Self::WaitsForLogin { address, program } => format!(
                "{} runs, and does not listen at {address}.",
                capital(program.words())
            ),
            Self::WeeklyLogin { address, program } => format!(
                "{} runs, and does not listen at {address}; the weekly login is due.",
                capital(program.words())
            ),
            Self::NightlyRestart { address, at } => {
                format!("Nothing listens at {address}, and the gateway's daily restart is at {at}.")
            }
            Self::OtherFamily { asked, listens } => {
                format!("Nothing listens at {asked}, but something does at {listens}.")
            }
            Self::ClosedAtOnce { address } => {
                format!("{address} accepts the connection and closes it without a word.")
            }
            Self::Http { address } => {
                format!("A web server answers at {address}, not TWS or IB Gateway.")
            }
            Self::Tls { address } => format!(
                "What answers at {address} wants an encrypted connection; the TWS API has none."
            ),
            Self::Ssh { address } => format!("A remote shell (SSH) answers at {address}."),
            Self::OtherProtocol { address, begins } => format!(
                "What answers at {address} does not speak the TWS API. It begins with “{begins}”."
            ),
            Self::SilentHandshake { address } => {
                format!("{address} accepts the connection and does not answer the greeting.")
            }
            Self::HandshakeRefused { text, .. } => {
                format!("The gateway refuses the greeting: {text}")
            }
            Self::TooOld { version, needed } => format!(
                "This TWS or IB Gateway speaks version {version} of the API; {needed} is needed."
            ),
            Self::ClientIdInUse { client_id } => {
                format!("Another program is connected with client id {client_id}.")
            }
            Self::AccountsNeverCame { seconds } => format!(
                "The gateway greets, and {seconds} s later has not said which accounts the login has."
            ),
            Self::NoUsableAccount { why } => {
                format!("The gateway named no account that can be used: {why}.")
            }
            Self::OtherMode {
                expected: Mode::Paper,
                ..
            } => "A paper login was expected, and this one trades real money.".to_owned(),
            Self::OtherMode { .. } => {
                "A live login was expected, and this one is a paper login.".to_owned()
            }
            Self::MixedAccounts => {
                "Some accounts of this login are paper accounts and some are not.".to_owned()
            }
            Self::ReadOnlyApi => "The API of this gateway is read-only.".to_owned(),
            Self::LoggedInElsewhere { code } => {
                format!("The same user is logged in elsewhere too (code {code}).")
            }
            Self::UpstreamDown { code } => {
                format!("The gateway has lost its own link to IBKR (code {code}).")
            }
            Self::AccountDataSilent { seconds } => {
                format!("The accounts' figures did not come within {seconds} s.")
            }
            Self::PositionsSilent { seconds } => {
                format!("The positions did not come within {seconds} s.")
            }
            Self::NotSubscribed { exchanges, .. } => {
                format!("No prices come from {}.", listed(exchanges.iter().cloned()))
            }
            Self::DelayedOnly { exchanges } => format!(
                "Prices from {} come 15 to 20 minutes late.",
                listed(exchanges.iter().cloned())
            ),
            Self::NoLinesLeft => {
                "All of the login's lines of market data are in use (code 101).".to_owned()
            }
            Self::ClockOff { seconds } => format!(
                "This computer's clock is {} {} IBKR's.",
                span(seconds.unsigned_abs()),
                if *seconds > 0 { "ahead of" } else { "behind" }
            ),
            Self::SlowAnswers { seconds } => format!("An answer took {seconds} s."),
            Self::Lost => "The gateway closed the connection in the middle.".to_owned(),
            Self::Other { text } => format!("It went wrong in another way: {text}"),
        }
    }

    /// What that means for the person.
    #[must_use]
    pub fn means(&self) -> String {
        let text = match self {
            Self::NameUnknown { .. } => {
                "A typing mistake, most often. For a gateway on this computer the host is 127.0.0.1."
            }
            Self::NotThisComputer { .. } => {
                "Gatehouse connects to this computer only: the TWS API has neither encryption nor a password, so whoever can reach the port over a network can trade. Run TWS or IB Gateway on this computer. Don't open the port to a network, and don't trust 0.0.0.0/0 in “Trusted IPs”."
            }
            Self::NoRoute { .. } => {
                "The system has this kind of address switched off. 127.0.0.1 works on every computer."
            }
            Self::TimedOut { .. } => {
                "A firewall on this computer drops the connection, or the program there is so busy that it accepts none."
            }
            Self::NothingListens { elsewhere, .. } if !elsewhere.is_empty() => {
                "The gateway was set to another socket port, or another gateway was started than the one you meant. The usual ports are 4001 and 4002 for IB Gateway, 7496 and 7497 for TWS."
            }
            Self::NothingListens { .. } => {
                "TWS or IB Gateway is not running, or not logged in, or its API is not enabled, or it was set to another socket port."
            }
            Self::WaitsForLogin { .. } => {
                "It opens its port once it is logged in. A login window or the second factor waits, or the API is not enabled."
            }
            Self::WeeklyLogin { .. } => {
                "IBKR asks for a full login with the second factor once a week, after Saturday night. Until then the daily restart does without."
            }
            Self::NightlyRestart { .. } => {
                "It restarts once a day and is away for some minutes. Gatehouse connects again by itself."
            }
            Self::OtherFamily { asked, listens }
                if asked.starts_with("127.") && listens.starts_with("127.") =>
            {
                "Every address that begins with 127 is this computer. The gateway listens at another one than you asked for."
            }
            Self::OtherFamily { .. } => {
                "“localhost” has two addresses: 127.0.0.1 (IPv4) and ::1 (IPv6). The gateway listens at one of them only."
            }
            Self::ClosedAtOnce { .. } => {
                "The gateway does not trust the address that the connection comes from, or it is still starting."
            }
            Self::Http { .. } => {
                "The port belongs to another program. The Client Portal Gateway of IBKR is such a web server too, and is not what Gatehouse speaks to."
            }
            Self::Tls { .. } => {
                "The port belongs to another program: a secure web server, or a tunnel. A tunnel to a gateway that is far away is not needed and opens it to others."
            }
            Self::Ssh { .. } | Self::OtherProtocol { .. } => {
                "The port belongs to another program. Look up the socket port in the API settings of TWS or IB Gateway."
            }
            Self::SilentHandshake { .. } => {
                "Either a dialog waits in its window (“Accept incoming connection?”, a warning, a message of the day), or “Enable ActiveX and Socket Clients” is off, or it hangs."
            }
            Self::HandshakeRefused { .. } => "It speaks the TWS API and does not want this client.",
            Self::TooOld { .. } => {
                "Gatehouse speaks the newer form of the API only. IBKR offers the update for nothing."
            }
            Self::ClientIdInUse { .. } => {
                "Every program at a gateway needs a client id of its own. A program that crashed can hold its id for some minutes."
            }
            Self::AccountsNeverCame { .. } => {
                "The login is not complete: the second factor or a dialog waits in its window, or IBKR is not reachable from it."
            }
            Self::NoUsableAccount { .. } => {
                "The login has no account yet, or it was not opened to the end."
            }
            Self::OtherMode {
                expected: Mode::Paper,
                ..
            } => {
                "Whether a login is paper is read from its account ids, never from the port. Gatehouse does not go on with real money where you expected play money."
            }
            Self::OtherMode { .. } => {
                "Whether a login is live is read from its account ids, never from the port. Orders made here would be play money only."
            }
            Self::MixedAccounts => "That should not be. Gatehouse treats such a login as live.",
            Self::ReadOnlyApi => {
                "Accounts, positions and prices are shown. Orders can be neither listed nor placed. Leave it so if you only want to look."
            }
            Self::LoggedInElsewhere { .. } => {
                "IBKR gives market data to one login of a user at a time. The other one (TWS, IBKR Mobile, Client Portal) has it now, and the two may push each other out in turn."
            }
            Self::UpstreamDown { .. } => {
                "IBKR is out of reach for the gateway: your internet link, IBKR's maintenance, or the daily reset. What is shown is old until it is back."
            }
            Self::AccountDataSilent { .. } => {
                "The gateway has no figures from IBKR yet. Just after a login that can take a minute; else a dialog waits in its window."
            }
            Self::PositionsSilent { .. } => {
                "The gateway has no positions from IBKR yet. Just after a login that can take a minute."
            }
            Self::NotSubscribed {
                code: Some(10089 | 354 | 10168),
                ..
            }
            | Self::NotSubscribed { code: None, .. } => {
                "The user has no market data subscription there, and delayed prices did not come either. Orders can be placed all the same; they are judged without a price."
            }
            Self::NotSubscribed { .. } => {
                "IBKR gives this user no prices there. Orders can be placed all the same; they are judged without a price."
            }
            Self::DelayedOnly { .. } => {
                "The user has no subscription for live prices there. Late prices are marked as such everywhere."
            }
            Self::NoLinesLeft => {
                "Gatehouse or another program watches as many instruments as the login may. Prices come in turn."
            }
            Self::ClockOff { .. } => {
                "Ages of prices and the ends of orders are reckoned by this computer's clock, so they are wrong by as much."
            }
            Self::SlowAnswers { .. } => {
                "The gateway is short of memory, or the computer of time. It gets slower until it stops answering."
            }
            Self::Lost => "It restarts, was closed, or broke down.",
            Self::Other { .. } => {
                "Gatehouse has no name for this. The report below helps whoever helps you."
            }
        };
        text.to_owned()
    }
}

/// A first letter in capitals.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn span(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3600),
    }
}

/// “a”, “a and b”, “a, b and c”.
pub(crate) fn listed(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    match words.pop() {
        None => String::new(),
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
    }
}

impl Program {
    /// What is opened to come to its API settings.
    pub(crate) fn menu(self) -> &'static [&'static str] {
        match self {
            Self::Tws => &["File", "Global Configuration…", "API", "Settings"],
            Self::Gateway | Self::Simulated => &["Configure", "Settings", "API", "Settings"],
        }
    }
}
