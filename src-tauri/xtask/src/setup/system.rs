//! System packages: installed through apt on Debian and its kin, named elsewhere.

use super::Need;
use super::host::Host;
use crate::failure::Failure;
use crate::program::Program;

const FOR_WINDOW_LIBRARIES: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
];

const FOR_WINDOW_DRIVER: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "dbus",
    // A notification service, and what asks it what it was given.
    "dunst",
    "libglib2.0-bin",
    "imagemagick",
    "fonts-dejavu-core",
];

const FOR_KEYCHAIN: &[&str] = &["dbus", "gnome-keyring", "libsecret-tools"];

const FOR_PYTHON: &[&str] = &["python3", "python3-venv"];

/// Installs what is missing for `needs`, or says what a person should install.
pub fn prepare(needs: &[Need]) -> Result<(), Failure> {
    let host = Host::here();
    match host.advice() {
        None => apt_install(&missing(&packages(needs, python_is_there()), installed)),
        Some(advice) => {
            if needs.contains(&Need::WindowLibraries) && !libraries_are_there(host) {
                return Err(Failure::new(format!(
                    "libraries that the window is built with are missing. Install them, then run \
                     this again:\n\n{advice}"
                )));
            }
            Ok(())
        }
    }
}

/// The Debian packages for `needs`.
fn packages(needs: &[Need], python: bool) -> Vec<&'static str> {
    let mut all = Vec::new();
    if needs.contains(&Need::WindowLibraries) {
        all.extend_from_slice(FOR_WINDOW_LIBRARIES);
    }
    if needs.contains(&Need::WindowDriver) {
        all.extend_from_slice(FOR_WINDOW_DRIVER);
    }
    if needs.contains(&Need::Keychain) {
        all.extend_from_slice(FOR_KEYCHAIN);
    }
    if needs.contains(&Need::ThirdParty) && !python {
        all.extend_from_slice(FOR_PYTHON);
    }
    all
}

fn missing(
    packages: &[&'static str],
    installed: impl Fn(&'static str) -> bool,
) -> Vec<&'static str> {
    packages
        .iter()
        .copied()
        .filter(|package| !installed(package))
        .collect()
}

fn installed(package: &str) -> bool {
    Program::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status}", package])
        .answer()
        .is_some_and(|status| status == "installed")
}

/// Any Python 3 that can make environments serves, not only the system's.
fn python_is_there() -> bool {
    Program::new("python3")
        .args(["-c", "import venv, ensurepip"])
        .answer()
        .is_some()
}

fn apt_install(packages: &[&str]) -> Result<(), Failure> {
    if packages.is_empty() {
        return Ok(());
    }
    let root = Program::new("id").arg("-u").answer().as_deref() == Some("0");
    let steps = [apt_arguments(root, &["update", "--quiet"]), {
        let mut args = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
        args.extend_from_slice(packages);
        apt_arguments(root, &args)
    }];
    for step in steps {
        let (program, args) = step;
        Program::new(program)
            .args(args)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .run_aside()
            .map_err(|failure| {
                Failure::new(format!(
                    "{failure}. Install these packages, then run this again: {}",
                    packages.join(" ")
                ))
            })?;
    }
    Ok(())
}

/// apt-get with `args`, through sudo unless we are root.
fn apt_arguments<'a>(root: bool, args: &[&'a str]) -> (&'static str, Vec<&'a str>) {
    if root {
        ("apt-get", args.to_vec())
    } else {
        let mut all = vec!["DEBIAN_FRONTEND=noninteractive", "apt-get"];
        all.extend_from_slice(args);
        ("sudo", all)
    }
}

fn libraries_are_there(host: Host) -> bool {
    match host {
        Host::MacOs => Program::new("xcode-select").arg("-p").answer().is_some(),
        // The Rust toolchain for Windows checks for the build tools itself.
        Host::Windows => true,
        _ => Program::new("pkg-config")
            .args(["--exists", "webkit2gtk-4.1", "openssl", "librsvg-2.0"])
            .answer()
            .is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::{apt_arguments, missing, packages};
    use crate::setup::Need;

    #[test]
    fn only_what_is_needed_is_asked_for() {
        assert!(packages(&[Need::RustComponents, Need::Page], false).is_empty());
        let libraries = packages(&[Need::WindowLibraries], false);
        assert!(libraries.contains(&"libwebkit2gtk-4.1-dev") && !libraries.contains(&"xvfb"));
        assert!(packages(&[Need::WindowDriver], false).contains(&"webkit2gtk-driver"));
        assert!(packages(&[Need::Keychain], false).contains(&"gnome-keyring"));
    }

    #[test]
    fn a_python_that_serves_is_not_installed_again() {
        assert!(packages(&[Need::ThirdParty], true).is_empty());
        assert_eq!(
            packages(&[Need::ThirdParty], false),
            ["python3", "python3-venv"]
        );
    }

    #[test]
    fn packages_that_are_there_are_left_out() {
        assert_eq!(missing(&["xvfb", "dbus"], |name| name == "dbus"), ["xvfb"]);
    }

    #[test]
    fn sudo_is_used_only_by_those_who_are_not_root() {
        assert_eq!(
            apt_arguments(true, &["update"]),
            ("apt-get", vec!["update"])
        );
        assert_eq!(
            apt_arguments(false, &["update"]),
            (
                "sudo",
                vec!["DEBIAN_FRONTEND=noninteractive", "apt-get", "update"]
            )
        );
    }
}
