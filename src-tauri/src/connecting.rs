//! What the page does with connection profiles: list, save, delete, connect, open beside.

use crate::profiles::{
    self, Lock, Profile, ProfileDraft, ProfileOutcome, ProfileView, ProfilesView,
};
use crate::serving::{Serves, open_elsewhere};
use crate::shell::Shell;
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::port::Broker as _;
use jiff::tz::TimeZone;
use std::io;
use std::process::{Command, Stdio};

impl Shell {
    /// The profiles, as they are on disk now, and which of them is served here.
    pub(crate) async fn profiles(&self) -> ProfilesView {
        self.settled().await;
        self.profiles.lock().await.reread();
        self.profiles_view().await
    }

    async fn profiles_view(&self) -> ProfilesView {
        let running = self.running.lock().await;
        let serves = running.as_ref().map(|running| &running.serves);
        let connected = running.as_ref().is_some_and(|r| r.broker.is_wanted());
        let file = self.profiles.lock().await;
        let started = serves.and_then(|serves| serves.profile.as_ref());
        let view = |profile: &Profile| {
            let here = started.filter(|started| started.id == profile.id);
            ProfileView {
                profile: profile.clone(),
                here: here.is_some(),
                elsewhere: here.is_none() && self.is_elsewhere(serves, &profile.id),
                later: here.is_some_and(|started| !connects_alike(started, profile)),
            }
        };
        ProfilesView {
            current: started.map(|profile| profile.id.clone()),
            connected,
            fixed: self.fixed(),
            gateway_fixed: self.gateway_fixed(),
            fault: file.fault().map(str::to_owned),
            not_taken: serves.and_then(|serves| serves.not_taken.clone()),
            time_zone: TimeZone::system()
                .iana_name()
                .unwrap_or("this computer's")
                .to_owned(),
            profiles: file.all().iter().map(view).collect(),
        }
    }

    fn gateway_fixed(&self) -> bool {
        self.args.demo || self.args.gateway.is_some()
    }

    /// What the command line decides, in words.
    fn fixed(&self) -> Vec<String> {
        let mut fixed = Vec::new();
        if self.args.demo {
            fixed.push("The command line asks for the demo, so no profile is used.".to_owned());
        } else if let Some(address) = self.args.gateway {
            fixed.push(format!(
                "The command line names the gateway, {address}: that counts, whatever a connection \
                 here says."
            ));
        }
        if let Some(id) = self.args.client_id.filter(|_| !self.args.demo) {
            fixed.push(format!(
                "The command line names the client id, {id}: that counts, whatever a connection \
                 here says."
            ));
        }
        fixed
    }

    /// Keeps a profile. What it says of names, expectation and orders holds at once where it is
    /// served; where and as whom it connects, from the next connection on.
    pub(crate) async fn save_profile(
        &self,
        draft: ProfileDraft,
    ) -> Result<ProfileOutcome, ApiError> {
        self.settled().await;
        let mut file = self.profiles.lock().await;
        file.reread();
        if let Some(id) = &draft.id
            && file.get(id).is_none()
        {
            return Err(no_such());
        }
        let profile = match draft.parse(&file) {
            Ok(profile) => profile,
            Err(faults) => return Ok(ProfileOutcome::Faulty { faults }),
        };
        file.keep(profile.clone())
            .map_err(|error| not_kept(&error))?;
        drop(file);
        let served = {
            let running = self.running.lock().await;
            let serves = running
                .as_ref()
                .filter(|r| r.serves.id() == Some(&profile.id));
            serves.map(|running| running.desk.clone())
        };
        if let Some(desk) = served {
            desk.take_terms(profile.terms()).await?;
        }
        Ok(ProfileOutcome::Kept {
            id: profile.id,
            profiles: self.profiles_view().await,
        })
    }

    /// Forgets a profile that no window serves. Its journal stays.
    pub(crate) async fn delete_profile(&self, id: &str) -> Result<ProfilesView, ApiError> {
        self.settled().await;
        let running = self.running.lock().await;
        let mut file = self.profiles.lock().await;
        file.reread();
        let profile = file.get(id).ok_or_else(no_such)?;
        let serves = running.as_ref().map(|running| &running.serves);
        let here = serves.and_then(Serves::id) == Some(id);
        if here || self.is_elsewhere(serves, id) {
            let why = format!(
                "The profile \"{}\" is in use. Connect with another one, or close its window, first.",
                profile.name
            );
            return Err(ApiError::new(ErrorCode::Refused, why));
        }
        file.forget(id).map_err(|error| not_kept(&error))?;
        drop((file, running));
        Ok(self.profiles_view().await)
    }

    /// Whether another window has the profile. This one holds its lock too when it serves it, or
    /// has the first profile's folder while it serves none.
    fn is_elsewhere(&self, serves: Option<&Serves>, id: &str) -> bool {
        let home = profiles::home(&self.data_dir, id);
        let own = serves
            .is_some_and(|serves| serves.lock.is_some() && serves.home(&self.data_dir) == home);
        !own && Lock::is_taken(&home)
    }

