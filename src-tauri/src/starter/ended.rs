//! How IBC ended, in words.
//!
//! Source: the exit codes of its `ibcstart.sh`.

use std::process::ExitStatus;

pub(super) fn says(status: ExitStatus, asked: bool) -> String {
    if asked {
        return "It was stopped.".to_owned();
    }
    let why = match status.code() {
        Some(0) => return "The gateway was closed.".to_owned(),
        Some(1) => "no Java was found; install IB Gateway's offline version, which brings its own",
        Some(4) => {
            "that version of IB Gateway is not installed where it looked; IBC needs the offline version"
        }
        Some(5) => "a folder that it needs is not there",
        Some(6) => "its settings are not there; write them again",
        Some(7) => "IB Gateway's ibgateway.vmoptions is not there; install the gateway anew",
        Some(87) => "the second factor was not confirmed in time; start it again",
        Some(88) => "the login window did not appear; start it again",
        Some(126 | 127) => "its script can't be run",
        Some(143) => return "It was ended from outside.".to_owned(),
        Some(code) => return format!("IBC ended by itself with exit status {code}."),
        None => return "It was ended from outside.".to_owned(),
    };
    format!("IBC ended by itself: {why}.")
}
