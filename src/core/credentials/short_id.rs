//! Short ids of REALITY.
//!
//! Owns their length and alphabet. Must not know: the inbound that lists them.

use rand::{CryptoRng, RngExt};

/// A short id of 2 to 16 hexadecimal digits.
///
/// The number of digits is always even: xray decodes a short id as bytes and does not start with half a byte in it.
///
/// ```
/// use threexui::core::credentials::generate_reality_short_id;
/// assert_eq!(generate_reality_short_id(&mut rand::rng()).len() % 2, 0);
/// ```
pub fn generate_reality_short_id<R: CryptoRng + ?Sized>(rng: &mut R) -> String {
    let length = rng.random_range(1..=8_usize);
    let mut bytes = [0_u8; 8];
    rng.fill_bytes(&mut bytes);
    crate::core::security::hex(bytes.get(..length).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn every_even_length_up_to_16_comes_up() {
        let mut rng = StdRng::seed_from_u64(4);
        let mut lengths = std::collections::BTreeSet::new();
        for _ in 0..500 {
            let id = generate_reality_short_id(&mut rng);
            assert!(id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{id}");
            lengths.insert(id.len());
        }
        assert_eq!(lengths.into_iter().collect::<Vec<_>>(), [2, 4, 6, 8, 10, 12, 14, 16]);
    }
}
