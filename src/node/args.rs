//! Arguments as JavaScript hands them over.
//!
//! Values come in loosely typed: ids as numbers or text, options as bags in which a member may be missing, undefined
//! or of the wrong type. Here they become JSON values without losing what JSON cannot say (`NaN`); what is wrong with
//! them is for the core to tell.

use napi::bindgen_prelude::{FromNapiValue, JsObjectValue, Object, Unknown};
use napi::{Env, JsString, JsValue, Result, ValueType, check_status, sys};
use serde_json::{Map, Value};

use super::error::or_throw;
use super::json;
use crate::core::json_text::fault_of;
use crate::core::security::validate;
use crate::core::units::js_number;

/// Any argument, as a JSON value.
///
/// `undefined`, functions and symbols are null. A number that is none becomes its name as text, so that the core can
/// refuse it by name: `JSON.stringify` would turn it into null, which old panels read as "no limit".
pub struct Json(pub Value);

impl FromNapiValue for Json {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        // SAFETY: napi hands over a value of this environment.
        let value = unsafe { Unknown::from_napi_value(env, value)? };
        to_value(&Env::from_raw(env), value).map(Self)
    }
}

impl napi::bindgen_prelude::TypeName for Json {
    fn type_name() -> &'static str {
        "any"
    }

    fn value_type() -> ValueType {
        ValueType::Unknown
    }
}

impl napi::bindgen_prelude::ValidateNapiValue for Json {
    unsafe fn validate(_: sys::napi_env, _: sys::napi_value) -> Result<sys::napi_value> {
        Ok(std::ptr::null_mut())
    }
}

/// An id or a name: a number or text.
pub struct Id(Value);

impl Id {
    /// What was given, or a number where that is nothing.
    pub fn or(given: Option<Self>, number: u32) -> Self {
        given.filter(Self::is_given).unwrap_or(Self(Value::from(number)))
    }

    /// Whether it is anything at all.
    pub fn is_given(&self) -> bool {
        !self.0.is_null() && self.0.as_str() != Some("")
    }

    /// The id of an inbound, as it stands in a path.
    pub fn inbound(&self, env: &Env, name: &str) -> Result<String> {
        or_throw(env, validate::inbound_id(name, &self.0)).map(|id| id.to_string())
    }

    /// The same, or `-1` for all inbounds.
    pub fn inbound_or_all(&self, env: &Env, name: &str) -> Result<String> {
        let text = self.plain();
        if text.trim() == "-1" { Ok("-1".to_owned()) } else { self.inbound(env, name) }
    }

    /// A name that must not be missing.
    pub fn text(&self, env: &Env, name: &str) -> Result<String> {
        or_throw(env, validate::path_name(name, &self.plain()))
    }

    fn plain(&self) -> String {
        match &self.0 {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

impl FromNapiValue for Id {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        // SAFETY: as for `Json`.
        unsafe { Json::from_napi_value(env, value) }.map(|json| Self(json.0))
    }
}

impl napi::bindgen_prelude::TypeName for Id {
    fn type_name() -> &'static str {
        "Id"
    }

    fn value_type() -> ValueType {
        ValueType::Unknown
    }
}

impl napi::bindgen_prelude::ValidateNapiValue for Id {
    unsafe fn validate(_: sys::napi_env, _: sys::napi_value) -> Result<sys::napi_value> {
        Ok(std::ptr::null_mut())
    }
}

fn to_value(env: &Env, value: Unknown) -> Result<Value> {
    let kind = value.get_type()?;
    if kind != ValueType::Object || is_array(env, &value)? {
        return member(env, value, kind);
    }
    let object = Object::from_raw(env.raw(), value.raw());
    if says_its_own_json(&object)? {
        return member(env, value, kind);
    }
    let mut members = Map::new();
    for name in names_of(env, &object)? {
        // By the name as it came: looking it up by text would make a string of it once more.
        let inner: Unknown = object.get_property(name)?;
        let kind = inner.get_type()?;
        if !matches!(kind, ValueType::Undefined | ValueType::Function | ValueType::Symbol) {
            members.insert(name.into_utf8()?.into_owned()?, member(env, inner, kind)?);
        }
    }
    Ok(Value::Object(members))
}

/// The names of the members that have a value.
fn names_of<'env>(env: &Env, object: &Object<'env>) -> Result<Vec<JsString<'env>>> {
    let mut names = std::ptr::null_mut();
    // SAFETY: the object is of this environment; `names` is written on success.
    check_status!(unsafe { sys::napi_get_property_names(env.raw(), object.raw(), &mut names) })?;
    let names = Object::from_raw(env.raw(), names);
    (0..names.get_array_length()?).map(|at| names.get_element(at)).collect()
}

/// Dates, and the records of database libraries.
fn says_its_own_json(object: &Object) -> Result<bool> {
    let function: Unknown = object.get_named_property_unchecked("toJSON")?;
    Ok(function.get_type()? == ValueType::Function)
}

fn member(env: &Env, value: Unknown, kind: ValueType) -> Result<Value> {
    match kind {
        ValueType::Undefined | ValueType::Null | ValueType::Function | ValueType::Symbol => Ok(Value::Null),
        // SAFETY: its type is known; the value is of this environment.
        ValueType::String => unsafe { String::from_napi_value(env.raw(), value.raw()) }.map(Value::from),
        ValueType::Number => {
            let number = value.coerce_to_number()?.get_double()?;
            Ok(if number.is_finite() { js_number(number) } else { Value::from(not_finite(number)) })
        }
        ValueType::Boolean => Ok(Value::Bool(value.coerce_to_bool()?)),
        ValueType::Object => {
            let text = json::stringify(env, value)?.unwrap_or_else(|| "null".to_owned());
            let mut parsed = serde_json::from_str(&text)
                .map_err(|e| napi::Error::from_reason(format!("The value is no JSON: {}", fault_of(&e))))?;
            if text.contains("null") {
                name_what_is_not_finite(env, &value, &mut parsed)?;
            }
            Ok(parsed)
        }
        _ => Ok(Value::from(value.coerce_to_string()?.into_utf8()?.into_owned()?)),
    }
}

/// `JSON.stringify` makes null of a number that is none: where there is a null, the value is looked at again.
fn name_what_is_not_finite(env: &Env, value: &Unknown, parsed: &mut Value) -> Result<()> {
    match (value.get_type()?, parsed) {
        (ValueType::Number, parsed @ Value::Null) => {
            *parsed = Value::from(not_finite(value.coerce_to_number()?.get_double()?));
        }
        (ValueType::Object, Value::Array(items)) if is_array(env, value)? => {
            let list = Object::from_raw(env.raw(), value.raw());
            for (at, item) in items.iter_mut().enumerate() {
                name_what_is_not_finite(env, &list.get_element(at as u32)?, item)?;
            }
        }
        (ValueType::Object, Value::Object(members)) => {
            let object = Object::from_raw(env.raw(), value.raw());
            for (name, member) in members.iter_mut() {
                name_what_is_not_finite(env, &object.get_named_property_unchecked(name)?, member)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn not_finite(number: f64) -> &'static str {
    if number.is_nan() {
        "NaN"
    } else if number > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}

fn is_array(env: &Env, value: &Unknown) -> Result<bool> {
    Object::from_raw(env.raw(), value.raw()).is_array()
}
