//! The control port: a test in any language tells the gateway what to do, one line of JSON at a time.
//!
//! ```text
//! → {"token":"5f0c…"}                                        the first line
//! ← {"ok":true}
//! → {"do":"set-price","instrument":"AAPL","bid":"199.00","ask":"199.02"}
//! ← {"ok":true,"state":{"time":1767366000000,"clients":[4],…}}
//! → {"do":"step","ms":-1}
//! ← {"ok":false,"error":"a step of -1 ms is not between 0 and 2678400000"}
//! ```
//!
//! Every [`Action`] can be asked for; an answer comes once it is done. A wrong token ends the
//! connection. Only the loopback interface is listened on.
//!
//! Deliberately not here: anything that a client of the gateway could do itself.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::server::{Action, Lever};

/// The longest line that is read.
const LONGEST_LINE: u64 = 64 * 1024;

/// An open control port. Dropping it closes the port.
#[derive(Debug)]
pub struct Control {
    addr: SocketAddr,
    task: JoinHandle<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Greeting {
    token: String,
}

impl Control {
    /// Opens the port on the loopback interface; 0 picks a free one.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn open(port: u16, token: String, lever: Lever) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let addr = listener.local_addr()?;
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (token, lever) = (token.clone(), lever.clone());
                tokio::spawn(async move {
                    if let Err(error) = serve(stream, &token, &lever).await {
                        tracing::debug!(%error, "a control connection ended");
                    }
                });
            }
        });
        Ok(Self { addr, task })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A token that nobody can guess: 128 bits from the operating system by way of the hasher's keys.
pub fn random_token() -> String {
    let half = || RandomState::new().hash_one(0x6761_7465_u32);
    format!("{:016x}{:016x}", half(), half())
}

async fn serve(stream: TcpStream, token: &str, lever: &Lever) -> io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let mut greeted = false;
    let mut line = Vec::new();
    loop {
        line.clear();
        let mut limited = (&mut reader).take(LONGEST_LINE);
        if limited.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = if greeted {
            answer(&line, lever).await
        } else {
            let said = serde_json::from_slice::<Greeting>(&line);
            greeted = said.is_ok_and(|said| same(said.token.as_bytes(), token.as_bytes()));
            if greeted {
                json!({ "ok": true })
            } else {
                json!({ "ok": false, "error": "the first line must be {\"token\":\"…\"} with the right token" })
            }
        };
        let mut text = answer.to_string();
        text.push('\n');
        writer.write_all(text.as_bytes()).await?;
        if !greeted {
            return Ok(());
        }
    }
}

async fn answer(line: &[u8], lever: &Lever) -> Value {
    let done = match serde_json::from_slice::<Action>(line) {
        Ok(action) => lever.act(action).await,
        Err(error) => Err(error.to_string()),
    };
    match done {
        Ok(state) => json!({ "ok": true, "state": state }),
        Err(error) => json!({ "ok": false, "error": error }),
    }
}

/// Compares without telling by its time where the first difference is.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
