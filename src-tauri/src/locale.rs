//! The web view takes its language from the locale; "C" is none that a page can format by.

use std::process::ExitCode;

/// Starts the program again with a usable locale when there is none. `Some` when that failed
/// or is done.
#[cfg(target_os = "linux")]
pub(crate) fn mend() -> Option<ExitCode> {
    use std::os::unix::process::CommandExt;
    let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let chosen = var("LC_ALL")
        .or_else(|| var("LC_MESSAGES"))
        .or_else(|| var("LANG"));
    if !is_c(chosen.as_deref()) || std::env::var_os("GATEHOUSE_LOCALE").is_some() {
        return None;
    }
    let program = std::env::current_exe().ok()?;
    let error = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("GATEHOUSE_LOCALE", "mended")
        .exec();
    // Without it numbers and dates may look odd, but everything works.
    eprintln!("Gatehouse can't set its language ({error}) and goes on without.");
    None
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn mend() -> Option<ExitCode> {
    None
}

#[cfg(target_os = "linux")]
fn is_c(locale: Option<&str>) -> bool {
    match locale {
        None | Some("C" | "POSIX") => true,
        Some(other) => other.starts_with("C."),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::is_c;

    #[test]
    fn only_the_c_locales_are_mended() {
        assert!(is_c(None) && is_c(Some("C.UTF-8")) && is_c(Some("POSIX")));
        assert!(!is_c(Some("de_DE.UTF-8")) && !is_c(Some("Cy_GB")));
    }
}
