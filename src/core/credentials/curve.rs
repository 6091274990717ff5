//! Multiplication on Curve25519: the public half of a private key.
//!
//! Two libraries for the same: one with code for today's processors, proved correct, and less than half as slow; and one for
//! all others. Must not know: how keys are spelled, or what they are for.

use x25519_dalek::{PublicKey, StaticSecret};

/// The public half of a private key.
pub fn public_of(private: [u8; 32]) -> [u8; 32] {
    by_processor(&private).unwrap_or_else(|| by_any_processor(private))
}

fn by_any_processor(private: [u8; 32]) -> [u8; 32] {
    PublicKey::from(&StaticSecret::from(private)).to_bytes()
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn by_processor(private: &[u8; 32]) -> Option<[u8; 32]> {
    use graviola::key_agreement::x25519::StaticPrivateKey;
    has_what_it_takes().then(|| StaticPrivateKey::from_array(private).public_key().as_bytes())
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn by_processor(_: &[u8; 32]) -> Option<[u8; 32]> {
    None
}

/// What the library asks of a processor before it does anything; it panics where that is missing.
#[cfg(target_arch = "x86_64")]
fn has_what_it_takes() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("aes")
        && has!("pclmulqdq")
        && has!("bmi1")
        && has!("bmi2")
        && has!("adx")
        && has!("avx")
        && has!("avx2")
}

#[cfg(target_arch = "aarch64")]
fn has_what_it_takes() -> bool {
    use std::arch::is_aarch64_feature_detected as has;
    has!("neon") && has!("aes") && has!("pmull") && has!("sha2")
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn both_libraries_come_to_the_same() {
        let mut rng = StdRng::seed_from_u64(3);
        for _ in 0..200 {
            let mut private = [0_u8; 32];
            rng.fill_bytes(&mut private);
            assert_eq!(public_of(private), by_any_processor(private), "{private:?}");
        }
    }
}
