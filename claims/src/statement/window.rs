//! The window of snapshots (docs/spec.md, section 6).

/// When the accounts of a basket were taken: from one time to another, both included, in Unix
/// seconds. Never empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    from: u64,
    to: u64,
}

/// A window that ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the window of snapshots: expected as_of_to at {from} or later, got {to}")]
pub struct WindowError {
    /// as_of_from.
    pub from: u64,
    /// as_of_to.
    pub to: u64,
}

impl Window {
    /// `as_of_from` and `as_of_to`.
    pub const fn new(from: u64, to: u64) -> Result<Self, WindowError> {
        if from <= to {
            Ok(Self { from, to })
        } else {
            Err(WindowError { from, to })
        }
    }
    /// One second.
    pub const fn at(as_of: u64) -> Self {
        Self {
            from: as_of,
            to: as_of,
        }
    }
    /// as_of_from.
    pub const fn from(&self) -> u64 {
        self.from
    }
    /// as_of_to.
    pub const fn to(&self) -> u64 {
        self.to
    }
    /// Whether a snapshot lies in it.
    pub const fn contains(&self, as_of: u64) -> bool {
        self.from <= as_of && as_of <= self.to
    }
}
