//! The xray configuration, its outbounds and WARP.

use napi::bindgen_prelude::{This, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::core::request::{borrowed, form_fields, json_text};
use crate::core::routes::{ALL_OUTBOUNDS, Route};
use crate::core::security::validate;
use crate::node::args::{Id, Json};
use crate::node::client::ThreeXUI;
use crate::node::door::call;
use crate::node::error::or_throw;

#[napi]
impl ThreeXUI {
    /// The template of the xray configuration. `obj` is JSON text with `xraySetting`, `inboundTags` and more.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getXrayConfig()
    /// const { xraySetting } = JSON.parse(obj)
    #[napi(enumerable = false, js_name = "getXrayConfig", ts_return_type = "Promise<Reply<string>>")]
    pub fn get_xray_config<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::XrayConfig.request(&[]))
    }

    /// The counters of all outbounds, in bytes.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getOutboundsTraffic()
    #[napi(
        enumerable = false,
        js_name = "getOutboundsTraffic",
        ts_return_type = "Promise<Reply<OutboundTraffic[]>>"
    )]
    pub fn get_outbounds_traffic<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::OutboundsTraffic.request(&[]))
    }

    /// What xray printed when it last failed; empty when all is well.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getXrayResult()
    #[napi(enumerable = false, js_name = "getXrayResult", ts_return_type = "Promise<Reply<string>>")]
    pub fn get_xray_result<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::XrayResult.request(&[]))
    }

    /// Replaces the template of the xray configuration. It takes effect with the next restart of xray.
    ///
    /// @param config - The template, as an object or as JSON text.
    /// @throws {ValidationError} for text that is no JSON, and for what is no object; nothing is sent then.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getXrayConfig()
    /// const { xraySetting } = JSON.parse(obj)
    /// xraySetting.log.loglevel = 'warning'
    /// await client.updateXrayConfig(xraySetting)
    #[napi(
        enumerable = false,
        js_name = "updateXrayConfig",
        ts_args_type = "config: object | string",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn update_xray_config<'e>(&self, env: &'e Env, this: This<'e>, config: Json) -> Result<Unknown<'e>> {
        let setting = or_throw(env, validate::xray_config(&config.0))?;
        call(self, env, this, Route::UpdateXrayConfig.with_form(&[], &[("xraySetting", &setting)]))
    }

    /// Works with the panel's WARP account.
    ///
    /// @param action - `data`, `del`, `config`, `reg` (`privateKey`, `publicKey`) or `license` (`license`).
    /// @param data - What the action needs.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.manageWarp('data')
    /// await client.manageWarp('license', { license: 'key' })
    #[napi(
        enumerable = false,
        js_name = "manageWarp",
        ts_args_type = "action: WarpAction, data?: Record<string, string | number>",
        ts_return_type = "Promise<Reply<string>>"
    )]
    pub fn manage_warp<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        action: Id,
        data: Option<Json>,
    ) -> Result<Unknown<'e>> {
        let fields = data.map(|data| form_fields(&data.0)).unwrap_or_default();
        call(self, env, this, Route::Warp.with_form(&[&action.text(env, "action")?], &borrowed(&fields)))
    }

    /// Tries an outbound out.
    ///
    /// @param outbound - The outbound, as an object or as JSON text.
    /// @param options - `allOutbounds` that it may refer to, and the `mode` of the test.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.8.10 and newer.
    /// @example
    /// const { obj } = await client.testOutbound({ protocol: 'freedom', tag: 'direct' })
    #[napi(
        enumerable = false,
        js_name = "testOutbound",
        ts_args_type = "outbound: object | string, options?: { allOutbounds?: object[] | string; mode?: string }",
        ts_return_type = "Promise<Reply<OutboundTest>>"
    )]
    pub fn test_outbound<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        outbound: Json,
        options: Option<Json>,
    ) -> Result<Unknown<'e>> {
        let mut fields = vec![("outbound".to_owned(), json_text(&outbound.0))];
        fields.extend(options.map(|options| form_fields(&options.0)).unwrap_or_default());
        call(self, env, this, Route::TestOutbound.with_form(&[], &borrowed(&fields)))
    }

    /// Sets the counters of an outbound to zero; of all of them when no tag is named.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.resetOutboundsTraffic('direct')
    #[napi(
        enumerable = false,
        js_name = "resetOutboundsTraffic",
        ts_args_type = "tag?: string",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn reset_outbounds_traffic<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        tag: Option<Id>,
    ) -> Result<Unknown<'e>> {
        let tag = match tag.filter(Id::is_given) {
            Some(tag) => tag.text(env, "tag")?,
            None => ALL_OUTBOUNDS.to_owned(),
        };
        call(self, env, this, Route::ResetOutbounds.with_form(&[], &[("tag", &tag)]))
    }
}
