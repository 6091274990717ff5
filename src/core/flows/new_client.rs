//! A client that is to be made, and its two faces: what its caller is told, and what the panel is sent.
//!
//! Owns the members and their order. Must not know: where their values come from (`add_client`), and what its inbound asks
//! of it (`fit_client`).

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::core::credentials::Credentials;
use crate::core::json_text::push_string;
use crate::core::security::validate::telegram_id_for_table;

/// One of them. Kept typed until it is written: many are made at once, and a map costs several times as much.
#[derive(Debug, Clone, PartialEq)]
pub struct NewClient {
    /// What lets it in, and its identifier.
    pub credentials: Credentials,
    /// The user level as the caller wrote it.
    pub level: Option<Value>,
    /// Whether it is on.
    pub enable: bool,
    /// Addresses at the same time; 0 is no limit.
    pub limit_ip: u64,
    /// Quota in bytes; 0 is no limit.
    pub total_bytes: u64,
    /// Milliseconds since 1970, 0 for never, or below zero a span from the first use.
    pub expiry_time: i64,
    /// What its subscription is called.
    pub sub_id: String,
    /// Options that go to the panel as they are.
    pub passed_on: Vec<(&'static str, Value)>,
    /// The cipher that all clients of its inbound share: told instead of its own, and not sent.
    pub common_cipher: Option<String>,
}

/// Who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Caller,
    Panel,
}

impl NewClient {
    /// What the caller is told, as JSON text.
    pub fn told(&self) -> String {
        self.written(Reader::Caller)
    }

    /// What the panel is sent, where that is something else than the caller is told.
    pub fn sent_otherwise(&self) -> Option<String> {
        let has_text_for_a_number =
            self.passed_on.iter().any(|(name, value)| *name == "tgId" && value.is_string());
        (has_text_for_a_number || self.common_cipher.is_some()).then(|| self.written(Reader::Panel))
    }

    fn written(&self, reader: Reader) -> String {
        let mut members = Members { out: String::with_capacity(448), separator: '{' };
        let (mut has_level, mut has_method) = (false, false);
        self.credentials.each_field(|name, field| match (name, &self.level, &self.common_cipher) {
            ("level", Some(level), _) => {
                has_level = true;
                members.push(name, level);
            }
            ("method", _, Some(cipher)) => {
                has_method = true;
                push_string(members.named(name), if reader == Reader::Caller { cipher } else { "" });
            }
            _ => field.write_json(members.named(name)),
        });
        if let Some(level) = self.level.as_ref().filter(|_| !has_level) {
            members.push("level", level);
        }
        members.push("enable", self.enable);
        members.push("limitIp", self.limit_ip);
        members.push("totalGB", self.total_bytes);
        members.push("expiryTime", self.expiry_time);
        push_string(members.named("subId"), &self.sub_id);
        for (name, value) in &self.passed_on {
            match (*name, reader) {
                ("tgId", Reader::Panel) => members.push(name, number_of_telegram_id(value)),
                _ => members.push(name, value),
            }
        }
        if let Some(cipher) = self.common_cipher.as_ref().filter(|_| !has_method && reader == Reader::Caller)
        {
            push_string(members.named("method"), cipher);
        }
        members.out.push('}');
        members.out
    }
}

fn number_of_telegram_id(value: &Value) -> Value {
    let mut client: Map<String, Value> = [("tgId".to_owned(), value.clone())].into_iter().collect();
    telegram_id_for_table(&mut client);
    client.remove("tgId").unwrap_or_default()
}

struct Members {
    out: String,
    separator: char,
}

impl Members {
    /// The text behind the next name, to go on with its value.
    fn named(&mut self, name: &str) -> &mut String {
        self.out.push(self.separator);
        self.separator = ',';
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
        &mut self.out
    }

    fn push(&mut self, name: &str, value: impl std::fmt::Display) {
        // Writing into a String cannot fail.
        let _ = write!(self.named(name), "{value}");
    }
}
