//! Clients as things of their own: the methods for panels from 3.1 on, which work on older ones too.

use napi::bindgen_prelude::{This, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use serde_json::Value;

use crate::core::flows::gb_body;
use crate::core::routes::Route;
use crate::node::args::{Id, Json};
use crate::node::client::{ThreeXUI, call};
use crate::node::error::or_throw;

#[napi]
impl ThreeXUI {
    /// One client with the inbounds it is in.
    ///
    /// @param email - Its identifier.
    #[napi(enumerable = false, js_name = "getClient", ts_return_type = "Promise<Reply<ClientDetails>>")]
    pub fn get_client<'e>(&self, env: &'e Env, this: This<'e>, email: Id) -> Result<Unknown<'e>> {
        call(env, this, Route::ClientGet.request(&[&email.text(env, "email")?]))
    }

    /// Adds a client that you describe yourself to one or more inbounds. `totalGB` is in gigabytes here.
    ///
    /// @param data - The client and the ids of its inbounds.
    /// @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
    #[napi(
        enumerable = false,
        js_name = "addModernClient",
        ts_args_type = "data: { client: ClientFields; inboundIds: number[] }",
        ts_return_type = "Promise<Reply<null>>"
    )]
    pub fn add_modern_client<'e>(&self, env: &'e Env, this: This<'e>, data: Json) -> Result<Unknown<'e>> {
        let mut body = data.0;
        if let Some(client) = body.get("client").filter(|client| client.is_object()) {
            let client = or_throw(env, gb_body(client))?;
            if let Value::Object(members) = &mut body {
                members.insert("client".into(), client);
            }
        }
        call(env, this, Route::ClientAdd.with_json(&[], body.to_string()))
    }
}
