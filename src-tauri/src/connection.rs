//! How Gatehouse connects, as the person chose it. Kept in a file of its own beside the journal,
//! because it is needed before there is a page.

use gatehouse_tws::Login;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// The client id when nobody has chosen another one.
const USUAL_ID: i32 = 17;
/// The only client id under which the gateway lets orders made by hand be taken over.
const ID_OF_TWS: i32 = 0;

/// What the person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionChoice {
    /// Orders made in TWS are taken over, so that they can be changed and cancelled here; else
    /// they are only looked at.
    pub take_over: bool,
    /// Client id 0 is used rather than the usual one.
    pub as_client_zero: bool,
}

/// What was chosen, and what holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionView {
    pub choice: ConnectionChoice,
    /// The client id of the next connection.
    pub next_client_id: i32,
    /// The client id when client id 0 is not chosen.
    pub usual_client_id: i32,
    /// The command line names the client id, so it can't be chosen here.
    pub client_id_fixed: bool,
    /// The client id of the connection that is up; none without one.
    pub client_id: Option<i32>,
    /// Whether the connection that is up takes orders over.
    pub takes_over: bool,
}

/// The choice and where it is kept.
#[derive(Debug)]
pub(crate) struct Connection {
    file: PathBuf,
    choice: ConnectionChoice,
    /// The client id of the command line.
    fixed: Option<i32>,
}

impl Connection {
    /// Reads what was chosen. A file that can't be read counts as no choice, which takes nothing
    /// over.
    pub(crate) fn read(folder: &Path, fixed: Option<i32>) -> Self {
        let file = folder.join("connection.json");
        let choice = match std::fs::read(&file) {
            Ok(text) => serde_json::from_slice(&text).unwrap_or_else(|error| {
                tracing::warn!(%error, file = %file.display(), "unreadable: orders made in TWS are only looked at");
                ConnectionChoice::default()
            }),
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::warn!(%error, file = %file.display(), "unreadable");
                }
                ConnectionChoice::default()
            }
        };
        Self {
            file,
            choice,
            fixed,
        }
    }

    /// Keeps a choice, on disk first.
    pub(crate) fn choose(&mut self, choice: ConnectionChoice) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let new = self.file.with_extension("json.new");
        std::fs::write(&new, serde_json::to_vec(&choice)?)?;
        std::fs::rename(&new, &self.file)?;
        self.choice = choice;
        Ok(())
    }

    fn usual(&self) -> i32 {
        self.fixed.unwrap_or(USUAL_ID)
    }

    /// As whom the next connection is made.
    pub(crate) fn login(&self) -> Login {
        let zero = self.choice.as_client_zero && self.fixed.is_none();
        Login {
            client_id: if zero { ID_OF_TWS } else { self.usual() },
            take_over: self.choice.take_over,
        }
    }

    /// For the page; `now` is the login of the connection that is up.
    pub(crate) fn view(&self, now: Option<Login>) -> ConnectionView {
        ConnectionView {
            choice: self.choice,
            next_client_id: self.login().client_id,
            usual_client_id: self.usual(),
            client_id_fixed: self.fixed.is_some(),
            client_id: now.map(|login| login.client_id),
            takes_over: now.is_some_and(Login::binds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: ConnectionChoice = ConnectionChoice {
        take_over: true,
        as_client_zero: true,
    };

    #[test]
    fn nothing_is_taken_over_until_it_is_chosen_and_the_choice_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = Connection::read(folder.path(), None);
        assert_eq!(connection.login().client_id, 17);
        assert!(!connection.login().binds());
        connection.choose(BOTH).unwrap();
        let again = Connection::read(folder.path(), None);
        assert_eq!(again.login().client_id, 0);
        assert!(again.login().binds());
    }

    #[test]
    fn a_client_id_on_the_command_line_holds_and_takes_nothing_over_unless_it_is_0() {
        let folder = tempfile::tempdir().unwrap();
        Connection::read(folder.path(), None).choose(BOTH).unwrap();
        let fixed = Connection::read(folder.path(), Some(5));
        assert_eq!(fixed.login().client_id, 5);
        assert!(!fixed.login().binds());
        assert!(fixed.view(None).client_id_fixed);
        assert!(Connection::read(folder.path(), Some(0)).login().binds());
    }

    #[test]
    fn a_damaged_file_takes_nothing_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("connection.json"), "{\"takeOver\":tr").unwrap();
        assert!(!Connection::read(folder.path(), None).login().take_over);
    }
}
