//! The wire table: every endpoint that a method of the library names, one line each.
//!
//! A line says the verb and the path as the original client library writes them, whatever the panel, from which to which
//! panel version the route exists, and what a call of it does. That is one of
//!
//! - `reads`: nothing is changed, whatever the verb. Such a call waits for nobody and may be sent again at any time;
//! - `acts`: nothing is changed that another call could meet, but it is not to be done twice;
//! - `writes` what ([`Touches`]), and whether doing it twice comes to the same as doing it once (`repeatable` or `once`);
//!   `reconcile` says what is done about a lost answer ([`Reconcile`]), `batch` what of it can be done for several callers
//!   in one request ([`BatchKind`]), `logs` what the activity log calls it.
//!
//! Must not know: what to do on a panel that lacks a route (`generation`), or how a request travels.
//!
//! `{x}` is percent-encoded as `encodeURIComponent` does; `{+x}` keeps what may stand in a path as it is
//! (`user@host`), because the original writes these parameters unencoded, and encodes only what would tear the
//! path apart.

mod columns;
mod index;

use std::borrow::Cow;

pub use columns::{BatchKind, Part, Reconcile, Span, Touches};

use super::generation::{self, Version};
use super::percent;
use super::request::{Method, Request};

/// What the activity log calls a successful call of a route.
pub type Event = Option<&'static str>;

/// One line of the table.
#[derive(Debug)]
pub struct Row {
    /// Which route this is.
    pub route: Route,
    /// The verb.
    pub method: Method,
    /// The path with its parameters in braces.
    pub template: &'static str,
    /// Where it exists.
    pub span: Span,
    /// What a call changes.
    pub touches: Touches,
    /// Whether two calls leave the panel as one does.
    pub repeatable: bool,
    /// How a lost answer is settled.
    pub reconcile: Reconcile,
    /// What of it can be done for several callers at once.
    pub batch: Option<BatchKind>,
    /// What the activity log says of it.
    pub event: Event,
}

/// A span as tables write it: `always`, `until 3 0 2`, `since 3 1 0`, `within 2 9 0 3 3 0`.
macro_rules! span {
    (always) => {
        Span::Always
    };
    (until $a:literal . $b:literal . $c:literal) => {
        Span::Until(Version::new($a, $b, $c))
    };
    (since $a:literal . $b:literal . $c:literal) => {
        Span::Since(Version::new($a, $b, $c))
    };
    (within $a:literal . $b:literal . $c:literal . $d:literal . $e:literal . $f:literal) => {
        Span::Within(Version::new($a, $b, $c), Version::new($d, $e, $f))
    };
}
pub(crate) use span;

macro_rules! routes {
    ($($name:ident $verb:ident $template:literal,
        $when:ident $($a:literal $b:literal $c:literal $($d:literal $e:literal $f:literal)?)?,
        $does:ident $($what:ident $often:ident, reconcile $settle:ident)?
        $(, batch $kind:ident)? $(, logs $event:literal)?;)*) => {
        /// Every route of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs)] // The table below is their documentation.
        pub enum Route { $($name),* }

        /// The table itself, in the order of [`Route`].
        pub static TABLE: &[Row] = &[$(Row {
            route: Route::$name,
            method: Method::$verb,
            template: $template,
            span: span!($when $($a . $b . $c $(. $d . $e . $f)?)?),
            touches: touches!($does $($what)?),
            repeatable: repeatable!($does $($often)?),
            reconcile: reconcile!($does $($settle)?),
            batch: optional!($(BatchKind::$kind)?),
            event: optional!($($event)?),
        }),*];
    };
}

macro_rules! touches {
    (reads) => {
        Touches::Nothing
    };
    (acts) => {
        Touches::Nothing
    };
    (writes Settings) => {
        Touches::Part(Part::Settings)
    };
    (writes Xray) => {
        Touches::Part(Part::Xray)
    };
    (writes Geo) => {
        Touches::Part(Part::Geo)
    };
    (writes Nodes) => {
        Touches::Part(Part::Nodes)
    };
    (writes $what:ident) => {
        Touches::$what
    };
}

