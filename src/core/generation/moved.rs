//! Routes that do the same thing under another address on some versions.
//!
//! One row for each address and the versions that have it. Must not know: routes whose stand-in takes more than one
//! request, or another body (`legacy`, `modern`).

use bytes::Bytes;

use super::{Panel, Version};
use crate::core::request::{Body, Header, Method, Request};
use crate::core::routes::{self, Matched, Route, Span};

/// Another address of a route.
struct Move {
    route: Route,
    method: Method,
    template: &'static str,
    span: Span,
}

macro_rules! moves {
    ($($route:ident $verb:ident $template:literal, $when:ident $($a:literal $b:literal $c:literal $($d:literal $e:literal $f:literal)?)?;)*) => {
        static MOVES: &[Move] = &[$(Move {
            route: Route::$route,
            method: Method::$verb,
            template: $template,
            span: routes::span!($when $($a . $b . $c $(. $d . $e . $f)?)?),
        }),*];
    };
}

moves! {
    // Before 2.7 the server's routes were outside the API, and asked by POST.
    ServerStatus        Post "/server/status",                                       until 2 6 8;
    XrayVersions        Post "/server/getXrayVersion",                               until 2 6 8;
    ConfigJson          Post "/server/getConfigJson",                                until 2 6 8;
    GetDb               Get  "/server/getDb",                                        until 2 6 8;
    ImportDb            Post "/server/importDB",                                     until 2 6 8;
    StopXray            Post "/server/stopXrayService",                              until 2 6 8;
    RestartXray         Post "/server/restartXrayService",                           until 2 6 8;
    InstallXray         Post "/server/installXray/{+version}",                       until 2 6 8;
    PanelLogs           Post "/server/logs/{+count}",                                until 2 6 8;
    XrayLogs            Post "/server/xraylogs/{+count}",                            within 2 6 5 2 6 8;
    UpdateGeofile       Post "/server/updateGeofile/{+name}",                        within 2 6 0 2 6 8;
    UpdateGeofiles      Post "/server/updateGeofile",                                within 2 6 6 2 6 8;
    NewX25519           Post "/server/getNewX25519Cert",                             until 2 6 8;
    NewMldsa65          Post "/server/getNewmldsa65",                                within 2 6 3 2 6 8;
    NewEchCert          Post "/server/getNewEchCert",                                within 2 6 5 2 6 8;
    NewVlessEnc         Post "/server/getNewVlessEnc",                               within 2 6 8 2 6 8;
    ImportInbound       Post "/panel/inbound/import",                                until 2 6 8;

    // The backup for Telegram has moved twice.
    CreateBackup        Get  "/panel/api/backuptotgbot",                             within 2 7 0 3 0 1;
    CreateBackup        Post "/panel/api/backuptotgbot",                             since 3 0 2;
    BackupToTgBot       Get  "/panel/api/inbounds/createbackup",                     until 2 6 8;
    BackupToTgBot       Get  "/panel/api/backuptotgbot",                             within 2 7 0 3 0 1;

    // Before 2.6 there was a login secret where the code of an authenticator app is now.
    TwoFactorEnable     Post "/getSecretStatus",                                     until 2 5 8;

    // Up to 3.2 the panel's settings and xray's are outside the API.
    AllSettings         Post "/panel/setting/all",                                   until 3 2 8;
    UpdateSettings      Post "/panel/setting/update",                                until 3 2 8;
    UpdateUser          Post "/panel/setting/updateUser",                            until 3 2 8;
    RestartPanel        Post "/panel/setting/restartPanel",                          until 3 2 8;
    DefaultSettings     Post "/panel/setting/defaultSettings",                       until 3 2 8;
    DefaultJsonConfig   Get  "/panel/setting/getDefaultJsonConfig",                  until 3 2 8;
    XrayConfig          Post "/panel/xray/",                                         until 3 2 8;
    UpdateXrayConfig    Post "/panel/xray/update",                                   until 3 2 8;
    XrayResult          Get  "/panel/xray/getXrayResult",                            until 3 2 8;
    OutboundsTraffic    Get  "/panel/xray/getOutboundsTraffic",                      until 3 2 8;
    ResetOutbounds      Post "/panel/xray/resetOutboundsTraffic",                    until 3 2 8;
    Warp                Post "/panel/xray/warp/{+action}",                           until 3 2 8;
    TestOutbound        Post "/panel/xray/testOutbound",                             within 2 8 10 3 2 8;

    // The routes about clients, before and after they got a table.
    ClientTraffic       Get  "/panel/api/inbounds/getClientTraffics/{+email}",       until 3 0 2;
    ClientTableIps      Post "/panel/api/inbounds/clientIps/{+email}",               until 3 0 2;
    ClientTableClearIps Post "/panel/api/inbounds/clearClientIps/{+email}",          until 3 0 2;
    ClientOnlines       Post "/panel/api/inbounds/onlines",                          until 3 0 2;
    ClientLastOnline    Post "/panel/api/inbounds/lastOnline",                       within 2 6 8 3 0 2;
    ClientUpdateTraffic Post "/panel/api/inbounds/updateClientTraffic/{+email}",     within 2 6 3 3 0 2;
    ClientResetAll      Post "/panel/api/inbounds/resetAllClientTraffics/-1",        until 3 0 2;
    ClientSubLinks      Get  "/panel/api/inbounds/getSubLinks/{+subId}",             within 3 0 1 3 0 2;
    TrafficByEmail      Get  "/panel/api/clients/traffic/{email}",                   since 3 1 0;
    ClientIps           Post "/panel/api/clients/ips/{email}",                       since 3 1 0;
    ClearClientIps      Post "/panel/api/clients/clearIps/{email}",                  since 3 1 0;
    OnlineClients       Post "/panel/api/clients/onlines",                           since 3 1 0;
    LastOnline          Post "/panel/api/clients/lastOnline",                        since 3 1 0;
    UpdateClientTraffic Post "/panel/api/clients/updateTraffic/{email}",             since 3 1 0;
}

