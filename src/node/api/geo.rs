//! Custom geo files, which panels from 2.9 to 3.3.0 keep.

use napi::bindgen_prelude::{This, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::core::routes::Route;
use crate::node::args::{Id, Json};
use crate::node::client::ThreeXUI;
use crate::node::door::call;

#[napi]
impl ThreeXUI {
    /// All custom geo files. They exist from panel version 2.9 to 3.3.0.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.9.0 to 3.3.0.
    /// @example
    /// const { obj } = await client.getCustomGeos()
    #[napi(enumerable = false, js_name = "getCustomGeos", ts_return_type = "Promise<Reply<CustomGeo[]>>")]
    pub fn get_custom_geos<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::CustomGeos.request(&[]))
    }

    /// The names by which routing rules can refer to geo files. From 2.9 to 3.3.0.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.9.0 to 3.3.0.
    /// @example
    /// const { obj } = await client.getGeoAliases()
    #[napi(enumerable = false, js_name = "getGeoAliases", ts_return_type = "Promise<Reply<GeoAliases>>")]
    pub fn get_geo_aliases<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::GeoAliases.request(&[]))
    }

    /// Adds a custom geo file, which the panel downloads. From 2.9 to 3.3.0.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.9.0 to 3.3.0.
    /// @example
    /// await client.addCustomGeo({ type: 'geosite', alias: 'ads', url: 'https://example.com/ads.dat' })
    #[napi(
        enumerable = false,
        js_name = "addCustomGeo",
        ts_args_type = "data: CustomGeoConfig",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn add_custom_geo<'e>(&self, env: &'e Env, this: This<'e>, data: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::CustomGeoAdd.with_json(&[], data.0.to_string()))
    }

    /// Changes a custom geo file. From 2.9 to 3.3.0.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.9.0 to 3.3.0.
    /// @example
    /// await client.updateCustomGeo(1, { type: 'geosite', alias: 'ads', url: 'https://example.com/new.dat' })
    #[napi(
        enumerable = false,
        js_name = "updateCustomGeo",
        ts_args_type = "id: Id, data: CustomGeoConfig",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn update_custom_geo<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        id: Id,
        data: Json,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::CustomGeoUpdate.with_json(&[&id.text(env, "id")?], data.0.to_string()))
    }

    /// Deletes a custom geo file. From 2.9 to 3.3.0.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.9.0 to 3.3.0.
    /// @example
    /// await client.deleteCustomGeo(1)
    #[napi(enumerable = false, js_name = "deleteCustomGeo", ts_return_type = "Promise<Reply<null>>")]
    pub fn delete_custom_geo<'e>(&self, env: &'e Env, this: This<'e>, id: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::CustomGeoDelete.request(&[&id.text(env, "id")?]))
    }

    /// Downloads a custom geo file anew. From 2.9 to 3.3.0.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.9.0 to 3.3.0.
    /// @example
    /// await client.downloadCustomGeo(1)
    #[napi(enumerable = false, js_name = "downloadCustomGeo", ts_return_type = "Promise<Reply<null>>")]
    pub fn download_custom_geo<'e>(&self, env: &'e Env, this: This<'e>, id: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::CustomGeoDownload.request(&[&id.text(env, "id")?]))
    }

    /// Downloads all custom geo files anew. From 2.9 to 3.3.0.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.9.0 to 3.3.0.
    /// @example
    /// const { obj } = await client.updateAllCustomGeo()
    #[napi(
        enumerable = false,
        js_name = "updateAllCustomGeo",
        ts_return_type = "Promise<Reply<GeoUpdateResult>>"
    )]
    pub fn update_all_custom_geo<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::CustomGeoUpdateAll.request(&[]))
    }
}
