//! What the page may ask of IBC. All of it waits while the window is locked.

use super::App;
use crate::starter::{Around, StarterDraft, StarterOutcome, StarterView};
use gatehouse_desk::error::{ApiError, ErrorCode};
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::port::{Clock as _, SecretName, Vault as _};
use gatehouse_domain::secret::Secret;
use gatehouse_setup::find::Places;
use gatehouse_setup::ibc::file::{ConfigPreview, ConfigWritten};
use std::path::PathBuf;

/// What is on this computer, and in the folder that was named.
async fn around(app: &App<'_>, named: Option<String>) -> Result<Around, ApiError> {
    let places = Places::here().ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "This computer does not say where your files are, so Gatehouse can't look for IBC.",
        )
    })?;
    let kept = app.starter.read().ok().flatten().map(|draft| draft.ibc);
    let named = named.or(kept).filter(|folder| !folder.trim().is_empty());
    // Folders can lie on slow disks.
    let looked = tokio::task::spawn_blocking(move || {
        Around::look(&places, named.map(PathBuf::from).as_deref())
    });
    looked
        .await
        .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn starter(app: App<'_>) -> Result<StarterView, ApiError> {
    let around = around(&app, None).await?;
    Ok(app.starter.view(&around, app.app_lock.vault()).await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn keep_starter(
    app: App<'_>,
    draft: StarterDraft,
) -> Result<StarterOutcome, ApiError> {
    let around = around(&app, Some(draft.ibc.clone())).await?;
    match app.starter.keep(&draft, &around)? {
        Ok(()) => {
            let view = app.starter.view(&around, app.app_lock.vault()).await;
            Ok(StarterOutcome::Kept {
                view: Box::new(view),
            })
        }
        Err(faults) => Ok(StarterOutcome::Faulty { faults }),
    }
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn starter_config(app: App<'_>) -> Result<ConfigPreview, ApiError> {
    app.starter.preview(&around(&app, None).await?)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn write_starter_config(
    app: App<'_>,
    seen: String,
) -> Result<ConfigWritten, ApiError> {
    let around = around(&app, None).await?;
    app.starter.write(&around, &seen, SystemClock.now())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn keep_gateway_password(
    app: App<'_>,
    password: Secret,
) -> Result<StarterView, ApiError> {
    if password.is_empty() {
        return Err(ApiError::new(ErrorCode::BadInput, "No password was typed."));
    }
    let vault = app.app_lock.vault();
    let kept = vault.store(&SecretName::gateway_login(), &password).await;
    drop(password);
    kept.map_err(|error| ApiError::new(ErrorCode::Keychain, error.to_string()))?;
    starter(app).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_gateway_password(app: App<'_>) -> Result<StarterView, ApiError> {
    app.delete_secret(SecretName::GATEWAY_LOGIN).await?;
    starter(app).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn start_gateway(app: App<'_>) -> Result<StarterView, ApiError> {
    let around = around(&app, None).await?;
    let vault = app.app_lock.vault();
    app.starter.start(&around, vault, SystemClock.now()).await?;
    Ok(app.starter.view(&around, vault).await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_gateway(app: App<'_>) -> Result<StarterView, ApiError> {
    let around = around(&app, None).await?;
    app.starter.stop(&around).await?;
    Ok(app.starter.view(&around, app.app_lock.vault()).await)
}
