//! The limits of a client as the library's own methods take them.
//!
//! Owns how options become limits: which names there are, their units, and which of them wins. Must not know: the
//! record they are written into.

use serde_json::Value;

use super::amount::{amount, amount_non_negative, finite, whole_non_negative};
use crate::core::{
    error::{Error, Result},
    units::gb_to_bytes,
};

const DAY_MS: f64 = 86_400_000.0;

/// Limits in the panel's units. `None` stands for what the caller did not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClientLimits {
    /// Addresses at the same time; 0 is no limit.
    pub limit_ip: Option<u64>,
    /// Quota in bytes; 0 is no limit.
    pub total_bytes: Option<u64>,
    /// Milliseconds since 1970; 0 is never; negative is a span in milliseconds that begins with the first use.
    pub expiry_time: Option<i64>,
}

/// Reads the limits from options: `limitIp`, `totalGB` in gigabytes, and one of `expiresAfterFirstUse` (days),
/// `expiryDays` (days from now) and `expiryTime` (milliseconds since 1970), the first of them that is given.
///
/// Numbers may be text, as web forms send them. All must be finite, and all but `expiryDays` not negative: the panel
/// takes a negative time for a span from the first use, which `expiresAfterFirstUse` says openly.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::client_limits;
/// let limits = client_limits(&json!({"limitIp": "3", "totalGB": 0.1, "expiresAfterFirstUse": 30}), 0).unwrap();
/// assert_eq!(limits.limit_ip, Some(3));
/// assert_eq!(limits.total_bytes, Some(107_374_182));
/// assert_eq!(limits.expiry_time, Some(-2_592_000_000));
/// ```
pub fn client_limits(options: &Value, now_ms: u64) -> Result<ClientLimits> {
    let limit_ip = whole_non_negative("limitIp", options.get("limitIp"))?;
    let total_bytes = match amount_non_negative("totalGB", options.get("totalGB"))? {
        Some(gb) => Some(total_bytes(gb)?),
        None => None,
    };
    Ok(ClientLimits { limit_ip, total_bytes, expiry_time: expiry_time(options, now_ms)? })
}

/// Whole bytes of a quota in gigabytes. A quota of next to nothing is one byte: zero would be no limit.
pub(super) fn total_bytes(gb: f64) -> Result<u64> {
    gb_to_bytes(gb)
        .map(|bytes| if gb > 0.0 { bytes.max(1) } else { bytes })
        .map_err(|_| Error::invalid("totalGB", "Invalid totalGB: must be at most 8388607 gigabytes"))
}

fn expiry_time(options: &Value, now_ms: u64) -> Result<Option<i64>> {
    let after_first_use = amount_non_negative("expiresAfterFirstUse", options.get("expiresAfterFirstUse"))?;
    let days = amount("expiryDays", options.get("expiryDays"))?;
    // Zero days are no days, so that a form's empty field does not end a client at once.
    match (after_first_use.filter(|d| *d != 0.0), days.filter(|d| *d != 0.0)) {
        (Some(_), Some(_)) => Err(Error::invalid(
            "expiresAfterFirstUse",
            "Invalid expiresAfterFirstUse: cannot be combined with expiryDays",
        )),
        (Some(days), None) => milliseconds("expiresAfterFirstUse", (-days * DAY_MS).min(-1.0)).map(Some),
        (None, Some(days)) => milliseconds("expiryDays", now_ms as f64 + days * DAY_MS).and_then(|time| {
            // Below zero it would be a span from the first use and not a time in the past.
            if time > 0 { Ok(Some(time)) } else { Err(out_of_range("expiryDays")) }
        }),
        (None, None) => match amount("expiryTime", options.get("expiryTime"))? {
            Some(time) if time < 0.0 => Err(Error::invalid(
                "expiryTime",
                format!(
                    "Invalid expiryTime: must not be negative, got {time} \
                     (for a span from the first use take expiresAfterFirstUse: days)"
                ),
            )),
            Some(time) => milliseconds("expiryTime", time).map(Some),
            None => Ok(None),
        },
    }
}