macro_rules! repeatable {
    (reads) => {
        true
    };
    (acts) => {
        false
    };
    (writes repeatable) => {
        true
    };
    (writes once) => {
        false
    };
}

macro_rules! reconcile {
    (reads) => {
        Reconcile::Again
    };
    (acts) => {
        Reconcile::Never
    };
    (writes $settle:ident) => {
        Reconcile::$settle
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

routes! {
    // Inbounds
    ListInbounds        Get  "/panel/api/inbounds/list",                              always,             reads;
    GetInbound          Get  "/panel/api/inbounds/get/{+id}",                         always,             reads;
    AddInbound          Post "/panel/api/inbounds/add",                               always,             writes Clients once, reconcile InboundThere, logs "inbound_created";
    UpdateInbound       Post "/panel/api/inbounds/update/{+id}",                      always,             writes Inbound repeatable, reconcile InboundStored, logs "inbound_updated";
    DeleteInbound       Post "/panel/api/inbounds/del/{+id}",                         always,             writes Inbound repeatable, reconcile InboundGone, logs "inbound_deleted";
    ImportInbound       Post "/panel/api/inbounds/import",                            since 2 7 0,        writes Clients once, reconcile InboundThere, logs "inbound_created";
    ResetInbounds       Post "/panel/api/inbounds/resetAllTraffics",                  always,             writes Clients repeatable, reconcile Again, logs "inbound_traffic_reset";

    // Clients as entries of an inbound
    AddClient           Post "/panel/api/inbounds/addClient",                         until 3 0 2,        writes InboundOfBody once, reconcile ClientsThere, batch Create, logs "client_created";
    UpdateClient        Post "/panel/api/inbounds/updateClient/{+credential}",        until 3 0 2,        writes InboundOfBody repeatable, reconcile ClientStored, logs "client_updated";
    DeleteClient        Post "/panel/api/inbounds/{+id}/delClient/{+credential}",     until 3 0 2,        writes Inbound repeatable, reconcile ClientsGone, logs "client_deleted";
    TrafficByEmail      Get  "/panel/api/inbounds/getClientTraffics/{+email}",        until 3 0 2,        reads;
    TrafficByUuid       Get  "/panel/api/inbounds/getClientTrafficsById/{+uuid}",     within 2 3 11 3 0 2, reads;
    ClientIps           Post "/panel/api/inbounds/clientIps/{+email}",                until 3 0 2,        reads;
    ClearClientIps      Post "/panel/api/inbounds/clearClientIps/{+email}",           until 3 0 2,        writes Client repeatable, reconcile Again, logs "client_ips_cleared";
    ResetClientTraffic  Post "/panel/api/inbounds/{+id}/resetClientTraffic/{+email}", until 3 0 2,        writes ClientOfInbound repeatable, reconcile Again, logs "client_traffic_reset";
    ResetInboundClients Post "/panel/api/inbounds/resetAllClientTraffics/{+id}",      until 3 0 2,        writes Inbound repeatable, reconcile Again, logs "client_traffic_reset";
    DeleteDepleted      Post "/panel/api/inbounds/delDepletedClients/{+id}",          until 3 0 2,        writes Inbound repeatable, reconcile Again, logs "client_deleted";
    OnlineClients       Post "/panel/api/inbounds/onlines",                           until 3 0 2,        reads;
    LastOnline          Post "/panel/api/inbounds/lastOnline",                        within 2 6 8 3 0 2, reads;
    UpdateClientTraffic Post "/panel/api/inbounds/updateClientTraffic/{+email}",      within 2 6 3 3 0 2, writes Client repeatable, reconcile Again, logs "client_updated";
    DeleteClientByEmail Post "/panel/api/inbounds/{+id}/delClientByEmail/{+email}",   within 2 8 0 3 0 2, writes ClientOfInbound repeatable, reconcile ClientsGone, logs "client_deleted";

    // Clients as things of their own
    ClientAdd           Post "/panel/api/clients/add",                                since 3 1 0,        writes ClientOfBody once, reconcile ClientsThere, batch Create, logs "client_created";
    ClientGet           Get  "/panel/api/clients/get/{email}",                        since 3 1 0,        reads;
    ClientUpdate        Post "/panel/api/clients/update/{email}",                     since 3 1 0,        writes Client repeatable, reconcile ClientStored, batch Switch, logs "client_updated";
    ClientDelete        Post "/panel/api/clients/del/{email}",                        since 3 1 0,        writes Client repeatable, reconcile ClientsGone, batch Delete, logs "client_deleted";
    ClientTraffic       Get  "/panel/api/clients/traffic/{email}",                    since 3 1 0,        reads;
    ClientList          Get  "/panel/api/clients/list",                               since 3 1 0,        reads;
    ClientPage          Get  "/panel/api/clients/list/paged",                         since 3 1 0,        reads;
    ClientDetach        Post "/panel/api/clients/{email}/detach",                     since 3 1 0,        writes Client repeatable, reconcile ClientsDetached;
    ClientTableIps      Post "/panel/api/clients/ips/{email}",                        since 3 1 0,        reads;
    ClientTableClearIps Post "/panel/api/clients/clearIps/{email}",                   since 3 1 0,        writes Client repeatable, reconcile Again, logs "client_ips_cleared";
    ClientResetTraffic  Post "/panel/api/clients/resetTraffic/{email}",               since 3 1 0,        writes Client repeatable, reconcile Again, logs "client_traffic_reset";
    ClientOnlines       Post "/panel/api/clients/onlines",                            since 3 1 0,        reads;
    ClientBulkCreate    Post "/panel/api/clients/bulkCreate",                         since 3 2 0,        writes Clients once, reconcile ClientsThere, logs "client_created";
    ClientBulkDelete    Post "/panel/api/clients/bulkDel",                            since 3 2 0,        writes Clients repeatable, reconcile ClientsGone, logs "client_deleted";
    ClientBulkReset     Post "/panel/api/clients/bulkResetTraffic",                   since 3 2 0,        writes Clients repeatable, reconcile Again, logs "client_traffic_reset";
    ClientBulkEnable    Post "/panel/api/clients/bulkEnable",                         since 3 4 1,        writes Clients repeatable, reconcile ClientsOn, logs "client_updated";
    ClientBulkDisable   Post "/panel/api/clients/bulkDisable",                        since 3 4 1,        writes Clients repeatable, reconcile ClientsOff, logs "client_updated";
    ClientDepleted      Post "/panel/api/clients/delDepleted",                        since 3 1 0,        writes Clients once, reconcile Never, logs "client_deleted";
    ClientSubLinks      Get  "/panel/api/clients/subLinks/{subId}",                   since 3 1 0,        reads;
    ClientLinks         Get  "/panel/api/clients/links/{email}",                      since 3 1 0,        reads;
    ClientAttach        Post "/panel/api/clients/{email}/attach",                     since 3 1 0,        writes Client repeatable, reconcile ClientsAttached, logs "client_updated";
    ClientResetAll      Post "/panel/api/clients/resetAllTraffics",                   since 3 1 0,        writes Clients repeatable, reconcile Again, logs "client_traffic_reset";
    ClientBulkAdjust    Post "/panel/api/clients/bulkAdjust",                         since 3 1 0,        writes Clients once, reconcile Never, logs "client_updated";
    ClientBulkAttach    Post "/panel/api/clients/bulkAttach",                         since 3 2 0,        writes Clients repeatable, reconcile ClientsAttached, logs "client_updated";
    ClientBulkDetach    Post "/panel/api/clients/bulkDetach",                         since 3 2 0,        writes Clients repeatable, reconcile ClientsDetached, logs "client_updated";
    ClientUpdateTraffic Post "/panel/api/clients/updateTraffic/{email}",              since 3 1 0,        writes Client repeatable, reconcile Again, logs "client_updated";
    ClientLastOnline    Post "/panel/api/clients/lastOnline",                         since 3 1 0,        reads;

    // Groups of clients
    Groups              Get  "/panel/api/clients/groups",                             since 3 2 0,        reads;
    GroupEmails         Get  "/panel/api/clients/groups/{name}/emails",               since 3 2 0,        reads;
    GroupCreate         Post "/panel/api/clients/groups/create",                      since 3 2 0,        writes Clients repeatable, reconcile GroupThere;
    GroupRename         Post "/panel/api/clients/groups/rename",                      since 3 2 0,        writes Clients once, reconcile GroupRenamed;
    GroupDelete         Post "/panel/api/clients/groups/delete",                      since 3 2 0,        writes Clients repeatable, reconcile GroupGone;
    GroupBulkAdd        Post "/panel/api/clients/groups/bulkAdd",                     since 3 2 0,        writes Clients repeatable, reconcile GroupJoined;
    GroupBulkRemove     Post "/panel/api/clients/groups/bulkRemove",                  since 3 2 0,        writes Clients repeatable, reconcile Again;

    // Nodes
    Nodes               Get  "/panel/api/nodes/list",                                 since 3 0 0,        reads;
    Node                Get  "/panel/api/nodes/get/{id}",                             since 3 0 0,        reads;
    NodeHistory         Get  "/panel/api/nodes/history/{id}/{metric}/{bucket}",       since 3 0 0,        reads;
    NodeAdd             Post "/panel/api/nodes/add",                                  since 3 0 0,        writes Nodes once, reconcile NodeThere;
    NodeUpdate          Post "/panel/api/nodes/update/{id}",                          since 3 0 0,        writes Nodes repeatable, reconcile NodeStored;
    NodeDelete          Post "/panel/api/nodes/del/{id}",                             since 3 0 0,        writes Nodes repeatable, reconcile NodeGone;
    NodeTest            Post "/panel/api/nodes/test",                                 since 3 0 0,        reads;
    NodeProbe           Post "/panel/api/nodes/probe/{id}",                           since 3 0 0,        reads;
    NodeSetEnable       Post "/panel/api/nodes/setEnable/{id}",                       since 3 0 0,        writes Nodes repeatable, reconcile NodeStored;

    // Custom geo files
    CustomGeos          Get  "/panel/api/custom-geo/list",                            within 2 9 0 3 3 0, reads;
    GeoAliases          Get  "/panel/api/custom-geo/aliases",                         within 2 9 0 3 3 0, reads;
    CustomGeoAdd        Post "/panel/api/custom-geo/add",                             within 2 9 0 3 3 0, writes Geo once, reconcile GeoThere;
    CustomGeoUpdate     Post "/panel/api/custom-geo/update/{id}",                     within 2 9 0 3 3 0, writes Geo repeatable, reconcile GeoStored;
    CustomGeoDelete     Post "/panel/api/custom-geo/delete/{id}",                     within 2 9 0 3 3 0, writes Geo repeatable, reconcile GeoGone;
    CustomGeoDownload   Post "/panel/api/custom-geo/download/{id}",                   within 2 9 0 3 3 0, writes Geo repeatable, reconcile Again;
    CustomGeoUpdateAll  Post "/panel/api/custom-geo/update-all",                      within 2 9 0 3 3 0, writes Geo repeatable, reconcile Again;

    // Server
    ServerStatus        Get  "/panel/api/server/status",                              since 2 7 0,        reads;
    CreateBackup        Get  "/panel/api/inbounds/createbackup",                      until 2 6 8,        acts;
    BackupToTgBot       Post "/panel/api/backuptotgbot",                              since 3 0 2,        acts;
    XrayVersions        Get  "/panel/api/server/getXrayVersion",                      since 2 7 0,        reads;
    ConfigJson          Get  "/panel/api/server/getConfigJson",                       since 2 7 0,        reads;
    StopXray            Post "/panel/api/server/stopXrayService",                     since 2 7 0,        writes Xray repeatable, reconcile XrayStopped, logs "xray_stopped";
    RestartXray         Post "/panel/api/server/restartXrayService",                  since 2 7 0,        writes Xray once, reconcile Never, logs "xray_restarted";
    NewUuid             Get  "/panel/api/server/getNewUUID",                          since 2 7 0,        reads;
    NewX25519           Get  "/panel/api/server/getNewX25519Cert",                    since 2 7 0,        reads;
    NewMldsa65          Get  "/panel/api/server/getNewmldsa65",                       since 2 7 0,        reads;
    NewMlkem768         Get  "/panel/api/server/getNewmlkem768",                      since 2 7 0,        reads;
    NewVlessEnc         Get  "/panel/api/server/getNewVlessEnc",                      since 2 7 0,        reads;
    WebCertFiles        Get  "/panel/api/server/getWebCertFiles",                     since 3 2 7,        reads;
    CpuHistory          Get  "/panel/api/server/cpuHistory/{bucket}",                 since 2 8 1,        reads;
    InstallXray         Post "/panel/api/server/installXray/{+version}",              since 2 7 0,        writes Xray repeatable, reconcile XrayInstalled, logs "xray_installed";
    PanelLogs           Post "/panel/api/server/logs/{+count}",                       since 2 7 0,        reads;
    XrayLogs            Post "/panel/api/server/xraylogs/{+count}",                   since 2 7 0,        reads;
    UpdateGeofiles      Post "/panel/api/server/updateGeofile",                       since 2 7 0,        writes Geo once, reconcile Never;
    UpdateGeofile       Post "/panel/api/server/updateGeofile/{+name}",               since 2 7 0,        writes Geo once, reconcile Never;
    GetDb               Get  "/panel/api/server/getDb",                               since 2 7 0,        reads;
    ImportDb            Post "/panel/api/server/importDB",                            since 2 7 0,        writes Panel once, reconcile Never, logs "database_imported";
    NewEchCert          Post "/panel/api/server/getNewEchCert",                       since 2 7 0,        reads;

    // Settings
    AllSettings         Post "/panel/api/setting/all",                                since 3 3 0,        reads;
    RestartPanel        Post "/panel/api/setting/restartPanel",                       since 3 3 0,        writes Panel once, reconcile Never, logs "panel_restarted";
    DefaultSettings     Post "/panel/api/setting/defaultSettings",                    since 3 3 0,        reads;
    DefaultJsonConfig   Get  "/panel/api/setting/getDefaultJsonConfig",               since 3 3 0,        reads;
    UpdateSettings      Post "/panel/api/setting/update",                             since 3 3 0,        writes Settings repeatable, reconcile SettingsStored, logs "settings_updated";
    UpdateUser          Post "/panel/api/setting/updateUser",                         since 3 3 0,        writes Settings once, reconcile Never, logs "user_updated";
    TwoFactorEnable     Post "/getTwoFactorEnable",                                   since 2 6 0,        reads;

    // Xray
    XrayConfig          Post "/panel/api/xray/",                                      since 3 3 0,        reads;
    OutboundsTraffic    Get  "/panel/api/xray/getOutboundsTraffic",                   since 3 3 0,        reads;
    XrayResult          Get  "/panel/api/xray/getXrayResult",                         since 3 3 0,        reads;
    UpdateXrayConfig    Post "/panel/api/xray/update",                                since 3 3 0,        writes Xray repeatable, reconcile XrayStored, logs "xray_updated";
    Warp                Post "/panel/api/xray/warp/{+action}",                        since 3 3 0,        writes Xray once, reconcile Never;
    TestOutbound        Post "/panel/api/xray/testOutbound",                          since 3 3 0,        reads;
    ResetOutbounds      Post "/panel/api/xray/resetOutboundsTraffic",                 since 3 3 0,        writes Xray repeatable, reconcile Again;
}

/// The tag that stands for all outbounds where counters are reset.
pub const ALL_OUTBOUNDS: &str = "-alltags-";

impl Row {
    /// Whether a call changes nothing and does nothing else that is not to be done twice.
    pub fn is_read(&self) -> bool {
        self.touches == Touches::Nothing && self.repeatable
    }

    /// Whether inbounds are not what they were after a call: not who is in them, but what they are.
    pub fn changes_inbounds(&self) -> bool {
        let is_of_one = matches!(self.reconcile, Reconcile::InboundStored | Reconcile::InboundGone);
        is_of_one || self.touches == Touches::Panel
    }
}

impl Route {
    /// The route's line in the table.
    pub fn row(self) -> &'static Row {
        // The table is generated in the order of the enum, so the index is always there.
        TABLE.get(self as usize).unwrap_or(&TABLE[0])
    }

    /// The path with its parameters filled in, in the order in which they stand.
    pub fn path(self, params: &[&str]) -> String {
        fill(self.row().template, params)
    }

    /// Every span of versions that have the route, under whichever address.
    pub fn anywhere(self) -> impl Iterator<Item = Span> {
        std::iter::once(self.row().span).chain(generation::moved_spans(self))
    }

    /// A request for this route without a body of its own; a POST carries `{}`, as the original's does.
    pub fn request(self, params: &[&str]) -> Request {
        match self.row().method {
            Method::Get => Request::get(self.path(params)),
            _ => Request::post(self.path(params), "{}"),
        }
    }

    /// A request for this route with form fields: some of the panel's handlers read nothing else.
    pub fn with_form(self, params: &[&str], fields: &[(&str, &str)]) -> Request {
        Request::form(self.path(params), fields)
    }

    /// A request for this route with a JSON body.
    pub fn with_json(self, params: &[&str], json: String) -> Request {
        Request::post(self.path(params), json)
    }
}

/// A template with its parameters filled in, in the order in which they stand.
pub fn fill(template: &str, params: &[&str]) -> String {
    let mut path = String::with_capacity(64);
    let mut params = params.iter();
    for segment in template.split_inclusive('/') {
        let (name, slash) = segment.strip_suffix('/').map_or((segment, ""), |name| (name, "/"));
        match name.strip_prefix('{') {
            Some(named) => {
                let value = params.next().copied().unwrap_or_default();
                if named.starts_with('+') {
                    path.push_str(&percent::encode_path_segment(value));
                } else {
                    path.push_str(&percent::encode_uri_component(value));
                }
            }
            None => path.push_str(name),
        }
        path.push_str(slash);
    }
    path
}

/// A request seen as one of the table's routes.
#[derive(Debug, PartialEq, Eq)]
pub struct Matched {
    /// Which one.
    pub route: Route,
    /// Its parameters, decoded, in the order of the template.
    pub params: Vec<String>,
    /// Its query, as it was written.
    pub query: Option<String>,
}

impl Matched {
    /// A parameter by its name in the template.
    pub fn param(&self, name: &str) -> Option<&str> {
        let at = params(self.route.row().template).position(|param| param == name)?;
        self.params.get(at).map(String::as_str)
    }
}

/// The names of a template's parameters, in order.
fn params(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| name.trim_start_matches('+'))
}

