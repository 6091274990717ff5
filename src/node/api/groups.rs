//! Groups of clients, from panel version 3.2 on.

use napi::bindgen_prelude::{This, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::core::routes::Route;
use crate::node::args::{Id, Json};
use crate::node::client::ThreeXUI;
use crate::node::door::call;

#[napi]
impl ThreeXUI {
    /// All groups with their sizes. Groups exist from panel version 3.2 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.2.0 and newer.
    /// @example
    /// const { obj } = await client.getGroups()
    #[napi(enumerable = false, js_name = "getGroups", ts_return_type = "Promise<Reply<ClientGroup[]>>")]
    pub fn get_groups<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::Groups.request(&[]))
    }

    /// The identifiers of the clients in a group. From 3.2 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.2.0 and newer.
    /// @example
    /// const { obj } = await client.getGroupEmails('premium')
    #[napi(
        enumerable = false,
        js_name = "getGroupEmails",
        ts_args_type = "groupName: string",
        ts_return_type = "Promise<Reply<Email[]>>"
    )]
    pub fn get_group_emails<'e>(&self, env: &'e Env, this: This<'e>, name: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::GroupEmails.request(&[&name.text(env, "groupName")?]))
    }

    /// Makes a group. From 3.2 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.2.0 and newer.
    /// @example
    /// await client.createGroup({ name: 'premium' })
    #[napi(
        enumerable = false,
        js_name = "createGroup",
        ts_args_type = "data: { name: string }",
        ts_return_type = "Promise<Reply<{ name: string }>>"
    )]
    pub fn create_group<'e>(&self, env: &'e Env, this: This<'e>, data: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::GroupCreate.with_json(&[], data.0.to_string()))
    }

    /// Renames a group, for all its clients. From 3.2 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.2.0 and newer.
    /// @example
    /// await client.renameGroup({ oldName: 'premium', newName: 'gold' })
    #[napi(
        enumerable = false,
        js_name = "renameGroup",
        ts_args_type = "data: { oldName: string; newName: string }",
        ts_return_type = "Promise<Reply<{ affected: number }>>"
    )]
    pub fn rename_group<'e>(&self, env: &'e Env, this: This<'e>, data: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::GroupRename.with_json(&[], data.0.to_string()))
    }

    /// Deletes a group; its clients stay, without it. From 3.2 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.2.0 and newer.
    /// @example
    /// await client.deleteGroup({ name: 'gold' })
    #[napi(
        enumerable = false,
        js_name = "deleteGroup",
        ts_args_type = "data: { name: string }",
        ts_return_type = "Promise<Reply<{ affected: number }>>"
    )]
    pub fn delete_group<'e>(&self, env: &'e Env, this: This<'e>, data: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::GroupDelete.with_json(&[], data.0.to_string()))
    }

    /// Puts clients into a group. From 3.2 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.2.0 and newer.
    /// @example
    /// await client.bulkAddGroups({ emails: ['user_1'], group: 'gold' })
    #[napi(
        enumerable = false,
        js_name = "bulkAddGroups",
        ts_args_type = "data: { emails: Email[]; group: string }",
        ts_return_type = "Promise<Reply<{ affected: number }>>"
    )]
    pub fn bulk_add_groups<'e>(&self, env: &'e Env, this: This<'e>, data: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::GroupBulkAdd.with_json(&[], data.0.to_string()))
    }

    /// Takes clients out of their group. From 3.2 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.2.0 and newer.
    /// @example
    /// await client.bulkRemoveGroups({ emails: ['user_1'] })
    #[napi(
        enumerable = false,
        js_name = "bulkRemoveGroups",
        ts_args_type = "data: { emails: Email[] }",
        ts_return_type = "Promise<Reply<{ affected: number }>>"
    )]
    pub fn bulk_remove_groups<'e>(&self, env: &'e Env, this: This<'e>, data: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::GroupBulkRemove.with_json(&[], data.0.to_string()))
    }
}
