//! Which profile a window serves, and as what: decided at the start and whenever another one is
//! connected.

use crate::profiles::{self, Lock, Profile, USUAL_ID};
use crate::shell::Shell;
use gatehouse_desk::engine::ConnectionTerms;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_tws::Login;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// What a window serves.
#[derive(Debug)]
pub(crate) struct Serves {
    /// `None` in a demo, when the command line alone says where the gateway is, and while nothing
    /// is set up.
    pub(crate) profile: Option<Profile>,
    /// Whether it is connected at once.
    pub(crate) wanted: bool,
    /// Why the wanted profile was not taken. There is no journal then.
    pub(crate) not_taken: Option<String>,
    /// Held for as long as it is served.
    pub(crate) lock: Option<Lock>,
}

/// Where IB Gateway listens on paper, unless it is told otherwise.
pub(crate) fn usual_address() -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 4002)
}

impl Serves {
    pub(crate) fn profile(profile: Profile, wanted: bool, lock: Option<Lock>) -> Self {
        Self {
            profile: Some(profile),
            wanted,
            not_taken: None,
            lock,
        }
    }

    fn none(wanted: bool, lock: Option<Lock>) -> Self {
        Self {
            profile: None,
            wanted,
            not_taken: None,
            lock,
        }
    }

    pub(crate) fn id(&self) -> Option<&str> {
        self.profile.as_ref().map(|profile| profile.id.as_str())
    }

    pub(crate) fn home(&self, data_dir: &Path) -> PathBuf {
        profiles::home(data_dir, self.id().unwrap_or(profiles::MAIN))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        let profile = self.profile.as_ref();
        profile
            .and_then(Profile::address)
            .unwrap_or_else(usual_address)
    }

    /// As whom, where the command line does not name the client id.
    pub(crate) fn login(&self, fixed: Option<i32>) -> Login {
        let usual = Login {
            client_id: USUAL_ID,
            take_over: false,
        };
        let login = self.profile.as_ref().map_or(usual, Profile::login);
        Login {
            client_id: fixed.unwrap_or(login.client_id),
            ..login
        }
    }

    pub(crate) fn terms(&self) -> ConnectionTerms {
        self.profile
            .as_ref()
            .map_or_else(ConnectionTerms::default, Profile::terms)
    }
}

impl Shell {
    /// What the window serves at its start.
    pub(crate) async fn choose(&self) -> Result<Serves, ApiError> {
        if self.args.demo {
            return Ok(Serves::none(true, None));
        }
        let mut file = self.profiles.lock().await;
        let named = match &self.args.profile {
            None => None,
            Some(name) => Some(file.named(name).cloned().ok_or_else(|| {
                let known: Vec<&str> = file.all().iter().map(|p| p.name.as_str()).collect();
                ApiError::new(
                    ErrorCode::NotFound,
                    format!(
                        "There is no profile \"{name}\". There are: {}.",
                        if known.is_empty() {
                            "none".to_owned()
                        } else {
                            known.join(", ")
                        }
                    ),
                )
            })?),
        };
        let is_named = named.is_some();
        let found = named
            .or_else(|| file.automatic().cloned())
            .or_else(|| file.last().cloned());
        let Some(profile) = found else {
            let lock = Lock::take(&self.data_dir).ok().flatten();
            // Without a profile there is something to connect to only when it is named.
            return Ok(Serves::none(self.args.gateway.is_some(), lock));
        };
        let home = profiles::home(&self.data_dir, &profile.id);
        match Lock::take(&home) {
            Ok(Some(lock)) => {
                if let Err(error) = file.served(&profile.id) {
                    tracing::warn!(%error, "which profile was served last is not kept");
                }
                let wanted = profile.automatic || is_named || self.args.gateway.is_some();
                Ok(Serves::profile(profile, wanted, Some(lock)))
            }
            Ok(None) if is_named => Err(open_elsewhere(&profile)),
            Ok(None) => {
                let why = open_elsewhere(&profile).message;
                Ok(Serves {
                    not_taken: Some(why),
                    ..Serves::none(false, None)
                })
            }
            // A folder that can't be locked can't hold a journal either, which says so itself.
            Err(error) => {
                tracing::warn!(%error, "the profile can't be locked");
                let wanted = profile.automatic || is_named || self.args.gateway.is_some();
                Ok(Serves::profile(profile, wanted, None))
            }
        }
    }
}

/// The profile is open in another window.
pub(crate) fn open_elsewhere(profile: &Profile) -> ApiError {
    ApiError::new(
        ErrorCode::Refused,
        format!(
            "The profile \"{}\" is open in another window. Go on there, or close it first: two \
             windows on one journal would not know of each other's orders.",
            profile.name
        ),
    )
}
