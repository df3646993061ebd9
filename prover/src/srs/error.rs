//! Why there is no SRS.

use std::io;
use std::path::{Path, PathBuf};

use super::Ceremony;

/// Why an SRS could not be read, checked or written; every message names the file.
#[non_exhaustive]
#[derive(Debug, thiserror::Error)]
pub enum SrsError {
    /// The operating system refused, or the file ended early.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
    /// A directory, a pipe or a device.
    #[error("{}: expected a regular file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// Neither of the formats that are read.
    #[error(
        "{}: expected a .ptau, a halo2 raw .srs or a covenant SRS, got a file that starts with {got}",
        path.display()
    )]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// Its first bytes in hex.
        got: String,
    },
    /// k is out of range, or larger than the file's.
    #[error("{}: expected k from {min} to {max}, got {got}", path.display())]
    K {
        /// The file.
        path: PathBuf,
        /// The smallest k.
        min: u32,
        /// The largest k here.
        max: u32,
        /// The k requested, or found.
        got: u32,
    },
    /// The length is not the one that the header implies.
    #[error("{}: {what}: expected {expected} bytes, got {got}", path.display())]
    Length {
        /// The file.
        path: PathBuf,
        /// What is too long or too short.
        what: &'static str,
        /// Bytes.
        expected: u64,
        /// Bytes.
        got: u64,
    },
    /// A field of the header is wrong.
    #[error("{}: {field}: expected {expected}, got {got}", path.display())]
    Header {
        /// The file.
        path: PathBuf,
        /// The field.
        field: &'static str,
        /// What it should be.
        expected: String,
        /// What it is.
        got: String,
    },
    /// A point is not one.
    #[error(
        "{}: {what}, point {index}: expected canonical coordinates of a finite point on the curve",
        path.display()
    )]
    Point {
        /// The file.
        path: PathBuf,
        /// Which list of points.
        what: &'static str,
        /// The point's place in it, from 0.
        index: usize,
    },
    /// The first point of a group is another than the generator everyone uses.
    #[error("{}: expected the standard generator of {group} as its first point", path.display())]
    Generator {
        /// The file.
        path: PathBuf,
        /// `G1` or `G2`.
        group: &'static str,
    },
    /// tau itself is unfit.
    #[error("{}: expected a tau nobody knows, but {got}", path.display())]
    Tau {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        got: &'static str,
    },
    /// The points are not the powers of the tau of tau G2.
    #[error("{}: expected the powers of one tau, got points that fail the pairing", path.display())]
    Powers {
        /// The file.
        path: PathBuf,
    },
    /// The power of tau after the last that a circuit uses is missing.
    #[error(
        "{}: expected {expected} powers of tau for k = {k}, got {got}: the one after the circuit's \
         own hides the quotient of every proof; cut the file down to a smaller k, or import a .ptau",
        path.display()
    )]
    NextPower {
        /// The file.
        path: PathBuf,
        /// log2 of the circuit's rows.
        k: u32,
        /// 2^k and one more.
        expected: u64,
        /// The file's powers.
        got: u64,
    },
    /// The Lagrange basis is not that of the powers.
    #[error("{}: expected the lagrange basis of its powers, got another", path.display())]
    Lagrange {
        /// The file.
        path: PathBuf,
    },
    /// The ceremony is not on the list, and the caller did not allow that.
    #[error(
        "{}: expected a known ceremony, got {ceremony}: whoever knows its tau can forge proofs; \
         allow untrusted ceremonies to use it",
        path.display()
    )]
    Untrusted {
        /// The file.
        path: PathBuf,
        /// The ceremony as it would be named.
        ceremony: Ceremony,
    },
    /// A cached file changed since it was written.
    #[error("{}: expected sha256 {expected}, got {got}: delete the file and import again", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// As recorded, in hex.
        expected: String,
        /// As computed, in hex.
        got: String,
    },
    /// The cache holds no SRS of a known ceremony for this k.
    #[error("{}: expected an imported SRS of a known ceremony for k = {k}, got none", dir.display())]
    NotCached {
        /// The cache directory.
        dir: PathBuf,
        /// log2 of the size.
        k: u32,
    },
    /// Not enough memory for the points.
    #[error("{}: expected room for {bytes} bytes in memory, got none", path.display())]
    Memory {
        /// The file.
        path: PathBuf,
        /// Bytes.
        bytes: u64,
    },
}

impl SrsError {
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    pub(super) fn header(
        path: &Path,
        field: &'static str,
        expected: impl ToString,
        got: impl ToString,
    ) -> Self {
        Self::Header {
            path: path.to_owned(),
            field,
            expected: expected.to_string(),
            got: got.to_string(),
        }
    }
}
