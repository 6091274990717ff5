//! UUIDs: the credential of VLESS and VMess clients.
//!
//! Owns making and recognising them. Must not know: which protocol wants one.

use rand::CryptoRng;
use uuid::{Builder, fmt::Hyphenated};

/// A new random UUID, version 4.
///
/// ```
/// use threexui::core::credentials::{generate_uuid, is_uuid_v4};
/// assert!(is_uuid_v4(&generate_uuid(&mut rand::rng())));
/// ```
pub fn generate_uuid<R: CryptoRng + ?Sized>(rng: &mut R) -> String {
    let mut out = String::with_capacity(Hyphenated::LENGTH);
    write_uuid(rng, &mut out);
    out
}

/// Appends a new random UUID to `out`.
pub(crate) fn write_uuid<R: CryptoRng + ?Sized>(rng: &mut R, out: &mut String) {
    let mut bytes = [0_u8; 16];
    rng.fill_bytes(&mut bytes);
    let mut text = Uuid36::default();
    out.push_str(Builder::from_random_bytes(bytes).into_uuid().hyphenated().encode_lower(&mut text.0));
}

struct Uuid36([u8; Hyphenated::LENGTH]);

impl Default for Uuid36 {
    fn default() -> Self {
        Self([0; Hyphenated::LENGTH])
    }
}

/// Whether `text` has the form of a UUID of any version: 8-4-4-4-12 hexadecimal digits.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Digits in each group of a UUID.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// Whether Xray starts with `text` as the id of a VLESS or VMess client: a UUID, its hyphens optional, or 1 to 30 bytes of
/// any other text, of which it makes one.
///
/// ```
/// use threexui::core::credentials::is_xray_id;
/// assert!(is_xray_id("ecc322b8-a458-4583-ac98-e343aefb5ac5"));
/// assert!(is_xray_id("alice"));
/// assert!(!is_xray_id("ecc322b8-a458-4583-ac98-e343aefb5acX"));
/// ```
pub fn is_xray_id(text: &str) -> bool {
    match text.len() {
        1..=30 => true,
        32..=36 => {
            let mut rest = text.as_bytes();
            GROUPS.iter().all(|digits| {
                rest = rest.strip_prefix(b"-").unwrap_or(rest);
                let Some((group, behind)) = rest.split_at_checked(*digits) else { return false };
                rest = behind;
                group.iter().all(u8::is_ascii_hexdigit)
            })
        }
        _ => false,
    }
}

/// Whether `text` is a random UUID (version 4), in small or capital letters.
///
/// ```
/// use threexui::core::credentials::is_uuid_v4;
/// assert!(is_uuid_v4("ecc322b8-a458-4583-ac98-e343aefb5ac5"));
/// assert!(!is_uuid_v4("ecc322b8-a458-1583-ac98-e343aefb5ac5"));
/// ```
pub fn is_uuid_v4(text: &str) -> bool {
    is_uuid(text)
        && text.as_bytes().get(14) == Some(&b'4')
        && text.as_bytes().get(19).is_some_and(|b| matches!(b, b'8' | b'9' | b'a' | b'b' | b'A' | b'B'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_id_that_xray_cannot_read_is_told_from_one_that_it_can() {
        let uuid = "ecc322b8-a458-4583-ac98-e343aefb5ac5";
        for id in [uuid, &uuid.to_uppercase(), &uuid.replace('-', ""), "a", &"a".repeat(30), "üüüüü"] {
            assert!(is_xray_id(id), "{id}");
        }
        // What stands behind the last digit, Xray does not look at.
        assert!(is_xray_id(&format!("{}zz", uuid.replace('-', ""))));
        for id in ["", &"a".repeat(31), &"ü".repeat(16), &"g".repeat(36), &uuid[..35], &format!("{uuid}0")] {
            assert!(!is_xray_id(id), "{id}");
        }
        assert!(!is_xray_id("ecc322b8-a458-4583-ac98-e343aefb5ac-"));
    }

    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn a_new_uuid_is_a_lower_case_version_4() {
        let mut rng = StdRng::seed_from_u64(7);
        for _ in 0..1000 {
            let uuid = generate_uuid(&mut rng);
            assert!(is_uuid_v4(&uuid), "{uuid}");
            assert_eq!(uuid, uuid.to_lowercase());
        }
    }

    #[test]
    fn other_versions_are_uuids_but_not_version_4() {
        let time_based = "f9e8d7c6-b5a4-1321-9876-fedcba987654";
        assert!(is_uuid(time_based));
        assert!(!is_uuid_v4(time_based));
        assert!(is_uuid_v4("F9E8D7C6-B5A4-4321-B876-FEDCBA987654"));
    }

    #[test]
    fn what_only_resembles_a_uuid_is_none() {
        for text in [
            "",
            "client-uuid-here",
            "f9e8d7c6b5a443219876fedcba987654",
            "g9e8d7c6-b5a4-4321-9876-fedcba987654",
        ] {
            assert!(!is_uuid(text), "{text}");
        }
        assert!(!is_uuid("f9e8d7c6-b5a4-4321-9876-fedcba987654 "));
        assert!(!is_uuid("éééééééééééééééééé"));
    }
}
