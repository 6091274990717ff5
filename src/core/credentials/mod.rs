//! Credentials for clients of the panel: identifiers, UUIDs, passwords and keys, one by one and by protocol.
//!
//! Owns how each is made and what it looks like. Must not know: the panel's routes, HTTP, or the clock. Time and
//! randomness are arguments. Every function asks for a [`rand::CryptoRng`], so that a weak source cannot be handed in
//! by mistake; `rand::rng()` is one, and a seeded `StdRng` makes tests repeatable.

mod bulk;
mod choice;
mod credential_set;
mod curve;
mod identifier;
mod own;
mod password;
mod plan;
mod port;
mod protocol;
mod shadowsocks;
mod short_id;
mod username;
mod uuid;
mod verdict;
mod x25519;

pub use bulk::{MAX_BULK, bulk_count, generate_bulk, generate_bulk_json, generate_bulk_table};
pub use credential_set::Credentials;
pub use identifier::{generate_identifier, identifier_for};
pub use password::{MAX_PASSWORD_LENGTH, PasswordOptions, generate_password, password_length};
pub use port::generate_port;
pub use protocol::{Protocol, generate_for_protocol};
pub use shadowsocks::{
    RECOMMENDED_CIPHER, SHADOWSOCKS_2022_DEFAULT, SHADOWSOCKS_CIPHERS, client_cipher,
    generate_shadowsocks2022_psk, is_2022_key, is_2022_method, psk_length,
};
pub use short_id::generate_reality_short_id;
pub use username::generate_username;
pub use uuid::{generate_uuid, is_uuid, is_uuid_v4, is_xray_id};
pub use verdict::{Verdict, validate_credentials};
pub use x25519::{
    KeyPair, generate_reality_keys, generate_wireguard_keys, reality_config, wireguard_client_config,
};
