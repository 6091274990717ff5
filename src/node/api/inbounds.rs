//! Inbounds and the clients inside them: the methods that the original library had from its beginning.

use napi::bindgen_prelude::{This, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use serde_json::Value;

use crate::core::flows::{counters_body, normalise_ips};
use crate::core::routes::Route;
use crate::core::security::validate;
use crate::node::args::{Id, Json};
use crate::node::client::ThreeXUI;
use crate::node::door::call;
use crate::node::error::or_throw;

#[napi]
impl ThreeXUI {
    /// All inbounds with their clients and counters.
    ///
    /// `settings`, `streamSettings` and `sniffing` are JSON text on panels up to 3.0 and objects from 3.1 on.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getInbounds()
    /// for (const inbound of obj) console.log(inbound.id, inbound.remark, inbound.clientStats?.length)
    #[napi(enumerable = false, js_name = "getInbounds", ts_return_type = "Promise<Reply<Inbound[]>>")]
    pub fn get_inbounds<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ListInbounds.request(&[]))
    }

    /// One inbound.
    ///
    /// @param id - Its id, as a number or as text.
    /// @throws {ValidationError} when the id is none; nothing is sent then.
    ///
    /// @remarks Panels: all. `settings` is JSON text up to 3.0 and an object from 3.1 on; see the option `normalize`.
    /// @example
    /// const { obj } = await client.getInbound(1)
    /// console.log(obj.remark, obj.port)
    #[napi(enumerable = false, js_name = "getInbound", ts_return_type = "Promise<Reply<Inbound>>")]
    pub fn get_inbound<'e>(&self, env: &'e Env, this: This<'e>, id: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::GetInbound.request(&[&id.inbound(env, "id")?]))
    }

    /// Makes an inbound.
    ///
    /// @param config - The inbound; `settings`, `streamSettings`, `sniffing` as objects or as JSON text.
    /// @throws {ValidationError} for a port outside 1 to 65535 (0 on a unix socket: `listen` is a path, or a name after `@`), a
    /// protocol that is no text, or a client that Xray could not read; nothing is sent then.
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.addInbound({
    ///   remark: 'main', enable: true, listen: '', port: 4443, protocol: 'vless', expiryTime: 0,
    ///   settings: { clients: [], decryption: 'none', fallbacks: [] },
    ///   streamSettings: { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } },
    ///   sniffing: { enabled: false },
    /// })
    /// console.log(obj.id)
    #[napi(
        enumerable = false,
        js_name = "addInbound",
        ts_args_type = "config: InboundConfig",
        ts_return_type = "Promise<Reply<Inbound>>"
    )]
    pub fn add_inbound<'e>(&self, env: &'e Env, this: This<'e>, config: Json) -> Result<Unknown<'e>> {
        let body = or_throw(env, validate::inbound_body(config.0))?;
        call(self, env, this, Route::AddInbound.with_json(&[], body.to_string()))
    }

    /// Changes an inbound: what is not named stays, the counters too. An inbound that is sent whole, as `getInbound` gave
    /// it, costs one request; a part of one costs two, because the rest is read first.
    ///
    /// @param id - Its id.
    /// @param config - What is to be different, or the whole inbound.
    /// @throws {ValidationError} as `addInbound`.
    /// @remarks Panels: all.
    /// @example
    /// await client.updateInbound(1, { remark: 'renamed' })
    #[napi(
        enumerable = false,
        js_name = "updateInbound",
        ts_args_type = "id: Id, config: Partial<InboundConfig>",
        ts_return_type = "Promise<Reply<Inbound>>"
    )]
    pub fn update_inbound<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        id: Id,
        config: Json,
    ) -> Result<Unknown<'e>> {
        // Whoever makes the call: clients that are added from now on are made for what the inbound will be.
        self.client.inbounds().clear();
        let body = or_throw(env, validate::inbound_config(config.0))?;
        call(self, env, this, Route::UpdateInbound.with_json(&[&id.inbound(env, "id")?], body.to_string()))
    }

    /// Deletes an inbound. Its clients go with it on panels up to 3.0; from 3.1 on they stay, in no inbound, until they
    /// are deleted themselves.
    ///
    /// @param id - Its id.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.deleteInbound(5)
    #[napi(enumerable = false, js_name = "deleteInbound", ts_return_type = "Promise<Reply<number | null>>")]
    pub fn delete_inbound<'e>(&self, env: &'e Env, this: This<'e>, id: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::DeleteInbound.request(&[&id.inbound(env, "id")?]))
    }

    /// Adds clients that you describe yourself to an inbound. Nothing is converted: `totalGB` is in bytes here.
    ///
    /// @param config - `id` of the inbound and `settings` with `clients`, as an object or as JSON text.
    /// @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
    /// @remarks Panels: all.
    /// @example
    /// await client.addClient({
    ///   id: 1,
    ///   settings: { clients: [{ id: client.generateUUID(), email: 'user_1', totalGB: 0, enable: true }] },
    /// })
    #[napi(
        enumerable = false,
        js_name = "addClient",
        ts_args_type = "config: ClientConfig",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn add_client<'e>(&self, env: &'e Env, this: This<'e>, config: Json) -> Result<Unknown<'e>> {
        let body = or_throw(env, validate::client_body(config.0))?;
        call(self, env, this, Route::AddClient.with_json(&[], body.to_string()))
    }

    /// Replaces a client by one that you describe yourself. Nothing is converted: `totalGB` is in bytes here.
    ///
    /// @param clientId - Its UUID (vless, vmess), password (trojan) or identifier (shadowsocks).
    /// @param config - `id` of the inbound and `settings` with the client in `clients`.
    /// @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
    ///
    /// @remarks Panels: all; from 3.1 on by the client table.
    /// @example
    /// const { obj } = await client.getClient('alice')
    /// const settings = { clients: [{ id: obj.client.uuid, email: 'alice', limitIp: 3 }] }
    /// await client.updateClient(obj.client.uuid, { id: 1, settings })
    #[napi(
        enumerable = false,
        js_name = "updateClient",
        ts_args_type = "clientId: string, config: ClientConfig",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn update_client<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        client_id: Id,
        config: Json,
    ) -> Result<Unknown<'e>> {
        let body = or_throw(env, validate::client_update_body(config.0))?;
        call(
            self,
            env,
            this,
            Route::UpdateClient.with_json(&[&client_id.text(env, "clientId")?], body.to_string()),
        )
    }

    /// Deletes a client from an inbound.
    ///
    /// @param inboundId - The inbound.
    /// @param clientId - The client's UUID (vless, vmess), password (trojan) or identifier (shadowsocks).
    ///
    /// @remarks Panels: all; from 3.1 on by the client table.
    /// @example
    /// const { obj } = await client.getClient('alice')
    /// await client.deleteClient(1, obj.client.uuid)
    #[napi(enumerable = false, js_name = "deleteClient", ts_return_type = "Promise<Reply<null>>")]
    pub fn delete_client<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        inbound_id: Id,
        client_id: Id,
    ) -> Result<Unknown<'e>> {
        let (inbound, client) = (inbound_id.inbound(env, "inboundId")?, client_id.text(env, "clientId")?);
        call(self, env, this, Route::DeleteClient.request(&[&inbound, &client]))
    }

    /// A client's counters by its identifier; `obj` is null for an unknown one.
    ///
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getClientTrafficsByEmail('user_1')
    /// if (obj) console.log(obj.up + obj.down, 'of', obj.total, 'bytes')
    #[napi(
        enumerable = false,
        js_name = "getClientTrafficsByEmail",
        ts_return_type = "Promise<Reply<ClientTraffic | null>>"
    )]
    pub fn get_client_traffics_by_email<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        email: Id,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClientTraffic.request(&[&email.text(env, "email")?]))
    }

    /// The counters of all clients with a UUID; empty for an unknown one.
    ///
    /// @returns `obj` is a list of the clients with that UUID, `up` and `down` in bytes.
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getClientTrafficsById('11111111-1111-4111-8111-111111111111')
    /// console.log(obj?.[0]?.email)
    #[napi(
        enumerable = false,
        js_name = "getClientTrafficsById",
        ts_return_type = "Promise<Reply<ClientTraffic[]>>"
    )]
    pub fn get_client_traffics_by_id<'e>(&self, env: &'e Env, this: This<'e>, id: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::TrafficByUuid.request(&[&id.text(env, "id")?]))
    }

    /// Sets a client's counters to zero.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.resetClientTraffic(1, 'alice')
    #[napi(enumerable = false, js_name = "resetClientTraffic", ts_return_type = "Promise<Reply<null>>")]
    pub fn reset_client_traffic<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        inbound_id: Id,
        email: Id,
    ) -> Result<Unknown<'e>> {
        let (inbound, email) = (inbound_id.inbound(env, "inboundId")?, email.text(env, "email")?);
        call(self, env, this, Route::ResetClientTraffic.request(&[&inbound, &email]))
    }

    /// Sets the counters of all clients of an inbound to zero; of all inbounds for `-1`.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.resetAllClientTraffics(1)
    #[napi(enumerable = false, js_name = "resetAllClientTraffics", ts_return_type = "Promise<Reply<null>>")]
    pub fn reset_all_client_traffics<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        inbound_id: Id,
    ) -> Result<Unknown<'e>> {
        call(
            self,
            env,
            this,
            Route::ResetInboundClients.request(&[&inbound_id.inbound_or_all(env, "inboundId")?]),
        )
    }

    /// The addresses a client has connected from, without repetition of how the panel writes them.
    ///
    /// @returns `obj` is a list of addresses.
    /// @remarks Panels: all.
    /// @example
    /// const { obj } = await client.getClientIps('alice')
    /// console.log(obj)
    #[napi(enumerable = false, js_name = "getClientIps", ts_return_type = "Promise<Reply<string[]>>")]
    pub fn get_client_ips<'e>(&self, env: &'e Env, this: This<'e>, email: Id) -> Result<Unknown<'e>> {
        let answer = call(self, env, this, Route::ClientIps.request(&[&email.text(env, "email")?]))?;
        crate::node::door::mapped(self, env, answer, normalise_ips)
    }

    /// Forgets the addresses a client has connected from.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.clearClientIps('alice')
    #[napi(enumerable = false, js_name = "clearClientIps", ts_return_type = "Promise<Reply<null>>")]
    pub fn clear_client_ips<'e>(&self, env: &'e Env, this: This<'e>, email: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ClearClientIps.request(&[&email.text(env, "email")?]))
    }

    /// Deletes the clients of an inbound whose quota or time is used up; of all inbounds for `-1`.
    ///
    /// @remarks Panels: all. No inbound is deleted, also when it becomes empty.
    /// @example
    /// await client.deleteDepletedClients(1)
    #[napi(enumerable = false, js_name = "deleteDepletedClients", ts_return_type = "Promise<Reply<null>>")]
    pub fn delete_depleted_clients<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        inbound_id: Id,
    ) -> Result<Unknown<'e>> {
        call(self, env, this, Route::DeleteDepleted.request(&[&inbound_id.inbound_or_all(env, "inboundId")?]))
    }

    /// The identifiers of all clients that are connected now.
    ///
    /// @remarks Panels: all.
    #[napi(
        enumerable = false,
        js_name = "getOnlineClients",
        ts_return_type = "Promise<Reply<string[] | null>>"
    )]
    pub fn get_online_clients<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::OnlineClients.request(&[]))
    }

    /// When each client was last connected, in milliseconds since 1970; 0 for never.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.6.8 and newer.
    /// @example
    /// const { obj } = await client.getLastOnline()
    #[napi(
        enumerable = false,
        js_name = "getLastOnline",
        ts_return_type = "Promise<Reply<Record<Email, number>>>"
    )]
    pub fn get_last_online<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::LastOnline.request(&[]))
    }

    /// Sets a client's limits (`totalGB` in bytes, `expiryTime` in milliseconds since 1970), or its counters in bytes; of
    /// two counters the one that is not named becomes zero.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 2.6.3 and newer.
    /// @example
    /// await client.updateClientTraffic('user_1', { totalGB: 50 * 1024 ** 3 })
    /// await client.updateClientTraffic('user_1', { upload: 0, download: 1024 })
    #[napi(
        enumerable = false,
        js_name = "updateClientTraffic",
        ts_args_type = "email: Email, config: { upload: number; download: number } | { totalGB?: number; expiryTime?: number }",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn update_client_traffic<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        email: Id,
        config: Json,
    ) -> Result<Unknown<'e>> {
        let mut body = counters_body(config.0);
        if let Value::Object(limits) = &mut body {
            or_throw(env, validate::check_client(limits, validate::TotalUnit::Bytes))?;
        }
        call(
            self,
            env,
            this,
            Route::UpdateClientTraffic.with_json(&[&email.text(env, "email")?], body.to_string()),
        )
    }

    /// Deletes a client from an inbound by its identifier.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.deleteClientByEmail(1, 'user_1')
    #[napi(
        enumerable = false,
        js_name = "deleteClientByEmail",
        ts_args_type = "inboundId: Id, email: Email",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn delete_client_by_email<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        inbound_id: Id,
        email: Id,
    ) -> Result<Unknown<'e>> {
        call(
            self,
            env,
            this,
            Route::DeleteClientByEmail
                .request(&[&inbound_id.inbound(env, "inboundId")?, &email.text(env, "email")?]),
        )
    }

    /// Sets the counters of all inbounds to zero; those of their clients stay.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.resetAllTraffics()
    #[napi(enumerable = false, js_name = "resetAllTraffics", ts_return_type = "Promise<Reply<null>>")]
    pub fn reset_all_traffics<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::ResetInbounds.request(&[]))
    }

    /// Makes one inbound from an export; `lib/client.js` calls it for each of a list.
    #[napi(enumerable = false, js_name = "_importInbound", skip_typescript)]
    pub fn import_inbound<'e>(&self, env: &'e Env, this: This<'e>, config: Json) -> Result<Unknown<'e>> {
        let inbound = or_throw(env, validate::inbound_body(config.0))?.to_string();
        call(self, env, this, Route::ImportInbound.with_form(&[], &[("data", &inbound)]))
    }
}
