//! The panel's server: its state, xray, backups, logs, and keys made by the panel.

use napi::bindgen_prelude::{This, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::core::request::{Request, borrowed, form_fields};
use crate::core::routes::Route;
use crate::core::security::validate;
use crate::node::args::{Id, Json};
use crate::node::client::ThreeXUI;
use crate::node::door::{call, call_for_bytes, call_with};
use crate::node::error::or_throw;

#[napi]
impl ThreeXUI {
    /// Sends a backup of the database to the panel's Telegram administrators, as `backupToTgBot` does.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.createBackup()
    #[napi(enumerable = false, js_name = "createBackup", ts_return_type = "Promise<Reply<null>>")]
    pub fn create_backup<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::CreateBackup.request(&[]))
    }

    /// Sends a backup of the database to the panel's Telegram administrators.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.backupToTgBot()
    #[napi(enumerable = false, js_name = "backupToTgBot", ts_return_type = "Promise<Reply<null>>")]
    pub fn backup_to_tg_bot<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::BackupToTgBot.request(&[]))
    }

    /// The state of the server and of xray; `obj` is null in the first seconds after the panel's start.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getServerStatus()
    /// console.log(obj?.xray.state, obj?.cpu)
    #[napi(
        enumerable = false,
        js_name = "getServerStatus",
        ts_return_type = "Promise<Reply<ServerStatus | null>>"
    )]
    pub fn get_server_status<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ServerStatus.request(&[]))
    }

    /// The xray versions that can be installed, newest first; the panel asks GitHub for them.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getXrayVersion()
    #[napi(enumerable = false, js_name = "getXrayVersion", ts_return_type = "Promise<Reply<string[]>>")]
    pub fn get_xray_version<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::XrayVersions.request(&[]))
    }

    /// The configuration that xray runs with.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getConfigJson()
    #[napi(
        enumerable = false,
        js_name = "getConfigJson",
        ts_return_type = "Promise<Reply<Record<string, unknown>>>"
    )]
    pub fn get_config_json<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ConfigJson.request(&[]))
    }

    /// Stops xray: all clients are cut off.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.stopXrayService()
    #[napi(enumerable = false, js_name = "stopXrayService", ts_return_type = "Promise<Reply<null>>")]
    pub fn stop_xray_service<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::StopXray.request(&[]))
    }

    /// Restarts xray: all clients have to connect anew.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.restartXrayService()
    #[napi(enumerable = false, js_name = "restartXrayService", ts_return_type = "Promise<Reply<null>>")]
    pub fn restart_xray_service<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::RestartXray.request(&[]))
    }

    /// A new UUID made by the panel; `generateUUID` makes one without asking.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getNewUUID()
    #[napi(enumerable = false, js_name = "getNewUUID", ts_return_type = "Promise<Reply<{ uuid: string }>>")]
    pub fn get_new_uuid<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NewUuid.request(&[]))
    }

    /// A key pair for REALITY made by the panel; `generateRealityKeys` makes one without asking.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getNewX25519Cert()
    #[napi(
        enumerable = false,
        js_name = "getNewX25519Cert",
        ts_return_type = "Promise<Reply<{ privateKey: string; publicKey: string }>>"
    )]
    pub fn get_new_x25519_cert<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NewX25519.request(&[]))
    }

    /// A key pair for ML-DSA-65 signatures, which REALITY can use.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.6.3 and newer.
    /// @example
    /// const { obj } = await client.getNewmldsa65()
    #[napi(
        enumerable = false,
        js_name = "getNewmldsa65",
        ts_return_type = "Promise<Reply<{ seed: string; verify: string }>>"
    )]
    pub fn get_newmldsa65<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NewMldsa65.request(&[]))
    }

    /// A key pair for ML-KEM-768, which VLESS encryption uses. From 2.7 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.7.0 and newer.
    /// @example
    /// const { obj } = await client.getNewmlkem768()
    #[napi(
        enumerable = false,
        js_name = "getNewmlkem768",
        ts_return_type = "Promise<Reply<{ seed: string; client: string }>>"
    )]
    pub fn get_newmlkem768<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NewMlkem768.request(&[]))
    }

    /// Settings for VLESS encryption, one set for each way to authenticate. From 2.7 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.6.8 and newer.
    /// @example
    /// const { obj } = await client.getNewVlessEnc()
    #[napi(
        enumerable = false,
        js_name = "getNewVlessEnc",
        ts_return_type = "Promise<Reply<{ auths: { label: string; decryption: string; encryption: string }[] }>>"
    )]
    pub fn get_new_vless_enc<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NewVlessEnc.request(&[]))
    }

    /// Where the panel's own certificate and key are on the server.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getWebCertFiles()
    #[napi(
        enumerable = false,
        js_name = "getWebCertFiles",
        ts_return_type = "Promise<Reply<{ webCertFile: string; webKeyFile: string }>>"
    )]
    pub fn get_web_cert_files<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::WebCertFiles.request(&[]))
    }

    /// The processor's load over time.
    ///
    /// @param bucket - Seconds for one point: 2, 30, 60 (the default), 120, 180 or 300.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.8.1 and newer.
    /// @example
    /// const { obj } = await client.getCPUHistory(60)
    /// for (const { t, cpu } of obj) console.log(new Date(t * 1000), cpu)
    #[napi(
        enumerable = false,
        js_name = "getCPUHistory",
        ts_args_type = "bucket?: 2 | 30 | 60 | 120 | 180 | 300 | Id",
        ts_return_type = "Promise<Reply<{ t: number; cpu: number }[]>>"
    )]
    pub fn get_cpu_history<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        bucket: Option<Id>,
    ) -> Result<Unknown<'e>> {
        let bucket = Id::or(bucket, 60).text(env, "bucket")?;
        call(self, env, this, Route::CpuHistory.request(&[&bucket]))
    }

    /// Installs a version of xray; the panel downloads it.
    ///
    /// @param version - One of `getXrayVersion`, such as `v25.8.29`; not `latest`.
    /// @throws {ValidationError} for `latest` or no version; nothing is sent then.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj: versions } = await client.getXrayVersion()
    /// await client.installXray(versions[0])
    #[napi(
        enumerable = false,
        js_name = "installXray",
        ts_args_type = "version: string",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn install_xray<'e>(&self, env: &'e Env, this: This<'e>, version: Json) -> Result<Unknown<'e>> {
        let version = or_throw(env, validate::xray_version(&version.0))?;
        call(self, env, this, Route::InstallXray.request(&[&version]))
    }

    /// The panel's own log.
    ///
    /// @param count - How many lines; 100 when missing.
    /// @param options - `level` (`debug`, `info`, `notice`, `warning`, `error`) and `syslog`.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj: lines } = await client.getPanelLogs(50, { level: 'info' })
    #[napi(
        enumerable = false,
        js_name = "getPanelLogs",
        ts_args_type = "count?: Id, options?: PanelLogOptions",
        ts_return_type = "Promise<Reply<string[] | null>>"
    )]
    pub fn get_panel_logs<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        count: Option<Id>,
        options: Option<Json>,
    ) -> Result<Unknown<'e>> {
        let count = Id::or(count, 100).text(env, "count")?;
        call(self, env, this, with_options(Route::PanelLogs, &count, options))
    }

    /// Xray's access log.
    ///
    /// @param count - How many lines; 100 when missing.
    /// @param options - `filter` text, and which kinds to show.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.6.5 and newer.
    /// @example
    /// const { obj } = await client.getXrayLogs(50, { filter: 'user_1' })
    #[napi(
        enumerable = false,
        js_name = "getXrayLogs",
        ts_args_type = "count?: Id, options?: XrayLogOptions",
        ts_return_type = "Promise<Reply<unknown[] | null>>"
    )]
    pub fn get_xray_logs<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        count: Option<Id>,
        options: Option<Json>,
    ) -> Result<Unknown<'e>> {
        let count = Id::or(count, 100).text(env, "count")?;
        call(self, env, this, with_options(Route::XrayLogs, &count, options))
    }

    /// Downloads the geo files anew: all of them, or one.
    ///
    /// @param fileName - `geoip.dat`, `geosite.dat`, `geoip_IR.dat` and the like.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.6.0 and newer.
    /// @example
    /// await client.updateGeofile('geoip.dat')
    #[napi(
        enumerable = false,
        js_name = "updateGeofile",
        ts_args_type = "fileName?: string",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn update_geofile<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        file_name: Option<Id>,
    ) -> Result<Unknown<'e>> {
        let request = match file_name.filter(Id::is_given) {
            Some(name) => Route::UpdateGeofile.request(&[&name.text(env, "fileName")?]),
            None => Route::UpdateGeofiles.request(&[]),
        };
        call(self, env, this, request)
    }

    /// Keys for Encrypted Client Hello, made by the panel.
    ///
    /// @param sni - The name they are for.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.6.5 and newer.
    /// @example
    /// const { obj } = await client.getNewEchCert('example.com')
    #[napi(
        enumerable = false,
        js_name = "getNewEchCert",
        ts_args_type = "sni?: string",
        ts_return_type = "Promise<Reply<{ echServerKeys: string; echConfigList: string }>>"
    )]
    pub fn get_new_ech_cert<'e>(&self, env: &'e Env, this: This<'e>, sni: Option<Id>) -> Result<Unknown<'e>> {
        let sni = match sni.filter(Id::is_given) {
            Some(sni) => sni.text(env, "sni")?,
            None => String::new(),
        };
        let fields = [("sni", sni.as_str())];
        call(self, env, this, Route::NewEchCert.with_form(&[], if sni.is_empty() { &[] } else { &fields }))
    }

    /// The panel's database as bytes; `lib/client.js` makes of it what `getDb` promises.
    #[napi(enumerable = false, js_name = "_getDb", skip_typescript)]
    pub fn get_db_bytes<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call_for_bytes(env, this, Route::GetDb.request(&[]))
    }

    /// Sends a form with the database in it.
    #[napi(enumerable = false, js_name = "_importDb", skip_typescript)]
    pub fn import_db_form<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        form: Unknown<'e>,
        headers: Unknown<'e>,
    ) -> Result<Unknown<'e>> {
        call_with(env, this, &Route::ImportDb.request(&[]), form, headers)
    }
}

/// The logs' options are form fields: nothing else is read.
fn with_options(route: Route, count: &str, options: Option<Json>) -> Request {
    match options.map(|options| form_fields(&options.0)).filter(|fields| !fields.is_empty()) {
        Some(fields) => route.with_form(&[count], &borrowed(&fields)),
        None => route.request(&[count]),
    }
}
