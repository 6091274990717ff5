//! What a panel shows of writes about its other parts: groups, nodes, geo files, its settings, xray.
//!
//! Must not know: inbounds and clients.

use serde_json::{Value, json};

use super::super::bulk;
use super::super::step::Step;
use super::agree::{agree, has_all};
use super::{Finding, has_id, listed, members, seen, text};
use crate::core::client::Deliver;
use crate::core::routes::Route;

/// The group of that name.
pub async fn group_there(panel: &impl Deliver, body: &Value) -> Step<Finding> {
    let (groups, name) = (listed(panel, Route::Groups).await?, text(body, "name"));
    Ok(Finding::done_if(of_name(&groups, name).is_some(), json!({ "name": name })))
}

/// The group under its new name, and not under the old one.
pub async fn group_renamed(panel: &impl Deliver, body: &Value) -> Step<Finding> {
    let groups = listed(panel, Route::Groups).await?;
    let old = of_name(&groups, text(body, "oldName"));
    Ok(match (old, of_name(&groups, text(body, "newName"))) {
        (None, Some(new)) => Finding::Done(json!({ "affected": new.get("clientCount") })),
        (Some(_), None) => Finding::NotDone,
        _ => Finding::Unclear,
    })
}

/// No group of that name. How many clients were in it, only the panel could have said.
pub async fn group_gone(panel: &impl Deliver, body: &Value) -> Step<Finding> {
    let groups = listed(panel, Route::Groups).await?;
    Ok(Finding::done_if(of_name(&groups, text(body, "name")).is_none(), Value::Null))
}

/// The clients in the group.
pub async fn group_joined(panel: &impl Deliver, body: &Value) -> Step<Finding> {
    let emails = bulk::emails(body);
    let obj = seen(panel, Route::GroupEmails.request(&[text(body, "group")])).await?;
    let members = obj.as_array().map(Vec::as_slice).unwrap_or_default();
    let is_member = |email: &&&str| members.iter().any(|member| member.as_str() == Some(**email));
    let done = emails.iter().filter(is_member).count();
    Ok(Finding::of_many(emails.len(), done, json!({ "affected": done })))
}

fn of_name<'a>(groups: &'a [Value], name: &str) -> Option<&'a Value> {
    groups.iter().find(|group| text(group, "name") == name)
}

/// A thing of a list with these members of the body: the newest, if there are several.
pub async fn there(panel: &impl Deliver, list: Route, names: &[&str], body: &Value) -> Step<Finding> {
    let mut wanted = members(body);
    wanted.retain(|name, _| names.contains(&name.as_str()));
    if wanted.is_empty() {
        return Ok(Finding::Unclear);
    }
    let found = listed(panel, list).await?.into_iter().filter(|thing| has_all(&wanted, thing));
    let newest = found.max_by_key(|thing| thing.get("id").and_then(Value::as_i64));
    Ok(newest.map_or(Finding::NotDone, Finding::Done))
}

/// The thing of a list with this id as the body says.
pub async fn stored(panel: &impl Deliver, list: Route, id: &str, body: &Value) -> Step<Finding> {
    let found = listed(panel, list).await?.into_iter().find(|thing| has_id(thing, id));
    let is_stored = found.is_some_and(|thing| has_all(&members(body), &thing));
    Ok(Finding::stored_if(is_stored, Value::Null))
}

/// Nothing of this id in a list.
pub async fn gone(panel: &impl Deliver, list: Route, id: &str) -> Step<Finding> {
    let is_there = listed(panel, list).await?.iter().any(|thing| has_id(thing, id));
    Ok(Finding::done_if(!is_there, Value::Null))
}

/// The settings as the body says.
pub async fn settings_stored(panel: &impl Deliver, body: &Value) -> Step<Finding> {
    let settings = seen(panel, Route::AllSettings.request(&[])).await?;
    Ok(Finding::stored_if(has_all(&members(body), &settings), Value::Null))
}

/// Xray's template as the body says. The panel answers it as JSON text within JSON text.
pub async fn template_stored(panel: &impl Deliver, body: &Value) -> Step<Finding> {
    let config = seen(panel, Route::XrayConfig.request(&[])).await?;
    let config: Value = config.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(config);
    let stored = config.get("xraySetting").cloned().unwrap_or_default();
    let is_stored = body.get("xraySetting").is_some_and(|sent| agree(sent, &stored));
    Ok(Finding::stored_if(is_stored, Value::Null))
}

/// Xray that does not run: of one that was stopped panels say so, or that it ended in an error.
pub async fn xray_stopped(panel: &impl Deliver) -> Step<Finding> {
    let state = xray(panel, "state").await?;
    Ok(Finding::stored_if(state.is_some_and(|state| state != "running"), Value::Null))
}

/// Xray of this version.
pub async fn xray_installed(panel: &impl Deliver, version: &str) -> Step<Finding> {
    let is = xray(panel, "version").await?;
    let bare = |version: &str| version.trim_start_matches('v').to_owned();
    Ok(Finding::stored_if(is.is_some_and(|is| bare(&is) == bare(version)), Value::Null))
}

async fn xray(panel: &impl Deliver, name: &str) -> Step<Option<String>> {
    let status = seen(panel, Route::ServerStatus.request(&[])).await?;
    Ok(status.pointer(&["/xray/", name].concat()).and_then(Value::as_str).map(str::to_owned))
}
