//! What a crash leaves behind: a message, and nothing of what the program had in its memory.

/// Has the system write no image of the memory when this program or one that it starts crashes: a
/// passphrase or password that is just being used would lie in it.
#[cfg(unix)]
pub(crate) fn leave_no_core() {
    // A limit of 1 byte is refused by Linux for files and for programs that collect crashes; of 0
    // only the former.
    if let Err(error) = rlimit::setrlimit(rlimit::Resource::CORE, 1, 1) {
        tracing::warn!(%error, "a crash may leave an image of the memory behind");
    }
}

#[cfg(not(unix))]
pub(crate) fn leave_no_core() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use crate::app_lock::AppLock;
    use gatehouse_desk::port::{SecretName, Vault as _};
    use gatehouse_domain::instant::UnixMillis;
    use gatehouse_domain::secret::Secret;
    use gatehouse_vault::Keychain;
    use std::process::Command;

    const INSIDE: &str = "GATEHOUSE_TEST_CRASH";
    const PLANTED: [&str; 2] = [
        "planted passphrase in a crash",
        "planted password in a crash",
    ];

    /// Does something only when it is started by the other one: it crashes with secrets at hand, in
    /// the midst of what is done with them.
    #[tokio::test]
    async fn the_inner_run() {
        let Some(folder) = std::env::var_os(INSIDE) else {
            return;
        };
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(std::io::stderr)
            .init();
        super::leave_no_core();
        let [passphrase, password] = PLANTED.map(|text| Secret::new(text.to_owned()));
        let folder = std::path::PathBuf::from(folder);
        // No keychain is here, so that every fault of it is written down too.
        let vault = Keychain::new(&folder).on_bus("unix:path=/nowhere");
        let stored = vault.store(&SecretName::gateway_login(), &password).await;
        let lock = AppLock::read(&folder, vault, UnixMillis(1_800_000_000_000));
        let set = lock
            .set(None, passphrase, UnixMillis(1_800_000_000_000))
            .await;
        let limits = std::fs::read_to_string("/proc/self/limits").expect("limits");
        let core = limits.lines().find(|line| line.starts_with("Max core"));
        println!("{core:?}");
        panic!(
            "crashed with {} letters at hand: {stored:?}, {set:?}",
            password.letters()
        );
    }

    #[test]
    fn a_crash_prints_and_leaves_no_secret() {
        let folder = tempfile::tempdir().unwrap();
        let inner = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::tests::the_inner_run", "--nocapture"])
            .env(INSIDE, folder.path())
            .env("RUST_BACKTRACE", "full")
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said =
            [inner.stdout, inner.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let said = said.join("\n");
        assert!(
            !inner.status.success() && said.contains("letters at hand"),
            "{said}"
        );
        assert!(said.contains("stack backtrace"), "{said}");
        let limit: Vec<&str> = said
            .lines()
            .filter(|line| line.contains("Max core"))
            .collect();
        assert!(
            limit[0]
                .split_whitespace()
                .filter(|word| *word == "1")
                .count()
                >= 2,
            "{limit:?}"
        );
        let mut looked = 0;
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            looked += 1;
            assert!(PLANTED.iter().all(|planted| !text.contains(planted)));
        }
        assert!(
            looked < 10,
            "no image of the memory and nothing else that is large: {looked}"
        );
        for planted in PLANTED {
            assert!(!said.contains(planted), "{said}");
        }
    }
}
