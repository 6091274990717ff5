//! Random passwords.
//!
//! Owns the alphabets, the options and the limits. Must not know: which protocol uses the password.

use std::sync::LazyLock;

use rand::CryptoRng;
use serde_json::Value;

use super::choice::choose_into;
use crate::core::{
    error::{Error, Result},
    security::js_value,
};

/// The longest password that is made: far above every use, and below what would exhaust the memory.
pub const MAX_PASSWORD_LENGTH: usize = 1 << 24;

const UPPERCASE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWERCASE: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const NUMBERS: &[u8] = b"0123456789";
const SYMBOLS: &[u8] = b"!@#$%^&*()_+-=[]{}|;:,.<>?";
const SIMILAR: &[u8] = b"0O1lI";

/// Which characters a password is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordOptions {
    /// `A` to `Z`.
    pub include_uppercase: bool,
    /// `a` to `z`.
    pub include_lowercase: bool,
    /// `0` to `9`.
    pub include_numbers: bool,
    /// Punctuation and brackets.
    pub include_symbols: bool,
    /// Leaves out `0 O 1 l I`, which people mix up.
    pub exclude_similar: bool,
}

impl Default for PasswordOptions {
    fn default() -> Self {
        Self {
            include_uppercase: true,
            include_lowercase: true,
            include_numbers: true,
            include_symbols: false,
            exclude_similar: true,
        }
    }
}

impl PasswordOptions {
    /// Reads `includeUppercase`, `includeLowercase`, `includeNumbers`, `includeSymbols` and `excludeSimilar`.
    ///
    /// A key that is missing keeps its default; any other value counts as JavaScript counts it in an `if`, so that
    /// `null` and `0` switch off.
    pub fn from_json(options: &Value) -> Self {
        let default = Self::default();
        let flag = |key: &str, otherwise| options.get(key).map_or(otherwise, js_value::truthy);
        Self {
            include_uppercase: flag("includeUppercase", default.include_uppercase),
            include_lowercase: flag("includeLowercase", default.include_lowercase),
            include_numbers: flag("includeNumbers", default.include_numbers),
            include_symbols: flag("includeSymbols", default.include_symbols),
            exclude_similar: flag("excludeSimilar", default.exclude_similar),
        }
    }

    fn alphabet(self) -> Vec<u8> {
        let sets = [
            (self.include_uppercase, UPPERCASE),
            (self.include_lowercase, LOWERCASE),
            (self.include_numbers, NUMBERS),
            (self.include_symbols, SYMBOLS),
        ];
        let chosen = sets.into_iter().filter(|(wanted, _)| *wanted).flat_map(|(_, set)| set.iter().copied());
        chosen.filter(|c| !(self.exclude_similar && SIMILAR.contains(c))).collect()
    }
}

/// A random password of `length` characters, every permitted character equally likely.
///
/// ```
/// use threexui::core::credentials::{PasswordOptions, generate_password};
/// let password = generate_password(&mut rand::rng(), 16, &PasswordOptions::default()).unwrap();
/// assert_eq!(password.len(), 16);
/// ```
pub fn generate_password<R: CryptoRng + ?Sized>(
    rng: &mut R,
    length: usize,
    options: &PasswordOptions,
) -> Result<String> {
    let alphabet = options.alphabet();
    if alphabet.is_empty() {
        return Err(Error::invalid("options", "No character sets selected for password generation"));
    }
    if length > MAX_PASSWORD_LENGTH {
        return Err(Error::invalid("length", length_rule("length")));
    }
    let mut out = String::with_capacity(length);
    choose_into(rng, &alphabet, length, &mut out);
    Ok(out)
}

/// Appends a password of the default alphabet, which is put together once.
pub(super) fn write_default_password<R: CryptoRng + ?Sized>(rng: &mut R, length: usize, out: &mut String) {
    static ALPHABET: LazyLock<Vec<u8>> = LazyLock::new(|| PasswordOptions::default().alphabet());
    choose_into(rng, &ALPHABET, length, out);
}

/// The length a caller asked for in the argument `field`: a whole number from 0 to [`MAX_PASSWORD_LENGTH`], as a
/// number or as text like `"24"`.
pub fn password_length(field: &str, length: &Value) -> Result<usize> {
    let number = match length {
        Value::Number(_) => js_value::to_number(length),
        Value::String(text) if !text.trim().is_empty() => js_value::to_number(length),
        _ => f64::NAN,
    };
    if number.fract() == 0.0 && (0.0..=MAX_PASSWORD_LENGTH as f64).contains(&number) {
        return Ok(number as usize);
    }
    Err(Error::invalid(field, length_rule(field)))
}

fn length_rule(field: &str) -> String {
    format!("Invalid {field}: must be a whole number between 0 and {MAX_PASSWORD_LENGTH}")
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};
    use serde_json::json;

    use super::*;

    fn make(length: usize, options: &Value) -> Result<String> {
        generate_password(&mut StdRng::seed_from_u64(3), length, &PasswordOptions::from_json(options))
    }

    #[test]
    fn by_default_letters_and_digits_without_look_alikes() {
        let password = make(5000, &json!({})).unwrap();
        assert_eq!(password.len(), 5000);
        assert!(password.bytes().all(|b| b.is_ascii_alphanumeric() && !SIMILAR.contains(&b)));
        let different: std::collections::HashSet<u8> = password.bytes().collect();
        assert_eq!(different.len(), 57);
    }

    #[test]
    fn options_choose_the_characters() {
        let digits = json!({"includeUppercase": false, "includeLowercase": 0, "excludeSimilar": false});
        assert!(make(2000, &digits).unwrap().bytes().all(|b| b.is_ascii_digit()));
        assert!(make(2000, &digits).unwrap().contains('0'));
        let symbols = json!({"includeSymbols": true});
        assert!(make(2000, &symbols).unwrap().contains(['!', '?', '[']));
    }

    #[test]
    fn null_switches_off_as_in_javascript() {
        assert!(!PasswordOptions::from_json(&json!({"includeUppercase": null})).include_uppercase);
        assert_eq!(PasswordOptions::from_json(&Value::Null), PasswordOptions::default());
    }

    #[test]
    fn no_characters_at_all_is_an_error() {
        let none = json!({"includeUppercase": false, "includeLowercase": false, "includeNumbers": false});
        assert_eq!(
            make(8, &none).unwrap_err().to_string(),
            "No character sets selected for password generation"
        );
    }

    #[test]
    fn every_character_is_equally_likely() {
        let password = make(570_000, &json!({})).unwrap();
        let least = (b'2'..=b'9').map(|c| password.bytes().filter(|&b| b == c).count()).min().unwrap();
        let most = (b'A'..=b'H').map(|c| password.bytes().filter(|&b| b == c).count()).max().unwrap();
        assert!(least > 9_500 && most < 10_500, "{least} {most}");
    }

    #[test]
    fn a_length_may_be_text() {
        assert_eq!(password_length("passwordLength", &json!("24")).unwrap(), 24);
        assert_eq!(password_length("length", &json!(0)).unwrap(), 0);
        for wrong in [json!(-1), json!(2.5), json!("x"), json!(""), json!(null), json!(1e12), json!([8])] {
            assert!(password_length("passwordLength", &wrong).is_err(), "{wrong}");
        }
    }
}
