//! The signals of screen savers and of logind.

use super::{Away, Buses};
use futures::StreamExt;
use tokio::sync::mpsc::Sender;
use zbus::connection::Builder;
use zbus::message::Type;
use zbus::{Connection, MatchRule, MessageStream, OwnedObjectPath};

/// The screen savers' interfaces, which all tell the same: whether the screen is locked or dark.
const SCREEN_SAVERS: [&str; 5] = [
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
];
const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";

pub(super) fn listen(buses: Buses, tell: &Sender<Away>) {
    let to = tell.clone();
    tokio::spawn(async move {
        if let Err(error) = follow_screen(buses.session, to).await {
            tracing::debug!(%error, "no screen saver is heard");
        }
    });
    let to = tell.clone();
    tokio::spawn(async move {
        if let Err(error) = follow_logind(buses.system, to).await {
            tracing::debug!(%error, "logind is not heard");
        }
    });
}

async fn follow_screen(address: Option<String>, tell: Sender<Away>) -> zbus::Result<()> {
    let bus = match address {
        Some(address) => Builder::address(address.as_str()).build().await?,
        None => Connection::session().await?,
    };
    let mut streams = Vec::new();
    for interface in SCREEN_SAVERS {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .interface(interface)
            .member("ActiveChanged")
            .build()?;
        streams.push(MessageStream::for_match_rule(rule, &bus, None).await?);
    }
    let mut signals = futures::stream::select_all(streams);
    while let Some(signal) = signals.next().await {
        if signal?.body().deserialize::<bool>().unwrap_or(false)
            && tell.send(Away::ScreenLocked).await.is_err()
        {
            break;
        }
    }
    Ok(())
}

async fn follow_logind(address: Option<String>, tell: Sender<Away>) -> zbus::Result<()> {
    let bus = match address {
        Some(address) => Builder::address(address.as_str()).build().await?,
        None => Connection::system().await?,
    };
    let lock = MatchRule::builder()
        .msg_type(Type::Signal)
        .interface(SESSION)
        .member("Lock");
    // Of whichever session, when ours can't be told: to disarm once too often does no harm.
    let lock = match own_session(&bus).await {
        Some(path) => lock.path(path).build()?,
        None => lock.build()?,
    };
    let sleep = MatchRule::builder()
        .msg_type(Type::Signal)
        .interface(MANAGER)
        .member("PrepareForSleep")
        .build()?;
    let locks = MessageStream::for_match_rule(lock, &bus, None).await?;
    let sleeps = MessageStream::for_match_rule(sleep, &bus, None).await?;
    let mut goings = futures::stream::select(
        locks.map(|signal| signal.map(|_| Some(Away::ScreenLocked))),
        sleeps.map(|signal| {
            let sleeps = signal?.body().deserialize::<bool>().unwrap_or(false);
            Ok(sleeps.then_some(Away::Sleep))
        }),
    );
    while let Some(away) = goings.next().await {
        if let Some(away) = away?
            && tell.send(away).await.is_err()
        {
            break;
        }
    }
    Ok(())
}

/// Our session at logind, by our process or by the environment's word.
async fn own_session(bus: &Connection) -> Option<OwnedObjectPath> {
    let path = "/org/freedesktop/login1";
    let by_process = bus
        .call_method(
            Some(LOGIND),
            path,
            Some(MANAGER),
            "GetSessionByPID",
            &std::process::id(),
        )
        .await;
    let answer = match by_process {
        Ok(answer) => answer,
        Err(_) => {
            let id = std::env::var("XDG_SESSION_ID").ok()?;
            bus.call_method(Some(LOGIND), path, Some(MANAGER), "GetSession", &id)
                .await
                .ok()?
        }
    };
    answer.body().deserialize().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::away;
    use std::io::{BufRead, BufReader};
    use std::process::{Child, Command, Stdio};
    use std::time::Duration;

    /// A bus of its own.
    struct Bus(Child, String);

    impl Bus {
        fn start() -> Self {
            let mut daemon = Command::new("dbus-daemon")
                .args(["--session", "--nofork", "--print-address"])
                .stdout(Stdio::piped())
                .spawn()
                .expect("dbus-daemon is installed with dbus");
            let mut address = String::new();
            let output = daemon.stdout.take().unwrap();
            BufReader::new(output).read_line(&mut address).unwrap();
            Self(daemon, address.trim().to_owned())
        }
    }

    impl Drop for Bus {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    /// Sends the signal until it is heard: when the listener is ready is not told.
    async fn heard(
        bus: &Bus,
        path: &str,
        interface: &str,
        member: &str,
        active: bool,
    ) -> Option<Away> {
        let buses = Buses {
            session: Some(bus.1.clone()),
            system: Some(bus.1.clone()),
        };
        let mut goings = away::listen(buses);
        let sender = Builder::address(bus.1.as_str()).build().await.unwrap();
        for _ in 0..100 {
            sender
                .emit_signal(None::<&str>, path, interface, member, &active)
                .await
                .unwrap();
            let next = tokio::time::timeout(Duration::from_millis(100), goings.recv()).await;
            if let Ok(away) = next {
                return away;
            }
            if !active {
                // What is not to be heard has had its time.
                return None;
            }
        }
        None
    }

    #[tokio::test]
    async fn a_locked_screen_is_heard_from_every_kind_of_desktop() {
        let bus = Bus::start();
        for interface in SCREEN_SAVERS {
            let away = heard(&bus, "/ScreenSaver", interface, "ActiveChanged", true).await;
            assert_eq!(away, Some(Away::ScreenLocked), "{interface}");
        }
    }

    #[tokio::test]
    async fn sleep_and_the_sessions_lock_are_heard_from_logind() {
        let bus = Bus::start();
        let manager = "/org/freedesktop/login1";
        let away = heard(&bus, manager, MANAGER, "PrepareForSleep", true).await;
        assert_eq!(away, Some(Away::Sleep));
        let session = "/org/freedesktop/login1/session/c2";
        let away = heard(&bus, session, SESSION, "Lock", true).await;
        assert_eq!(away, Some(Away::ScreenLocked));
    }

    #[tokio::test]
    async fn coming_back_is_not_going_away() {
        let bus = Bus::start();
        let away = heard(
            &bus,
            "/ScreenSaver",
            SCREEN_SAVERS[0],
            "ActiveChanged",
            false,
        )
        .await;
        assert_eq!(away, None);
    }
}
