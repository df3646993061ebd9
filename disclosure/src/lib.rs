//! What an auditor is handed, and what it hands on (docs/spec.md, sections 10.15 and 10.16).
//!
//! A [`Disclosure`] is openings of accounts of one proved statement; [`seal()`] encrypts it to the
//! auditor's age keys, [`unseal`] gives it back, and [`Disclosed`] is the evidence that its openings
//! are those of a bundle: only the comparison makes one. A [`Pack`] keeps a bundle, what was expected
//! of it, the auditor's opinion and documents in one file, with the hash of each.
//!
//! Sealing keeps a disclosure from others. That it is true rests on none of it: every commitment is
//! recomputed from its opening. Nor do the hashes of a pack say that anything in it is true: they find
//! damage, and whoever relies on a pack verifies its bundle against expectations of its own.

pub mod disclosure;
pub mod pack;
pub mod seal;

pub use disclosure::{Disclosed, DisclosedAccount, Disclosure, DisclosureError};
pub use pack::{Pack, PackError};
pub use seal::{Identity, Recipient, SealError, seal, unseal};
