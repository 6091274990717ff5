//! One pool of connections for each way to the network, shared by the process: an environment that does not change costs
//! nothing, and one that comes back finds its connections.
//!
//! Must not know: requests.

use std::sync::{Mutex, PoisonError};

use url::Url;

use super::Environment;
use super::proxy::proxy_for;
use super::tls::tls_for;
use crate::core::error::{Error, Result};
use crate::core::security::redact_url;

/// Ways that are kept; the one that was not used for longest makes room.
const MOST: usize = 16;

struct Known {
    proxy: Option<String>,
    environment: Environment,
    client: reqwest::Client,
}

static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

/// The client that goes to this URL as the environment says. `finish` adds what all clients have in common.
///
/// # Errors
/// [`Error::Config`] for a proxy that is none.
pub fn client_for(
    environment: &Environment,
    url: &str,
    finish: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> Result<reqwest::Client> {
    let proxy = Url::parse(url).ok().and_then(|url| proxy_for(environment, &url));
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let same = |one: &Known| {
        one.proxy == proxy
            && one.environment.accept_any == environment.accept_any
            && one.environment.extra_roots == environment.extra_roots
    };
    if let Some(at) = known.iter().position(same) {
        let found = known.remove(at);
        let client = found.client.clone();
        known.push(found);
        return Ok(client);
    }
    let failed = |e: reqwest::Error| Error::Config(format!("The HTTP client cannot be set up: {e}"));
    let mut builder =
        finish(reqwest::Client::builder().tls_backend_preconfigured(tls_for(environment)?)).no_proxy();
    if let Some(proxy) = &proxy {
        let proxy = reqwest::Proxy::all(proxy)
            .map_err(|_| Error::Config(format!("Invalid proxy: {}", redact_url(proxy))))?;
        builder = builder.proxy(proxy);
    }
    let client = builder.build().map_err(failed)?;
    if known.len() >= MOST {
        known.remove(0);
    }
    known.push(Known { proxy, environment: environment.clone(), client: client.clone() });
    Ok(client)
}
