//! A connection of its own for the check, closed when it is done.

use super::Patience;
use crate::fault::Fault;
use gatehouse_domain::id::AccountId;
use ibapi::{Client, Error};
use std::io::ErrorKind;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// What the gateway said without being asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    /// 321: the API is read-only.
    pub read_only: bool,
    /// How often the link to IBKR was lost (1100, 2110), and under which code last.
    pub lost: (u32, i32),
    /// Whether it is lost now.
    pub down: bool,
    /// 10197 without a request.
    pub elsewhere: bool,
}

/// An open connection.
pub struct Session {
    pub client: Client,
    accounts: Vec<AccountId>,
    heard: watch::Receiver<Heard>,
    hearing: JoinHandle<()>,
}

impl Session {
    pub fn accounts(&self) -> &[AccountId] {
        &self.accounts
    }

    pub fn heard(&self) -> Heard {
        *self.heard.borrow()
    }

    /// Resolves when the gateway has said something like that.
    pub async fn hears(&self, what: impl FnMut(&Heard) -> bool) {
        if self.heard.clone().wait_for(what).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    pub async fn close(self) {
        self.client.disconnect().await;
        self.hearing.abort();
    }
}

/// A client id for a check beside Gatehouse's own connection.
pub fn spare_id(own: i32) -> i32 {
    own.checked_add(1_000).unwrap_or(1_000)
}

/// Opens one.
///
/// # Errors
/// The named fault of the client id or of the account list.
pub async fn open(address: &str, client_id: i32, patience: &Patience) -> Result<Session, Fault> {
    let connecting = Client::builder()
        .address(address)
        .client_id(client_id)
        .max_reconnect_attempts(0)
        .one_shot_timeout(patience.answer)
        .connect_with_notice_stream();
    let (client, mut notices) = match timeout(patience.accounts, connecting).await {
        Err(_) => {
            return Err(Fault::AccountsNeverCame {
                seconds: patience.accounts.as_secs(),
            });
        }
        Ok(Err(error)) => return Err(unopened(&error, client_id)),
        Ok(Ok(made)) => made,
    };
    let accounts = match read(client.handshake_managed_accounts()) {
        Ok(accounts) => accounts,
        Err(why) => {
            client.disconnect().await;
            return Err(Fault::NoUsableAccount { why });
        }
    };
    let (said, heard) = watch::channel(Heard::default());
    let hearing = tokio::spawn(async move {
        while let Some(notice) = notices.next().await {
            said.send_modify(|heard| take(heard, notice.code, &notice.message));
        }
    });
    Ok(Session {
        client,
        accounts,
        heard,
        hearing,
    })
}

fn take(heard: &mut Heard, code: i32, text: &str) {
    match code {
        321 if text.contains("Read-Only") => heard.read_only = true,
        1100 | 2110 => {
            heard.lost = (heard.lost.0 + 1, code);
            heard.down = true;
        }
        1101 | 1102 => heard.down = false,
        10197 => heard.elsewhere = true,
        _ => {}
    }
}

fn read(named: &[String]) -> Result<Vec<AccountId>, String> {
    let named: Vec<&str> = named
        .iter()
        .map(|id| id.trim())
        .filter(|id| !id.is_empty())
        .collect();
    if named.is_empty() {
        return Err("the list is empty".to_owned());
    }
    named
        .into_iter()
        .map(|id| AccountId::new(id).map_err(|error| error.to_string()))
        .collect()
}

fn unopened(error: &Error, client_id: i32) -> Fault {
    match error {
        Error::ClientIdInUse { .. } => Fault::ClientIdInUse { client_id },
        Error::ServerVersion(needed, version, _) => Fault::TooOld {
            version: *version,
            needed: *needed,
        },
        Error::Io(io)
            if matches!(
                io.kind(),
                ErrorKind::UnexpectedEof
                    | ErrorKind::ConnectionReset
                    | ErrorKind::ConnectionAborted
                    | ErrorKind::BrokenPipe
            ) =>
        {
            Fault::Lost
        }
        Error::ConnectionReset => Fault::Lost,
        other => Fault::Other {
            text: other.to_string().chars().take(200).collect(),
        },
    }
}
