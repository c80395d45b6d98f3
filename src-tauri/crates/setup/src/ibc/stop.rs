//! Asking IBC to end the gateway that it started.

use std::io::{self, ErrorKind};
use std::net::Ipv4Addr;
use std::process::Child;
use std::time::Duration;
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, RefreshKind, Signal, System};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(5);
/// No answer of the command server is longer.
const LONGEST: u64 = 4096;

/// Sends `STOP` to IBC's command server on this computer, and returns what it answers.
///
/// # Errors
/// When nothing listens there, or it does not take the command.
pub async fn by_command(port: u16) -> io::Result<String> {
    let asking = async {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
        let (reader, mut writer) = stream.into_split();
        writer.write_all(b"STOP\r\n").await?;
        let limited = tokio::io::AsyncReadExt::take(reader, LONGEST);
        let mut lines = BufReader::new(limited).lines();
        while let Some(line) = lines.next_line().await? {
            if line.starts_with("OK") {
                return Ok(line);
            }
            if line.starts_with("ERROR") {
                return Err(io::Error::other(line));
            }
        }
        Err(ErrorKind::UnexpectedEof.into())
    };
    timeout(PATIENCE, asking)
        .await
        .unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
}

/// Asks a process that was started here to end. IBC's script hands that on to the gateway. True
/// when it was told. The child must not have been waited for: then its number is still its own.
pub fn by_signal(child: &Child) -> bool {
    let pid = Pid::from_u32(child.id());
    let mut system = System::new_with_specifics(RefreshKind::nothing());
    let what = ProcessRefreshKind::nothing();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), true, what);
    let process = system.process(pid);
    process.is_some_and(|process| process.kill_with(Signal::Term).unwrap_or(false))
}
