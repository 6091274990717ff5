//! Values of the host that the core carries along and does not look into.
//!
//! Kept for as long as anything of the core holds one, and let go with the last: nobody has to count them.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A value of the host; none by default.
#[derive(Clone, Default)]
// One pointer, as it travels with every request: what the host keeps is behind another one.
pub struct HostValue(Option<Arc<Box<dyn Any + Send + Sync>>>);

impl HostValue {
    /// One that holds this.
    pub fn new(kept: impl Any + Send + Sync) -> Self {
        Self(Some(Arc::new(Box::new(kept))))
    }

    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// What it holds.
    pub fn kept<T: Any>(&self) -> Option<&T> {
        self.0.as_ref()?.downcast_ref()
    }
}

impl PartialEq for HostValue {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Eq for HostValue {}

impl fmt::Debug for HostValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "HostValue" } else { "HostValue(none)" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_comes_back_as_what_it_is() {
        let value = HostValue::new(7_u8);
        assert_eq!(value.clone().kept::<u8>(), Some(&7));
        assert_eq!(value.kept::<String>(), None);
        assert!(HostValue::default().is_none());
    }

    #[test]
    fn a_value_is_equal_to_itself_only() {
        let value = HostValue::new(7_u8);
        assert_eq!(value, value.clone());
        assert_ne!(value, HostValue::new(7_u8));
        assert_eq!(HostValue::default(), HostValue::default());
    }
}
