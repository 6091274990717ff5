//! The wire table: every endpoint that a method of the library names, one line each.
//!
//! A line says the verb and the path as the original client library writes them, whatever the panel, and from
//! which to which panel version the route exists. Must not know: what to do on a panel that lacks a route
//! (`generation`), or how a request travels.
//!
//! `{x}` is percent-encoded as `encodeURIComponent` does; `{+x}` keeps what may stand in a path as it is
//! (`user@host`), because the original writes these parameters unencoded, and encodes only what would tear the
//! path apart.

mod index;

use super::generation::{self, Panel, Version};
use super::percent;
use super::request::{Method, Request};

/// In which panels a route exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// In every version in the field.
    Always,
    /// Gone after this version.
    Until(Version),
    /// New in this version.
    Since(Version),
    /// New in the first, gone after the second version.
    Within(Version, Version),
}

impl Span {
    /// Whether the panel has the route; `None` when the panel has to be asked first.
    pub fn covers(self, panel: &Panel) -> Option<bool> {
        let (first, last) = self.bounds();
        if panel.oldest >= first && panel.newest <= last {
            return Some(true);
        }
        if panel.newest < first || panel.oldest > last {
            return Some(false);
        }
        None
    }

    /// The first and the last version with the route.
    pub const fn bounds(self) -> (Version, Version) {
        match self {
            Self::Always => (Version::new(0, 0, 0), Version::DEVELOPMENT),
            Self::Until(last) => (Version::new(0, 0, 0), last),
            Self::Since(first) => (first, Version::DEVELOPMENT),
            Self::Within(first, last) => (first, last),
        }
    }
}

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
    ($($name:ident $verb:ident $template:literal, $when:ident $($a:literal $b:literal $c:literal $($d:literal $e:literal $f:literal)?)? $(, logs $event:literal)?;)*) => {
        /// Every route of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)] // The table below is their documentation.
        pub enum Route { $($name),* }

        /// The table itself, in the order of [`Route`].
        pub static TABLE: &[Row] = &[$(Row {
            route: Route::$name,
            method: Method::$verb,
            template: $template,
            span: span!($when $($a . $b . $c $(. $d . $e . $f)?)?),
            event: event!($($event)?),
        }),*];
    };
}

macro_rules! event {
    () => {
        None
    };
    ($name:literal) => {
        Some($name)
    };
}