/// The panel decodes times as whole numbers.
fn milliseconds(field: &str, time: f64) -> Result<i64> {
    let time = finite(field, time.round()).map_err(|_| out_of_range(field))?;
    // In range by the check in `finite`.
    Ok(time as i64)
}

fn out_of_range(field: &str) -> Error {
    Error::invalid(field, format!("Invalid {field}: out of range"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: u64 = 1_700_000_000_000;

    fn read(options: Value) -> ClientLimits {
        client_limits(&options, NOW).unwrap()
    }

    fn refused(options: Value) -> String {
        client_limits(&options, NOW).unwrap_err().to_string()
    }

    #[test]
    fn what_is_not_given_stays_open() {
        assert_eq!(read(json!({})), ClientLimits::default());
        assert_eq!(read(Value::Null), ClientLimits::default());
        assert_eq!(
            read(json!({"limitIp": null, "totalGB": "", "expiryTime": false})),
            ClientLimits::default()
        );
    }

    #[test]
    fn zero_is_a_limit_of_its_own() {
        let limits = read(json!({"limitIp": 0, "totalGB": "0", "expiryTime": 0}));
        assert_eq!((limits.limit_ip, limits.total_bytes, limits.expiry_time), (Some(0), Some(0), Some(0)));
    }

    #[test]
    fn gigabytes_become_whole_bytes() {
        assert_eq!(read(json!({"totalGB": 1.1})).total_bytes, Some(1_181_116_006));
        assert_eq!(read(json!({"totalGB": 1e-12})).total_bytes, Some(1), "zero would be no limit");
        assert_eq!(read(json!({"totalGB": "50"})).total_bytes, Some(53_687_091_200));
    }

    #[test]
    fn days_count_from_now_or_from_the_first_use() {
        assert_eq!(read(json!({"expiryDays": "30"})).expiry_time, Some(1_702_592_000_000));
        assert_eq!(read(json!({"expiryDays": 0, "expiryTime": 5})).expiry_time, Some(5));
        assert_eq!(read(json!({"expiryDays": 1, "expiryTime": 5})).expiry_time, Some(1_700_086_400_000));
        assert_eq!(read(json!({"expiresAfterFirstUse": 0.1})).expiry_time, Some(-8_640_000));
        assert_eq!(
            read(json!({"expiresAfterFirstUse": 7, "expiryTime": -1})).expiry_time,
            Some(-604_800_000)
        );
        assert_eq!(read(json!({"expiryTime": 1_700_000_000_000.4})).expiry_time, Some(1_700_000_000_000));
    }

    #[test]
    fn negative_and_endless_amounts_are_refused_by_name() {
        assert_eq!(refused(json!({"limitIp": -1})), "Invalid limitIp: must not be negative, got -1");
        assert_eq!(refused(json!({"totalGB": "-0.5"})), "Invalid totalGB: must not be negative, got -0.5");
        assert_eq!(refused(json!({"totalGB": 9e6})), "Invalid totalGB: must be at most 8388607 gigabytes");
        assert_eq!(refused(json!({"totalGB": "NaN"})), "Invalid totalGB: must be a finite number");
        assert_eq!(
            refused(json!({"expiryTime": -5})),
            "Invalid expiryTime: must not be negative, got -5 (for a span from the first use take \
             expiresAfterFirstUse: days)"
        );
        assert!(refused(json!({"expiresAfterFirstUse": -1})).contains("expiresAfterFirstUse"));
        assert_eq!(
            refused(json!({"expiryDays": 1e300})),
            "Invalid expiryDays: must not be larger than 9007199254740991"
        );
        assert_eq!(refused(json!({"expiryDays": -1e6})), "Invalid expiryDays: out of range");
    }

    #[test]
    fn two_ways_of_days_at_once_are_refused() {
        assert!(refused(json!({"expiryDays": 1, "expiresAfterFirstUse": 1})).contains("cannot be combined"));
    }
}
