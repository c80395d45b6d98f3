//! The real Secret Service, GNOME Keyring on a bus of its own; and a stand-in for a closed dialog.

#[cfg(all(unix, not(target_os = "macos")))]
mod dialog;
#[cfg(all(unix, not(target_os = "macos")))]
mod keyring;
#[cfg(all(unix, not(target_os = "macos")))]
mod service;
