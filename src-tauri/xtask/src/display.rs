//! A screen to show the window on: the person's, or a virtual one.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::failure::Failure;
use crate::program::{Program, end};

/// The session's notification service keeps what it is given and shows nothing: a picture of the
/// screen is one of the window.
const NOTIFICATIONS: &str = "[global]\n[keep_all]\n    skip_display = true\n";

/// Whether a person can see a window here.
pub fn is_there() -> bool {
    if cfg!(target_os = "linux") {
        ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
    } else {
        true
    }
}

/// A virtual screen with a home of its own; both are gone when this is dropped.
#[derive(Debug)]
pub struct VirtualDisplay {
    server: Child,
    name: String,
    home: PathBuf,
}

impl VirtualDisplay {
    /// Starts Xvfb on a free display number, as large as the window opens.
    pub fn start() -> Result<Self, Failure> {
        Self::sized((1280, 800))
    }

    /// The same with a screen of another width and height.
    pub fn sized((width, height): (u32, u32)) -> Result<Self, Failure> {
        let mut server = Program::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .args(["-nolisten", "tcp"])
            .start()?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            BufReader::new(output)
                .read_line(&mut number)
                .map_err(Failure::io("cannot read from Xvfb"))?;
        }
        let number = number.trim();
        if number.is_empty() {
            end(&mut server);
            return Err(Failure::new("Xvfb did not start"));
        }
        let name = format!(":{number}");
        match fresh_home() {
            Ok(home) => Ok(Self { server, name, home }),
            Err(failure) => {
                end(&mut server);
                Err(failure)
            }
        }
    }

    /// `program`, run on this screen under a session bus of its own, ended after `seconds`.
    pub fn wrap(&self, program: &Path, seconds: u32) -> Program {
        let wrapped = Program::limited("dbus-run-session", seconds)
            .arg("--")
            .arg(program);
        environment(&self.name, &self.home)
            .into_iter()
            .fold(wrapped, |wrapped, (key, value)| wrapped.env(key, value))
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XAUTHORITY")
    }
}

impl Drop for VirtualDisplay {
    fn drop(&mut self) {
        end(&mut self.server);
        // A folder in the temporary directory that stays behind does no harm.
        let _ = fs::remove_dir_all(&self.home);
    }
}

/// What a window needs to find its screen and a home without a past.
fn environment(display: &str, home: &Path) -> Vec<(&'static str, PathBuf)> {
    vec![
        ("DISPLAY", display.into()),
        ("GDK_BACKEND", "x11".into()),
        ("LANG", "en_US.UTF-8".into()),
        ("LC_ALL", "en_US.UTF-8".into()),
        ("NO_AT_BRIDGE", "1".into()),
        // Without a graphics card the default renderer takes most of a processor.
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".into()),
        ("HOME", home.into()),
        ("XDG_RUNTIME_DIR", home.join("run")),
        ("XDG_CONFIG_HOME", home.join("config")),
        ("XDG_DATA_HOME", home.join("data")),
        ("XDG_STATE_HOME", home.join("state")),
        ("XDG_CACHE_HOME", home.join("cache")),
    ]
}

/// Short on purpose: paths of sockets are limited to about a hundred bytes.
fn fresh_home() -> Result<PathBuf, Failure> {
    let nanos = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.subsec_nanos());
    let home = env::temp_dir().join(format!("gatehouse-{}-{nanos}", std::process::id()));
    let create = |folder: &Path| {
        fs::create_dir(folder).map_err(Failure::io(format!("cannot create {}", folder.display())))
    };
    create(&home)?;
    create(&home.join("run"))?;
    private(&home.join("run"))?;
    for folder in ["config", "config/dunst"] {
        create(&home.join(folder))?;
    }
    let settings = home.join("config/dunst/dunstrc");
    fs::write(&settings, NOTIFICATIONS)
        .map_err(Failure::io(format!("cannot write {}", settings.display())))?;
    Ok(home)
}

#[cfg(unix)]
fn private(folder: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
        .map_err(Failure::io(format!("cannot protect {}", folder.display())))
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), Failure> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{environment, fresh_home};

    #[test]
    fn every_folder_of_the_person_is_moved_into_the_fresh_home() {
        let home = Path::new("/tmp/fresh");
        for (key, value) in environment(":7", home) {
            if key.starts_with("XDG_") || key == "HOME" {
                assert!(value.starts_with(home), "{key}");
            }
        }
    }

    #[test]
    fn two_homes_are_never_the_same() {
        let (one, two) = (fresh_home().unwrap(), fresh_home().unwrap());
        assert_ne!(one, two);
        for home in [one, two] {
            std::fs::remove_dir_all(home).unwrap();
        }
    }
}