/// A path as it may be shown: some routes carry a client's credential in it, whatever the verb, and however much a caller
/// who writes paths puts behind it. What is written like a UUID is one anywhere.
pub fn shown(path: &str) -> String {
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let mut shown = String::with_capacity(path.len());
    for segment in path.split_inclusive('/') {
        let (name, slash) = segment.strip_suffix('/').map_or((segment, ""), |name| (name, "/"));
        shown.push_str(if is_uuid(name) { CREDENTIAL } else { name });
        shown.push_str(slash);
        if slash == "/" && index::leads_to_credential(name) {
            shown.push_str(CREDENTIAL);
            break;
        }
    }
    if let Some(query) = query {
        let pairs: Vec<Cow<'_, str>> = query.split('&').map(shown_pair).collect();
        shown.push('?');
        shown.push_str(&pairs.join("&"));
    }
    shown
}

fn shown_pair(pair: &str) -> Cow<'_, str> {
    match pair.split_once('=') {
        Some((name, value)) if CREDENTIALS.contains(&name) || is_uuid(value) => {
            Cow::Owned([name, "=", CREDENTIAL].concat())
        }
        _ => Cow::Borrowed(pair),
    }
}

/// Whether a request may be sent again whatever became of it: it reads by its row, or by its verb where it is none of the
/// table's.
pub fn may_be_sent_again(method: Method, path: &str) -> bool {
    find(method, path).map_or_else(|| method.is_safe(), |matched| matched.route.row().is_read())
}

