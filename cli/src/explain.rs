//! What rules and refusals mean, in words.

pub(crate) mod check;
pub(crate) mod coverage;
pub(crate) mod failed;
pub(crate) mod held;
pub(crate) mod policy;
pub(crate) mod refusal;
pub(crate) mod remedy;
