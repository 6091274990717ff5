//! What is to be sent to a panel, before anybody has decided how.
//!
//! Owns the request as data: verb, path below the base URL, body, extra headers. Must not know: sessions,
//! versions, or how bytes reach the wire.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::caller::Caller;
use super::line::Standing;

/// The HTTP verbs that a panel's routes use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The names say it all.
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
    Options,
}

impl Method {
    /// The verb as it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }

    /// The verb of that name in any letter case.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Head, Self::Options]
            .into_iter()
            .find(|m| m.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether the verb promises to change nothing: such requests need no CSRF token.
    pub fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options)
    }
}

/// A request body together with its content type.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Body {
    /// Nothing at all, not even a content type.
    #[default]
    Empty,
    /// JSON text.
    Json(Bytes),
    /// `application/x-www-form-urlencoded` text.
    Form(Bytes),
    /// Bytes whose content type the caller names in the headers.
    Raw(Bytes),
}

impl Body {
    /// The content type that belongs to this kind of body.
    pub fn content_type(&self) -> Option<&'static str> {
        match self {
            Self::Empty | Self::Raw(_) => None,
            Self::Json(_) => Some("application/json"),
            Self::Form(_) => Some("application/x-www-form-urlencoded"),
        }
    }

    /// The bytes for the wire; copying them costs nothing.
    pub fn bytes(&self) -> Bytes {
        match self {
            Self::Empty => Bytes::new(),
            Self::Json(bytes) | Self::Form(bytes) | Self::Raw(bytes) => bytes.clone(),
        }
    }
}

/// Name and value of a header.
pub type Header = (Cow<'static, str>, Cow<'static, str>);

/// One request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The verb.
    pub method: Method,
    /// Path below the base URL, with its query, as the original client library writes it.
    pub path: String,
    /// The body.
    pub body: Body,
    /// Headers beyond those that every request carries; they win over them.
    pub headers: Vec<Header>,
    /// What every request to the panel carries; `None` while it is not on the line, and for one that goes just as it is.
    pub standing: Option<Arc<Standing>>,
    /// Whose call this request is made for; set where it leaves.
    pub caller: Caller,
    /// What the caller means to change, where it is less than what the body says. On the heap, as few have it and all are
    /// moved about.
    pub changes: Option<Box<Changes>>,
}

/// The members of a client that a write is about; the others of its body are only as the caller saw them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The names of the members.
    pub names: Vec<String>,
    /// What the caller saw in their place: where that is no longer so, nothing is to be written.
    pub expected: Map<String, Value>,
}

impl Request {
    /// A GET without a body.
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::Get,
            path: path.into(),
            body: Body::Empty,
            headers: Vec::new(),
            standing: None,
            caller: Caller::default(),
            changes: None,
        }
    }

    /// A POST with a JSON body; the panel reads an absent body and `{}` alike, the reference sends `{}`.
    pub fn post(path: impl Into<String>, json: impl Into<String>) -> Self {
        Self {
            method: Method::Post,
            path: path.into(),
            body: Body::Json(Bytes::from(json.into())),
            headers: Vec::new(),
            standing: None,
            caller: Caller::default(),
            changes: None,
        }
    }

    /// A POST with form fields.
    pub fn form(path: impl Into<String>, fields: &[(&str, &str)]) -> Self {
        let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Self {
            method: Method::Post,
            path: path.into(),
            body: Body::Form(Bytes::from(text)),
            headers: Vec::new(),
            standing: None,
            caller: Caller::default(),
            changes: None,
        }
    }

    /// Whether it may be sent again whatever became of it, as it changes nothing: a property of its route, and not of its verb.
    pub fn may_be_sent_again(&self) -> bool {
        super::routes::may_be_sent_again(self.method, &self.path)
    }

    /// The same request with one more header.
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name.into(), value.to_owned().into()));
        self
    }
}

/// The members of an object as form fields: text as it is, everything else as JSON; what is null is left out.
///
/// ```
/// use threexui::core::request::form_fields;
/// let fields = form_fields(&serde_json::json!({"level": "info", "count": 3, "none": null}));
/// assert_eq!(fields, [("level".into(), "info".into()), ("count".into(), "3".into())]);
/// ```
pub fn form_fields(members: &Value) -> Vec<(String, String)> {
    let given = members.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    given.map(|(name, value)| (name.clone(), json_text(value))).collect()
}

/// Text as it is, everything else as JSON text.
pub fn json_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Fields as [`Request::form`] takes them.
pub fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Shows where to, never what: bodies and headers hold credentials.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.path)
    }
}
