//! Panel versions: how they are read, written and compared.
//!
//! Must not know: what a version means.

use std::fmt;

/// A released version of the panel, as `3.6.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// First number.
    pub major: u16,
    /// Second number.
    pub minor: u16,
    /// Third number.
    pub patch: u16,
}

impl Version {
    /// A version from its three numbers.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// The oldest version that this library knows anything about.
    pub const OLDEST: Self = Self::new(2, 3, 0);

    /// Newer than every release: what development builds count as, which name a commit instead of a number.
    pub const DEVELOPMENT: Self = Self::new(u16::MAX, 0, 0);

    /// Reads `3.6.0`, `v3.6.0` and `dev+02002dc1`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.starts_with("dev") {
            return Some(Self::DEVELOPMENT);
        }
        let mut numbers = text.trim_start_matches('v').splitn(3, '.').map(|part| {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        });
        Some(Self::new(numbers.next()??, numbers.next()??, numbers.next().flatten().unwrap_or(0)))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::DEVELOPMENT {
            return f.write_str("dev");
        }
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_panels_write_them() {
        assert_eq!(Version::parse("3.6.0"), Some(Version::new(3, 6, 0)));
        assert_eq!(Version::parse("v2.8.11"), Some(Version::new(2, 8, 11)));
        assert_eq!(Version::parse("dev+02002dc1"), Some(Version::DEVELOPMENT));
        assert_eq!(Version::parse(""), None);
        assert!(Version::new(2, 8, 11) > Version::new(2, 8, 4));
    }
}
