//! The writes that are being worked out, and whether those who could begin wait for them so that they leave together.
//!
//! Owns that one inbound's are not waited for by another's: what an inbound is like may take long to find out. Must not know:
//! who could begin (`line`).

use std::collections::{BTreeSet, HashMap};

use super::write::Write;

/// Them by their inbounds.
#[derive(Debug, Default)]
pub struct Due {
    places: BTreeSet<(i64, u64)>,
    /// The first of the places that are waited for, each with all before it, by inbound.
    awaited: HashMap<i64, u64>,
}

impl Due {
    /// One more.
    pub fn insert(&mut self, id: u64, write: &Write) {
        self.places.extend(inbounds_of(write).map(|inbound| (inbound, id)));
    }

    /// It has been worked out, or is gone.
    pub fn remove(&mut self, id: u64, write: &Write) {
        for inbound in inbounds_of(write) {
            self.places.remove(&(inbound, id));
        }
    }

    /// Whether a write to these inbounds waits for those up to this place.
    pub fn holds_up(&mut self, write: &Write, last: u64) -> bool {
        let mut waits = false;
        for inbound in inbounds_of(write).filter(|inbound| is_any_up_to(&self.places, *inbound, last)) {
            self.awaited.entry(inbound).and_modify(|first| *first = last.min(*first)).or_insert(last);
            waits = true;
        }
        waits
    }

    /// Whether somebody for whom that was so need not wait any more.
    pub fn lets_go(&self) -> bool {
        self.awaited.iter().any(|(inbound, last)| !is_any_up_to(&self.places, *inbound, *last))
    }

    /// Who waits is asked again.
    pub fn forget_awaited(&mut self) {
        self.awaited.clear();
    }
}

fn is_any_up_to(places: &BTreeSet<(i64, u64)>, inbound: i64, last: u64) -> bool {
    places.range((inbound, 0)..=(inbound, last)).next().is_some()
}

fn inbounds_of(write: &Write) -> impl Iterator<Item = i64> {
    write.inbounds.iter().flatten().copied()
}
