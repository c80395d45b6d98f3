//! A program with a window, started as a person starts it, told to report.

use crate::{Failure, processes};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// A window that takes longer than this to say something hangs.
const PATIENCE: Duration = Duration::from_secs(120);
/// The processes of a closed window end within this.
const FAREWELL: Duration = Duration::from_secs(5);

/// What the page reports of its frames, in milliseconds.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Frames {
    /// Rows in view.
    pub rows: u32,
    /// Figures in view that are known, and how often their text changes in a second; of a chain.
    pub figures: u32,
    pub changes_per_s: f64,
    /// Orders in the blotter.
    pub orders: u32,
    pub count: u32,
    pub p50: f64,
    pub p95: f64,
    /// Of the time between frames.
    pub gap_p95: f64,
    /// Of frames with plain copies of the rows.
    pub bare_p95: Option<f64>,
}

/// An open window; closed when dropped.
#[derive(Debug)]
pub struct Window {
    child: Child,
    begun: Instant,
    lines: Receiver<(Instant, String)>,
    // What the program keeps; removed with the window.
    _data: tempfile::TempDir,
}

impl Window {
    /// Starts `program` without a past: no journal, no settings, no remembered figures.
    pub fn open(program: &Path, arguments: &[&str]) -> Result<Self, Failure> {
        let data = tempfile::tempdir()?;
        let begun = Instant::now();
        let mut child = Command::new(program)
            .args(arguments)
            .env("XDG_DATA_HOME", data.path())
            .env("GATEHOUSE_DATA_DIR", data.path().join("gatehouse"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let (tell, lines) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    if tell.send((Instant::now(), line)).is_err() {
                        return;
                    }
                }
            });
        }
        Ok(Self {
            child,
            begun,
            lines,
            _data: data,
        })
    }

    /// The application on this gateway, told to report of its portfolio.
    pub fn open_app(program: &Path, port: u16) -> Result<Self, Failure> {
        Self::open_screen(program, port, "portfolio")
    }

    /// The application on this gateway, told to report of this screen.
    pub fn open_screen(program: &Path, port: u16, screen: &str) -> Result<Self, Failure> {
        let gateway = port.to_string();
        Self::open(
            program,
            &["--report", screen, "--simulated", "--gateway", &gateway],
        )
    }

    /// Gives the window another width and height.
    pub fn resize(&self, python: &Path, size: [&str; 2]) -> Result<(), Failure> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/resize_window.py");
        let resized = Command::new(python)
            .args([script, "Gatehouse"])
            .args(size)
            .status()?;
        if resized.success() {
            Ok(())
        } else {
            Err("the window could not be resized".into())
        }
    }

    /// The next report of frames.
    pub fn frames(&self) -> Result<Frames, Failure> {
        let (_, line) = self.hears("\"frames\"")?;
        let report = line
            .split_once('{')
            .and_then(|(_, rest)| serde_json::from_str(&format!("{{{rest}")).ok());
        report.ok_or_else(|| format!("not a report of frames: {line}").into())
    }

    /// The next line that contains `what`, and when it came since the start of the process.
    pub fn hears(&self, what: &str) -> Result<(Duration, String), Failure> {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok((at, line)) if line.contains(what) => return Ok((at - self.begun, line)),
                Ok(_) => {}
                Err(_) => return Err(format!("the window did not report {what}").into()),
            }
        }
    }

    /// The process of the window first, then those that it started.
    pub fn processes(&self) -> Result<Vec<u32>, Failure> {
        let own = self.child.id();
        let mut all = processes::family(own)?;
        all.sort_by_key(|pid| *pid != own);
        Ok(all)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let family = self.processes().unwrap_or_default();
        let _ = self.child.kill();
        let _ = self.child.wait();
        let until = Instant::now() + FAREWELL;
        while family.iter().any(|pid| processes::lives(*pid)) && Instant::now() < until {
            thread::sleep(Duration::from_millis(20));
        }
    }
}
