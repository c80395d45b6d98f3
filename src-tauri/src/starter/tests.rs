//! IBC by a stand-in: a script that lies where IBC's does, writes down what it was given and waits.

use super::*;
use gatehouse_desk::port::VaultState;
use gatehouse_setup::find::{Os, Places, TradingMode};
use gatehouse_setup::ibc::{Accepts, ReadOnlyApi};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

const PASSWORD: &str = "planted gateway password";
const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

/// A keychain that holds the password, or nothing.
struct Keys(Option<VaultError>);

impl Vault for Keys {
    async fn state(&self) -> Result<VaultState, VaultError> {
        Ok(VaultState::Open)
    }

    async fn names(&self) -> Result<Vec<SecretName>, VaultError> {
        Ok(match self.0 {
            None => vec![SecretName::gateway_login()],
            Some(_) => Vec::new(),
        })
    }

    async fn read(&self, _: &SecretName) -> Result<Secret, VaultError> {
        match &self.0 {
            None => Ok(Secret::new(PASSWORD.to_owned())),
            Some(error) => Err(error.clone()),
        }
    }

    async fn store(&self, _: &SecretName, _: &Secret) -> Result<(), VaultError> {
        Ok(())
    }

    async fn delete(&self, _: &SecretName) -> Result<(), VaultError> {
        Ok(())
    }
}

/// What the stand-in does, after `export` or the command line as the two kinds of IBC have it.
const BY_ENVIRONMENT: &str =
    "if [ -n \"$ib_password\" ]; then\nexport TWSPASSWORD=\"$ib_password\"\nfi\n";
const ON_THE_LINE: &str = "start() {\n\"$java_path/java\" \"$ib_user_id\" \"$ib_password\"\n}\n";

struct Computer {
    folder: tempfile::TempDir,
    around: Around,
    starter: Starter,
}

impl Computer {
    /// A computer with an IBC that passes a password on in this way, then does that.
    fn new(way: &str, does: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ibc = folder.path().join("opt/ibc");
        std::fs::create_dir_all(ibc.join("scripts")).unwrap();
        std::fs::write(ibc.join("version"), "3.24.0\n").unwrap();
        let told = folder.path().join("told");
        // The line that says how it was started comes last, so that all is there once it is.
        let script = format!(
            "#!/bin/bash\n{way}echo \"user=$TWSUSERID length=${{#TWSPASSWORD}}\" > '{0}.env'\n\
             tr '\\0' ' ' < /proc/$$/cmdline > '{0}.new'\nmv '{0}.new' '{0}'\n{does}\n",
            told.display()
        );
        std::fs::write(Ibc::script(&ibc), script).unwrap();
        std::fs::set_permissions(
            Ibc::script(&ibc),
            std::os::unix::fs::PermissionsExt::from_mode(0o755),
        )
        .unwrap();
        let gateway = folder.path().join("home/Jts/ibgateway/1037");
        std::fs::create_dir_all(gateway.join("jars")).unwrap();
        let places = Places {
            os: Os::Linux,
            root: folder.path().to_owned(),
            home: folder.path().join("home"),
            path: Vec::new(),
            java_home: None,
        };
        let around = Around::look(&places, None);
        let starter = Starter::new(folder.path());
        Self {
            folder,
            around,
            starter,
        }
    }

    fn choose(&self, draft: &StarterDraft) {
        assert_eq!(self.starter.keep(draft, &self.around).unwrap(), Ok(()));
        let preview = self.starter.preview(&self.around).unwrap();
        self.starter
            .write(&self.around, &preview.seen, NOW)
            .unwrap();
    }

    /// How it was started, once it was.
    async fn told(&self) -> String {
        until(|| std::fs::read_to_string(self.folder.path().join("told")).ok()).await
    }

    fn env(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("told.env")).unwrap()
    }

    async fn run(&self) -> RunView {
        self.starter.view(&self.around, &Keys(None)).await.run
    }

    async fn ended(&self) -> String {
        let began = Instant::now();
        loop {
            if let RunView::Ended { says } = self.run().await {
                return says;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it goes on");
            tokio::task::yield_now().await;
        }
    }
}

