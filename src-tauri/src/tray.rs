//! The icon in the desktop's tray: how it stands, the stop, the lock.
//!
//! A desktop without a tray shows none, and nothing else changes.

use crate::shell::Shell;
use gatehouse_desk::view::{Change, LinkStateView, LinkView, LockView, StreamMessage, TradingView};
use gatehouse_domain::account::Mode;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Wry};

const OPEN: &str = "open";
const STOP: &str = "stop";
const LOCK: &str = "lock";
const QUIT: &str = "quit";

/// What the icon's menu says of how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Standing {
    link: Option<(LinkStateView, Mode, bool, bool)>,
    stopped: bool,
    locked: bool,
}

impl Standing {
    /// Takes over what a message tells. Says whether anything changed.
    fn hear(&mut self, message: &StreamMessage) -> bool {
        let before = self.clone();
        match message {
            StreamMessage::Snapshot { snapshot, .. } => {
                self.link(&snapshot.link);
                self.trading(&snapshot.trading);
                self.lock(&snapshot.lock);
            }
            StreamMessage::Delta { changes, .. } => {
                for change in changes {
                    match change {
                        Change::Link(link) => self.link(link),
                        Change::Trading(trading) => self.trading(trading),
                        Change::Lock(lock) => self.lock(lock),
                        _ => {}
                    }
                }
            }
        }
        *self != before
    }

    fn link(&mut self, link: &LinkView) {
        self.link = Some((
            link.state,
            link.mode,
            link.simulated,
            link.armed_until.is_some(),
        ));
    }

    fn trading(&mut self, trading: &TradingView) {
        self.stopped = trading.stopped_since.is_some();
    }

    fn lock(&mut self, lock: &LockView) {
        self.locked = lock.locked_since.is_some();
    }

    /// In one line.
    fn words(&self) -> String {
        let Some((state, mode, simulated, armed)) = self.link else {
            return "Starting".to_owned();
        };
        let link = match state {
            LinkStateView::Connecting => "Connecting",
            LinkStateView::Loading => "Reading",
            LinkStateView::Up => "Connected",
            LinkStateView::UpstreamDown => "Gateway cut off from IBKR",
            LinkStateView::Down => "Link lost",
            LinkStateView::Held => "Waiting for you",
            LinkStateView::Checking => "Checking",
            LinkStateView::Off => "Not connected",
        };
        let mode = match (mode, simulated) {
            (Mode::Live, _) if armed => "live, orders on",
            (Mode::Live, _) => "live, orders off",
            (Mode::Paper, true) => "paper, simulated",
            (Mode::Paper, false) => "paper",
            (Mode::Unknown, _) => "no account known",
        };
        let stopped = if self.stopped {
            "; trading is stopped"
        } else {
            ""
        };
        let locked = if self.locked { "; locked" } else { "" };
        format!("{link}: {mode}{stopped}{locked}")
    }
}

/// The icon's menu, once there is one.
pub(crate) struct Tray {
    standing: Mutex<Standing>,
    line: Mutex<Option<MenuItem<Wry>>>,
}

impl Tray {
    pub(crate) fn new() -> Self {
        Self {
            standing: Mutex::default(),
            line: Mutex::default(),
        }
    }

    /// Puts the icon into the tray; called on the window's thread.
    pub(crate) fn show(&self, app: &AppHandle) {
        // Where the library that tells the tray about icons is missing, its loader panics.
        let shown = catch_unwind(AssertUnwindSafe(|| build(app, &self.words())));
        match shown {
            Ok(Ok(line)) => *self.line.lock().unwrap_or_else(PoisonError::into_inner) = Some(line),
            Ok(Err(error)) => tracing::info!(%error, "no icon in the tray"),
            Err(_) => tracing::info!("no icon in the tray: its library is missing"),
        }
    }

