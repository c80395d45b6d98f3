//! The connection wizard's commands.

use super::App;
use crate::wizard::{CheckInput, ProofView};
use gatehouse_desk::error::ApiError;
use gatehouse_domain::account::AccountKind;
use gatehouse_setup::check::StepView;
use gatehouse_setup::find::Surroundings;
use tauri::ipc::Channel;

#[tauri::command]
#[specta::specta]
pub(crate) async fn look_around(app: App<'_>, ports: Vec<u16>) -> Result<Surroundings, ApiError> {
    app.look_around(&ports).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn prove(
    app: App<'_>,
    input: CheckInput,
    progress: Channel<StepView>,
) -> Result<ProofView, ApiError> {
    // A page that has gone away hears nothing; the check ends by itself.
    app.prove(input, |step| {
        let _ = progress.send(step.clone());
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_proving(app: App<'_>) -> Result<(), ApiError> {
    app.stop_proving();
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn say_account_kind(
    app: App<'_>,
    account: String,
    said: Option<AccountKind>,
) -> Result<(), ApiError> {
    app.desk().await?.say_account_kind(&account, said).await
}
