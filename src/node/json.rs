//! JSON between Rust and JavaScript, as text, by V8's own `JSON`.
//!
//! Text is faster than building values member by member, keeps numbers up to 2^53-1 as they are, and cannot trip over
//! a member named `__proto__`.

use std::cell::Cell;
use std::ptr;

use bytes::Bytes;
use napi::bindgen_prelude::{FnArgs, FromNapiValue, Function, JsObjectValue, ToNapiValue, Unknown};
use napi::{Env, JsValue, Result, ValueType, check_status, sys};

use super::external;

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

/// Parses JSON text to a JavaScript value.
pub fn parse<'env>(env: &Env, text: &[u8]) -> Result<Unknown<'env>> {
    parse_string(env, string(env, text)?)
}

/// The same for a body, which is lent to V8 where it is large.
pub fn parse_body<'env>(env: &Env, body: &Bytes) -> Result<Unknown<'env>> {
    let lent = if body.is_ascii() { external::string(env, body) } else { None };
    parse_string(env, lent.map_or_else(|| string(env, body), Ok)?)
}

fn parse_string<'env>(env: &Env, text: Unknown<'_>) -> Result<Unknown<'env>> {
    let function = parser(env)?;
    let value = function.call(text)?;
    // SAFETY: the value was made in this environment and lives in its current handle scope, as `env` does.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), value.raw()) })
}

type Parser<'env> = Function<'env, Unknown<'env>, Unknown<'env>>;

thread_local! {
    /// `JSON.parse` of this thread's environment: looking it up by name takes longer than parsing a small answer.
    static PARSER: Cell<(sys::napi_env, sys::napi_ref)> = const { Cell::new((ptr::null_mut(), ptr::null_mut())) };
}

fn parser<'env>(env: &'env Env) -> Result<Parser<'env>> {
    let (of, held) = PARSER.get();
    let mut function = ptr::null_mut();
    if of == env.raw() {
        // SAFETY: the reference was made in this environment, and is never deleted while that lives.
        check_status!(unsafe { sys::napi_get_reference_value(env.raw(), held, &mut function) })?;
        // SAFETY: it is a function of this environment.
        return unsafe { Parser::from_napi_value(env.raw(), function) };
    }
    let found: Parser = json_function(env, "parse")?;
    let mut made = ptr::null_mut();
    // SAFETY: the value is of this environment, on its thread.
    check_status!(unsafe { sys::napi_create_reference(env.raw(), found.raw(), 1, &mut made) })?;
    PARSER.set((env.raw(), made));
    Ok(found)
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