fn is_uuid(text: &str) -> bool {
    uuid::Uuid::try_parse(&percent::decode(text)).is_ok()
}

/// What stands in the place of one.
const CREDENTIAL: &str = "[credential]";

/// Parameters of routes that are one.
const CREDENTIALS: &[&str] = &["credential", "uuid", "subId"];

/// Finds the route that a verb and a path stand for, however they came to be.
pub fn find(method: Method, path: &str) -> Option<Matched> {
    let (path, query) = path.split_once('?').map_or((path, None), |(p, q)| (p, Some(q)));
    let mut params = Vec::new();
    let route = index::index().find(method, path.trim_start_matches('/').split('/'), &mut params)?;
    let params = params.into_iter().map(percent::decode).collect();
    Some(Matched { route, params, query: query.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::generation::Panel;

    #[test]
    fn the_table_is_in_the_order_of_its_routes() {
        for row in TABLE {
            assert_eq!(row.route.row().template, row.template);
        }
    }

    #[test]
    fn every_route_is_found_by_its_path() {
        for row in TABLE {
            let values: Vec<&str> = params(row.template).map(|_| "7").collect();
            let found = find(row.method, &row.route.path(&values)).unwrap();
            assert_eq!((found.route, found.params.len()), (row.route, values.len()), "{}", row.template);
        }
        assert_eq!(find(Method::Get, "/panel/api/nowhere"), None);
    }

    #[test]
    fn every_row_says_what_it_does_and_the_columns_agree() {
        for row in TABLE {
            let name = row.template;
            let writes = row.touches != Touches::Nothing;
            assert!(!row.method.is_safe() || !writes, "{name}: a GET changes nothing that others could meet");
            assert!(
                row.reconcile != Reconcile::Again || row.repeatable,
                "{name}: what is done again bears it"
            );
            assert!(row.batch.is_none() || writes, "{name}: only writes wait, and leave together");
            assert!(row.event.is_none() || writes, "{name}: the log is about what was changed");
            assert!(!row.reconcile.is_by_looking() || writes, "{name}: nothing to be looked up");
            let names = |param: &str| params(row.template).any(|each| each == param);
            match row.touches {
                Touches::Client => assert!(names("email"), "{name} names no client"),
                Touches::ClientOfInbound => {
                    assert!(names("email") && names("id"), "{name} names no client of an inbound")
                }
                Touches::Inbound => assert!(names("id"), "{name} names no inbound"),
                _ => {}
            }
        }
    }

    #[test]
    fn only_reads_are_sent_again_whatever_their_verb() {
        assert!(may_be_sent_again(Method::Post, "/panel/api/clients/onlines"));
        assert!(may_be_sent_again(Method::Get, "/panel/api/inbounds/list"));
        assert!(may_be_sent_again(Method::Get, "/of/nobody"));
        assert!(!may_be_sent_again(Method::Get, "/panel/api/inbounds/createbackup"), "a message is sent");
        assert!(!may_be_sent_again(Method::Post, "/panel/api/clients/x/detach"));
        assert!(!may_be_sent_again(Method::Post, "/of/nobody"));
    }

    #[test]
    fn a_path_that_was_built_is_found_again_with_its_parameters() {
        let path = Route::DeleteClient.path(&["3", "a/b c?"]);
        assert_eq!(path, "/panel/api/inbounds/3/delClient/a%2Fb%20c%3F");
        let found = find(Method::Post, &path).unwrap();
        assert_eq!((found.route, found.params), (Route::DeleteClient, vec!["3".into(), "a/b c?".into()]));
    }

    #[test]
    fn the_original_writes_an_at_sign_plain_in_old_routes_and_encoded_in_new_ones() {
        assert_eq!(Route::ClientIps.path(&["a@b"]), "/panel/api/inbounds/clientIps/a@b");
        assert_eq!(Route::ClientGet.path(&["a@b"]), "/panel/api/clients/get/a%40b");
    }

    #[test]
    fn a_credential_in_a_path_is_not_shown() {
        let path = Route::DeleteClient.path(&["3", "my password"]);
        assert_eq!(shown(&path), "/panel/api/inbounds/3/delClient/[credential]");
        for (path, masked) in [
            (
                "/panel/api/inbounds/1/delClient/a/b%2Fc?x=1",
                "/panel/api/inbounds/1/delClient/[credential]?x=1",
            ),
            ("/panel/inbound/updateClient/p%41ss", "/panel/inbound/updateClient/[credential]"),
            ("/panel/api/clients/subLinks/s", "/panel/api/clients/subLinks/[credential]"),
            ("/panel/api/inbounds/getSubLinks/s", "/panel/api/inbounds/getSubLinks/[credential]"),
            (
                "/panel/api/inbounds/getClientTrafficsById/u",
                "/panel/api/inbounds/getClientTrafficsById/[credential]",
            ),
            ("/own/0b2a6f8e-4d0c-4f7a-9f3e-2f1b7c9d8e10/x", "/own/[credential]/x"),
            (
                "/own?a=0b2a6f8e-4d0c-4f7a-9f3e-2f1b7c9d8e10&subId=s&b=1",
                "/own?a=[credential]&subId=[credential]&b=1",
            ),
            ("/panel/api/inbounds/get/3", "/panel/api/inbounds/get/3"),
            ("/panel/api/inbounds/updateClientTraffic/a", "/panel/api/inbounds/updateClientTraffic/a"),
        ] {
            assert_eq!(shown(path), masked, "{path}");
        }
    }

    #[test]
    fn a_query_is_no_part_of_the_route() {
        let found = find(Method::Post, "/panel/api/clients/update/x?inboundIds=1").unwrap();
        assert_eq!(found.query.as_deref(), Some("inboundIds=1"));
    }

    #[test]
    fn whether_a_panel_has_a_route_is_unknown_only_where_the_panel_has_to_be_asked() {
        let old = Panel::default();
        let unasked = Panel::seen(true);
        let newest = Panel::seen(true).exactly(Version::new(3, 6, 0));
        assert_eq!(Route::AddClient.row().span.covers(&old), Some(true));
        assert_eq!(Route::AddClient.row().span.covers(&unasked), None);
        assert_eq!(Route::AddClient.row().span.covers(&newest), Some(false));
        assert_eq!(Route::ClientAdd.row().span.covers(&old), Some(false));
        assert_eq!(Route::ListInbounds.row().span.covers(&unasked), Some(true));
    }
}
