//! What a person says of an account's type, and whose rules hold then.

use super::*;
use crate::error::ErrorCode;
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::id::AccountId;

fn say(bench: &mut Bench, account: &str, said: Option<AccountKind>) -> Result<(), ApiError> {
    let account = AccountId::new(account).unwrap();
    match bench.ask(Ask::SayKind { account, said }) {
        Some(answer) => answer.map(|_| ()),
        None => panic!("no answer"),
    }
}

fn kind_of(bench: &Bench, account: &str) -> AccountKind {
    bench.desk.accounts[&AccountId::new(account).unwrap()].kind
}

/// The login's first account, and what the broker says of it.
fn tell(bench: &mut Bench, text: &str) -> String {
    let account = bench.desk.account_order[0].clone();
    let name = account.to_string();
    bench.broker(BrokerEvent::AccountType {
        account,
        text: text.to_owned(),
    });
    name
}

#[test]
fn an_account_of_unknown_type_has_the_rules_of_what_a_person_says() {
    let mut bench = Bench::ready();
    let name = tell(&mut bench, "SPIRAL");
    assert_eq!(kind_of(&bench, &name), AccountKind::Unknown);
    say(&mut bench, &name, Some(AccountKind::Individual)).unwrap();
    assert_eq!(kind_of(&bench, &name), AccountKind::Individual);
    assert!(bench.kinds().contains(&"accountKindSaid"));
    say(&mut bench, &name, None).unwrap();
    assert_eq!(kind_of(&bench, &name), AccountKind::Unknown);
}

#[test]
fn the_brokers_word_is_made_stricter_and_never_milder() {
    let mut bench = Bench::ready();
    let name = tell(&mut bench, "INDIVIDUAL");
    say(&mut bench, &name, Some(AccountKind::RothIra)).unwrap();
    assert_eq!(kind_of(&bench, &name), AccountKind::RothIra);

    let mut bench = Bench::ready();
    let name = tell(&mut bench, "IRA-ROTH NEW");
    let error = say(&mut bench, &name, Some(AccountKind::Individual)).unwrap_err();
    assert_eq!(error.code, ErrorCode::BadInput);
    assert!(error.message.contains("stricter"), "{}", error.message);
    assert_eq!(kind_of(&bench, &name), AccountKind::RothIra);
}

#[test]
fn what_the_broker_tells_later_holds_where_it_is_stricter() {
    let mut bench = Bench::ready();
    let name = tell(&mut bench, "");
    say(&mut bench, &name, Some(AccountKind::Individual)).unwrap();
    tell(&mut bench, "IRA-TRADITIONAL NEW");
    assert_eq!(kind_of(&bench, &name), AccountKind::TraditionalIra);
    // And a word that is not known is no reason to forget.
    tell(&mut bench, "SPIRAL");
    assert_eq!(kind_of(&bench, &name), AccountKind::Individual);
}

#[test]
fn it_survives_restarts() {
    let mut bench = Bench::ready();
    let name = tell(&mut bench, "INDIVIDUAL");
    say(&mut bench, &name, Some(AccountKind::TraditionalIra)).unwrap();
    let mut again = bench.restarted();
    again.complete();
    tell(&mut again, "INDIVIDUAL");
    assert_eq!(kind_of(&again, &name), AccountKind::TraditionalIra);
    let written = again.desk.said_kinds_at_start(START);
    assert_eq!(written.len(), 1);
}

#[test]
fn an_account_of_another_login_is_none_to_speak_of() {
    let mut bench = Bench::ready();
    let error = say(&mut bench, "DU9999999", Some(AccountKind::Individual)).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
}
