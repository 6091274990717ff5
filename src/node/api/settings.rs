//! The panel's own settings.

use napi::bindgen_prelude::{This, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::core::routes::Route;
use crate::node::args::Json;
use crate::node::client::ThreeXUI;
use crate::node::door::call;

#[napi]
impl ThreeXUI {
    /// All settings of the panel. Panels from 3.4 on blank the secrets among them.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getAllSettings()
    /// console.log(obj.webPort)
    #[napi(enumerable = false, js_name = "getAllSettings", ts_return_type = "Promise<Reply<PanelSettings>>")]
    pub fn get_all_settings<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::AllSettings.request(&[]))
    }

    /// Restarts the panel, three seconds after it has answered. Sessions stay valid.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.restartPanel()
    #[napi(enumerable = false, js_name = "restartPanel", ts_return_type = "Promise<Reply<null>>")]
    pub fn restart_panel<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::RestartPanel.request(&[]))
    }

    /// The settings that the panel's own pages need: expiry warnings, subscription addresses and the like.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getDefaultSettings()
    #[napi(
        enumerable = false,
        js_name = "getDefaultSettings",
        ts_return_type = "Promise<Reply<Record<string, unknown>>>"
    )]
    pub fn get_default_settings<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::DefaultSettings.request(&[]))
    }

    /// The xray configuration that a new panel starts with.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getDefaultJsonConfig()
    #[napi(
        enumerable = false,
        js_name = "getDefaultJsonConfig",
        ts_return_type = "Promise<Reply<Record<string, unknown>>>"
    )]
    pub fn get_default_json_config<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::DefaultJsonConfig.request(&[]))
    }

    /// Whether logging in takes a code of an authenticator app. Asked by a logged-in client.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj: enabled } = await client.getTwoFactorEnable()
    #[napi(enumerable = false, js_name = "getTwoFactorEnable", ts_return_type = "Promise<Reply<boolean>>")]
    pub fn get_two_factor_enable<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::TwoFactorEnable.request(&[]))
    }

    /// Sends all settings; `lib/client.js` merges them for `updateSetting`.
    #[napi(enumerable = false, js_name = "_updateSettings", skip_typescript)]
    pub fn send_settings<'e>(&self, env: &'e Env, this: This<'e>, settings: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::UpdateSettings.with_json(&[], settings.0.to_string()))
    }

    /// Sends new credentials; `lib/client.js` goes on with them for `updateUser`.
    #[napi(enumerable = false, js_name = "_updateUser", skip_typescript)]
    pub fn send_user<'e>(&self, env: &'e Env, this: This<'e>, credentials: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::UpdateUser.with_json(&[], credentials.0.to_string()))
    }
}
