//! The error for what a panel cannot do: which method, which panel, which versions can, and what to do instead.
//!
//! Owns the words. Must not know: how it was found out that the panel cannot.

use super::{Panel, Version};
use crate::core::client::Deliver;
use crate::core::error::Error;
use crate::core::request::Request;
use crate::core::routes::Route;
use crate::core::transport::call_of;

const NO_GROUPS: &str = "Older panels have no groups: the comment of a client can hold its group's name.";
const NO_NODES: &str = "Use one client per panel.";
const NO_CUSTOM_GEO: &str = "Use updateGeofile, which keeps the panel's own geo files up to date.";
const LOCAL_KEYS: &str = "Make the keys with xray itself.";
const ONE_INBOUND: &str = "Add one client per inbound, each with an identifier of its own.";

/// What the routes are called that not every panel has, and what to use instead.
const METHODS: &[(Route, &str, &str)] = &[
    (Route::Groups, "getGroups", NO_GROUPS),
    (Route::GroupEmails, "getGroupEmails", NO_GROUPS),
    (Route::GroupCreate, "createGroup", NO_GROUPS),
    (Route::GroupRename, "renameGroup", NO_GROUPS),
    (Route::GroupDelete, "deleteGroup", NO_GROUPS),
    (Route::GroupBulkAdd, "bulkAddGroups", NO_GROUPS),
    (Route::GroupBulkRemove, "bulkRemoveGroups", NO_GROUPS),
    (Route::Nodes, "getNodes", NO_NODES),
    (Route::Node, "getNode", NO_NODES),
    (Route::NodeHistory, "getNodeHistory", NO_NODES),
    (Route::NodeAdd, "addNode", NO_NODES),
    (Route::NodeUpdate, "updateNode", NO_NODES),
    (Route::NodeDelete, "deleteNode", NO_NODES),
    (Route::NodeTest, "testNode", NO_NODES),
    (Route::NodeProbe, "probeNode", NO_NODES),
    (Route::NodeSetEnable, "setNodeEnable", NO_NODES),
    (Route::CustomGeos, "getCustomGeos", NO_CUSTOM_GEO),
    (Route::GeoAliases, "getGeoAliases", NO_CUSTOM_GEO),
    (Route::CustomGeoAdd, "addCustomGeo", NO_CUSTOM_GEO),
    (Route::CustomGeoUpdate, "updateCustomGeo", NO_CUSTOM_GEO),
    (Route::CustomGeoDelete, "deleteCustomGeo", NO_CUSTOM_GEO),
    (Route::CustomGeoDownload, "downloadCustomGeo", NO_CUSTOM_GEO),
    (Route::CustomGeoUpdateAll, "updateAllCustomGeo", NO_CUSTOM_GEO),
    (Route::ClientAttach, "attachClientToInbounds", ONE_INBOUND),
    (Route::ClientBulkAttach, "bulkAttachModernClients", ONE_INBOUND),
    (Route::LastOnline, "getLastOnline", "Use getOnlineClients."),
    (Route::ClientLastOnline, "getModernLastOnline", "Use getOnlines."),
    (Route::UpdateClientTraffic, "updateClientTraffic", "Use resetClientTraffic."),
    (Route::ClientUpdateTraffic, "updateModernClientTrafficByEmail", "Use resetModernClientTrafficByEmail."),
    (Route::CpuHistory, "getCPUHistory", "Use getServerStatus, which has the load of the moment."),
    (Route::XrayLogs, "getXrayLogs", "Use getPanelLogs."),
    (Route::UpdateGeofile, "updateGeofile", "Use installXray, which brings geo files along."),
    (Route::UpdateGeofiles, "updateGeofile", "Name the file."),
    (Route::NewMldsa65, "getNewmldsa65", LOCAL_KEYS),
    (Route::NewMlkem768, "getNewmlkem768", LOCAL_KEYS),
    (Route::NewVlessEnc, "getNewVlessEnc", LOCAL_KEYS),
    (Route::NewEchCert, "getNewEchCert", LOCAL_KEYS),
    (Route::TestOutbound, "testOutbound", "Use updateXrayConfig and getOutboundsTraffic."),
];

/// The first version that attaches clients to more than one inbound; there is no route of its own for it yet.
const SHARED_CLIENTS: Version = Version::new(3, 0, 0);

/// The error for a call that has no place on this panel.
pub fn unsupported(panel: &impl Deliver, route: Route, request: &Request) -> Error {
    let known = METHODS.iter().find(|(of, ..)| *of == route);
    let call = call_of(&panel.base_url(), request);
    let name = known
        .map_or_else(|| format!("{} {}", call.method, route.row().template), |(_, n, _)| (*n).to_owned());
    let instead = known.map(|(.., instead)| format!(" {instead}")).unwrap_or_default();
    let message = format!(
        "{name} does not exist on this panel ({}): {}.{instead}",
        panel.panel(),
        place(route, &panel.panel())
    );
    Error::Unsupported { message, call: Box::new(call) }
}

/// The error for what a panel gives to its user but not to a token.
pub fn needs_session(panel: &impl Deliver, request: &Request) -> Error {
    let call = call_of(&panel.base_url(), request);
    let message = format!(
        "This panel ({}) takes no API token for {} {}: from 3.3.0 on it does. Use the user's name and password.",
        panel.panel(),
        call.method,
        call.path
    );
    Error::Unsupported { message, call: Box::new(call) }
}

/// Since when a method works, or until when it did.
fn place(route: Route, panel: &Panel) -> String {
    let first = match route {
        Route::ClientAttach | Route::ClientBulkAttach => Some(SHARED_CLIENTS),
        _ => route.anywhere().map(|span| span.bounds().0).min(),
    };
    let last = route.anywhere().map(|span| span.bounds().1).max().unwrap_or(Version::DEVELOPMENT);
    match (first, last) {
        (Some(first), Version::DEVELOPMENT) => format!("it exists from {first} on"),
        (Some(first), last) if first > Version::OLDEST => format!("it exists from {first} to {last}"),
        _ => {
            debug_assert!(panel.newest > last);
            format!("it was removed after {last}")
        }
    }
}
