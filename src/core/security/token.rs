//! Random tokens and hexadecimal text.
//!
//! Owns their length and spelling. Must not know: sessions, or what a token opens.

use rand::CryptoRng;

use crate::core::error::{Error, Result};

/// The most random bytes in one token.
const MAX_BYTES: usize = 1 << 20;

/// A random token of `bytes` bytes in hexadecimal digits; 32 is a good number.
///
/// ```
/// use threexui::core::security::generate_session_token;
/// assert_eq!(generate_session_token(&mut rand::rng(), 32).unwrap().len(), 64);
/// ```
pub fn generate_session_token<R: CryptoRng + ?Sized>(rng: &mut R, bytes: usize) -> Result<String> {
    if bytes > MAX_BYTES {
        return Err(Error::invalid("bytes", format!("Invalid bytes: must be at most {MAX_BYTES}")));
    }
    let mut random = vec![0; bytes];
    rng.fill_bytes(&mut random);
    Ok(hex(&random))
}

/// Bytes as hexadecimal digits in small letters.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]).map(digit).collect()
}

fn digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'a' + (nibble - 10) })
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn bytes_are_written_with_leading_zeros_and_small_letters() {
        assert_eq!(hex(&[0, 1, 0xab, 0xff]), "0001abff");
        assert_eq!(hex(&[]), "");
    }

    #[test]
    fn a_token_has_two_digits_for_each_byte_and_never_repeats() {
        let mut rng = StdRng::seed_from_u64(1);
        let (one, two) =
            (generate_session_token(&mut rng, 16).unwrap(), generate_session_token(&mut rng, 16).unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, two);
        assert_eq!(generate_session_token(&mut rng, 0).unwrap(), "");
        assert!(generate_session_token(&mut rng, usize::MAX).is_err());
    }
}
