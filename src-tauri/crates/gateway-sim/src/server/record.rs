//! A run written down: everything that reached the gateway, when, and every byte that it answered.
//!
//! A recording is JSON, one entry a line. Played again over the same scenario it gives the same bytes,
//! which [`replay`] checks. That holds as long as clients read what they are sent, nothing was changed
//! from within the program, and the limits on messages a second were not reached.
//!
//! Handshakes are not part of it, nor what faults make of frames on the socket.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot};

use crate::wire::{self, Version};

use super::action::Action;
use super::gateway::{Command, Gateway};
use super::session::{Outgoing, QUEUE};
use super::{SimConfig, assemble};

/// The form of recordings that is written and read.
const FORM: u32 = 1;

/// One line of a recording.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Entry {
    /// The first line.
    Recording {
        form: u32,
        seed: u64,
        /// The simulated time, unix ms.
        start: i64,
        stepped: bool,
    },
    /// A client agreed on a version.
    Connected { connection: u64, version: u16 },
    /// One frame's content.
    In { connection: u64, hex: String },
    /// The simulated time moved on.
    Time { ms: i64 },
    /// Quotes went out.
    Quotes,
    /// Something was done to the gateway.
    Act { action: Action },
    /// The library changed the world; this cannot be played again.
    Within,
    /// A connection ended.
    Gone { connection: u64 },
    /// All connections were closed.
    AllGone,
    /// What was said until now went out: the next lines.
    Settled,
    /// Whole frames.
    Out { connection: u64, hex: String },
}

/// Where entries go.
#[derive(Debug)]
enum Sink {
    File(BufWriter<File>),
    Memory(Vec<String>),
}

/// Writes a run down.
#[derive(Debug)]
pub struct Recorder {
    sink: Sink,
    /// Something was noted since the last [`Entry::Settled`].
    open: bool,
}

impl Recorder {
    /// Begins a recording at `path`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn create(path: &Path, begin: &Entry) -> io::Result<Self> {
        let sink = Sink::File(BufWriter::new(File::create(path)?));
        Ok(Self::begun(sink, begin))
    }

    fn begun(sink: Sink, begin: &Entry) -> Self {
        let mut recorder = Self { sink, open: false };
        recorder.put(begin);
        recorder
    }

    /// Notes what reached the gateway.
    pub fn note(&mut self, entry: &Entry) {
        self.open = true;
        self.put(entry);
    }

    /// Notes what goes out.
    pub fn settle(&mut self, out: &[(u64, &[u8])]) {
        if !std::mem::take(&mut self.open) && out.is_empty() {
            return;
        }
        self.put(&Entry::Settled);
        for (connection, bytes) in out {
            self.put(&Entry::Out {
                connection: *connection,
                hex: hex(bytes),
            });
        }
        if let Sink::File(file) = &mut self.sink
            && let Err(error) = file.flush()
        {
            tracing::error!(%error, "the recording cannot be written");
        }
    }

    fn put(&mut self, entry: &Entry) {
        let line = match serde_json::to_string(entry) {
            Ok(line) => line,
            Err(error) => return tracing::error!(%error, "an entry cannot be written"),
        };
        match &mut self.sink {
            Sink::Memory(lines) => lines.push(line),
            Sink::File(file) => {
                if let Err(error) = writeln!(file, "{line}") {
                    tracing::error!(%error, "the recording cannot be written");
                }
            }
        }
    }
}

/// The first line of a recording over this configuration.
pub fn beginning(config: &SimConfig) -> Entry {
    Entry::Recording {
        form: FORM,
        seed: config.scenario.seed,
        start: config.scenario.start,
        stepped: config.stepped,
    }
}

/// What playing a recording again showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Lines of the recording.
    pub lines: usize,
    /// The first line that came out otherwise (counted from 1), as recorded and as it is now; the
    /// latter is empty when it is missing.
    pub difference: Option<(usize, String, String)>,
}

