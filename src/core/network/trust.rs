//! Whom TLS trusts, as a value that is cheap to compare: equal ones are the same one.
//!
//! Must not know: how a certificate is judged (`tls`).

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use rustls::ClientConfig;

use super::tls::settings_for;
use crate::core::error::Result;

/// Which certificates are good.
#[derive(Clone)]
pub struct Trust(Arc<Terms>);

struct Terms {
    accept_any: bool,
    /// PEM text.
    extra_roots: Vec<u8>,
    settings: OnceLock<Arc<ClientConfig>>,
}

static KNOWN: Mutex<Vec<Weak<Terms>>> = Mutex::new(Vec::new());

impl Trust {
    /// Any certificate, or those of Mozilla's list and of these roots (PEM text).
    pub fn of(accept_any: bool, extra_roots: &[u8]) -> Self {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|terms| terms.strong_count() > 0);
        let same = |terms: &Arc<Terms>| terms.accept_any == accept_any && terms.extra_roots == extra_roots;
        if let Some(terms) = known.iter().filter_map(Weak::upgrade).find(same) {
            return Self(terms);
        }
        let terms =
            Arc::new(Terms { accept_any, extra_roots: extra_roots.to_vec(), settings: OnceLock::new() });
        known.push(Arc::downgrade(&terms));
        Self(terms)
    }

    /// The TLS settings that say so, made once.
    ///
    /// # Errors
    /// [`crate::core::error::Error::Config`] when the TLS library cannot be set up.
    pub fn settings(&self) -> Result<Arc<ClientConfig>> {
        if let Some(settings) = self.0.settings.get() {
            return Ok(settings.clone());
        }
        let made = Arc::new(settings_for(self.0.accept_any, &self.0.extra_roots)?);
        Ok(self.0.settings.get_or_init(|| made).clone())
    }
}

impl Default for Trust {
    fn default() -> Self {
        static USUAL: OnceLock<Trust> = OnceLock::new();
        USUAL.get_or_init(|| Self::of(false, &[])).clone()
    }
}

impl PartialEq for Trust {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Trust {}

impl Hash for Trust {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_trusts_the_same_is_the_same() {
        assert!(Trust::of(false, b"pem") == Trust::of(false, b"pem"));
        assert!(Trust::of(false, b"pem") != Trust::of(true, b"pem"));
        assert!(Trust::default() == Trust::of(false, b""));
    }
}
