//! Desktop notifications: what the stream says is to be told outside the window.
//!
//! Sent from here, so that the page needs no right to. Where there is no notification service
//! nothing happens: the notice stands in the window all the same.

use gatehouse_desk::view::{Change, NoticeAbout, NoticeView, StreamMessage};
use serde::Deserialize;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

/// So many of one message are told one by one.
const APIECE: usize = 3;
/// So many may wait for a service that is slow; what comes on top is not told.
const WAITING: usize = 16;

/// What a person wants to be told of outside the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NotifyChoice {
    /// Fills.
    pub fill: bool,
    /// Refusals.
    pub reject: bool,
    /// A lost link while orders are open.
    pub disconnect: bool,
}

impl NotifyChoice {
    fn wants(self, about: NoticeAbout) -> bool {
        match about {
            NoticeAbout::Fill => self.fill,
            NoticeAbout::Reject => self.reject,
            NoticeAbout::Disconnect => self.disconnect,
        }
    }
}

/// One notification.
#[derive(Debug, PartialEq, Eq)]
struct Bubble {
    title: &'static str,
    text: String,
}

/// Listens to the stream on its way to the page.
pub(crate) struct Notifier {
    bubbles: SyncSender<Bubble>,
    state: Mutex<State>,
}

struct State {
    choice: NotifyChoice,
    /// The newest notice that was seen; `None` before the first message.
    seen: Option<u32>,
}

impl Notifier {
    /// One that shows on the desktop.
    pub(crate) fn on_desktop() -> Self {
        Self::new(|bubble| {
            let shown = notify_rust::Notification::new()
                .appname("Gatehouse")
                .summary(bubble.title)
                .body(&bubble.text)
                .show();
            if let Err(error) = shown {
                tracing::debug!(%error, "no desktop notification");
            }
        })
    }

    fn new(show: impl Fn(&Bubble) + Send + 'static) -> Self {
        let (bubbles, inbox) = sync_channel(WAITING);
        // Its own thread: a service may take long to answer. It ends with the notifier.
        std::thread::spawn(move || {
            for bubble in inbox {
                show(&bubble);
            }
        });
        Self {
            bubbles,
            state: Mutex::new(State {
                choice: NotifyChoice {
                    fill: true,
                    reject: true,
                    disconnect: true,
                },
                seen: None,
            }),
        }
    }

    /// Takes the person's choice.
    pub(crate) fn choose(&self, choice: NotifyChoice) {
        self.lock().choice = choice;
    }

    /// Tells what is new in the message. What the first snapshot brings was told before.
    pub(crate) fn hear(&self, message: &StreamMessage) {
        let notices: Vec<&NoticeView> = match message {
            StreamMessage::Snapshot { snapshot, .. } => snapshot.notices.iter().collect(),
            StreamMessage::Delta { changes, .. } => changes
                .iter()
                .filter_map(|change| match change {
                    Change::Notice(notice) => Some(notice),
                    _ => None,
                })
                .collect(),
        };
        let (choice, seen) = {
            let mut state = self.lock();
            let seen = state.seen;
            let newest = notices.iter().map(|notice| notice.id).max();
            state.seen = newest.max(seen).or(Some(0));
            (state.choice, seen)
        };
        let Some(seen) = seen else {
            return;
        };
        let news: Vec<&NoticeView> = notices
            .into_iter()
            .filter(|notice| notice.id > seen)
            .filter(|notice| notice.about.is_some_and(|about| choice.wants(about)))
            .collect();
        if news.len() > APIECE {
            self.show(Bubble {
                title: "Gatehouse",
                text: format!(
                    "{} things happened to orders. Look under Orders.",
                    news.len()
                ),
            });
            return;
        }
        for notice in news {
            let title = match notice.about {
                Some(NoticeAbout::Fill) => "Filled",
                Some(NoticeAbout::Reject) => "Refused",
                Some(NoticeAbout::Disconnect) => "Link lost",
                None => continue,
            };
            self.show(Bubble {
                title,
                text: notice.text.clone(),
            });
        }
    }

    /// Tells something that a person has just asked for.
    pub(crate) fn say(&self, title: &'static str, text: &str) {
        self.show(Bubble {
            title,
            text: text.to_owned(),
        });
    }

    fn show(&self, bubble: Bubble) {
        if self.bubbles.try_send(bubble).is_err() {
            tracing::debug!("a notification was left out: the service is slow");
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gatehouse_desk::view::{Millis, Tone};
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    fn notifier() -> (Notifier, Receiver<String>) {
        let (tell, told) = channel();
        let notifier = Notifier::new(move |bubble| {
            tell.send(format!("{}: {}", bubble.title, bubble.text))
                .unwrap();
        });
        // Nothing of what came before the page did.
        notifier.hear(&delta(Vec::new()));
        (notifier, told)
    }

    fn notice(id: u32, about: Option<NoticeAbout>) -> Change {
        Change::Notice(NoticeView {
            id,
            at: Millis(0),
            tone: Tone::Quiet,
            text: format!("notice {id}"),
            code: None,
            about,
        })
    }

    fn delta(changes: Vec<Change>) -> StreamMessage {
        StreamMessage::Delta { seq: 1, changes }
    }

    fn next(told: &Receiver<String>) -> String {
        told.recv_timeout(Duration::from_secs(10)).unwrap()
    }

    #[test]
    fn a_fill_is_told_once_and_a_plain_notice_is_not() {
        let (notifier, told) = notifier();
        let message = delta(vec![notice(1, None), notice(2, Some(NoticeAbout::Fill))]);
        notifier.hear(&message);
        notifier.hear(&message);
        notifier.hear(&delta(vec![notice(3, Some(NoticeAbout::Reject))]));
        assert_eq!(next(&told), "Filled: notice 2");
        assert_eq!(next(&told), "Refused: notice 3");
    }

    #[test]
    fn what_was_switched_off_is_not_told() {
        let (notifier, told) = notifier();
        notifier.choose(NotifyChoice {
            fill: false,
            reject: true,
            disconnect: false,
        });
        notifier.hear(&delta(vec![
            notice(1, Some(NoticeAbout::Fill)),
            notice(2, Some(NoticeAbout::Disconnect)),
            notice(3, Some(NoticeAbout::Reject)),
        ]));
        assert_eq!(next(&told), "Refused: notice 3");
    }

    #[test]
    fn many_at_once_are_one() {
        let (notifier, told) = notifier();
        notifier.hear(&delta(
            (1..=9)
                .map(|id| notice(id, Some(NoticeAbout::Fill)))
                .collect(),
        ));
        assert!(next(&told).contains("9 things happened"));
    }

    #[test]
    fn a_desktop_without_a_service_is_no_trouble() {
        let notifier = Notifier::on_desktop();
        notifier.hear(&delta(Vec::new()));
        notifier.hear(&delta(vec![notice(1, Some(NoticeAbout::Fill))]));
    }
}
