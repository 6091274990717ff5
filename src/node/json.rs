//! JSON between Rust and JavaScript, as text, by V8's own `JSON`.
//!
//! Text is faster than building values member by member, keeps numbers up to 2^53-1 as they are, and cannot trip over
//! a member named `__proto__`.

use napi::bindgen_prelude::{ToNapiValue, Unknown};
use napi::{Env, JsValue, Result, ValueType, sys};

use super::realm::Realm;

/// JSON text that becomes a JavaScript value when it is handed over.
pub struct JsonText(pub String);

impl ToNapiValue for JsonText {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        parse(&Env::from_raw(env), text.0.as_bytes()).map(|value| value.raw())
    }
}

/// Text that becomes a string when it is handed over, without a pass over UTF-8 where every byte is ASCII.
pub struct Latin1OrUtf8(pub String);

impl ToNapiValue for Latin1OrUtf8 {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        string(&Env::from_raw(env), text.0.as_bytes()).map(|value| value.raw())
    }
}

/// Parses JSON text to a value of the context that loaded the addon; what belongs to a client is parsed by its realm.
pub fn parse<'env>(env: &Env, text: &[u8]) -> Result<Unknown<'env>> {
    Realm::of(env)?.parse(env, text)
}

/// What `JSON.stringify` makes of a value; `None` where that is `undefined`.
pub fn stringify(env: &Env, value: Unknown) -> Result<Option<String>> {
    Realm::of(env)?.stringify(env, value)
}

/// A JavaScript string; without a pass over UTF-8 where every byte is ASCII.
pub fn string<'env>(env: &Env, text: &[u8]) -> Result<Unknown<'env>> {
    let string = if text.is_ascii() {
        env.create_string_latin1(text)?
    } else {
        env.create_string(String::from_utf8_lossy(text))?
    };
    // SAFETY: as above.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), string.raw()) })
}

/// Whether a value is `undefined` or `null`.
pub fn is_nothing(value: &Unknown) -> Result<bool> {
    Ok(matches!(value.get_type()?, ValueType::Undefined | ValueType::Null))
}

/// `undefined`.
pub fn undefined<'env>(env: &Env) -> Result<Unknown<'env>> {
    value(env, ())
}

/// A boolean.
pub fn boolean<'env>(env: &Env, is: bool) -> Result<Unknown<'env>> {
    value(env, is)
}

fn value<'env>(env: &Env, of: impl ToNapiValue) -> Result<Unknown<'env>> {
    // SAFETY: the value is made in this environment, in its current handle scope.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), ToNapiValue::to_napi_value(env.raw(), of)?) })
}
