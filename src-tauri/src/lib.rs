//! The desktop shell: glue between the window and the desk. The only Rust that names `tauri`.
//!
//! It reads the command line, starts the desk beside the window, hands the page's commands on
//! and forwards the stream. Deliberately not here: any decision about an order or a figure.

mod app_lock;
mod args;
mod away;
mod bindings;
mod commands;
mod connecting;
mod copies;
mod crash;
mod credentials;
mod kept_file;
mod kept_targets;
mod ledger;
mod locale;
mod locking;
mod notify;
mod profiles;
mod program;
mod rule_file;
mod rules;
mod serving;
mod shell;
mod starter;
mod tray;
mod wizard;

use args::Args;
use clap::Parser;
use profiles::Profile;
use shell::Shell;
use std::process::ExitCode;
use std::sync::Arc;
use tauri::Manager;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

/// Has the window's title say which profile it serves, so that two windows are told apart.
async fn name_window(
    window: &tauri::WebviewWindow,
    mut served: watch::Receiver<Option<Option<Profile>>>,
) {
    loop {
        let title = match served.borrow_and_update().as_ref() {
            Some(Some(profile)) => format!("{} · Gatehouse", profile.name),
            _ => "Gatehouse".to_owned(),
        };
        if let Err(error) = window.set_title(&title) {
            tracing::warn!(%error, "the window can't be named");
        }
        if served.changed().await.is_err() {
            return;
        }
    }
}

/// Runs the application until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    if let Some(code) = locale::mend() {
        return code;
    }
    let args = Args::parse();
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("GATEHOUSE_LOG").unwrap_or_else(|_| "warn".into()))
        .with_writer(std::io::stderr)
        .init();
    crash::leave_no_core();
    let commands = bindings::builder().invoke_handler();
    let app = tauri::Builder::default()
        .invoke_handler(move |invoke| locking::past_the_lock(invoke, &commands))
        .setup(move |app| {
            let data_dir = match &args.data_dir {
                Some(dir) => dir.clone(),
                None => app.path().app_data_dir()?,
            };
            // Who names a folder for all that is kept finds exports there too.
            let exports = match (&args.data_dir, app.path().download_dir()) {
                (None, Ok(downloads)) => downloads,
                _ => data_dir.join("exports"),
            };
            let shell = Arc::new(Shell::new(args.clone(), data_dir, exports));
            app.manage(Arc::clone(&shell));
            if let Some(window) = app.get_webview_window("main") {
                let served = shell.served();
                tauri::async_runtime::spawn(async move { name_window(&window, served).await });
            }
            // Beside the window, so that neither waits for the other.
            tauri::async_runtime::spawn(async move {
                shell.follow_the_person();
                shell.start().await;
            });
            Ok(())
        })
        .build(tauri::generate_context!());
    let app = match app {
        Ok(app) => app,
        Err(error) => {
            eprintln!("Gatehouse can't open its window: {error}");
            return ExitCode::FAILURE;
        }
    };
    app.run(|app, event| match event {
        // After the window is there, which has not to wait for it.
        tauri::RunEvent::Ready => app.state::<Arc<Shell>>().tray().show(app),
        tauri::RunEvent::Exit => {
            let shell = Arc::clone(&app.state::<Arc<Shell>>());
            tauri::async_runtime::block_on(shell.stop());
        }
        _ => {}
    });
    ExitCode::SUCCESS
}
