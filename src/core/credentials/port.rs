//! Random port numbers.
//!
//! Owns the range check. Must not know: which ports are taken on the server.

use rand::{CryptoRng, RngExt};

use crate::core::error::{Error, Result};

/// A port between `min` and `max`, both included, every one equally likely.
///
/// Bounds in the wrong order are taken the other way round; bounds outside 1 to 65535 are an error, because the panel
/// would refuse what comes out.
///
/// ```
/// use threexui::core::credentials::generate_port;
/// let port = generate_port(&mut rand::rng(), 10_000.0, 65_535.0).unwrap();
/// assert!(port >= 10_000);
/// ```
pub fn generate_port<R: CryptoRng + ?Sized>(rng: &mut R, min: f64, max: f64) -> Result<u16> {
    let (low, high) = if min <= max { (min, max) } else { (max, min) };
    let (low, high) = (bound("min", low.ceil())?, bound("max", high.floor())?);
    if low > high {
        return Err(Error::invalid(
            "min",
            "Invalid port range: there is no whole number between min and max",
        ));
    }
    Ok(rng.random_range(low..=high))
}

fn bound(field: &str, value: f64) -> Result<u16> {
    if (1.0..=65_535.0).contains(&value) {
        return Ok(value as u16);
    }
    Err(Error::invalid(field, "Invalid port range: min and max must be between 1 and 65535"))
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn both_bounds_come_up_and_nothing_beyond_them() {
        let mut rng = StdRng::seed_from_u64(2);
        let ports: std::collections::BTreeSet<u16> =
            (0..200).map(|_| generate_port(&mut rng, 443.0, 446.0).unwrap()).collect();
        assert_eq!(ports.into_iter().collect::<Vec<_>>(), [443, 444, 445, 446]);
    }

    #[test]
    fn bounds_in_the_wrong_order_are_swapped() {
        assert!((100..=200).contains(&generate_port(&mut StdRng::seed_from_u64(2), 200.0, 100.0).unwrap()));
    }

    #[test]
    fn impossible_ranges_are_refused() {
        let mut rng = StdRng::seed_from_u64(2);
        for (min, max) in [(0.0, 10.0), (1.0, 65_536.0), (f64::NAN, 10.0), (10.0, f64::NAN), (1.2, 1.8)] {
            assert!(generate_port(&mut rng, min, max).is_err(), "{min} {max}");
        }
    }
}
