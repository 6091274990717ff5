//! A plan: the options of one call, read once, from which any number of credentials can be made.
//!
//! Owns which secret each protocol takes and how buffers are used again. Must not know: how the options of the caller
//! are read (see `own`), or how many clients there are.

use rand::CryptoRng;
use serde_json::Value;

use super::{
    credential_set::Credentials,
    identifier::{self, write_identifier},
    own,
    password::write_default_password,
    protocol::Protocol,
    shadowsocks::{self, RECOMMENDED_CIPHER, SHADOWSOCKS_2022_DEFAULT, is_2022_method},
    username, uuid, x25519,
};
use crate::core::{error::Result, security::js_value::given_text};

/// What happens to credentials the caller handed in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// They are used.
    Kept,
    /// They are ignored: several clients must not share one secret.
    Ignored,
}

/// The options of one call, read once; then any number of credentials can be made from it.
pub(super) struct Plan {
    /// The credentials with everything that is the same each time.
    pub(super) template: Credentials,
    /// The identifier the caller asked for.
    pub(super) email: Option<String>,
    prefix: String,
    secret: SecretKind,
    named: bool,
}

/// Where the secret of a client comes from.
pub(super) enum SecretKind {
    /// The template has it already.
    Fixed,
    /// A new UUID.
    Uuid,
    /// A new password of that length.
    Password(usize),
    /// A new key of that many bytes.
    Psk(usize),
    /// A new key pair.
    KeyPair,
}

impl Plan {
    pub(super) fn new(protocol: Protocol, options: &Value, given: Given) -> Result<Self> {
        let kept = |key| if given == Given::Kept { given_text(options, key) } else { None };
        let email = String::new();
        let mut named = false;
        let (template, secret) = match protocol {
            Protocol::Vless => {
                let (id, secret) = own::uuid(options, given)?;
                let flow = given_text(options, "flow").unwrap_or_else(|| "xtls-rprx-vision".to_owned());
                (Credentials::Vless { id, email, flow }, secret)
            }
            Protocol::Vmess => {
                let (id, secret) = own::uuid(options, given)?;
                let (level, alter_id) =
                    (own::number(options, "level", 0)?, own::number(options, "alterId", 0)?);
                (Credentials::Vmess { id, email, level, alter_id }, secret)
            }
            Protocol::Trojan => {
                let (password, secret) = own::password(kept("password"), options, 16)?;
                (Credentials::Trojan { password, email, level: own::number(options, "level", 0)? }, secret)
            }
            Protocol::Hysteria => {
                let (auth, secret) = own::password(kept("auth").or_else(|| kept("password")), options, 16)?;
                (Credentials::Hysteria { auth, email }, secret)
            }
            Protocol::Shadowsocks | Protocol::Shadowsocks2022 => {
                let edition_2022 = protocol == Protocol::Shadowsocks2022;
                let usual = if edition_2022 { SHADOWSOCKS_2022_DEFAULT } else { RECOMMENDED_CIPHER };
                let method = given_text(options, "method").unwrap_or_else(|| usual.to_owned());
                if !edition_2022 {
                    shadowsocks::known_cipher(&method)?;
                }
                let (password, secret) = if edition_2022 || is_2022_method(&method) {
                    own::psk(kept("password"), &method)?
                } else {
                    own::password(kept("password"), options, 16)?
                };
                (Credentials::Shadowsocks { method, password, email }, secret)
            }
            Protocol::WireGuard => {
                let (private_key, public_key, secret) = own::keys(kept("privateKey"), kept("publicKey"))?;
                let allowed_ips = own::addresses(options)?;
                let keep_alive = own::number(options, "keepAlive", 25)?;
                (Credentials::WireGuard { private_key, public_key, allowed_ips, keep_alive }, secret)
            }
            Protocol::Account => {
                let user = given_text(options, "username").or_else(|| kept("user"));
                named = user.is_some();
                let (pass, secret) = own::password(kept("pass").or_else(|| kept("password")), options, 12)?;
                (Credentials::Account { user: user.unwrap_or_default(), pass, email }, secret)
            }
            Protocol::Open => (Credentials::Open { email }, SecretKind::Fixed),
        };
        Ok(Self {
            template,
            email: given_text(options, "email"),
            prefix: given_text(options, "emailPrefix")
                .unwrap_or_else(|| identifier::DEFAULT_PREFIX.to_owned()),
            secret,
            named,
        })
    }

    /// Puts new secrets into `credentials`, which must be a clone of the template. Buffers are used again.
    pub(super) fn refresh<R: CryptoRng + ?Sized>(&self, rng: &mut R, credentials: &mut Credentials) {
        match credentials {
            Credentials::Vless { id, .. } | Credentials::Vmess { id, .. } => self.write_secret(rng, id),
            Credentials::Trojan { password, .. } | Credentials::Shadowsocks { password, .. } => {
                self.write_secret(rng, password);
            }
            Credentials::Hysteria { auth, .. } => self.write_secret(rng, auth),
            Credentials::WireGuard { private_key, public_key, .. } => {
                if matches!(self.secret, SecretKind::KeyPair) {
                    let keys = x25519::generate_wireguard_keys(rng);
                    (*private_key, *public_key) = (keys.private_key, keys.public_key);
                }
            }
            Credentials::Account { user, pass, .. } => {
                if !self.named {
                    user.clear();
                    username::write_username(rng, username::DEFAULT_PREFIX, user);
                }
                self.write_secret(rng, pass);
            }
            Credentials::Open { .. } => {}
        }
    }

    fn write_secret<R: CryptoRng + ?Sized>(&self, rng: &mut R, out: &mut String) {
        if matches!(self.secret, SecretKind::Fixed | SecretKind::KeyPair) {
            return;
        }
        out.clear();
        match self.secret {
            SecretKind::Uuid => uuid::write_uuid(rng, out),
            SecretKind::Password(length) => write_default_password(rng, length, out),
            SecretKind::Psk(length) => shadowsocks::write_psk(rng, length, out),
            SecretKind::Fixed | SecretKind::KeyPair => {}
        }
    }

    /// Puts the caller's identifier or a new one into `email`.
    pub(super) fn write_email<R: CryptoRng + ?Sized>(&self, rng: &mut R, now_ms: u64, email: &mut String) {
        email.clear();
        match &self.email {
            Some(own) => email.push_str(own),
            None => write_identifier(rng, now_ms, &self.prefix, email),
        }
    }

    /// Length of the secrets this plan makes, as a measure of the memory many of them take.
    pub(super) fn secret_length(&self) -> usize {
        match self.secret {
            SecretKind::Password(length) => length,
            _ => 48,
        }
    }
}

/// The identifier inside `credentials`, to be written.
pub(super) fn email_mut(credentials: &mut Credentials) -> Option<&mut String> {
    match credentials {
        Credentials::Vless { email, .. }
        | Credentials::Vmess { email, .. }
        | Credentials::Trojan { email, .. }
        | Credentials::Hysteria { email, .. }
        | Credentials::Shadowsocks { email, .. }
        | Credentials::Account { email, .. }
        | Credentials::Open { email } => Some(email),
        Credentials::WireGuard { .. } => None,
    }
}
