//! The credentials of one client as a typed value.
//!
//! Owns the fields of each protocol, their JSON names and their order. Must not know: how a field gets its value.

use std::fmt::{self, Write as _};

use serde_json::{Map, Number, Value};

use crate::core::json_text::push_string;

/// What one client of a protocol needs. Its debug output shows no secret.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Credentials {
    /// VLESS.
    Vless {
        /// UUID.
        id: String,
        /// Client identifier.
        email: String,
        /// Flow control.
        flow: String,
    },
    /// VMess.
    Vmess {
        /// UUID.
        id: String,
        /// Client identifier.
        email: String,
        /// User level.
        level: Number,
        /// Always 0 on current panels.
        alter_id: Number,
    },
    /// Trojan.
    Trojan {
        /// Password.
        password: String,
        /// Client identifier.
        email: String,
        /// User level.
        level: Number,
    },
    /// Hysteria, both versions.
    Hysteria {
        /// Password.
        auth: String,
        /// Client identifier.
        email: String,
    },
    /// Shadowsocks, both editions.
    Shadowsocks {
        /// Cipher.
        method: String,
        /// Password, or the key of a 2022 cipher.
        password: String,
        /// Client identifier.
        email: String,
    },
    /// WireGuard. The reference gives these no identifier.
    WireGuard {
        /// Secret half of the key pair.
        private_key: String,
        /// Public half of the key pair.
        public_key: String,
        /// Addresses of the client inside the tunnel.
        allowed_ips: Vec<String>,
        /// Seconds between keep-alive packets.
        keep_alive: Number,
    },
    /// SOCKS5 and HTTP.
    Account {
        /// User name.
        user: String,
        /// Password.
        pass: String,
        /// Client identifier.
        email: String,
    },
    /// dokodemo-door, which asks for no credentials.
    Open {
        /// Client identifier.
        email: String,
    },
}

/// The value of one field.
pub(crate) enum Field<'a> {
    Text(&'a str),
    Number(&'a Number),
    List(&'a [String]),
}

impl Field<'_> {
    /// Appends it as JSON.
    pub(crate) fn write_json(&self, out: &mut String) {
        match self {
            Self::Text(text) => push_string(out, text),
            Self::Number(number) => {
                // Writing into a String cannot fail.
                let _ = write!(out, "{number}");
            }
            Self::List(items) => push_list(out, items),
        }
    }
}

impl Credentials {
    /// The client identifier; WireGuard credentials have none.
    pub fn email(&self) -> Option<&str> {
        match self {
            Self::Vless { email, .. }
            | Self::Vmess { email, .. }
            | Self::Trojan { email, .. }
            | Self::Hysteria { email, .. }
            | Self::Shadowsocks { email, .. }
            | Self::Account { email, .. }
            | Self::Open { email } => Some(email),
            Self::WireGuard { .. } => None,
        }
    }

    /// The secret that lets the client in: UUID, password or private key.
    pub fn secret(&self) -> Option<&str> {
        match self {
            Self::Vless { id, .. } | Self::Vmess { id, .. } => Some(id),
            Self::Trojan { password, .. } | Self::Shadowsocks { password, .. } => Some(password),
            Self::Hysteria { auth, .. } => Some(auth),
            Self::WireGuard { private_key, .. } => Some(private_key),
            Self::Account { pass, .. } => Some(pass),
            Self::Open { .. } => None,
        }
    }

    /// The fields in which clients of one call differ, by their JSON names.
    pub fn varying(&self) -> [Option<(&'static str, &str)>; 3] {
        match self {
            Self::Vless { id, email, .. } | Self::Vmess { id, email, .. } => {
                [Some(("id", id)), Some(("email", email)), None]
            }
            Self::Trojan { password, email, .. } | Self::Shadowsocks { password, email, .. } => {
                [Some(("password", password)), Some(("email", email)), None]
            }
            Self::Hysteria { auth, email } => [Some(("auth", auth)), Some(("email", email)), None],
            Self::WireGuard { private_key, public_key, .. } => {
                [Some(("privateKey", private_key)), Some(("publicKey", public_key)), None]
            }
            Self::Account { user, pass, email } => {
                [Some(("user", user)), Some(("pass", pass)), Some(("email", email))]
            }
            Self::Open { email } => [Some(("email", email)), None, None],
        }
    }

    /// Appends the credentials as one JSON object to `out`.
    pub fn write_json(&self, out: &mut String) {
        let mut separator = '{';
        self.each_field(|key, field| {
            out.push(separator);
            separator = ',';
            out.push('"');
            out.push_str(key);
            out.push_str("\":");
            field.write_json(out);
        });
        out.push('}');
    }

    /// The credentials as one JSON object.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(160);
        self.write_json(&mut out);
        out
    }

    /// The credentials as a map, for a flow that adds further fields.
    pub fn to_map(&self) -> Map<String, Value> {
        // As many as a client has in the end: growing costs more than the room.
        let mut map = Map::with_capacity(16);
        self.each_field(|key, field| {
            let value = match field {
                Field::Text(text) => Value::from(text),
                Field::Number(number) => Value::Number(number.clone()),
                Field::List(items) => Value::from(items.to_vec()),
            };
            map.insert(key.to_owned(), value);
        });
        map
    }

    /// Shows each field by its JSON name, in the order in which they are written.
    pub(crate) fn each_field<'a>(&'a self, mut visit: impl FnMut(&'static str, Field<'a>)) {
        use Field::{List, Number, Text};
        match self {
            Self::Vless { id, email, flow } => {
                visit("id", Text(id));
                visit("email", Text(email));
                visit("flow", Text(flow));
                visit("encryption", Text("none"));
            }
            Self::Vmess { id, email, level, alter_id } => {
                visit("id", Text(id));
                visit("email", Text(email));
                visit("level", Number(level));
                visit("alterId", Number(alter_id));
            }
            Self::Trojan { password, email, level } => {
                visit("password", Text(password));
                visit("email", Text(email));
                visit("level", Number(level));
            }
            Self::Hysteria { auth, email } => {
                visit("auth", Text(auth));
                visit("email", Text(email));
            }
            Self::Shadowsocks { method, password, email } => {
                visit("method", Text(method));
                visit("password", Text(password));
                visit("email", Text(email));
            }
            Self::WireGuard { private_key, public_key, allowed_ips, keep_alive } => {
                visit("privateKey", Text(private_key));
                visit("publicKey", Text(public_key));
                visit("allowedIPs", List(allowed_ips));
                visit("keepAlive", Number(keep_alive));
            }
            Self::Account { user, pass, email } => {
                visit("user", Text(user));
                visit("pass", Text(pass));
                visit("email", Text(email));
            }
            Self::Open { email } => visit("email", Text(email)),
        }
    }
}