routes! {
    // Inbounds
    ListInbounds        Get  "/panel/api/inbounds/list",                                          always;
    GetInbound          Get  "/panel/api/inbounds/get/{+id}",                                     always;
    AddInbound          Post "/panel/api/inbounds/add",                                           always, logs "inbound_created";
    UpdateInbound       Post "/panel/api/inbounds/update/{+id}",                                  always, logs "inbound_updated";
    DeleteInbound       Post "/panel/api/inbounds/del/{+id}",                                     always, logs "inbound_deleted";
    ImportInbound       Post "/panel/api/inbounds/import",                                        since 2 7 0, logs "inbound_created";
    ResetInbounds       Post "/panel/api/inbounds/resetAllTraffics",                              always, logs "inbound_traffic_reset";

    // Clients as entries of an inbound
    AddClient           Post "/panel/api/inbounds/addClient",                                     until 3 0 2, logs "client_created";
    UpdateClient        Post "/panel/api/inbounds/updateClient/{+credential}",                    until 3 0 2, logs "client_updated";
    DeleteClient        Post "/panel/api/inbounds/{+id}/delClient/{+credential}",                 until 3 0 2, logs "client_deleted";
    TrafficByEmail      Get  "/panel/api/inbounds/getClientTraffics/{+email}",                    until 3 0 2;
    TrafficByUuid       Get  "/panel/api/inbounds/getClientTrafficsById/{+uuid}",                 until 3 0 2;
    ClientIps           Post "/panel/api/inbounds/clientIps/{+email}",                            until 3 0 2;
    ClearClientIps      Post "/panel/api/inbounds/clearClientIps/{+email}",                       until 3 0 2, logs "client_ips_cleared";
    ResetClientTraffic  Post "/panel/api/inbounds/{+id}/resetClientTraffic/{+email}",             until 3 0 2, logs "client_traffic_reset";
    ResetInboundClients Post "/panel/api/inbounds/resetAllClientTraffics/{+id}",                  until 3 0 2, logs "client_traffic_reset";
    DeleteDepleted      Post "/panel/api/inbounds/delDepletedClients/{+id}",                      until 3 0 2, logs "client_deleted";
    OnlineClients       Post "/panel/api/inbounds/onlines",                                       until 3 0 2;
    LastOnline          Post "/panel/api/inbounds/lastOnline",                                    within 2 6 8 3 0 2;
    UpdateClientTraffic Post "/panel/api/inbounds/updateClientTraffic/{+email}",                  within 2 6 3 3 0 2, logs "client_updated";
    DeleteClientByEmail Post "/panel/api/inbounds/{+id}/delClientByEmail/{+email}",               within 2 8 0 3 0 2, logs "client_deleted";

    // Clients as things of their own
    ClientAdd           Post "/panel/api/clients/add",                                            since 3 1 0, logs "client_created";
    ClientGet           Get  "/panel/api/clients/get/{email}",                                    since 3 1 0;
    ClientUpdate        Post "/panel/api/clients/update/{email}",                                 since 3 1 0, logs "client_updated";
    ClientDelete        Post "/panel/api/clients/del/{email}",                                    since 3 1 0, logs "client_deleted";
    ClientTraffic       Get  "/panel/api/clients/traffic/{email}",                                since 3 1 0;
    ClientList          Get  "/panel/api/clients/list",                                           since 3 1 0;
    ClientPage          Get  "/panel/api/clients/list/paged",                                     since 3 1 0;
    ClientDetach        Post "/panel/api/clients/{email}/detach",                                 since 3 1 0;
    ClientTableIps      Post "/panel/api/clients/ips/{email}",                                    since 3 1 0;
    ClientTableClearIps Post "/panel/api/clients/clearIps/{email}",                               since 3 1 0, logs "client_ips_cleared";
    ClientResetTraffic  Post "/panel/api/clients/resetTraffic/{email}",                           since 3 1 0, logs "client_traffic_reset";
    ClientOnlines       Post "/panel/api/clients/onlines",                                        since 3 1 0;
    ClientBulkCreate    Post "/panel/api/clients/bulkCreate",                                     since 3 2 0, logs "client_created";
    ClientBulkDelete    Post "/panel/api/clients/bulkDel",                                        since 3 2 0, logs "client_deleted";
    ClientBulkReset     Post "/panel/api/clients/bulkResetTraffic",                               since 3 2 0, logs "client_traffic_reset";
    ClientBulkEnable    Post "/panel/api/clients/bulkEnable",                                     since 3 4 1, logs "client_updated";
    ClientBulkDisable   Post "/panel/api/clients/bulkDisable",                                    since 3 4 1, logs "client_updated";
    ClientDepleted      Post "/panel/api/clients/delDepleted",                                    since 3 1 0, logs "client_deleted";
    ClientSubLinks      Get  "/panel/api/clients/subLinks/{subId}",                               since 3 1 0;
    ClientLinks         Get  "/panel/api/clients/links/{email}",                                  since 3 1 0;
    ClientAttach        Post "/panel/api/clients/{email}/attach",                                 since 3 1 0, logs "client_updated";
    ClientResetAll      Post "/panel/api/clients/resetAllTraffics",                               since 3 1 0, logs "client_traffic_reset";
    ClientBulkAdjust    Post "/panel/api/clients/bulkAdjust",                                     since 3 1 0, logs "client_updated";
    ClientBulkAttach    Post "/panel/api/clients/bulkAttach",                                     since 3 2 0, logs "client_updated";
    ClientBulkDetach    Post "/panel/api/clients/bulkDetach",                                     since 3 2 0, logs "client_updated";
    ClientUpdateTraffic Post "/panel/api/clients/updateTraffic/{email}",                          since 3 1 0, logs "client_updated";
    ClientLastOnline    Post "/panel/api/clients/lastOnline",                                     since 3 1 0;

    // Groups of clients
    Groups              Get  "/panel/api/clients/groups",                                         since 3 2 0;
    GroupEmails         Get  "/panel/api/clients/groups/{name}/emails",                           since 3 2 0;
    GroupCreate         Post "/panel/api/clients/groups/create",                                  since 3 2 0;
    GroupRename         Post "/panel/api/clients/groups/rename",                                  since 3 2 0;
    GroupDelete         Post "/panel/api/clients/groups/delete",                                  since 3 2 0;
    GroupBulkAdd        Post "/panel/api/clients/groups/bulkAdd",                                 since 3 2 0;
    GroupBulkRemove     Post "/panel/api/clients/groups/bulkRemove",                              since 3 2 0;

    // Nodes
    Nodes               Get  "/panel/api/nodes/list",                                             since 3 0 0;
    Node                Get  "/panel/api/nodes/get/{id}",                                         since 3 0 0;
    NodeHistory         Get  "/panel/api/nodes/history/{id}/{metric}/{bucket}",                   since 3 0 0;
    NodeAdd             Post "/panel/api/nodes/add",                                              since 3 0 0;
    NodeUpdate          Post "/panel/api/nodes/update/{id}",                                      since 3 0 0;
    NodeDelete          Post "/panel/api/nodes/del/{id}",                                         since 3 0 0;
    NodeTest            Post "/panel/api/nodes/test",                                             since 3 0 0;
    NodeProbe           Post "/panel/api/nodes/probe/{id}",                                       since 3 0 0;
    NodeSetEnable       Post "/panel/api/nodes/setEnable/{id}",                                   since 3 0 0;

    // Custom geo files
    CustomGeos          Get  "/panel/api/custom-geo/list",                                        within 2 9 0 3 3 0;
    GeoAliases          Get  "/panel/api/custom-geo/aliases",                                     within 2 9 0 3 3 0;
    CustomGeoAdd        Post "/panel/api/custom-geo/add",                                         within 2 9 0 3 3 0;
    CustomGeoUpdate     Post "/panel/api/custom-geo/update/{id}",                                 within 2 9 0 3 3 0;
    CustomGeoDelete     Post "/panel/api/custom-geo/delete/{id}",                                 within 2 9 0 3 3 0;
    CustomGeoDownload   Post "/panel/api/custom-geo/download/{id}",                               within 2 9 0 3 3 0;
    CustomGeoUpdateAll  Post "/panel/api/custom-geo/update-all",                                  within 2 9 0 3 3 0;

    // Server
    ServerStatus        Get  "/panel/api/server/status",                                          since 2 7 0;
    CreateBackup        Get  "/panel/api/inbounds/createbackup",                                  until 2 6 8;
    BackupToTgBot       Post "/panel/api/backuptotgbot",                                          since 3 0 2;
    XrayVersions        Get  "/panel/api/server/getXrayVersion",                                  since 2 7 0;
    ConfigJson          Get  "/panel/api/server/getConfigJson",                                   since 2 7 0;
    StopXray            Post "/panel/api/server/stopXrayService",                                 since 2 7 0, logs "xray_stopped";
    RestartXray         Post "/panel/api/server/restartXrayService",                              since 2 7 0, logs "xray_restarted";
    NewUuid             Get  "/panel/api/server/getNewUUID",                                      since 2 7 0;
    NewX25519           Get  "/panel/api/server/getNewX25519Cert",                                since 2 7 0;
    NewMldsa65          Get  "/panel/api/server/getNewmldsa65",                                   since 2 7 0;
    NewMlkem768         Get  "/panel/api/server/getNewmlkem768",                                  since 2 7 0;
    NewVlessEnc         Get  "/panel/api/server/getNewVlessEnc",                                  since 2 7 0;
    WebCertFiles        Get  "/panel/api/server/getWebCertFiles",                                 since 3 2 7;
    CpuHistory          Get  "/panel/api/server/cpuHistory/{bucket}",                             since 2 8 1;
    InstallXray         Post "/panel/api/server/installXray/{+version}",                          since 2 7 0, logs "xray_installed";
    PanelLogs           Post "/panel/api/server/logs/{+count}",                                   since 2 7 0;
    XrayLogs            Post "/panel/api/server/xraylogs/{+count}",                               since 2 7 0;
    UpdateGeofiles      Post "/panel/api/server/updateGeofile",                                   since 2 7 0;
    UpdateGeofile       Post "/panel/api/server/updateGeofile/{+name}",                           since 2 7 0;
    GetDb               Get  "/panel/api/server/getDb",                                           since 2 7 0;
    ImportDb            Post "/panel/api/server/importDB",                                        since 2 7 0, logs "database_imported";
    NewEchCert          Post "/panel/api/server/getNewEchCert",                                   since 2 7 0;

    // Settings
    AllSettings         Post "/panel/api/setting/all",                                            since 3 3 0;
    RestartPanel        Post "/panel/api/setting/restartPanel",                                   since 3 3 0, logs "panel_restarted";
    DefaultSettings     Post "/panel/api/setting/defaultSettings",                                since 3 3 0;
    DefaultJsonConfig   Get  "/panel/api/setting/getDefaultJsonConfig",                           since 3 3 0;
    UpdateSettings      Post "/panel/api/setting/update",                                         since 3 3 0, logs "settings_updated";
    UpdateUser          Post "/panel/api/setting/updateUser",                                     since 3 3 0, logs "user_updated";
    TwoFactorEnable     Post "/getTwoFactorEnable",                                               since 2 6 0;

    // Xray
    XrayConfig          Post "/panel/api/xray/",                                                  since 3 3 0;
    OutboundsTraffic    Get  "/panel/api/xray/getOutboundsTraffic",                               since 3 3 0;
    XrayResult          Get  "/panel/api/xray/getXrayResult",                                     since 3 3 0;
    UpdateXrayConfig    Post "/panel/api/xray/update",                                            since 3 3 0, logs "xray_updated";
    Warp                Post "/panel/api/xray/warp/{+action}",                                    since 3 3 0;
    TestOutbound        Post "/panel/api/xray/testOutbound",                                      since 3 3 0;
    ResetOutbounds      Post "/panel/api/xray/resetOutboundsTraffic",                             since 3 3 0;
}

/// The tag that stands for all outbounds where counters are reset.
pub const ALL_OUTBOUNDS: &str = "-alltags-";

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

    /// Whether a call of the route changes clients or inbounds.
    pub fn writes(self) -> bool {
        let Row { method, template, event, .. } = self.row();
        let about_clients =
            template.starts_with("/panel/api/inbounds/") || template.starts_with("/panel/api/clients/");
        !method.is_safe() && about_clients && (event.is_some() || self == Self::ClientDetach)
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

/// A path as it may be shown: some old routes carry a client's credential in it.
pub fn shown(method: Method, path: &str) -> String {
    let credential = find(method, path).and_then(|matched| matched.param("credential").map(str::to_owned));
    match credential {
        Some(secret) if !secret.is_empty() => {
            path.replace(&*percent::encode_path_segment(&secret), "[credential]")
        }
        _ => path.to_owned(),
    }
}

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
        assert_eq!(shown(Method::Post, &path), "/panel/api/inbounds/3/delClient/[credential]");
        assert_eq!(shown(Method::Get, "/panel/api/inbounds/get/3"), "/panel/api/inbounds/get/3");
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