    /// Follows the stream on its way to the page.
    pub(crate) fn hear(&self, message: &StreamMessage) {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = standing.hear(message);
        drop(standing);
        if changed {
            let line = self
                .line
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            if let Some(line) = line
                && let Err(error) = line.set_text(self.words())
            {
                tracing::debug!(%error, "the tray's line stays as it was");
            }
        }
    }

    fn words(&self) -> String {
        let standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        standing.words()
    }
}

/// The stop stands in a menu of its own: two deliberate presses, and no question after them that
/// a frozen window could not ask.
fn build(app: &AppHandle, words: &str) -> tauri::Result<MenuItem<Wry>> {
    let open = MenuItem::with_id(app, OPEN, "Open Gatehouse", true, None::<&str>)?;
    let line = MenuItem::with_id(app, "standing", words, false, None::<&str>)?;
    let now = MenuItem::with_id(app, STOP, "Cancel everything and stop", true, None::<&str>)?;
    let stop = Submenu::with_items(app, "Stop trading", true, &[&now])?;
    let lock = MenuItem::with_id(app, LOCK, "Lock", true, None::<&str>)?;
    let quit = MenuItem::with_id(app, QUIT, "Quit", true, None::<&str>)?;
    let rule = || PredefinedMenuItem::separator(app);
    let menu = Menu::with_items(
        app,
        &[&open, &line, &rule()?, &stop, &lock, &rule()?, &quit],
    )?;
    let mut icon = TrayIconBuilder::with_id("gatehouse")
        .menu(&menu)
        .tooltip("Gatehouse")
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()));
    if let Some(picture) = app.default_window_icon() {
        icon = icon.icon(picture.clone());
    }
    icon.build(app)?;
    Ok(line)
}

fn chosen(app: &AppHandle, id: &str) {
    let shell = Arc::clone(&app.state::<Arc<Shell>>());
    match id {
        OPEN => raise(app),
        STOP => {
            raise(app);
            tauri::async_runtime::spawn(async move { shell.stop_from_tray().await });
        }
        LOCK => {
            let app = app.clone();
            tauri::async_runtime::spawn(async move {
                // Without a passphrase the window says where one is set.
                if let Err(error) = shell.lock_window("You locked it from the tray.").await {
                    shell.notifier().say("Not locked", &error.message);
                    raise(&app);
                }
            });
        }
        QUIT => app.exit(0),
        _ => {}
    }
}

fn raise(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else {
        return;
    };
    let raised = window
        .unminimize()
        .and_then(|()| window.show())
        .and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::debug!(%error, "the window did not come to the front");
    }
}

impl Shell {
    async fn stop_from_tray(&self) {
        let stopped = match self.desk().await {
            Ok(desk) => desk.stop_trading().await,
            Err(error) => Err(error),
        };
        let (title, text) = match &stopped {
            Ok(outcome) => ("Trading is stopped", &outcome.says),
            Err(error) => ("Trading was not stopped", &error.message),
        };
        self.notifier().say(title, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_it_stands() {
        let mut standing = Standing::default();
        assert_eq!(standing.words(), "Starting");
        standing.link = Some((LinkStateView::Up, Mode::Paper, true, false));
        assert_eq!(standing.words(), "Connected: paper, simulated");
        standing.link = Some((LinkStateView::Up, Mode::Live, false, true));
        standing.stopped = true;
        standing.locked = true;
        assert_eq!(
            standing.words(),
            "Connected: live, orders on; trading is stopped; locked"
        );
        standing.link = Some((LinkStateView::Down, Mode::Live, false, false));
        assert_eq!(
            standing.words(),
            "Link lost: live, orders off; trading is stopped; locked"
        );
    }

    #[test]
    fn only_what_is_said_of_it_counts_as_a_change() {
        let mut standing = Standing::default();
        let stopped = TradingView {
            stopped_since: Some(gatehouse_desk::view::Millis(1)),
        };
        let message = StreamMessage::Delta {
            seq: 1,
            changes: vec![Change::Trading(stopped)],
        };
        assert!(standing.hear(&message));
        assert!(!standing.hear(&message));
    }
}
