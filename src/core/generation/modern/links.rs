//! `clients/links` and `clients/subLinks`: on 3.0.1 and 3.0.2 the panel has the links of a client in one inbound at a
//! time; before, they are made here.
//!
//! Must not know: what is in a link (`links`).

use serde_json::Value;

use super::super::entry::{self, Entry};
use super::super::step::{Step, ask};
use super::roster::{Inbound, Roster};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::links::{Source, share_links};
use crate::core::percent::encode_path_segment;
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::security::validate::fits_a_path;

/// The links of a client in all its inbounds.
pub async fn by_email(panel: &impl Deliver, email: &str) -> Step<Response> {
    let roster = Roster::read(panel).await?;
    let Some(client) = roster.client(email) else {
        let msg = "Obtain (record not found)".to_owned();
        return Ok(Envelope { success: false, msg, obj: Value::Null }.into_response());
    };
    let mut links = Vec::new();
    for inbound in &client.inbounds {
        if panel.panel().is_at_least(3, 0, 1) && fits_a_path(email) {
            let path =
                format!("/panel/api/inbounds/getClientLinks/{}/{}", inbound.id, encode_path_segment(email));
            if let Value::Array(found) = ask(panel, Request::get(path)).await? {
                links.extend(found);
            }
        } else {
            links.extend(inbound.entry(email).into_iter().flat_map(|entry| made(panel, inbound, entry)));
        }
    }
    Ok(Envelope::done("", Value::Array(links)).into_response())
}

/// The links behind a subscription: of its clients that are switched on, in inbounds that are.
pub async fn by_subscription(panel: &impl Deliver, sub_id: &str) -> Step<Response> {
    let roster = Roster::read(panel).await?;
    let is_on = |members: &Entry| members.get("enable") != Some(&Value::Bool(false));
    let is_meant =
        |entry: &&Entry| is_on(entry) && !sub_id.is_empty() && entry::text(entry, "subId") == sub_id;
    let links = roster.inbounds().iter().filter(|inbound| is_on(&inbound.whole)).flat_map(|inbound| {
        inbound
            .clients
            .iter()
            .filter(is_meant)
            .flat_map(|entry| made(panel, inbound, entry))
            .collect::<Vec<_>>()
    });
    Ok(Envelope::done("", links.collect()).into_response())
}

fn made(panel: &impl Deliver, inbound: &Inbound, entry: &Entry) -> Vec<Value> {
    let base = url::Url::parse(&panel.base_url()).ok();
    let host = base.as_ref().and_then(url::Url::host_str).unwrap_or_default();
    let source =
        Source { inbound: &inbound.whole, settings: &inbound.settings, host: host.trim_matches(['[', ']']) };
    share_links(&source, entry).into_iter().map(Value::from).collect()
}