async fn until<T>(mut question: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = question() {
            return answer;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "in vain");
        tokio::task::yield_now().await;
    }
}

fn draft() -> StarterDraft {
    StarterDraft {
        ibc: String::new(),
        config: String::new(),
        gateway: String::new(),
        login: "alice".to_owned(),
        mode: TradingMode::Paper,
        read_only: ReadOnlyApi::Yes,
        port: String::new(),
        restart_at: "23:45".to_owned(),
        accepts: Accepts::Manual,
        command_port: String::new(),
    }
}

const WAIT: &str = "trap 'exit 143' TERM\nwhile :; do sleep 0.05; done";

#[tokio::test]
async fn a_password_goes_by_the_environment_and_stands_on_no_command_line_and_in_no_file() {
    let computer = Computer::new(BY_ENVIRONMENT, WAIT);
    computer.choose(&draft());
    let starter = &computer.starter;
    starter
        .start(&computer.around, &Keys(None), NOW)
        .await
        .unwrap();
    let told = computer.told().await;
    assert!(
        told.contains("1037 --gateway --tws-path=") && told.contains("--mode=paper"),
        "{told}"
    );
    assert!(
        told.contains("/home/Jts ") && !told.contains("--pw") && !told.contains("planted"),
        "{told}"
    );
    assert_eq!(
        computer.env(),
        format!("user=alice length={}\n", PASSWORD.len())
    );
    assert!(matches!(
        computer.run().await,
        RunView::Running {
            handed: true,
            stopping: false,
            ..
        }
    ));
    assert!(files_with(computer.folder.path(), PASSWORD).is_empty());
    let again = starter.start(&computer.around, &Keys(None), NOW).await;
    assert!(again.unwrap_err().message.contains("runs already"));
    // Without a command port the process itself is asked.
    starter.stop(&computer.around).await.unwrap();
    assert_eq!(computer.ended().await, "It was stopped.");
}

#[tokio::test]
async fn an_ibc_that_would_show_the_password_to_others_is_given_none() {
    let computer = Computer::new(ON_THE_LINE, WAIT);
    computer.choose(&draft());
    let view = computer.starter.view(&computer.around, &Keys(None)).await;
    assert_eq!(view.way, Some(PasswordWay::CommandLine));
    computer
        .starter
        .start(&computer.around, &Keys(None), NOW)
        .await
        .unwrap();
    computer.told().await;
    assert_eq!(computer.env(), "user= length=0\n");
    assert!(matches!(
        computer.run().await,
        RunView::Running { handed: false, .. }
    ));
    computer.starter.stop(&computer.around).await.unwrap();
    computer.ended().await;
}

#[tokio::test]
async fn without_a_stored_password_the_person_types_it_and_a_locked_keychain_is_told() {
    let computer = Computer::new(BY_ENVIRONMENT, "exit 87");
    computer.choose(&draft());
    let starter = &computer.starter;
    let locked = starter
        .start(&computer.around, &Keys(Some(VaultError::Locked)), NOW)
        .await;
    assert_eq!(locked.unwrap_err().code, ErrorCode::Keychain);
    assert_eq!(computer.run().await, RunView::Idle);
    let missing = Keys(Some(VaultError::Missing(SecretName::gateway_login())));
    starter
        .start(&computer.around, &missing, NOW)
        .await
        .unwrap();
    computer.told().await;
    assert_eq!(computer.env(), "user= length=0\n");
    assert!(
        computer
            .ended()
            .await
            .contains("second factor was not confirmed")
    );
}

