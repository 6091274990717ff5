//! `clients/links`: on 3.0.1 and 3.0.2 the panel has the links of a client in one inbound at a time.
//!
//! Must not know: what is in a link.

use serde_json::Value;

use super::super::step::{Step, ask, not_found};
use super::roster::Roster;
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::percent::encode_path_segment;
use crate::core::request::Request;
use crate::core::response::Response;

/// The links of a client in all its inbounds.
pub async fn by_email(panel: &impl Deliver, email: &str) -> Step<Response> {
    let roster = Roster::read(panel).await?;
    let Some(client) = roster.client(email) else { return not_found() };
    let mut links = Vec::new();
    for id in client.inbound_ids() {
        let path = format!("/panel/api/inbounds/getClientLinks/{id}/{}", encode_path_segment(email));
        if let Value::Array(found) = ask(panel, Request::get(path)).await? {
            links.extend(found);
        }
    }
    Ok(Envelope::done("", Value::Array(links)).into_response())
}
