//! Clients as things of their own: the methods for panels from 3.1 on, which work on older ones too.

use napi::bindgen_prelude::{ClassInstance, This, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::core::flows::{add_modern_body, counters_body, gb_bodies, gb_body, page_query};
use crate::core::routes::Route;
use crate::core::security::validate::numeric_inbounds;
use crate::node::args::{Id, Json};
use crate::node::client::ThreeXUI;
use crate::node::door::{call, call_planned};
use crate::node::error::or_throw;
use crate::node::planned_write::PlannedWrite;

#[napi]
impl ThreeXUI {
    /// One client with the inbounds it is in.
    ///
    /// @param email - Its identifier.
    ///
    /// @returns `obj.client` is the client (`totalGB` in bytes, `expiryTime` in milliseconds since 1970),
    ///   `obj.inboundIds` where it is.
    /// @remarks Panels: all; up to 3.0 from the list of inbounds.
    /// @example
    /// const { obj } = await client.getClient('alice')
    /// console.log(obj.client.totalGB, obj.inboundIds)
    #[napi(enumerable = false, js_name = "getClient", ts_return_type = "Promise<Reply<ClientDetails>>")]
    pub fn get_client<'e>(&self, env: &'e Env, this: This<'e>, email: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientGet.request(&[&email.text(env, "email")?]))
    }

    /// Adds a client that you describe yourself to one or more inbounds. `totalGB` is in gigabytes here.
    ///
    /// @param data - The client and the ids of its inbounds.
    /// @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
    /// @remarks Panels: all.
    #[napi(
        enumerable = false,
        js_name = "addModernClient",
        ts_args_type = "data: { client: ClientFields; inboundIds: number[] }",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn add_modern_client<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        data: Json,
        write: Option<ClassInstance<PlannedWrite>>,
    ) -> Result<Unknown<'e>> {
        let body = or_throw(env, add_modern_body(data.0))?;
        let request = Route::ClientAdd.with_json(&[], body.to_string());
        call_planned(self, env, this, request, write.as_deref())
    }

    /// All clients, each with its inbounds and its counters.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getClients()
    /// for (const { email, inboundIds, traffic } of obj) console.log(email, inboundIds, traffic?.up)
    #[napi(enumerable = false, js_name = "getClients", ts_return_type = "Promise<Reply<ClientRecord[]>>")]
    pub fn get_clients<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientList.request(&[]))
    }

    /// A client's counters in bytes; `obj` is null for an unknown one.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getClientTraffic('user_1')
    #[napi(
        enumerable = false,
        js_name = "getClientTraffic",
        ts_args_type = "email: Email",
        ts_return_type = "Promise<Reply<ClientTraffic | null>>"
    )]
    pub fn get_client_traffic<'e>(&self, env: &'e Env, this: This<'e>, email: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientTraffic.request(&[&email.text(env, "email")?]))
    }

    /// The share links behind a subscription.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj: links } = await client.getSubLinks('user_1-sub')
    #[napi(
        enumerable = false,
        js_name = "getSubLinks",
        ts_args_type = "subId: string",
        ts_return_type = "Promise<Reply<string[]>>"
    )]
    pub fn get_sub_links<'e>(&self, env: &'e Env, this: This<'e>, sub_id: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientSubLinks.request(&[&sub_id.text(env, "subId")?]))
    }

    /// The share links of a client, one for each inbound.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj: links } = await client.getClientLinks('user_1')
    #[napi(
        enumerable = false,
        js_name = "getClientLinks",
        ts_args_type = "email: Email",
        ts_return_type = "Promise<Reply<string[]>>"
    )]
    pub fn get_client_links<'e>(&self, env: &'e Env, this: This<'e>, email: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientLinks.request(&[&email.text(env, "email")?]))
    }

    /// Deletes a client from all its inbounds, with its counters.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.deleteModernClient('user_1')
    #[napi(
        enumerable = false,
        js_name = "deleteModernClient",
        ts_args_type = "email: Email",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn delete_modern_client<'e>(&self, env: &'e Env, this: This<'e>, email: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientDelete.request(&[&email.text(env, "email")?]))
    }

    /// Puts a client into more inbounds, with the credentials it has.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// await client.attachClientToInbounds('user_1', { inboundIds: [2, 3] })
    #[napi(
        enumerable = false,
        js_name = "attachClientToInbounds",
        ts_args_type = "email: Email, data: { inboundIds: number[] }",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn attach_client_to_inbounds<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        email: Id,
        data: Json,
    ) -> Result<Unknown<'e>> {
        call(
            self,
            env,
            this,
            Route::ClientAttach
                .with_json(&[&email.text(env, "email")?], numeric_inbounds(data.0).to_string()),
        )
    }

    /// Takes a client out of inbounds; the client and its counters stay.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.detachClientFromInbounds('user_1', { inboundIds: [3] })
    #[napi(
        enumerable = false,
        js_name = "detachClientFromInbounds",
        ts_args_type = "email: Email, data: { inboundIds: number[] }",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn detach_client_from_inbounds<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        email: Id,
        data: Json,
    ) -> Result<Unknown<'e>> {
        call(
            self,
            env,
            this,
            Route::ClientDetach
                .with_json(&[&email.text(env, "email")?], numeric_inbounds(data.0).to_string()),
        )
    }

    /// Sets the counters of all clients to zero.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.resetAllModernClientTraffics()
    #[napi(
        enumerable = false,
        js_name = "resetAllModernClientTraffics",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn reset_all_modern_client_traffics<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientResetAll.request(&[]))
    }

    /// Deletes all clients whose quota or time is used up.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.deleteDepletedModernClients()
    /// console.log(obj.deleted)
    #[napi(
        enumerable = false,
        js_name = "deleteDepletedModernClients",
        ts_return_type = "Promise<Reply<{ deleted: number }>>"
    )]
    pub fn delete_depleted_modern_clients<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientDepleted.request(&[]))
    }

    /// Adds days and bytes to many clients; what is unlimited stays so.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.bulkAdjustModernClients({ emails: ['user_1'], addDays: 30, addBytes: 0 })
    #[napi(
        enumerable = false,
        js_name = "bulkAdjustModernClients",
        ts_args_type = "data: { emails: Email[]; addDays?: number; addBytes?: number; flow?: string }",
        ts_return_type = "Promise<Reply<{ adjusted: number; skipped?: Skipped[] }>>"
    )]
    pub fn bulk_adjust_modern_clients<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        data: Json,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientBulkAdjust.with_json(&[], data.0.to_string()))
    }

    /// Deletes many clients.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.bulkDeleteModernClients({ emails: ['user_1', 'user_2'] })
    #[napi(
        enumerable = false,
        js_name = "bulkDeleteModernClients",
        ts_args_type = "data: { emails: Email[]; keepTraffic?: boolean }",
        ts_return_type = "Promise<Reply<{ deleted: number; skipped?: Skipped[] }>>"
    )]
    pub fn bulk_delete_modern_clients<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        data: Json,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientBulkDelete.with_json(&[], data.0.to_string()))
    }

    /// Puts many clients into more inbounds.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// await client.bulkAttachModernClients({ emails: ['user_1'], inboundIds: [2] })
    #[napi(
        enumerable = false,
        js_name = "bulkAttachModernClients",
        ts_args_type = "data: { emails: Email[]; inboundIds: number[] }",
        ts_return_type = "Promise<Reply<{ attached: Email[] | null; skipped: Email[] | null; errors: string[] | null }>>"
    )]
    pub fn bulk_attach_modern_clients<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        data: Json,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientBulkAttach.with_json(&[], numeric_inbounds(data.0).to_string()))
    }

    /// Takes many clients out of inbounds.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.bulkDetachModernClients({ emails: ['user_1'], inboundIds: [2] })
    #[napi(
        enumerable = false,
        js_name = "bulkDetachModernClients",
        ts_args_type = "data: { emails: Email[]; inboundIds: number[] }",
        ts_return_type = "Promise<Reply<{ detached: Email[] | null; skipped: Email[] | null; errors: string[] | null }>>"
    )]
    pub fn bulk_detach_modern_clients<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        data: Json,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientBulkDetach.with_json(&[], numeric_inbounds(data.0).to_string()))
    }

    /// Sets the counters of many clients to zero.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.bulkResetTrafficModernClients({ emails: ['user_1'] })
    #[napi(
        enumerable = false,
        js_name = "bulkResetTrafficModernClients",
        ts_args_type = "data: { emails: Email[] }",
        ts_return_type = "Promise<Reply<{ affected: number }>>"
    )]
    pub fn bulk_reset_traffic_modern_clients<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        data: Json,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientBulkReset.with_json(&[], data.0.to_string()))
    }

    /// Sets a client's counters to zero; from 3.3.1 on this also switches a disabled client on.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.resetModernClientTrafficByEmail('user_1')
    #[napi(
        enumerable = false,
        js_name = "resetModernClientTrafficByEmail",
        ts_args_type = "email: Email",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn reset_modern_client_traffic_by_email<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        email: Id,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientResetTraffic.request(&[&email.text(env, "email")?]))
    }

    /// Sets a client's counters, in bytes; a counter that is not named becomes zero.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.6.3 and newer.
    /// @example
    /// await client.updateModernClientTrafficByEmail('user_1', { upload: 0, download: 1024 })
    #[napi(
        enumerable = false,
        js_name = "updateModernClientTrafficByEmail",
        ts_args_type = "email: Email, data: { upload: number; download: number } | { up: number; down: number }",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn update_modern_client_traffic_by_email<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        email: Id,
        data: Json,
    ) -> Result<Unknown<'e>> {
        call(
            self,
            env,
            this,
            Route::ClientUpdateTraffic
                .with_json(&[&email.text(env, "email")?], counters_body(data.0).to_string()),
        )
    }

    /// The addresses a client has connected from, as the panel writes them; `getClientIps` gives plain addresses.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getModernClientIps('user_1')
    #[napi(
        enumerable = false,
        js_name = "getModernClientIps",
        ts_args_type = "email: Email",
        ts_return_type = "Promise<Reply<ClientIp[] | string[] | string>>"
    )]
    pub fn get_modern_client_ips<'e>(&self, env: &'e Env, this: This<'e>, email: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientTableIps.request(&[&email.text(env, "email")?]))
    }

    /// Forgets the addresses a client has connected from.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.clearModernClientIps('user_1')
    #[napi(
        enumerable = false,
        js_name = "clearModernClientIps",
        ts_args_type = "email: Email",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn clear_modern_client_ips<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        email: Id,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientTableClearIps.request(&[&email.text(env, "email")?]))
    }

    /// The identifiers of all clients that are connected now.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getOnlines()
    #[napi(enumerable = false, js_name = "getOnlines", ts_return_type = "Promise<Reply<Email[]>>")]
    pub fn get_onlines<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientOnlines.request(&[]))
    }

    /// When each client was last connected, in milliseconds since 1970; 0 for never.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.6.8 and newer.
    /// @example
    /// const { obj } = await client.getModernLastOnline()
    /// console.log(new Date(obj['user_1']))
    #[napi(
        enumerable = false,
        js_name = "getModernLastOnline",
        ts_return_type = "Promise<Reply<Record<Email, number>>>"
    )]
    pub fn get_modern_last_online<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientLastOnline.request(&[]))
    }

    /// One page of clients, without their credentials.
    ///
    /// @param params - `page` (from 1), `pageSize` (25, at most 200), `search`, `filter`, `sort`, `order` and more; the
    ///   original's names `size` and `email` are taken for `pageSize` and `search`.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getPagedClients({ page: 1, pageSize: 50, search: 'user_', order: 'desc' })
    /// console.log(obj.items.length, 'of', obj.filtered)
    #[napi(
        enumerable = false,
        js_name = "getPagedClients",
        ts_args_type = "params?: ClientPageParams",
        ts_return_type = "Promise<Reply<ClientPage>>"
    )]
    pub fn get_paged_clients<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        params: Option<Json>,
    ) -> Result<Unknown<'e>> {
        let mut request = Route::ClientPage.request(&[]);
        request.path.push_str(&page_query(&params.map(|params| params.0).unwrap_or_default()));
        call(self, env, this, request)
    }

    /// Changes a client: what is not named stays, its credentials too. `totalGB` is in gigabytes here. The record that
    /// `getClient` gave can be sent back, but for its `totalGB`, which is in bytes there.
    ///
    /// @param email - Its identifier now; another `email` in `data` renames it.
    /// @param data - What is to be different, or the whole client.
    /// @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.updateModernClient('user_1', { email: 'user_1', enable: true, totalGB: 50, expiryTime: 0 })
    #[napi(
        enumerable = false,
        js_name = "updateModernClient",
        ts_args_type = "email: Email, data: ClientFields",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn update_modern_client<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        email: Id,
        data: Json,
    ) -> Result<Unknown<'e>> {
        let email = email.text(env, "email")?;
        let body = or_throw(env, gb_body(&email, &data.0))?;
        call(self, env, this, Route::ClientUpdate.with_json(&[&email], body.to_string()))
    }

    /// Adds many clients in one call. `totalGB` is in gigabytes here. What cannot be added is skipped and reported.
    ///
    /// @param data - Each client with the ids of its inbounds.
    /// @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.bulkCreateModernClients([
    ///   { client: { email: 'user_1', totalGB: 10 }, inboundIds: [1] },
    ///   { client: { email: 'user_2', totalGB: 10 }, inboundIds: [1, 2] },
    /// ])
    /// console.log(obj.created, obj.skipped)
    #[napi(
        enumerable = false,
        js_name = "bulkCreateModernClients",
        ts_args_type = "data: { client: ClientFields; inboundIds: number[] }[]",
        ts_return_type = "Promise<Reply<{ created: number; skipped?: Skipped[] }>>"
    )]
    pub fn bulk_create_modern_clients<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        data: Json,
    ) -> Result<Unknown<'e>> {
        let body = or_throw(env, gb_bodies(&data.0))?;
        call(self, env, this, Route::ClientBulkCreate.with_json(&[], body.to_string()))
    }
}
