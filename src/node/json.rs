//! JSON between Rust and JavaScript, as text, by V8's own `JSON`.
//!
//! Text is faster than building values member by member, keeps numbers up to 2^53-1 as they are, and cannot trip over
//! a member named `__proto__`.

use napi::bindgen_prelude::{FnArgs, Function, JsObjectValue, ToNapiValue, Unknown};
use napi::{Env, JsValue, Result, ValueType, sys};

/// JSON text that becomes a JavaScript value when it is handed over.
pub struct JsonText(pub String);

impl ToNapiValue for JsonText {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        parse(&Env::from_raw(env), text.0.as_bytes()).map(|value| value.raw())
    }
}

/// Parses JSON text to a JavaScript value.
pub fn parse<'env>(env: &Env, text: &[u8]) -> Result<Unknown<'env>> {
    let text = string(env, text)?;
    let function: Function<Unknown, Unknown> = json_function(env, "parse")?;
    let value = function.call(text)?;
    // SAFETY: the value was made in this environment and lives in its current handle scope, as `env` does.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), value.raw()) })
}

/// What `JSON.stringify` makes of a value; `None` where that is `undefined`.
pub fn stringify(env: &Env, value: Unknown) -> Result<Option<String>> {
    let function: Function<FnArgs<(Unknown,)>, Option<String>> = json_function(env, "stringify")?;
    function.call(FnArgs { data: (value,) })
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

fn json_function<'env, Args, Return>(env: &'env Env, name: &str) -> Result<Function<'env, Args, Return>>
where
    Args: napi::bindgen_prelude::JsValuesTupleIntoVec,
    Return: napi::bindgen_prelude::FromNapiValue,
{
    let json: napi::bindgen_prelude::Object = env.get_global()?.get_named_property_unchecked("JSON")?;
    json.get_named_property_unchecked(name)
}