fn push_list(out: &mut String, items: &[String]) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_string(out, item);
    }
    out.push(']');
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("email", &self.email()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<(Credentials, &'static str)> {
        let (id, email) = ("I".to_owned(), "a\"b".to_owned());
        let n = |n: u64| Number::from(n);
        vec![
            (
                Credentials::Vless { id: id.clone(), email: email.clone(), flow: "f".into() },
                r#"{"id":"I","email":"a\"b","flow":"f","encryption":"none"}"#,
            ),
            (
                Credentials::Vmess { id, email: email.clone(), level: n(1), alter_id: n(0) },
                r#"{"id":"I","email":"a\"b","level":1,"alterId":0}"#,
            ),
            (
                Credentials::Hysteria { auth: "A".into(), email: email.clone() },
                r#"{"auth":"A","email":"a\"b"}"#,
            ),
            (
                Credentials::Trojan { password: "p\\".into(), email: email.clone(), level: n(0) },
                r#"{"password":"p\\","email":"a\"b","level":0}"#,
            ),
            (
                Credentials::Shadowsocks { method: "m".into(), password: "p".into(), email: email.clone() },
                r#"{"method":"m","password":"p","email":"a\"b"}"#,
            ),
            (
                Credentials::WireGuard {
                    private_key: "k".into(),
                    public_key: "q".into(),
                    allowed_ips: vec!["10.0.0.2/32".into(), "::1/128".into()],
                    keep_alive: n(25),
                },
                r#"{"privateKey":"k","publicKey":"q","allowedIPs":["10.0.0.2/32","::1/128"],"keepAlive":25}"#,
            ),
            (
                Credentials::Account { user: "u".into(), pass: "p".into(), email: email.clone() },
                r#"{"user":"u","pass":"p","email":"a\"b"}"#,
            ),
            (Credentials::Open { email }, r#"{"email":"a\"b"}"#),
        ]
    }

    #[test]
    fn each_protocol_has_its_keys_in_their_order() {
        for (credentials, json) in all() {
            assert_eq!(credentials.to_json(), json);
        }
    }

    #[test]
    fn the_text_and_the_map_say_the_same() {
        for (credentials, json) in all() {
            assert_eq!(Value::Object(credentials.to_map()).to_string(), json);
        }
    }

    #[test]
    fn debug_output_holds_no_secret() {
        let trojan = Credentials::Trojan { password: "hunter22".into(), email: "e".into(), level: 0.into() };
        assert!(!format!("{trojan:?}").contains("hunter22"));
        assert_eq!(trojan.secret(), Some("hunter22"));
    }
}
