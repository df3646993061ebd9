//! Operator B.
