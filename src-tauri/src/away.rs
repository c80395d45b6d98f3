//! Hearing that the person went away from the computer: the screen was locked, or it goes to
//! sleep.
//!
//! Heard on Linux, from the desktop's screen saver and from logind. Elsewhere nothing is heard;
//! the window's own lock after a time without use does there what can be done.

use tokio::sync::mpsc;

/// How the person went away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Away {
    ScreenLocked,
    Sleep,
}

impl Away {
    /// In a sentence.
    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::ScreenLocked => "The screen was locked.",
            Self::Sleep => "The computer went to sleep.",
        }
    }
}

/// Where it is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Buses {
    /// The address of the session's bus; the usual one without.
    pub session: Option<String>,
    /// The same of the system's.
    pub system: Option<String>,
}

impl Buses {
    /// Those of the person's session.
    pub(crate) fn of_the_session() -> Self {
        Self {
            session: None,
            system: None,
        }
    }
}

/// Listens for as long as the receiver lives. Where there is no bus nothing comes.
pub(crate) fn listen(buses: Buses) -> mpsc::Receiver<Away> {
    let (tell, told) = mpsc::channel(8);
    #[cfg(all(unix, not(target_os = "macos")))]
    linux::listen(buses, &tell);
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    drop((buses, tell));
    told
}

#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