#[tokio::test]
async fn it_is_stopped_over_its_command_port() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    let computer = Computer::new(
        BY_ENVIRONMENT,
        "until [ -e \"$0.stop\" ]; do sleep 0.05; done",
    );
    let stop = computer
        .folder
        .path()
        .join("opt/ibc/scripts/ibcstart.sh.stop");
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = server.accept().unwrap();
        let mut line = String::new();
        BufReader::new(stream.try_clone().unwrap())
            .read_line(&mut line)
            .unwrap();
        std::fs::write(stop, "").unwrap();
        stream.write_all(b"OK Shutting down\r\n").unwrap();
        line
    });
    let command_port = port.to_string();
    computer.choose(&StarterDraft {
        command_port,
        ..draft()
    });
    computer
        .starter
        .start(&computer.around, &Keys(None), NOW)
        .await
        .unwrap();
    computer.told().await;
    computer.starter.stop(&computer.around).await.unwrap();
    assert_eq!(serving.join().unwrap(), "STOP\r\n");
    assert_eq!(computer.ended().await, "It was stopped.");
}

#[tokio::test]
async fn settings_are_written_for_the_person_alone_and_never_over_what_was_not_shown() {
    let computer = Computer::new(BY_ENVIRONMENT, "exit 0");
    assert_eq!(
        computer.starter.keep(&draft(), &computer.around).unwrap(),
        Ok(())
    );
    let config = computer.around.usual_config.clone();
    std::fs::create_dir_all(config.parent().unwrap()).unwrap();
    let theirs = "IbLoginId=edemo\nIbPassword=planted in their file\nMinimizeMainWindow=yes\n";
    std::fs::write(&config, theirs).unwrap();
    let preview = computer.starter.preview(&computer.around).unwrap();
    assert!(preview.exists && preview.holds_password);
    assert!(!format!("{preview:?}").contains("planted in"));
    // Somebody changes it meanwhile.
    std::fs::write(&config, format!("{theirs}IbDir=/x\n")).unwrap();
    let late = computer.starter.write(&computer.around, &preview.seen, NOW);
    assert!(
        late.unwrap_err()
            .message
            .contains("since its difference was shown")
    );
    let seen = computer.starter.preview(&computer.around).unwrap().seen;
    let written = computer
        .starter
        .write(&computer.around, &seen, NOW)
        .unwrap();
    let text = std::fs::read_to_string(&config).unwrap();
    assert!(
        text.contains("IbPassword=\n")
            && text.contains("MinimizeMainWindow=yes")
            && text.contains("IbDir=/x"),
        "{text}"
    );
    assert!(
        text.contains("ReadOnlyApi=yes") && text.contains("AutoRestartTime=11:45 PM"),
        "{text}"
    );
    let copy = PathBuf::from(written.copy.unwrap());
    assert!(
        std::fs::read_to_string(&copy)
            .unwrap()
            .contains("planted in their file")
    );
    assert!(written.copy_holds_password);
    for path in [&config, &copy] {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(path).unwrap().permissions(),
        );
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    assert!(
        computer
            .starter
            .preview(&computer.around)
            .unwrap()
            .changes
            .is_empty()
    );
}

#[tokio::test]
async fn what_can_not_be_is_said_at_its_field() {
    let computer = Computer::new(BY_ENVIRONMENT, "exit 0");
    let wrong = StarterDraft {
        ibc: "/nowhere".to_owned(),
        gateway: "/nowhere".to_owned(),
        config: "config.ini".to_owned(),
        login: "a b".to_owned(),
        port: "70000".to_owned(),
        restart_at: "12:30".to_owned(),
        command_port: "x".to_owned(),
        ..draft()
    };
    let faults = computer
        .starter
        .keep(&wrong, &computer.around)
        .unwrap()
        .unwrap_err();
    assert_eq!(faults.len(), 7, "{faults:?}");
    let one_port = StarterDraft {
        port: "4002".to_owned(),
        command_port: "4002".to_owned(),
        ..draft()
    };
    let faults = computer
        .starter
        .keep(&one_port, &computer.around)
        .unwrap()
        .unwrap_err();
    assert!(matches!(
        faults[0].field,
        crate::starter::chosen::StarterField::CommandPort
    ));
    assert!(
        computer
            .starter
            .start(&computer.around, &Keys(None), NOW)
            .await
            .is_err()
    );
}

fn files_with(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if String::from_utf8_lossy(&std::fs::read(&path).unwrap()).contains(text) {
            found.push(path);
        }
    }
    found
}
