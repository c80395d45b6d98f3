//! The one-way rule: which crate may know which, read from the workspace itself.

use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

/// What each crate may depend on, beside the crates of others. Tests may use more.
fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("gatehouse-domain", &[][..]),
        ("gatehouse-rules", &["gatehouse-domain"]),
        ("gatehouse-analytics", &["gatehouse-domain"]),
        (
            "gatehouse-desk",
            &["gatehouse-domain", "gatehouse-rules", "gatehouse-analytics"],
        ),
        (
            "gatehouse-tws",
            &["gatehouse-domain", "gatehouse-rules", "gatehouse-desk"],
        ),
        ("gatehouse-journal", &["gatehouse-domain", "gatehouse-desk"]),
        ("gatehouse-setup", &["gatehouse-domain"]),
        ("gatehouse-vault", &["gatehouse-domain", "gatehouse-desk"]),
        ("gatehouse-sim", &["gatehouse-domain"]),
        (
            "gatehouse-testkit",
            &["gatehouse-domain", "gatehouse-rules"],
        ),
        ("xtask", &[]),
    ])
}

/// Only the shell and the end-to-end tests put the house together.
const BUILDERS: [&str; 2] = ["gatehouse", "gatehouse-e2e"];

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "{output:?}");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

/// Its dependencies but those for tests only.
fn dependencies(package: &Value) -> impl Iterator<Item = &str> {
    package["dependencies"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|d| d["kind"] != "dev")
        .filter_map(|d| d["name"].as_str())
}

#[test]
fn no_arrow_points_the_wrong_way() {
    let packages = packages();
    let names: Vec<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    let allowed = allowed();
    for package in &packages {
        let name = package["name"].as_str().expect("a name");
        if BUILDERS.contains(&name) {
            continue;
        }
        let may = allowed
            .get(name)
            .unwrap_or_else(|| panic!("{name} has no place in the house: add it to the rule"));
        for dependency in dependencies(package).filter(|d| names.contains(d)) {
            assert!(
                may.contains(&dependency),
                "{name} must not know {dependency}"
            );
        }
    }
}

#[test]
fn only_the_shell_names_tauri() {
    for package in packages() {
        let name = package["name"].as_str().expect("a name").to_owned();
        for dependency in dependencies(&package) {
            if dependency.starts_with("tauri") {
                assert_eq!(name, "gatehouse", "{name} names {dependency}");
            }
        }
    }
}

#[test]
fn the_clients_codec_and_the_servers_codec_are_independent() {
    for package in packages() {
        let name = package["name"].as_str().expect("a name");
        let uses: Vec<&str> = dependencies(&package).collect();
        // The check list asks as a client of its own; the benchmark measures the bare client.
        let knows_the_client =
            ["gatehouse-tws", "gatehouse-setup", "gatehouse-e2e"].contains(&name);
        assert_eq!(uses.contains(&"ibapi"), knows_the_client, "{name}");
        assert!(
            !uses.contains(&"prost") || name == "gatehouse-sim",
            "{name} has a codec of its own"
        );
    }
}

#[test]
fn the_pure_crates_have_neither_io_nor_async() {
    for package in packages() {
        let name = package["name"].as_str().expect("a name").to_owned();
        if ["gatehouse-domain", "gatehouse-rules", "gatehouse-analytics"].contains(&name.as_str()) {
            for dependency in dependencies(&package) {
                assert!(
                    !["tokio", "sqlx", "ibapi", "tracing"].contains(&dependency),
                    "{name} is pure and must not know {dependency}"
                );
            }
        }
    }
}
