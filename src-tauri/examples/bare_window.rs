//! A window with nothing in it: the yardstick for how fast Gatehouse's window starts.
//!
//! The same library, the same size, one empty local page. The page says when it is painted and
//! the program prints `painted`.

use tauri::http::Response;
use tauri::{WebviewUrl, WebviewWindowBuilder};

const SCHEME: &str = "bare";
const PAGE: &str = "<!doctype html><title>Bare</title><body style='background:#101418'></body>
<script>requestAnimationFrame(() => setTimeout(() => fetch('/painted')));</script>";

fn main() -> tauri::Result<()> {
    let mut context = tauri::generate_context!();
    // Gatehouse's own window is not opened.
    context.config_mut().app.windows.clear();
    tauri::Builder::default()
        .register_uri_scheme_protocol(SCHEME, |_, request| {
            if request.uri().path() == "/painted" {
                println!("painted");
            }
            let mut page = Response::new(PAGE.as_bytes().to_vec());
            let html = tauri::http::HeaderValue::from_static("text/html");
            page.headers_mut()
                .insert(tauri::http::header::CONTENT_TYPE, html);
            page
        })
        .setup(|app| {
            let url = WebviewUrl::CustomProtocol(format!("{SCHEME}://localhost/").parse()?);
            WebviewWindowBuilder::new(app, "bare", url)
                .title("Bare")
                .inner_size(1280.0, 800.0)
                .build()?;
            Ok(())
        })
        .run(context)
}
