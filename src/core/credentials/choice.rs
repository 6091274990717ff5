//! Fair choice of characters from an alphabet.
//!
//! Owns the sampling. Must not know: what the characters are for.

use rand::CryptoRng;

/// Digits and small letters, the alphabet of identifiers and user names.
pub(super) const BASE36: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Appends `count` characters of `alphabet` (ASCII, at most 256 characters) to `out`, each equally likely.
///
/// Bytes at or above the largest multiple of the alphabet's length are thrown away: taking them modulo the length
/// would make the first characters of the alphabet more likely than the others.
pub(super) fn choose_into<R: CryptoRng + ?Sized>(
    rng: &mut R,
    alphabet: &[u8],
    count: usize,
    out: &mut String,
) {
    let size = alphabet.len();
    if size == 0 || size > 256 {
        return;
    }
    let fair = 256 - 256 % size;
    let mut block = [0_u8; 64];
    let mut left = count;
    while left > 0 {
        let Some(bytes) = block.get_mut(..left.min(64)) else { return };
        rng.fill_bytes(bytes);
        for &byte in bytes.iter() {
            let byte = usize::from(byte);
            if byte >= fair {
                continue;
            }
            if let Some(&character) = alphabet.get(byte % size) {
                out.push(char::from(character));
                left -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn every_character_comes_up_equally_often() {
        let mut text = String::new();
        choose_into(&mut StdRng::seed_from_u64(1), BASE36, 360_000, &mut text);
        assert_eq!(text.len(), 360_000);
        for &character in BASE36 {
            let times = text.bytes().filter(|&b| b == character).count();
            assert!((9_500..10_500).contains(&times), "{}: {times}", char::from(character));
        }
    }

    #[test]
    fn an_empty_alphabet_gives_nothing() {
        let mut text = String::new();
        choose_into(&mut StdRng::seed_from_u64(1), b"", 5, &mut text);
        assert_eq!(text, "");
    }
}
