//! What the table says of a route, one type for each column.
//!
//! The queue of writes (`writes`), batches and reconciliation (`generation`) and the transport's resend rule read these
//! columns; nobody keeps a list of routes beside them. Must not know: any particular route.

use crate::core::generation::{Panel, Version};

/// In which panels a route exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// In every version in the field.
    Always,
    /// Gone after this version.
    Until(Version),
    /// New in this version.
    Since(Version),
    /// New in the first, gone after the second version.
    Within(Version, Version),
}

impl Span {
    /// Whether the panel has the route; `None` when the panel has to be asked first.
    pub fn covers(self, panel: &Panel) -> Option<bool> {
        let (first, last) = self.bounds();
        if panel.oldest >= first && panel.newest <= last {
            return Some(true);
        }
        if panel.newest < first || panel.oldest > last {
            return Some(false);
        }
        None
    }

    /// The first and the last version with the route.
    pub const fn bounds(self) -> (Version, Version) {
        match self {
            Self::Always => (Version::new(0, 0, 0), Version::DEVELOPMENT),
            Self::Until(last) => (Version::new(0, 0, 0), last),
            Self::Since(first) => (first, Version::DEVELOPMENT),
            Self::Within(first, last) => (first, last),
        }
    }
}

/// What a call changes on the panel, and where the request says which of it. Writes that touch the same wait for each
/// other, as far as the panel's version needs that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touches {
    /// Nothing: a read, whatever its verb, or something that no other call can meet.
    Nothing,
    /// The client that `{email}` names, in whichever inbounds it is.
    Client,
    /// The client that `{email}` names, in the inbound `{id}`.
    ClientOfInbound,
    /// The client that the body describes, in the inbounds that the body names.
    ClientOfBody,
    /// The inbound `{id}` and everybody in it; all inbounds where that is no id of one.
    Inbound,
    /// The inbound that the body names, and who is in it.
    InboundOfBody,
    /// Inbounds or clients that cannot be told from the request: any of them.
    Clients,
    /// A part of the panel beside its inbounds and clients.
    Part(Part),
    /// All of it.
    Panel,
}

/// The parts of a panel beside its inbounds and clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Its own settings, and its user.
    Settings,
    /// Xray: its template, its outbounds, whether it runs, and as which version.
    Xray,
    /// Geo files.
    Geo,
    /// Other panels that it manages.
    Nodes,
}

/// What of a route's work can be done for several callers in one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchKind {
    /// A client is made.
    Create,
    /// A client is deleted.
    Delete,
    /// A client is switched on or off, and nothing else about it is changed.
    Switch,
}

/// How it is found out what became of a write whose answer was lost: what the panel shows where it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reconcile {
    /// Nothing shows it, and doing it again comes to the same: it is done again.
    Again,
    /// Nothing shows it, and doing it again would be too much: the caller is told that the outcome is unknown.
    Never,
    /// The clients of the body are in their inbounds, each with its credential.
    ClientsThere,
    /// The client is as the body says.
    ClientStored,
    /// The clients that are named are gone, from the inbound where one is named.
    ClientsGone,
    /// The clients are in all the inbounds of the body.
    ClientsAttached,
    /// The clients are in none of the inbounds of the body.
    ClientsDetached,
    /// The clients are on.
    ClientsOn,
    /// The clients are off.
    ClientsOff,
    /// There is an inbound like that of the body.
    InboundThere,
    /// The inbound is as the body says.
    InboundStored,
    /// The inbound is gone.
    InboundGone,
    /// The group is there.
    GroupThere,
    /// The group is there under its new name only.
    GroupRenamed,
    /// The group is gone.
    GroupGone,
    /// The clients are in the group.
    GroupJoined,
    /// There is a node like that of the body.
    NodeThere,
    /// The node is as the body says.
    NodeStored,
    /// The node is gone.
    NodeGone,
    /// There is a geo file like that of the body.
    GeoThere,
    /// The geo file is as the body says.
    GeoStored,
    /// The geo file is gone.
    GeoGone,
    /// The settings are as the body says.
    SettingsStored,
    /// Xray's template is that of the body.
    XrayStored,
    /// Xray is stopped.
    XrayStopped,
    /// Xray is of that version.
    XrayInstalled,
}

impl Reconcile {
    /// Whether the panel shows what became of it.
    pub fn is_by_looking(self) -> bool {
        !matches!(self, Self::Again | Self::Never)
    }
}
