//! A GNOME Keyring with a bus, a home and a password of its own.

use gatehouse_vault::{Keychain, Patience};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Short: no person answers a dialog here.
const PATIENCE: Patience = Patience {
    plain: Duration::from_secs(20),
    dialog: Duration::from_secs(2),
};

pub struct Keyring {
    bus: Child,
    pub address: String,
    pub home: tempfile::TempDir,
    daemon: Option<Child>,
}

impl Keyring {
    /// A bus on which nothing offers a keychain.
    pub fn absent() -> Self {
        let home = tempfile::tempdir().unwrap();
        // No services by name: whatever is installed must not be started.
        let config = home.path().join("bus.conf");
        let socket = home.path().display();
        std::fs::write(
            &config,
            format!(
                "<busconfig><type>session</type><listen>unix:tmpdir={socket}</listen>\
                 <policy context=\"default\"><allow send_destination=\"*\"/><allow own=\"*\"/>\
                 <allow eavesdrop=\"true\"/></policy></busconfig>"
            ),
        )
        .unwrap();
        let mut bus = Command::new("dbus-daemon")
            .args(["--nofork", "--print-address", "--config-file"])
            .arg(&config)
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is installed with dbus");
        let mut address = String::new();
        let output = bus.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut address).unwrap();
        Self {
            bus,
            address: address.trim().to_owned(),
            home,
            daemon: None,
        }
    }

    /// A keyring that was opened at the login.
    pub fn open() -> Self {
        let mut keyring = Self::absent();
        keyring.start(Some("login password"));
        keyring
    }

    /// Starts the daemon; with the password it opens what lies in its home.
    pub fn start(&mut self, password: Option<&str>) {
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--components=secrets"])
            .args(password.map(|_| "--unlock"))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("HOME", self.home.path())
            .env("XDG_DATA_HOME", self.home.path().join("data"))
            .env("XDG_RUNTIME_DIR", self.home.path())
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon is installed with gnome-keyring");
        let mut input = daemon.stdin.take().unwrap();
        if let Some(password) = password {
            input.write_all(password.as_bytes()).unwrap();
        }
        drop(input);
        self.daemon = Some(daemon);
        let tries = 1_000;
        assert!(
            (0..tries).any(|_| {
                std::thread::sleep(Duration::from_millis(20));
                self.is_served()
            }),
            "the keyring did not come to the bus"
        );
    }

    fn is_served(&self) -> bool {
        let asked = Command::new("dbus-send")
            .arg(format!("--bus={}", self.address))
            .args(["--print-reply", "--dest=org.freedesktop.DBus", "/"])
            .arg("org.freedesktop.DBus.NameHasOwner")
            .arg("string:org.freedesktop.secrets")
            .output()
            .expect("dbus-send is installed with dbus");
        String::from_utf8_lossy(&asked.stdout).contains("boolean true")
    }

    /// Ends the daemon; the bus stays.
    pub fn end(&mut self) {
        if let Some(mut daemon) = self.daemon.take() {
            let _ = daemon.kill();
            let _ = daemon.wait();
        }
    }

    /// The keychain as a folder of Gatehouse's data sees it.
    pub fn keychain(&self, folder: &str) -> Keychain {
        Keychain::new(Path::new(folder))
            .patient(PATIENCE)
            .on_bus(&self.address)
    }

    /// Every file under the keyring's home that holds the text.
    pub fn files_with(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.home.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.is_file() {
                    let mut bytes = Vec::new();
                    std::fs::File::open(&path)
                        .and_then(|mut file| file.read_to_end(&mut bytes))
                        .unwrap();
                    if bytes
                        .windows(text.len())
                        .any(|part| part == text.as_bytes())
                    {
                        found.push(path.display().to_string());
                    }
                }
            }
        }
        found
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        self.end();
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}
