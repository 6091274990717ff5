//! What is known about a panel, and what that says about it.
//!
//! A panel that names its version is known exactly; of the others a first and a last version that it can be. Must not
//! know: how it was found out, and what is done about it.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Version;
use crate::core::routes::{Route, Span};

/// The two ways in which panels keep clients. Everything else is a detail of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// Up to 3.0: clients are entries in an inbound's settings, under `/panel/api/inbounds`.
    Inbound,
    /// From 3.1 on: clients have a table and routes of their own, under `/panel/api/clients`.
    Table,
}

/// How far apart writes have to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// One at a time on the whole panel: 2.x answers 500 or loses what two writes did.
    Panel,
    /// One at a time on an inbound: 3.0 loses what two writes did there, 3.1 has no other way to make several clients at
    /// once than to write the inbound whole.
    Inbound,
    /// The panel has one writer of its own; only the order of the writes of one client is ours.
    Client,
}

/// What is known about a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// Whether it hands out CSRF tokens: the mark of 3.0 and newer.
    pub csrf: bool,
    /// The oldest version that it can be.
    pub oldest: Version,
    /// The newest version that it can be; the same as the oldest where the panel told.
    pub newest: Version,
    /// Whether it has been asked.
    pub probed: bool,
    /// The name that the panel gave itself once and for all, told by panels from 3.3 on.
    pub guid: Option<Arc<str>>,
}

/// Where one generation of panels ends.
const GENERATIONS: [(u8, Version); 6] = [
    (1, Version::new(2, 6, 8)),
    (2, Version::new(2, 9, u16::MAX)),
    (3, Version::new(3, 0, u16::MAX)),
    (4, Version::new(3, 2, u16::MAX)),
    (5, Version::new(3, 6, u16::MAX)),
    (6, Version::DEVELOPMENT),
];

/// What a panel can do, by names for programs, and a route that tells.
const CAPABILITIES: [(&str, Route); 8] = [
    ("serverApi", Route::ServerStatus),
    ("nodes", Route::Nodes),
    ("customGeo", Route::CustomGeos),
    ("clientTable", Route::ClientList),
    ("bulkClients", Route::ClientBulkCreate),
    ("groups", Route::Groups),
    ("lastOnline", Route::LastOnline),
    ("cpuHistory", Route::CpuHistory),
];

impl Panel {
    /// The first version that keeps clients in a table.
    pub const CLIENT_TABLE: Version = Version::new(3, 1, 0);

    /// The newest version without CSRF tokens.
    pub const LAST_WITHOUT_TOKENS: Version = Version::new(2, 9, u16::MAX);

    /// What is known after a login: whether there was a CSRF token.
    pub const fn seen(csrf: bool) -> Self {
        let (oldest, newest) = if csrf {
            (Version::new(3, 0, 0), Version::DEVELOPMENT)
        } else {
            (Version::OLDEST, Self::LAST_WITHOUT_TOKENS)
        };
        Self { csrf, oldest, newest, probed: false, guid: None }
    }

    /// The panel as one that can only be of these versions.
    #[must_use]
    pub fn between(self, oldest: Version, newest: Version) -> Self {
        Self { oldest, newest, probed: true, ..self }
    }

    /// The panel as one of exactly this version.
    #[must_use]
    pub fn exactly(self, version: Version) -> Self {
        self.between(version, version)
    }

    /// Its version, where it is known.
    pub fn version(&self) -> Option<Version> {
        (self.oldest == self.newest).then_some(self.oldest)
    }

    /// How this panel keeps clients; `None` while that is not known without asking.
    pub fn era(&self) -> Option<Era> {
        if self.oldest >= Self::CLIENT_TABLE {
            return Some(Era::Table);
        }
        (self.newest < Self::CLIENT_TABLE).then_some(Era::Inbound)
    }

    /// How far apart this panel needs writes; `None` while that is not known without asking.
    pub fn isolation(&self) -> Option<Isolation> {
        Some(match self.era()? {
            Era::Inbound if self.csrf => Isolation::Inbound,
            Era::Inbound => Isolation::Panel,
            // 3.1 takes several clients at once only by a write of the whole inbound.
            Era::Table if !self.is_at_least(3, 2, 0) => Isolation::Inbound,
            Era::Table => Isolation::Client,
        })
    }

