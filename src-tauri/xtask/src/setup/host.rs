//! Which system this is, and how things are installed there.

use std::fs;

/// A family of systems that install alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    Debian,
    Fedora,
    Arch,
    OtherLinux,
    MacOs,
    Windows,
}

impl Host {
    /// The system that this program runs on.
    pub fn here() -> Self {
        if cfg!(target_os = "macos") {
            Self::MacOs
        } else if cfg!(windows) {
            Self::Windows
        } else {
            fs::read_to_string("/etc/os-release")
                .map_or(Self::OtherLinux, |text| Self::from_os_release(&text))
        }
    }

    /// The family named in the text of an `os-release` file: its own name first, then those it
    /// says it is like.
    pub fn from_os_release(text: &str) -> Self {
        let field = |key: &str| {
            text.lines()
                .filter_map(|line| line.split_once('='))
                .find(|(name, _)| name.trim() == key)
                .map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_lowercase())
                .unwrap_or_default()
        };
        let names = format!("{} {}", field("ID"), field("ID_LIKE"));
        names
            .split_whitespace()
            .find_map(|name| match name {
                "debian" | "ubuntu" => Some(Self::Debian),
                "fedora" | "rhel" | "centos" => Some(Self::Fedora),
                "arch" => Some(Self::Arch),
                _ => None,
            })
            .unwrap_or(Self::OtherLinux)
    }

    /// What a person installs by hand so that the window can be built, `None` where this program
    /// installs it.
    pub fn advice(self) -> Option<&'static str> {
        match self {
            Self::Debian => None,
            Self::Fedora => Some(
                "sudo dnf install gcc pkgconf-pkg-config openssl-devel webkit2gtk4.1-devel \
                 librsvg2-devel libappindicator-gtk3-devel\n\
                 For the real-window tests also: xorg-x11-server-Xvfb dbus-daemon ImageMagick dejavu-sans-fonts, \
                 and the package that holds WebKitWebDriver",
            ),
            Self::Arch => Some(
                "sudo pacman -S --needed base-devel pkgconf openssl webkit2gtk-4.1 librsvg \
                 libappindicator-gtk3\n\
                 For the real-window tests also: xorg-server-xvfb dbus imagemagick ttf-dejavu, \
                 and the package that holds WebKitWebDriver",
            ),
            Self::OtherLinux => Some(
                "Install a C compiler, pkg-config, and the development files of OpenSSL, \
                 WebKitGTK 4.1 and librsvg.\n\
                 For the real-window tests also: Xvfb, dbus-run-session, ImageMagick, WebKitWebDriver and a font",
            ),
            Self::MacOs => Some("xcode-select --install"),
            Self::Windows => Some(
                "Install the Microsoft C++ Build Tools (workload \"Desktop development with C++\") \
                 and, before Windows 11, the WebView2 runtime",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Host;

    #[test]
    fn a_system_is_known_by_its_own_name() {
        assert_eq!(
            Host::from_os_release("NAME=\"Debian\"\nID=debian\n"),
            Host::Debian
        );
        assert_eq!(
            Host::from_os_release("ID=fedora\nVERSION_ID=42"),
            Host::Fedora
        );
        assert_eq!(Host::from_os_release("ID='arch'"), Host::Arch);
    }

    #[test]
    fn a_derived_system_is_known_by_what_it_is_like() {
        assert_eq!(
            Host::from_os_release("ID=linuxmint\nID_LIKE=\"ubuntu debian\""),
            Host::Debian
        );
        assert_eq!(
            Host::from_os_release("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\""),
            Host::Fedora
        );
        assert_eq!(
            Host::from_os_release("ID=endeavouros\nID_LIKE=arch"),
            Host::Arch
        );
    }

    #[test]
    fn an_unknown_system_is_not_taken_for_another() {
        assert_eq!(
            Host::from_os_release("ID=nixos\nID_LIKE=\"\""),
            Host::OtherLinux
        );
        assert_eq!(Host::from_os_release(""), Host::OtherLinux);
        assert_eq!(Host::from_os_release("VERSION_ID=debian"), Host::OtherLinux);
    }

    #[test]
    fn every_system_that_we_do_not_install_on_gets_advice() {
        let by_hand = [
            Host::Fedora,
            Host::Arch,
            Host::OtherLinux,
            Host::MacOs,
            Host::Windows,
        ];
        assert!(by_hand.iter().all(|host| host.advice().is_some()));
        assert_eq!(Host::Debian.advice(), None);
    }
}