/// Plays a recording again over the scenario that it was made with; seed, start and clock are the
/// recording's. Needs a tokio runtime with time.
///
/// # Errors
/// When it is not a recording, or one that cannot be played again.
pub fn replay(mut config: SimConfig, recording: &str) -> Result<Replayed, String> {
    let mut entries = Vec::new();
    for (line, number) in recording.lines().zip(1..) {
        let entry: Entry =
            serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
        entries.push((line, entry));
    }
    let Some((_, begin @ Entry::Recording { form: FORM, .. })) = entries.first() else {
        return Err("this is not a recording of this version".to_owned());
    };
    if let Entry::Recording {
        seed,
        start,
        stepped,
        ..
    } = begin
    {
        config.scenario.seed = *seed;
        config.scenario.start = *start;
        config.stepped = *stepped;
    }
    config.state_file = None;
    // Recorded requests are those that were served.
    config.pacing = false;
    let mut gateway = assemble(config, None);
    gateway.recorder = Some(Recorder::begun(Sink::Memory(Vec::new()), begin));
    let mut player = Player {
        gateway,
        queues: Vec::new(),
    };
    for (_, entry) in &entries {
        player.play(entry)?;
    }
    let Some(Recorder {
        sink: Sink::Memory(now),
        ..
    }) = player.gateway.recorder
    else {
        return Err("the recording was lost".to_owned());
    };
    let difference = entries.iter().enumerate().find_map(|(at, (line, _))| {
        let other = now.get(at).map_or("", String::as_str);
        (other != *line).then(|| (at + 1, (*line).to_owned(), other.to_owned()))
    });
    Ok(Replayed {
        lines: entries.len(),
        difference,
    })
}

struct Player {
    gateway: Gateway,
    /// What would go to sockets.
    queues: Vec<mpsc::Receiver<Outgoing>>,
}

impl Player {
    fn play(&mut self, entry: &Entry) -> Result<(), String> {
        let gateway = &mut self.gateway;
        match entry {
            Entry::Recording { .. } | Entry::Out { .. } => {}
            Entry::Connected {
                connection,
                version,
            } => {
                let version = Version::new(*version)
                    .ok_or_else(|| format!("version {version} is not spoken here"))?;
                let (outbox, queue) = mpsc::channel(QUEUE);
                self.queues.push(queue);
                let (registered, _id) = oneshot::channel();
                let (cut, _cut_off) = oneshot::channel();
                gateway.next_connection(*connection);
                gateway.serve(Command::Connected {
                    version,
                    slowed: false,
                    outbox,
                    cut,
                    registered,
                });
            }
            Entry::In { connection, hex } => {
                let version = gateway
                    .sessions
                    .get(connection)
                    .map(|session| session.version);
                let content = bytes(hex)?;
                if let Some(version) = version {
                    let request = Box::new(wire::decode(version, &content));
                    gateway.serve(Command::Request {
                        at: tokio::time::Instant::now(),
                        id: *connection,
                        content: content.into(),
                        request,
                    });
                }
            }
            Entry::Time { ms } => gateway.advance_to(*ms),
            Entry::Quotes => gateway.send_quotes(),
            Entry::Act { action } => {
                let (done, _result) = oneshot::channel();
                let action = action.clone();
                gateway.serve(Command::Act { action, done });
            }
            Entry::Within => {
                return Err("this run was changed from within the program".to_owned());
            }
            Entry::Gone { connection } => gateway.serve(Command::Gone { id: *connection }),
            Entry::AllGone => gateway.serve(Command::AllGone),
            Entry::Settled => {
                gateway.settle();
                for queue in &mut self.queues {
                    while queue.try_recv().is_ok() {}
                }
            }
        }
        Ok(())
    }
}

/// Two digits a byte.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    let digits: Option<Vec<u32>> = hex.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0);
    let digits = digits.ok_or_else(|| format!("'{hex}' is not hexadecimal"))?;
    digits
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(high * 16 + low).map_err(|error| error.to_string()),
            _ => Err("half a byte".to_owned()),
        })
        .collect()
}
