//! The real Secret Service: GNOME Keyring on a bus of its own.

#[cfg(all(unix, not(target_os = "macos")))]
mod keyring;
#[cfg(all(unix, not(target_os = "macos")))]
mod service;
