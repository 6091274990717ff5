//! Nodes: other panels that a panel manages, from version 3.0 on.

use napi::bindgen_prelude::{This, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use serde_json::json;

use crate::core::routes::Route;
use crate::node::args::{Id, Json};
use crate::node::client::ThreeXUI;
use crate::node::door::call;

#[napi]
impl ThreeXUI {
    /// All nodes: other panels that this one manages. From 3.0 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// const { obj } = await client.getNodes()
    #[napi(enumerable = false, js_name = "getNodes", ts_return_type = "Promise<Reply<PanelNode[]>>")]
    pub fn get_nodes<'e>(&self, env: &'e Env, this: This<'e>) -> Result<Unknown<'e>> {
        call(self, env, this, Route::Nodes.request(&[]))
    }

    /// One node. From 3.0 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// const { obj } = await client.getNode(7)
    #[napi(enumerable = false, js_name = "getNode", ts_return_type = "Promise<Reply<PanelNode>>")]
    pub fn get_node<'e>(&self, env: &'e Env, this: This<'e>, id: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::Node.request(&[&id.text(env, "id")?]))
    }

    /// A figure of a node over time. From 3.0 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// const { obj } = await client.getNodeHistory(7, 'cpu', 60)
    /// for (const { t, v } of obj) console.log(new Date(t * 1000), v)
    #[napi(
        enumerable = false,
        js_name = "getNodeHistory",
        ts_args_type = "id: Id, metric: 'cpu' | 'mem' | (string & {}), bucket: 2 | 30 | 60 | 120 | 180 | 300 | Id",
        ts_return_type = "Promise<Reply<{ t: number; v: number }[]>>"
    )]
    pub fn get_node_history<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        id: Id,
        metric: Id,
        bucket: Id,
    ) -> Result<Unknown<'e>> {
        call(
            self,
            env,
            this,
            Route::NodeHistory.request(&[
                &id.text(env, "id")?,
                &metric.text(env, "metric")?,
                &bucket.text(env, "bucket")?,
            ]),
        )
    }

    /// Adds a node. From 3.0 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// await client.addNode({ name: 'ams-1', scheme: 'https', address: 'ams.example', port: 2053, basePath: '/', apiToken: 'token', enable: true })
    #[napi(
        enumerable = false,
        js_name = "addNode",
        ts_args_type = "data: NodeConfig",
        ts_return_type = "Promise<Reply<PanelNode>>"
    )]
    pub fn add_node<'e>(&self, env: &'e Env, this: This<'e>, data: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NodeAdd.with_json(&[], data.0.to_string()))
    }

    /// Replaces a node's settings. From 3.0 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// await client.updateNode(7, { name: 'ams-1', scheme: 'https', address: 'ams.example', port: 2053, basePath: '/', apiToken: 'token', enable: true })
    #[napi(
        enumerable = false,
        js_name = "updateNode",
        ts_args_type = "id: Id, data: NodeConfig",
        ts_return_type = "Promise<Reply<PanelNode | null>>"
    )]
    pub fn update_node<'e>(&self, env: &'e Env, this: This<'e>, id: Id, data: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NodeUpdate.with_json(&[&id.text(env, "id")?], data.0.to_string()))
    }

    /// Deletes a node. From 3.0 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// await client.deleteNode(7)
    #[napi(enumerable = false, js_name = "deleteNode", ts_return_type = "Promise<Reply<null>>")]
    pub fn delete_node<'e>(&self, env: &'e Env, this: This<'e>, id: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NodeDelete.request(&[&id.text(env, "id")?]))
    }

    /// Tries to reach a node with settings that are not stored. From 3.0 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// const { obj } = await client.testNode({ scheme: 'https', address: 'ams.example', port: 2053, basePath: '/', apiToken: 'token' })
    /// console.log(obj.status)
    #[napi(
        enumerable = false,
        js_name = "testNode",
        ts_args_type = "data: NodeConfig",
        ts_return_type = "Promise<Reply<NodeProbe>>"
    )]
    pub fn test_node<'e>(&self, env: &'e Env, this: This<'e>, data: Json) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NodeTest.with_json(&[], data.0.to_string()))
    }

    /// Asks a node for its state now. From 3.0 on.
    ///
    /// @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
    /// @remarks Panels: 3.0.0 and newer.
    /// @example
    /// const { obj } = await client.probeNode(7)
    #[napi(enumerable = false, js_name = "probeNode", ts_return_type = "Promise<Reply<NodeProbe>>")]
    pub fn probe_node<'e>(&self, env: &'e Env, this: This<'e>, id: Id) -> Result<Unknown<'e>> {
        call(self, env, this, Route::NodeProbe.request(&[&id.text(env, "id")?]))
    }

    /// Switches a node on or off. From 3.0 on.
    ///
    /// @param id - The node.
    /// @param enable - Which of the two.
    ///
    /// @example
    /// await client.setNodeEnable(7, false)
    #[napi(enumerable = false, js_name = "_setNodeEnable", skip_typescript)]
    pub fn set_node_enable<'e>(
        &self,
        env: &'e Env,
        this: This<'e>,
        id: Id,
        enable: bool,
    ) -> Result<Unknown<'e>> {
        let body = json!({ "enable": enable }).to_string();
        call(self, env, this, Route::NodeSetEnable.with_json(&[&id.text(env, "id")?], body))
    }
}
