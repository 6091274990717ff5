//! Amounts: gigabytes and bytes, and numbers as JavaScript prints them.
//!
//! Owns the conversions and their rounding. Must not know: which field of which request holds an amount.

use serde_json::{Number, Value};

use super::error::{Error, Result};

/// Bytes in one gigabyte as the panel counts them (2 to the power of 30).
pub const GB: f64 = 1_073_741_824.0;

/// The largest whole number a JavaScript number holds without loss; amounts above it are refused.
pub const MAX_SAFE_INTEGER: u64 = 9_007_199_254_740_991;

const UNITS: [&str; 5] = ["B", "KB", "MB", "GB", "TB"];

/// Whole bytes of `gb` gigabytes, rounded to the nearest byte.
///
/// Rounding matters: the panel decodes the amount as a whole number and refuses a fraction, and `0.1` GB is no whole
/// number of bytes.
///
/// ```
/// use threexui::core::units::gb_to_bytes;
/// assert_eq!(gb_to_bytes(5.0).unwrap(), 5_368_709_120);
/// assert_eq!(gb_to_bytes(0.1).unwrap(), 107_374_182);
/// assert!(gb_to_bytes(-1.0).is_err());
/// ```
pub fn gb_to_bytes(gb: f64) -> Result<u64> {
    if !gb.is_finite() || gb < 0.0 {
        return Err(Error::invalid("gb", format!("Invalid GB value: {gb}. Must be a non-negative number.")));
    }
    let bytes = (gb * GB).round();
    if bytes > MAX_SAFE_INTEGER as f64 {
        return Err(Error::invalid("gb", format!("Invalid GB value: {gb}. Must be at most 8388607.")));
    }
    // In range and without a fraction by the two checks above.
    Ok(bytes as u64)
}

/// Gigabytes of `bytes` bytes, with their fraction.
///
/// ```
/// use threexui::core::units::bytes_to_gb;
/// assert_eq!(bytes_to_gb(1_610_612_736.0).unwrap(), 1.5);
/// ```
pub fn bytes_to_gb(bytes: f64) -> Result<f64> {
    if bytes.is_nan() || bytes < 0.0 {
        let message = format!("Invalid byte value: {bytes}. Must be a non-negative number.");
        return Err(Error::invalid("bytes", message));
    }
    Ok(bytes / GB)
}

/// An amount for people: `1.50 GB`. What is negative shows as `0 B`.
///
/// ```
/// use threexui::core::units::format_bytes;
/// assert_eq!(format_bytes(1_610_612_736.0, 2), "1.50 GB");
/// assert_eq!(format_bytes(1152.0, 2), "1.13 KB"); // a tie rounds up, as JavaScript's toFixed does
/// ```
pub fn format_bytes(bytes: f64, decimals: usize) -> String {
    if bytes < 0.0 {
        return "0 B".to_owned();
    }
    let mut size = bytes;
    let mut units = UNITS.iter().peekable();
    let mut unit = units.next().copied().unwrap_or_default();
    while size >= 1024.0 && units.peek().is_some() {
        size /= 1024.0;
        unit = units.next().copied().unwrap_or_default();
    }
    format!("{} {unit}", to_fixed(size, decimals.min(100)))
}