    /// Whether it is known to switch several clients on or off in one request.
    pub fn switches_several(&self) -> bool {
        Route::ClientBulkDisable.row().span.covers(self) == Some(true)
    }

    /// Which of six generations it belongs to: 1 up to 2.6, 2 up to 2.9, 3 for 3.0, 4 up to 3.2, 5 up to 3.6, 6 for what
    /// comes after it.
    pub fn generation(&self) -> Option<u8> {
        let of = |version: Version| GENERATIONS.iter().find(|(_, last)| version <= *last).map(|(n, _)| *n);
        of(self.oldest).filter(|generation| of(self.newest) == Some(*generation))
    }

    /// Whether a lost session may look like a missing route (404): so from 2.8.4 to 3.0.1.
    pub fn hides_lost_sessions(&self) -> bool {
        self.newest >= Version::new(2, 8, 4) && self.oldest <= Version::new(3, 0, 1)
    }

    /// Whether this panel is at least that version; unknown counts as no.
    pub fn is_at_least(&self, major: u16, minor: u16, patch: u16) -> bool {
        self.oldest >= Version::new(major, minor, patch)
    }

    /// What programs are told of the panel.
    pub fn to_json(&self) -> Value {
        let mut capabilities: Map<String, Value> = CAPABILITIES
            .iter()
            .map(|(name, route)| ((*name).to_owned(), self.has(route.anywhere()).into()))
            .collect();
        capabilities.insert("csrf".into(), self.csrf.into());
        json!({
            "version": self.version().map(|version| version.to_string()),
            "generation": self.generation(),
            "guid": self.guid.as_deref(),
            "capabilities": capabilities,
        })
    }

    fn has(&self, spans: impl IntoIterator<Item = Span>) -> bool {
        spans.into_iter().any(|span| span.covers(self) == Some(true))
    }
}

impl Default for Panel {
    fn default() -> Self {
        Self::seen(false)
    }
}

/// As messages name a panel: `3.6.0`, `3.0.0 to 3.0.2`.
impl fmt::Display for Panel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.version(), self.newest) {
            (Some(version), _) => write!(f, "{version}"),
            (None, Version::DEVELOPMENT) => write!(f, "{} or newer", self.oldest),
            (None, newest) if newest.patch == u16::MAX => {
                write!(f, "between {} and {}.{}", self.oldest, newest.major, newest.minor)
            }
            (None, newest) => write!(f, "between {} and {newest}", self.oldest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_era_is_known_without_asking_where_there_is_no_token() {
        assert_eq!(Panel::seen(false).era(), Some(Era::Inbound));
        assert_eq!(Panel::seen(true).era(), None);
        assert_eq!(Panel::seen(true).exactly(Version::new(3, 0, 2)).era(), Some(Era::Inbound));
        assert_eq!(Panel::seen(true).exactly(Version::DEVELOPMENT).era(), Some(Era::Table));
    }

    #[test]
    fn every_version_is_of_one_generation() {
        let of = |text: &str| Panel::seen(true).exactly(Version::parse(text).unwrap()).generation();
        let versions = ["2.3.15", "2.8.11", "3.0.2", "3.1.0", "3.6.0", "dev+02002dc1"];
        assert_eq!(versions.map(of), [1, 2, 3, 4, 5, 6].map(Some));
        assert_eq!(Panel::seen(true).generation(), None);
    }

    #[test]
    fn a_panel_is_named_by_what_is_known_of_it() {
        assert_eq!(Panel::seen(false).to_string(), "between 2.3.0 and 2.9");
        assert_eq!(Panel::seen(true).to_string(), "3.0.0 or newer");
        assert_eq!(Panel::seen(true).exactly(Version::new(3, 6, 0)).to_string(), "3.6.0");
    }

    #[test]
    fn sessions_are_lost_behind_a_404_in_a_few_versions_only() {
        let hides =
            |text: &str| Panel::default().exactly(Version::parse(text).unwrap()).hides_lost_sessions();
        assert_eq!(["2.8.3", "2.8.4", "3.0.1", "3.0.2"].map(hides), [false, true, true, false]);
        assert!(Panel::seen(false).hides_lost_sessions());
    }
}
