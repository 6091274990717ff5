//! Panel versions and the two eras that decide how a client is stored.

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

/// The two ways in which panels keep clients. Everything else is a detail of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// Up to 3.0: clients are entries in an inbound's settings, under `/panel/api/inbounds`.
    Inbound,
    /// From 3.1 on: clients have a table and routes of their own, under `/panel/api/clients`.
    Table,
}

/// What is known about a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panel {
    /// Whether it hands out CSRF tokens: the mark of 3.0 and newer.
    pub csrf: bool,
    /// Its version, told by panels from 3.1 on.
    pub version: Option<Version>,
    /// Whether the version has been asked for.
    pub probed: bool,
}

/// How far apart writes have to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// One at a time on the whole panel: 2.x answers 500 or loses what two writes did.
    Panel,
    /// One at a time on an inbound: 3.0 loses what two writes did there.
    Inbound,
    /// The panel has one writer of its own; only the order of the writes of one client is ours.
    Client,
}

impl Panel {
    /// The first version that hands out CSRF tokens.
    pub const TOKENS: Version = Version::new(3, 0, 0);

    /// How far apart this panel needs writes; `None` while nothing is known of it.
    pub fn isolation(&self) -> Option<Isolation> {
        Some(match self.era()? {
            Era::Inbound if self.csrf => Isolation::Inbound,
            Era::Inbound => Isolation::Panel,
            _ => Isolation::Client,
        })
    }

    /// The first version that keeps clients in a table.
    pub const CLIENT_TABLE: Version = Version::new(3, 1, 0);

    /// How this panel keeps clients; `None` while that is not known without asking.
    pub fn era(&self) -> Option<Era> {
        match self.version {
            Some(version) if version >= Self::CLIENT_TABLE => Some(Era::Table),
            Some(_) => Some(Era::Inbound),
            None if !self.csrf => Some(Era::Inbound),
            // 3.0 has tokens and names no version.
            None if self.probed => Some(Era::Inbound),
            None => None,
        }
    }

    /// Whether a lost session may look like a missing route (404): so on 2.8.4 to 3.0.1, which name no version.
    pub fn hides_lost_sessions(&self) -> bool {
        self.version.is_none()
    }

    /// Whether this panel is at least that version; unknown counts as no.
    pub fn is_at_least(&self, major: u16, minor: u16, patch: u16) -> bool {
        self.version.is_some_and(|v| v >= Version::new(major, minor, patch))
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

    #[test]
    fn the_era_is_known_without_asking_where_there_is_no_token() {
        assert_eq!(Panel::default().era(), Some(Era::Inbound));
        assert_eq!(Panel { csrf: true, ..Panel::default() }.era(), None);
    }

    #[test]
    fn a_panel_with_tokens_that_names_no_version_is_3_0() {
        assert_eq!(Panel { csrf: true, version: None, probed: true }.era(), Some(Era::Inbound));
    }
}
