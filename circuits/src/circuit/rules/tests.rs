//! The table against the constraint system.