    /// Connects with a profile in this window. Another one than before gets a desk and a journal
    /// of its own, so the page has to be begun anew.
    pub(crate) async fn connect_profile(&self, id: &str) -> Result<ProfilesView, ApiError> {
        self.settled().await;
        let profile = {
            let mut file = self.profiles.lock().await;
            file.reread();
            file.get(id).cloned().ok_or_else(no_such)?
        };
        let lock = match self.serve_again(&profile).await? {
            Again::Done => return Ok(self.profiles_view().await),
            Again::Anew(lock) => lock,
        };
        let lock = match lock {
            Some(lock) => Some(lock),
            None => self.lock(&profile).await?,
        };
        if let Err(error) = self.profiles.lock().await.served(id) {
            tracing::warn!(%error, "which profile was served last is not kept");
        }
        self.start_anew(Serves::profile(profile, true, lock))
            .await?;
        Ok(self.profiles_view().await)
    }

    /// Connects with the profile that is served here already, where that needs nothing new.
    async fn serve_again(&self, profile: &Profile) -> Result<Again, ApiError> {
        let mut running = self.running.lock().await;
        let here = running
            .as_mut()
            .filter(|running| running.serves.id() == Some(&profile.id));
        let Some(here) = here else {
            return if self.gateway_fixed() {
                Err(ApiError::new(
                    ErrorCode::Refused,
                    "The command line names the gateway. Start Gatehouse without it to connect \
                     with another profile.",
                ))
            } else {
                Ok(Again::Anew(None))
            };
        };
        let started = here.serves.profile.as_ref();
        if started.is_some_and(|started| connects_alike(started, profile)) {
            here.broker.connect_now();
            return Ok(Again::Done);
        }
        Ok(Again::Anew(here.serves.lock.take()))
    }

    /// Takes a profile for this window. The first profile's folder is held by a window that has
    /// none, too.
    async fn lock(&self, profile: &Profile) -> Result<Option<Lock>, ApiError> {
        let home = profiles::home(&self.data_dir, &profile.id);
        let mut running = self.running.lock().await;
        let own = running
            .as_mut()
            .filter(|r| r.serves.profile.is_none() && r.serves.home(&self.data_dir) == home);
        if let Some(lock) = own.and_then(|running| running.serves.lock.take()) {
            return Ok(Some(lock));
        }
        match Lock::take(&home) {
            Ok(Some(lock)) => Ok(Some(lock)),
            Ok(None) => Err(open_elsewhere(profile)),
            Err(error) => Err(ApiError::new(
                ErrorCode::Internal,
                format!(
                    "The profile's folder {} can't be used: {error}",
                    home.display()
                ),
            )),
        }
    }

    /// Lets the gateway go until a connection is asked for.
    pub(crate) async fn disconnect(&self) -> Result<ProfilesView, ApiError> {
        self.desk().await?;
        if let Some(running) = self.running.lock().await.as_ref() {
            running.broker.disconnect();
        }
        Ok(self.profiles_view().await)
    }

    /// Opens another window on a profile: a program of its own, with its own desk and journal.
    pub(crate) async fn open_beside(&self, id: &str) -> Result<(), ApiError> {
        let profile = {
            let mut file = self.profiles.lock().await;
            file.reread();
            file.get(id).cloned().ok_or_else(no_such)?
        };
        if Lock::is_taken(&profiles::home(&self.data_dir, id)) {
            return Err(open_elsewhere(&profile));
        }
        let failed = |error: io::Error| {
            ApiError::new(
                ErrorCode::Internal,
                format!("The other window can't be opened: {error}"),
            )
        };
        let mut command = Command::new(std::env::current_exe().map_err(failed)?);
        command
            .arg("--profile")
            .arg(id)
            // What was said to this window is not meant for the other one.
            .env_remove("GATEHOUSE_GATEWAY")
            .env_remove("GATEHOUSE_CLIENT_ID")
            .env_remove("GATEHOUSE_REPORT")
            .env_remove("GATEHOUSE_PROFILE")
            .stdin(Stdio::null());
        if let Some(folder) = &self.args.data_dir {
            command.arg("--data-dir").arg(folder);
        }
        if self.args.simulated {
            command.arg("--simulated");
        }
        let mut child = command.spawn().map_err(failed)?;
        // It lives on without this window; while both do, its end is taken note of.
        std::thread::spawn(move || child.wait());
        Ok(())
    }

    /// By what the page keeps its drafts apart from those of other profiles; empty for the first.
    pub(crate) async fn window_scope(&self) -> String {
        let mut served = self.served();
        let served = served.wait_for(Option::is_some).await;
        let profile = served.ok().and_then(|served| served.clone().flatten());
        profile
            .map(|profile| profile.id)
            .filter(|id| id != profiles::MAIN)
            .unwrap_or_default()
    }
}

/// What it takes to connect with a profile.
enum Again {
    /// Nothing: it is being connected.
    Done,
    /// A new desk, which goes on with this lock.
    Anew(Option<Lock>),
}

/// Whether both connect to the same place as the same client.
fn connects_alike(a: &Profile, b: &Profile) -> bool {
    a.address() == b.address() && a.login() == b.login()
}

fn no_such() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "There is no such profile any more.")
}

fn not_kept(error: &io::Error) -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        format!("The profiles can't be kept, so all stays as it was: {error}"),
    )
}
