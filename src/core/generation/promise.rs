//! Answers that are right but not what the method promises, whichever address gave them.
//!
//! Must not know: how the call was made.

use serde_json::{Value, json};

use crate::core::envelope::Envelope;
use crate::core::response::Response;
use crate::core::routes::Route;

/// The answer as the route's method promises it.
pub fn kept(route: Route, answer: Response) -> Response {
    match route {
        Route::ClientOnlines | Route::OnlineClients => listed(answer),
        Route::ClientTraffic | Route::TrafficByEmail => found_or_null(answer),
        Route::BackupToTgBot | Route::CreateBackup => enveloped(answer),
        _ => answer,
    }
}

/// Who is online: a panel that has not asked xray yet says null, which stands for nobody.
fn listed(answer: Response) -> Response {
    match Envelope::read(&answer) {
        Some(e) if e.success && e.obj.is_null() => Envelope::done(&e.msg, json!([])).into_response(),
        _ => answer,
    }
}

/// Traffic by e-mail: from 2.8.1 to 3.2.7 an unknown client is an error, before and after it is a null. One of
/// them it has to be, and a null is what the method documents.
fn found_or_null(answer: Response) -> Response {
    match Envelope::read(&answer) {
        Some(e) if !e.success && e.msg.contains("Inbound Not Found For Email") => {
            Envelope::done("", Value::Null).into_response()
        }
        _ => answer,
    }
}

/// A backup for Telegram is answered with nothing at all; the method promises an envelope.
fn enveloped(answer: Response) -> Response {
    if answer.body.is_empty() { Envelope::done("", Value::Null).into_response() } else { answer }
}