/// The addresses.
pub fn templates() -> impl Iterator<Item = &'static str> {
    MOVES.iter().map(|moved| moved.template)
}

/// Where else a route is, on any version.
pub fn spans(route: Route) -> impl Iterator<Item = Span> {
    MOVES.iter().filter(move |row| row.route == route).map(|row| row.span)
}

/// Every other address, with the versions that have it.
#[cfg(test)]
pub fn addresses() -> impl Iterator<Item = (Method, &'static str, Span)> {
    MOVES.iter().map(|row| (row.method, row.template, row.span))
}

/// The address that this panel has for a route instead of the usual one.
pub fn address(panel: &Panel, route: Route) -> Option<&'static str> {
    row_for(panel, route).map(|row| row.template)
}

fn row_for(panel: &Panel, route: Route) -> Option<&'static Move> {
    MOVES.iter().find(|row| row.route == route && row.span.covers(panel) == Some(true))
}

/// The request under the address that this panel has for it; `None` where it has no other.
pub fn moved(panel: &Panel, matched: &Matched, request: &Request) -> Option<Request> {
    let row = row_for(panel, matched.route)?;
    let params: Vec<&str> = matched.params.iter().map(String::as_str).collect();
    let mut path = routes::fill(row.template, &params);
    if let Some(query) = &matched.query {
        path.push('?');
        path.push_str(query);
    }
    Some(Request {
        method: row.method,
        path,
        body: body_for(row.method, &request.body),
        headers: headers_for(row.method, request),
        caller: request.caller.clone(),
        standing: None,
        changes: request.changes.clone(),
    })
}

/// What a GET carries nothing of, a POST carries at least as the original's does.
fn body_for(method: Method, body: &Body) -> Body {
    match (method, body) {
        (Method::Get, _) => Body::Empty,
        (_, Body::Empty) => Body::Json(Bytes::from_static(b"{}")),
        (_, body) => body.clone(),
    }
}

fn headers_for(method: Method, request: &Request) -> Vec<Header> {
    if method == Method::Get { Vec::new() } else { request.headers.clone() }
}

/// Whether one address of the route needs the session of a user: what is outside the API takes no token.
pub fn is_outside_api(path: &str) -> bool {
    !path.starts_with("/panel/api/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved_on(version: &str, request: Request) -> Option<String> {
        let panel = Panel::seen(false).exactly(Version::parse(version).unwrap());
        let matched = routes::find(request.method, &request.path).unwrap();
        moved(&panel, &matched, &request).map(|moved| format!("{} {}", moved.method.as_str(), moved.path))
    }

    #[test]
    fn the_backup_is_somewhere_else_three_times() {
        let on = |version: &str| moved_on(version, Route::BackupToTgBot.request(&[]));
        assert_eq!(on("2.6.7").as_deref(), Some("GET /panel/api/inbounds/createbackup"));
        assert_eq!(on("2.8.11").as_deref(), Some("GET /panel/api/backuptotgbot"));
        assert_eq!(on("3.6.0"), None);
    }

    #[test]
    fn what_no_version_has_yet_is_not_moved() {
        assert_eq!(moved_on("2.6.2", Route::NewMldsa65.request(&[])), None);
        assert_eq!(
            moved_on("2.6.7", Route::NewMldsa65.request(&[])).as_deref(),
            Some("POST /server/getNewmldsa65")
        );
    }

    #[test]
    fn parameters_move_along() {
        let request = Route::ClientTraffic.request(&["a@b c"]);
        assert_eq!(
            moved_on("2.8.11", request).as_deref(),
            Some("GET /panel/api/inbounds/getClientTraffics/a@b%20c")
        );
    }

    #[test]
    fn no_address_overlaps_with_another_of_the_same_route() {
        for row in MOVES {
            let own = std::iter::once(row.route.row().span);
            let others =
                MOVES.iter().filter(|o| o.route == row.route && o.template != row.template).map(|o| o.span);
            for version in
                ["2.3.0", "2.5.8", "2.6.8", "2.7.0", "2.9.4", "3.0.1", "3.0.2", "3.2.8", "3.3.0", "3.6.0"]
            {
                let panel = Panel::seen(false).exactly(Version::parse(version).unwrap());
                let here = row.span.covers(&panel) == Some(true);
                let both = own.clone().chain(others.clone()).any(|span| span.covers(&panel) == Some(true));
                assert!(!here || !both || row.method == Method::Get, "{} on {version}", row.template);
            }
        }
    }
}
