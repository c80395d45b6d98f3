//! A service whose dialog the person closes: a stand-in, as no person sits before a real one here.

use crate::keyring::Keyring;
use futures::StreamExt;
use gatehouse_desk::port::{SecretName, Vault, VaultError, VaultState};
use gatehouse_domain::secret::Secret;
use zbus_of_secret_service::message::Type;
use zbus_of_secret_service::zvariant::{ObjectPath, Value};
use zbus_of_secret_service::{Connection, Message, MessageStream, connection};

const ROOT: &str = "/org/freedesktop/secrets";
const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";
const ITEM: &str = "/org/freedesktop/secrets/collection/login/1";
const PROMPT: &str = "/org/freedesktop/secrets/prompt/1";

fn path(text: &str) -> ObjectPath<'_> {
    ObjectPath::try_from(text).unwrap()
}

/// A keychain with one entry, locked, whose password dialog is closed unanswered each time.
async fn closed_by_the_person(bus: &str) -> Connection {
    let service = connection::Builder::address(bus)
        .unwrap()
        .build()
        .await
        .unwrap();
    let mut calls = MessageStream::from(&service);
    service
        .request_name("org.freedesktop.secrets")
        .await
        .unwrap();
    let serving = service.clone();
    tokio::spawn(async move {
        while let Some(Ok(call)) = calls.next().await {
            if call.message_type() == Type::MethodCall {
                answer(&serving, &call).await;
            }
        }
    });
    service
}

async fn answer(service: &Connection, call: &Message) {
    let header = call.header();
    let member = header.member().map_or("", |member| member.as_str());
    let none: Vec<ObjectPath<'_>> = Vec::new();
    match member {
        // Any number will do for a key: nothing is handed over with it.
        "OpenSession" => {
            let session = (Value::from(vec![2_u8; 128]), path(ROOT));
            service.reply(&header, &session).await
        }
        "SearchItems" => service.reply(&header, &(none, vec![path(ITEM)])).await,
        "ReadAlias" => service.reply(&header, &path(COLLECTION)).await,
        "Unlock" => service.reply(&header, &(none, path(PROMPT))).await,
        "Get" => service.reply(&header, &Value::from(true)).await,
        _ => service.reply(&header, &()).await,
    }
    .unwrap();
    if member == "Prompt" {
        let closed = (true, Value::from(""));
        let interface = "org.freedesktop.Secret.Prompt";
        service
            .emit_signal(None::<&str>, PROMPT, interface, "Completed", &closed)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_dialog_that_the_person_closes_is_a_refusal_and_nothing_is_kept() {
    let keyring = Keyring::absent();
    let _service = closed_by_the_person(&keyring.address).await;
    let keychain = keyring.keychain("/data/one");
    let name = SecretName::app_lock();
    assert_eq!(keychain.state().await, Ok(VaultState::Locked));
    let secret = Secret::new("planted-41".to_owned());
    for refused in [
        keychain.read(&name).await.err(),
        keychain.store(&name, &secret).await.err(),
    ] {
        let refused = refused.expect("a refusal");
        assert!(matches!(refused, VaultError::Denied(_)), "{refused:?}");
        assert!(!refused.to_string().contains("planted-41"));
    }
    assert_eq!(keyring.files_with("planted-41"), Vec::<String>::new());
}
