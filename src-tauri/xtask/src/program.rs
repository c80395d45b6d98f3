//! Running other programs: what runs is printed first, its output streams through, and a failure
//! says which command failed and how.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::{env, fmt};

use crate::failure::Failure;
use crate::tally::Tally;

/// A program with its arguments, ready to run.
#[derive(Debug)]
pub struct Program(Command);

impl Program {
    /// `name` is looked up on the path unless it contains a separator.
    pub fn new(name: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(name);
        // Cargo describes *this* package to what it runs; a nested build must not see that.
        for (key, _) in env::vars_os() {
            if key.to_str().is_some_and(describes_a_package) {
                command.env_remove(key);
            }
        }
        Self(command)
    }

    /// `name`, ended after `seconds` where the system has a `timeout` program.
    pub fn limited(name: impl AsRef<OsStr>, seconds: u32) -> Self {
        if cfg!(target_os = "linux") {
            Self::new("timeout")
                .args(["--kill-after=10", &seconds.to_string()])
                .arg(name)
        } else {
            Self::new(name)
        }
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.0.arg(arg);
        self
    }

    pub fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.0.args(args);
        self
    }

    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(key, value);
        self
    }

    pub fn env_remove(mut self, key: &str) -> Self {
        self.0.env_remove(key);
        self
    }

    pub fn within(mut self, folder: impl AsRef<Path>) -> Self {
        self.0.current_dir(folder);
        self
    }

    /// Runs to the end, its output on the terminal.
    pub fn run(mut self) -> Result<(), Failure> {
        self.announce();
        let status = self.0.status().map_err(Failure::io(self.told()))?;
        self.judge(status)
    }

    /// Runs to the end with its standard output moved to standard error, for commands whose own
    /// standard output is data.
    pub fn run_aside(mut self) -> Result<(), Failure> {
        self.0.stdout(Stdio::from(std::io::stderr()));
        self.run()
    }

    /// Runs to the end; every line of standard output is shown and given to `line`.
    fn run_watched(mut self, mut line: impl FnMut(&str)) -> Result<(), Failure> {
        self.announce();
        let mut child = self
            .0
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Failure::io(self.told()))?;
        if let Some(output) = child.stdout.take() {
            for text in BufReader::new(output).split(b'\n') {
                let text = text.map_err(Failure::io(self.told()))?;
                let text = String::from_utf8_lossy(&text);
                println!("{text}");
                line(&text);
            }
        }
        let status = child.wait().map_err(Failure::io(self.told()))?;
        self.judge(status)
    }

    /// Runs a program that prints its tests: how many passed, or which failed.
    pub fn count(self) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        let ended = self.run_watched(|line| tally.read(line));
        ended.map_err(|failure| tally.naming(failure))?;
        tally.proven()
    }

    /// Runs silently; the standard output if it succeeded, `None` if it failed or is not there.
    pub fn answer(mut self) -> Option<String> {
        let output = self.0.stdin(Stdio::null()).output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Starts it in the background with its standard output piped to the caller.
    pub fn start(mut self) -> Result<Child, Failure> {
        self.announce();
        self.0
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Failure::io(self.told()))
    }

    fn announce(&self) {
        eprintln!("  $ {self}");
    }

    fn told(&self) -> String {
        format!("cannot run `{}`", self.0.get_program().to_string_lossy())
    }

    fn judge(&self, status: ExitStatus) -> Result<(), Failure> {
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!("`{self}` ended with {status}")))
        }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = Path::new(self.0.get_program());
        let name = program.file_name().unwrap_or(program.as_os_str());
        f.write_str(&name.to_string_lossy())?;
        for arg in self.0.get_args() {
            write!(f, " {}", arg.to_string_lossy())?;
        }
        Ok(())
    }
}

fn describes_a_package(key: &str) -> bool {
    [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_",
    ]
    .iter()
    .any(|prefix| key.starts_with(prefix))
}

/// Asks a child that we started to end, and makes it end if it does not within two seconds.
pub fn end(child: &mut Child) {
    if cfg!(unix) {
        let asked = Command::new("sh")
            .args(["-c", &format!("kill -TERM {}", child.id())])
            .stderr(Stdio::null())
            .status();
        if asked.is_ok() {
            for _ in 0..40 {
                if !matches!(child.try_wait(), Ok(None)) {
                    return;
                }
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
        }
    }
    // Already gone is what we want.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::{Program, describes_a_package};

    #[test]
    fn a_program_is_shown_by_name_and_arguments() {
        let shown = Program::new("/usr/bin/cargo").args(["fmt", "--check"]);
        assert_eq!(shown.to_string(), "cargo fmt --check");
    }

    #[test]
    fn only_what_describes_this_package_is_hidden_from_nested_builds() {
        assert!(describes_a_package("CARGO_PKG_NAME"));
        assert!(describes_a_package("CARGO_MANIFEST_DIR"));
        assert!(!describes_a_package("CARGO_TARGET_DIR"));
        assert!(!describes_a_package("CARGO_HOME"));
    }

    #[test]
    fn a_program_that_is_not_there_has_no_answer() {
        assert_eq!(Program::new("gatehouse-no-such-program").answer(), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_that_hangs_is_ended() {
        assert!(Program::limited("sleep", 1).arg("60").run().is_err());
        assert!(Program::limited("true", 5).run().is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_failing_program_is_named_with_its_status() {
        let told = Program::new("sh").args(["-c", "exit 3"]).run();
        assert!(told.is_err_and(|e| e.to_string().contains("exit status: 3")));
    }
}
