//! Who made a call, as the host of the core knows them.
//!
//! Whatever the core asks of its host on behalf of a call (a request through the host's transport, a session store, a login of
//! the host's own, a line of the trace) names the caller, so that the host does it in the caller's own surroundings. Where one
//! piece of work serves several calls, the caller is the one that started it.
//!
//! Must not know: what a host keeps of its callers.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// The host's own handle of a caller, kept for as long as anything may still be done for them; nobody by default.
#[derive(Clone, Default)]
// One pointer, as it travels with every request: what the host keeps is behind another one.
pub struct Caller(Option<Arc<Box<dyn Any + Send + Sync>>>);

impl Caller {
    /// A caller of whom the host keeps this.
    pub fn new(kept: impl Any + Send + Sync) -> Self {
        Self(Some(Arc::new(Box::new(kept))))
    }

    /// What the host keeps of them.
    pub fn kept<T: Any>(&self) -> Option<&T> {
        self.0.as_ref()?.downcast_ref()
    }
}

impl PartialEq for Caller {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Eq for Caller {}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Caller" } else { "Caller(nobody)" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_caller_comes_back_as_what_it_is() {
        let caller = Caller::new(7_u8);
        assert_eq!(caller.clone().kept::<u8>(), Some(&7));
        assert_eq!(caller.kept::<String>(), None);
        assert_eq!(Caller::default().kept::<u8>(), None);
    }

    #[test]
    fn a_caller_is_equal_to_itself_only() {
        let caller = Caller::new(7_u8);
        assert_eq!(caller, caller.clone());
        assert_ne!(caller, Caller::new(7_u8));
        assert_eq!(Caller::default(), Caller::default());
    }
}