/// A number for a JSON document that JavaScript would have written the same: what has no fraction is written without
/// a point (Go refuses `5368709120.0` for a whole number), what is not finite becomes `null`.
///
/// ```
/// use threexui::core::units::js_number;
/// assert_eq!(js_number(5_368_709_120.0).to_string(), "5368709120");
/// assert_eq!(js_number(0.5).to_string(), "0.5");
/// assert_eq!(js_number(f64::NAN).to_string(), "null");
/// ```
pub fn js_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9.2e18 {
        // No fraction and inside the range of i64.
        return Value::Number(Number::from(number as i64));
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// `Number.prototype.toFixed` for amounts: like Rust's formatting, but a tie goes up and not to the even digit.
fn to_fixed(number: f64, decimals: usize) -> String {
    if number.is_infinite() {
        return "Infinity".to_owned();
    }
    // A tie needs exactly one binary digit more than the decimals asked for; only then is one digit more exact.
    let scale = 2f64.powi(i32::try_from(decimals).unwrap_or(0) + 1);
    if (number * scale).fract() == 0.0 {
        let exact = format!("{number:.*}", decimals + 1);
        if let Some(head) = exact.strip_suffix('5') {
            return next_decimal(head.strip_suffix('.').unwrap_or(head));
        }
    }
    format!("{number:.decimals$}")
}

/// The decimal number whose last digit is one higher.
fn next_decimal(text: &str) -> String {
    let mut carry = true;
    let mut digits: Vec<char> = text
        .chars()
        .rev()
        .map(|digit| match (digit, carry) {
            ('9', true) => '0',
            ('0'..='8', true) => {
                carry = false;
                char::from_digit(digit.to_digit(10).map_or(0, |d| d + 1), 10).unwrap_or(digit)
            }
            _ => digit,
        })
        .collect();
    if carry {
        digits.push('1');
    }
    digits.iter().rev().collect()
}

/// A time in milliseconds since 1970 as JavaScript's `Date.prototype.toISOString` writes it (years 0 to 9999).
///
/// ```
/// assert_eq!(threexui::core::units::iso_time(1_700_000_000_123), "2023-11-14T22:13:20.123Z");
/// ```
pub fn iso_time(ms: i64) -> String {
    let (days, of_day) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    // Days since 0000-03-01, so that the leap day is the last of its year (Howard Hinnant's civil_from_days).
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1_000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", of_day % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gigabytes_become_whole_bytes() {
        assert_eq!(gb_to_bytes(0.0).unwrap(), 0);
        assert_eq!(gb_to_bytes(1.0).unwrap(), 1_073_741_824);
        assert_eq!(gb_to_bytes(0.3).unwrap(), 322_122_547);
        assert_eq!(gb_to_bytes(1e-12).unwrap(), 0);
    }

    #[test]
    fn negative_endless_or_missing_gigabytes_are_refused() {
        assert_eq!(
            gb_to_bytes(-2.0).unwrap_err().to_string(),
            "Invalid GB value: -2. Must be a non-negative number."
        );
        for gb in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 8_388_608.0] {
            assert!(gb_to_bytes(gb).is_err(), "{gb}");
        }
        assert!(bytes_to_gb(-1.0).is_err());
        assert!(bytes_to_gb(f64::NAN).is_err());
    }

    #[test]
    fn bytes_are_shown_in_the_largest_unit_below_1024() {
        assert_eq!(format_bytes(0.0, 2), "0.00 B");
        assert_eq!(format_bytes(1023.0, 0), "1023 B");
        assert_eq!(format_bytes(1024.0, 2), "1.00 KB");
        assert_eq!(format_bytes(1_048_576.0, 1), "1.0 MB");
        assert_eq!(format_bytes(1_099_511_627_776.0 * 2048.0, 2), "2048.00 TB");
        assert_eq!(format_bytes(-5.0, 2), "0 B");
        assert_eq!(format_bytes(f64::NAN, 2), "NaN B");
        assert_eq!(format_bytes(f64::INFINITY, 2), "Infinity TB");
    }

    #[test]
    fn ties_round_up_as_in_javascript() {
        assert_eq!(to_fixed(0.5, 0), "1");
        assert_eq!(to_fixed(2.5, 0), "3");
        assert_eq!(to_fixed(1.125, 2), "1.13");
        assert_eq!(to_fixed(1.375, 2), "1.38");
        assert_eq!(to_fixed(999.5, 0), "1000");
        assert_eq!(to_fixed(1.005, 2), "1.00", "not a tie: stored a little below");
        assert_eq!(to_fixed(9.96875, 4), "9.9688");
    }

    #[test]
    fn numbers_without_a_fraction_are_written_without_a_point() {
        assert_eq!(js_number(1e15).to_string(), "1000000000000000");
        assert_eq!(js_number(-2_592_000_000.0).to_string(), "-2592000000");
        assert_eq!(js_number(-0.0).to_string(), "0");
        assert_eq!(js_number(1.25).to_string(), "1.25");
        assert_eq!(js_number(f64::INFINITY), Value::Null);
    }
}
