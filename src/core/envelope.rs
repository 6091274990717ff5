//! The panel's envelope, `{"success", "msg", "obj"}`, read and written.
//!
//! Must not know: which route an envelope belongs to.

use serde_json::{Value, json};

use super::response::Response;

/// One envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// Whether the panel did what was asked. A refusal is HTTP 200 with `false` here.
    pub success: bool,
    /// The panel's words.
    pub msg: String,
    /// What was asked for, or null.
    pub obj: Value,
}

impl Envelope {
    /// A success with the panel's usual words for it.
    pub fn done(msg: &str, obj: Value) -> Self {
        Self { success: true, msg: msg.to_owned(), obj }
    }

    /// A refusal in the panel's manner: `Something went wrong (reason\n)`.
    pub fn refused(reason: &str) -> Self {
        Self { success: false, msg: format!("Something went wrong ({reason}\n)"), obj: Value::Null }
    }

    /// Reads an answer; `None` when it is no envelope.
    pub fn read(answer: &Response) -> Option<Self> {
        let Ok(Value::Object(mut members)) = serde_json::from_slice(&answer.body) else { return None };
        Some(Self {
            success: members.get("success")?.as_bool()?,
            msg: members.get("msg").and_then(Value::as_str).unwrap_or_default().to_owned(),
            obj: members.get_mut("obj").map(Value::take).unwrap_or_default(),
        })
    }

    /// Whether the panel says that the thing asked for does not exist.
    pub fn is_not_found(&self) -> bool {
        !self.success && self.msg.contains("record not found")
    }

    /// As an answer of the panel.
    pub fn into_response(self) -> Response {
        Response::synthetic(json!({ "success": self.success, "msg": self.msg, "obj": self.obj }).to_string())
    }
}
