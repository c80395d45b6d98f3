//! Storing, reading and deleting; and a service that is locked, absent or started again.

use crate::keyring::Keyring;
use gatehouse_desk::port::{SecretName, Vault, VaultError, VaultState};
use gatehouse_domain::secret::Secret;

const PLANTED: &str = "planted-7f3a-äöü-secret";

fn planted() -> Secret {
    Secret::new(PLANTED.to_owned())
}

fn name() -> SecretName {
    SecretName::app_lock()
}

async fn lock(keyring: &Keyring) {
    use secret_service::{EncryptionType, SecretService};
    let bus = zbus_of_secret_service::connection::Builder::address(keyring.address.as_str())
        .unwrap()
        .build()
        .await
        .unwrap();
    let service = SecretService::connect_with_existing(EncryptionType::Plain, bus)
        .await
        .unwrap();
    let place = service.get_default_collection().await.unwrap();
    place.lock().await.unwrap();
}

#[tokio::test]
async fn a_secret_is_stored_read_replaced_and_deleted() {
    let keyring = Keyring::open();
    let keychain = keyring.keychain("/data/one");
    assert_eq!(keychain.state().await, Ok(VaultState::Open));
    assert_eq!(keychain.names().await, Ok(Vec::new()));
    keychain.store(&name(), &planted()).await.unwrap();
    assert!(keychain.read(&name()).await.unwrap().is(&planted()));
    assert_eq!(keychain.names().await, Ok(vec![name()]));
    let other = Secret::new("another".to_owned());
    keychain.store(&name(), &other).await.unwrap();
    assert!(keychain.read(&name()).await.unwrap().is(&other));
    assert_eq!(keychain.names().await, Ok(vec![name()]));
    keychain.delete(&name()).await.unwrap();
    assert_eq!(
        keychain.read(&name()).await.err(),
        Some(VaultError::Missing(name()))
    );
    assert_eq!(
        keychain.delete(&name()).await,
        Err(VaultError::Missing(name()))
    );
    assert_eq!(keychain.names().await, Ok(Vec::new()));
}

#[tokio::test]
async fn folders_keep_their_secrets_apart() {
    let keyring = Keyring::open();
    let (one, two) = (keyring.keychain("/data/one"), keyring.keychain("/data/two"));
    one.store(&name(), &planted()).await.unwrap();
    assert_eq!(
        two.read(&name()).await.err(),
        Some(VaultError::Missing(name()))
    );
    assert_eq!(two.names().await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_locked_keychain_is_told_from_a_missing_entry_and_opens_without_a_restart() {
    let mut keyring = Keyring::open();
    let keychain = keyring.keychain("/data/one");
    keychain.store(&name(), &planted()).await.unwrap();
    lock(&keyring).await;
    assert_eq!(keychain.state().await, Ok(VaultState::Locked));
    // What is stored can be named without its password.
    assert_eq!(keychain.names().await, Ok(vec![name()]));
    // Here no dialog can open, or none is answered in time.
    for refused in [
        keychain.read(&name()).await.err().unwrap(),
        keychain.store(&name(), &planted()).await.unwrap_err(),
    ] {
        assert!(
            matches!(refused, VaultError::Locked | VaultError::Denied(_)),
            "{refused:?}"
        );
        assert!(!refused.to_string().contains(PLANTED));
    }
    keyring.end();
    keyring.start(Some("login password"));
    assert!(keychain.read(&name()).await.unwrap().is(&planted()));
}

#[tokio::test]
async fn a_keychain_that_was_not_opened_at_the_login_tells_what_is_stored_all_the_same() {
    let mut keyring = Keyring::open();
    let keychain = keyring.keychain("/data/one");
    let stored = [SecretName::app_lock(), SecretName::gateway_login()];
    for name in &stored {
        keychain.store(name, &planted()).await.unwrap();
    }
    keyring.end();
    keyring.start(None);
    assert_eq!(keychain.state().await, Ok(VaultState::Locked));
    assert_eq!(keychain.names().await, Ok(stored.to_vec()));
    let other = keyring.keychain("/data/two");
    assert_eq!(other.names().await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_service_that_was_started_again_serves_the_same_keychain() {
    let mut keyring = Keyring::open();
    let keychain = keyring.keychain("/data/one");
    keychain.store(&name(), &planted()).await.unwrap();
    keyring.end();
    let gone = keychain.read(&name()).await.err();
    assert!(matches!(gone, Some(VaultError::NoService(_))), "{gone:?}");
    keyring.start(Some("login password"));
    assert!(keychain.read(&name()).await.unwrap().is(&planted()));
}

#[tokio::test]
async fn without_a_service_or_a_bus_nothing_is_stored_and_it_says_why() {
    let mut keyring = Keyring::absent();
    let keychain = keyring.keychain("/data/one");
    let nowhere = keyring
        .keychain("/data/one")
        .on_bus("unix:path=/nowhere/bus");
    for keychain in [&keychain, &nowhere] {
        let none = keychain.state().await.unwrap_err();
        assert!(matches!(none, VaultError::NoService(_)), "{none:?}");
        assert!(
            none.to_string()
                .starts_with("There is no keychain on this computer")
        );
        assert_eq!(keychain.store(&name(), &planted()).await.unwrap_err(), none);
    }
    // One that comes later is found, without a start of ours.
    keyring.start(Some("login password"));
    keychain.store(&name(), &planted()).await.unwrap();
}

#[tokio::test]
async fn no_file_holds_a_secret_in_clear() {
    let keyring = Keyring::open();
    let keychain = keyring.keychain("/data/one");
    keychain.store(&name(), &planted()).await.unwrap();
    keychain.read(&name()).await.unwrap();
    assert_eq!(keyring.files_with(PLANTED), Vec::<String>::new());
    // The scan finds what is there to be found.
    std::fs::write(keyring.home.path().join("leak.txt"), format!("x{PLANTED}y")).unwrap();
    assert_eq!(keyring.files_with(PLANTED).len(), 1);
}
