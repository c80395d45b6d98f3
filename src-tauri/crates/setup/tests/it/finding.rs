//! Made-up computers of all three systems.

use gatehouse_setup::find::{Os, Places, PortIs, TradingMode, look_around};
use gatehouse_setup::program::Program;
use gatehouse_sim::server::Faults;
use std::fs;
use std::path::Path;
use tokio::io::AsyncWriteExt;

fn file(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn places(os: Os, root: &Path, home: &str) -> Places {
    Places {
        os,
        root: root.to_owned(),
        home: root.join(home),
        path: vec![root.join("usr/bin")],
        java_home: None,
    }
}

#[tokio::test]
async fn linux_has_numbered_folders_and_their_java() {
    let computer = tempfile::tempdir().unwrap();
    let root = computer.path();
    let jts = "home/ann/Jts";
    let jre = root.join("home/ann/.local/share/i4j_jres/17");
    file(root, &format!("{jts}/1030/jars/a.jar"), "");
    file(root, &format!("{jts}/ibgateway/1037/jars/a.jar"), "");
    file(
        root,
        &format!("{jts}/ibgateway/1037/ibgateway.vmoptions"),
        "-Xmx768m\n-Xmx2048m\n",
    );
    file(
        root,
        &format!("{jts}/ibgateway/1037/.install4j/inst_jre.cfg"),
        &format!("{}\n", jre.display()),
    );
    file(root, "home/ann/.local/share/i4j_jres/17/bin/java", "");
    // Not versions.
    file(root, &format!("{jts}/abcdefgh/tws.xml"), "");
    file(root, &format!("{jts}/ibgateway/1019/readme.txt"), "");
    file(
        root,
        &format!("{jts}/jts.ini"),
        "[Logon]\ntradingMode=l\n[IBGateway]\nTrustedIPs=127.0.0.1\nLocalServerPort=4000\n",
    );
    file(root, "usr/bin/java", "");
    let found = look_around(places(Os::Linux, root, "home/ann"), &[]).await;
    let names: Vec<_> = found
        .installs
        .iter()
        .map(|one| {
            (
                one.program,
                one.version.as_deref(),
                one.memory_mb,
                one.java.is_some(),
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            (Program::Gateway, Some("1037"), Some(2048), true),
            (Program::Tws, Some("1030"), None, false),
        ]
    );
    assert_eq!(found.settings[0].login_offers, Some(TradingMode::Live));
    assert!(!found.settings[0].trusts_others);
    assert!(found.java.unwrap().ends_with("usr/bin/java"));
}

#[tokio::test]
async fn a_mac_has_named_folders_and_its_settings_elsewhere() {
    let computer = tempfile::tempdir().unwrap();
    let root = computer.path();
    file(
        root,
        "Users/ann/Applications/IB Gateway 10.37/ibgateway.vmoptions",
        "-Xmx1g\n",
    );
    file(
        root,
        "Users/ann/Applications/IB Gateway 10.37/.install4j/jre.bundle/Contents/Home/bin/java",
        "",
    );
    file(root, "Applications/Trader Workstation/tws.vmoptions", "");
    file(root, "Applications/Other.app/x", "");
    file(
        root,
        "Users/ann/Jts/jts.ini",
        "[IBGateway]\nTrustedIPs=0.0.0.0/0\n",
    );
    let found = look_around(places(Os::MacOs, root, "Users/ann"), &[]).await;
    assert_eq!(found.installs.len(), 2, "{found:#?}");
    let gateway = found
        .installs
        .iter()
        .find(|one| one.program == Program::Gateway)
        .unwrap();
    assert_eq!(
        (gateway.version.as_deref(), gateway.memory_mb),
        (Some("10.37"), Some(1024))
    );
    assert!(gateway.java.is_some());
    assert!(found.settings[0].trusts_others);
}

#[tokio::test]
async fn windows_has_them_at_the_root_of_the_drive() {
    let computer = tempfile::tempdir().unwrap();
    let root = computer.path();
    file(root, "Jts/1037/jars/a.jar", "");
    file(root, "Jts/ibgateway/1037/jars/a.jar", "");
    file(root, "Jts/jts.ini", "[Logon]\r\ntradingMode=p\r\n");
    file(root, "usr/bin/java.exe", "");
    let found = look_around(places(Os::Windows, root, "Users/Ann"), &[]).await;
    let programs: Vec<_> = found.installs.iter().map(|one| one.program).collect();
    assert_eq!(programs, [Program::Tws, Program::Gateway]);
    assert_eq!(found.settings[0].login_offers, Some(TradingMode::Paper));
    assert!(found.java.unwrap().ends_with("java.exe"));
}

#[tokio::test]
async fn an_empty_computer_has_nothing() {
    let computer = tempfile::tempdir().unwrap();
    let found = look_around(places(Os::Linux, computer.path(), "home/ann"), &[]).await;
    assert!(found.installs.is_empty() && found.settings.is_empty() && found.java.is_none());
}

#[tokio::test]
async fn what_listens_is_told_by_what_it_answers() {
    let sim = crate::plan::gateway(Faults::default()).await;
    let web = crate::plan::server(|mut stream| async move {
        crate::plan::some(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    })
    .await;
    let computer = tempfile::tempdir().unwrap();
    let places = places(Os::Linux, computer.path(), "home/ann");
    let found = look_around(places, &[sim.addr().port(), web.port()]).await;
    let is = |port: u16| {
        found
            .ports
            .iter()
            .find(|seen| seen.port == port)
            .unwrap()
            .is
            .clone()
    };
    assert_eq!(is(sim.addr().port()), PortIs::TwsApi { version: 226 });
    assert_eq!(is(web.port()), PortIs::Http);
}
