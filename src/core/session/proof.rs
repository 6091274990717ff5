//! Proof that a stored session was made with certain credentials.
//!
//! A store is shared by processes that may be given different passwords for one user: a session is for those who could have
//! made it. Owns the key and what it signs. Must not know: stores, or what follows where a proof is wrong.

use std::sync::{LazyLock, Mutex, PoisonError};

use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::Sha256;

use super::Session;
use crate::core::secret::Secret;
use crate::core::security::hex;

/// Who reads a store can use the sessions in it. What the proofs in it say of a password should still not be cheap to try
/// out, and one login in a process must not cost more than the panel's answer to it.
const ROUNDS: u32 = 10_000;

/// Keys that are remembered: one for each account that a process uses.
const MOST: usize = 256;

/// User and password on a panel.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The panel.
    pub base_url: &'a str,
    /// The user.
    pub username: &'a str,
    /// Their password.
    pub password: &'a Secret,
}

/// What signs the sessions of one account.
#[derive(Clone, PartialEq, Eq)]
pub struct ProofKey([u8; 32]);

type Signature = Hmac<Sha256>;

impl ProofKey {
    /// For a store that others may read. Takes some milliseconds the first time: the password is stretched.
    pub fn stretched(of: Credentials) -> Self {
        let fast = Self::of_process(of);
        if let Some((_, found)) = known().iter().find(|(of, _)| *of == fast) {
            return found.clone();
        }
        let salt = ["3xui-native session proof", of.base_url, of.username].join("\0");
        let mut key = [0; 32];
        pbkdf2::pbkdf2_hmac::<Sha256>(of.password.reveal().as_bytes(), salt.as_bytes(), ROUNDS, &mut key);
        let mut known = known();
        if known.len() >= MOST {
            known.remove(0);
        }
        known.push((fast, Self(key)));
        Self(key)
    }

    /// Whether `stretched` would not take long.
    pub fn is_known(of: Credentials) -> bool {
        let fast = Self::of_process(of);
        known().iter().any(|(of, _)| *of == fast)
    }

    /// For a store that is within this process: what it signs means nothing to others.
    pub fn of_process(of: Credentials) -> Self {
        static SECRET: LazyLock<[u8; 32]> = LazyLock::new(|| {
            let mut secret = [0; 32];
            rand::rng().fill_bytes(&mut secret);
            secret
        });
        let parts = [of.base_url, of.username, of.password.reveal()];
        let key = signature(&*SECRET, &parts).finalize().into_bytes();
        Self(key.into())
    }

    /// The proof of a session, to be kept beside it.
    pub fn prove(&self, session: &Session) -> String {
        hex(&self.signature(session).finalize().into_bytes())
    }

    /// Whether the proof is that of the session, by this account.
    pub fn accepts(&self, session: &Session, proof: &str) -> bool {
        let bytes: Option<Vec<u8>> = (0..proof.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(proof.get(at..at + 2)?, 16).ok())
            .collect();
        bytes.is_some_and(|bytes| self.signature(session).verify_slice(&bytes).is_ok())
    }

    fn signature(&self, session: &Session) -> Signature {
        signature(&self.0, &[session.cookie.reveal(), session.csrf.as_ref().map_or("", Secret::reveal)])
    }
}

/// Of several parts, each with its length, so that none runs over into the next.
fn signature(key: &[u8], parts: &[&str]) -> Signature {
    // An HMAC takes a key of any length.
    #[allow(clippy::unwrap_used)]
    let mut signature = Signature::new_from_slice(key).unwrap();
    for part in parts {
        signature.update(&(part.len() as u64).to_be_bytes());
        signature.update(part.as_bytes());
    }
    signature
}

fn known() -> std::sync::MutexGuard<'static, Vec<(ProofKey, ProofKey)>> {
    static KNOWN: Mutex<Vec<(ProofKey, ProofKey)>> = Mutex::new(Vec::new());
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(cookie: &str) -> Session {
        Session { cookie: Secret::new(cookie), ..Session::none(0) }
    }

    #[test]
    fn a_proof_holds_for_its_session_and_its_account_only() {
        let right = Secret::new("right");
        let of = Credentials { base_url: "http://h", username: "admin", password: &right };
        let wrong = Secret::new("wrong");
        for key_of in [ProofKey::stretched, ProofKey::of_process] {
            let proof = key_of(of).prove(&session("a=b"));
            assert!(key_of(of).accepts(&session("a=b"), &proof));
            assert!(!key_of(of).accepts(&session("a=c"), &proof));
            for other in [
                Credentials { password: &wrong, ..of },
                Credentials { username: "root", ..of },
                Credentials { base_url: "http://i", ..of },
            ] {
                assert!(!key_of(other).accepts(&session("a=b"), &proof));
            }
            for no_proof in ["", "zz", "é", &proof[..40], &[&proof[..], "00"].concat()] {
                assert!(!key_of(of).accepts(&session("a=b"), no_proof), "{no_proof}");
            }
        }
    }

    #[test]
    fn parts_do_not_run_over() {
        let (x, y) = (Secret::new("x"), Secret::new("yx"));
        let a = Credentials { base_url: "h", username: "ay", password: &x };
        let b = Credentials { base_url: "h", username: "a", password: &y };
        assert!(ProofKey::of_process(a) != ProofKey::of_process(b));
    }

    #[test]
    fn a_key_is_stretched_once() {
        let password = Secret::new("once");
        let of = Credentials { base_url: "http://once", username: "admin", password: &password };
        assert!(!ProofKey::is_known(of));
        let key = ProofKey::stretched(of);
        assert!(ProofKey::is_known(of) && ProofKey::stretched(of) == key);
    }
}
