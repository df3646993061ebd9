//! Imported SRSs kept in a directory, in a format of our own: magic, version (u32), k (u32), the
//! ceremony's name (64 bytes, zero-padded), sha256 of the rest, then halo2's raw `.srs` and the
//! power of tau after its last.
//!
//! The digest finds a damaged file; what the name claims is checked against the points.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use halo2_proofs::SerdeFormat;
use halo2curves::serde::SerdeObject as _;
use sha2::{Digest as _, Sha256};

use super::ceremony::hex;
use super::check::{G1_BYTES, k_in_range};
use super::import::{Parts, identify};
use super::reader::Reader;
use super::{Ceremony, MAX_K, Srs, SrsError, raw};

/// The first bytes of the file.
pub(super) const MAGIC: [u8; 8] = *b"covenant";

/// Files of version 1 ended before the power that masks quotients.
const VERSION: u32 = 2;
const NAME_BYTES: usize = 64;
const HEADER_BYTES: u64 = 8 + 4 + 4 + NAME_BYTES as u64 + 32;
const EXTENSION: &str = "srs";

/// A file in a cache directory, as its header describes it; [`Srs::load`] and
/// [`import`](super::import) check it.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheEntry {
    /// The file.
    pub path: PathBuf,
    /// The name of its ceremony.
    pub ceremony: String,
    /// log2 of the number of powers.
    pub k: u32,
}

/// The SRSs in a cache directory, by path; none if it does not exist. Other files are skipped.
///
/// # Errors
/// [`SrsError::Io`] if the directory cannot be read.
pub fn list(dir: impl AsRef<Path>) -> Result<Vec<CacheEntry>, SrsError> {
    let dir = dir.as_ref();
    let io = |e| SrsError::io(dir, e);
    let entries = match fs::read_dir(dir) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(io)?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(io)?.path();
        if path.extension().is_none_or(|e| e != EXTENSION) {
            continue;
        }
        if let Ok(header) = Reader::open(&path).and_then(|mut r| header(&mut r)) {
            found.push(CacheEntry {
                path,
                ceremony: header.name,
                k: header.k,
            });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Writes a temporary file beside the final one, then renames it.
pub(super) fn save(srs: &Srs, dir: &Path) -> Result<PathBuf, SrsError> {
    static COUNTER: AtomicU64 = AtomicU64::new(0);

    fs::create_dir_all(dir).map_err(|e| SrsError::io(dir, e))?;
    let name = file_name(&srs.ceremony, srs.k());
    let path = dir.join(&name);
    let unique = COUNTER.fetch_add(1, Ordering::Relaxed);
    let temporary = dir.join(format!(".{name}.{}-{unique}.tmp", std::process::id()));
    let written = write(srs, &temporary)
        .and_then(|()| fs::rename(&temporary, &path))
        .and_then(|()| sync_dir(dir));
    if let Err(e) = written {
        // The first error says more than one about the leftover would.
        let _ = fs::remove_file(&temporary);
        return Err(SrsError::io(&path, e));
    }
    Ok(path)
}

fn write(srs: &Srs, path: &Path) -> std::io::Result<()> {
    let next = srs.next.to_raw_bytes();
    let mut digest = Sha256::new();
    srs.params
        .write_custom(&mut digest, SerdeFormat::RawBytes)?;
    digest.update(&next);
    let mut name = srs.ceremony.to_string().into_bytes();
    name.resize(NAME_BYTES, 0);

    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let mut file = BufWriter::new(file);
    file.write_all(&MAGIC)?;
    file.write_all(&VERSION.to_le_bytes())?;
    file.write_all(&srs.k().to_le_bytes())?;
    file.write_all(&name)?;
    file.write_all(&digest.finalize())?;
    srs.params.write_custom(&mut file, SerdeFormat::RawBytes)?;
    file.write_all(&next)?;
    file.into_inner()?.sync_all()
}

/// The rename itself survives a crash; only Unix opens directories.
fn sync_dir(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}

/// A cached SRS of the first known ceremony that has one for this k.
pub(super) fn load(dir: &Path, k: u32) -> Result<Srs, SrsError> {
    k_in_range(dir, k, MAX_K)?;
    for expected in Ceremony::KNOWN {
        let path = dir.join(file_name(&expected, k));
        let mut reader = match Reader::open(&path) {
            Err(SrsError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                continue;
            }
            reader => reader?,
        };
        let (parts, name) = read(&mut reader)?;
        if parts.k != k {
            return Err(SrsError::header(&path, "k", k, parts.k));
        }
        let ceremony = identify(&path, &parts.powers, &parts.g2, &parts.tau_g2, Some(&name))?;
        if ceremony != expected {
            return Err(SrsError::header(&path, "ceremony", expected, ceremony));
        }
        let lagrange = parts.lagrange.unwrap_or_default();
        return Srs::assemble(&path, ceremony, k, parts.powers, lagrange, parts.tau_g2);
    }
    Err(SrsError::NotCached {
        dir: dir.to_owned(),
        k,
    })
}

fn file_name(ceremony: &Ceremony, k: u32) -> String {
    format!("{ceremony}-{k:02}.{EXTENSION}")
}

struct Header {
    k: u32,
    name: String,
    digest: [u8; 32],
}

fn header(reader: &mut Reader) -> Result<Header, SrsError> {
    reader.seek(0)?;
    let magic: [u8; 8] = reader.bytes()?;
    if magic != MAGIC {
        return Err(SrsError::header(
            reader.path(),
            "magic",
            hex(&MAGIC),
            hex(&magic),
        ));
    }
    let version = reader.u32()?;
    if version != VERSION {
        return Err(SrsError::header(reader.path(), "version", VERSION, version));
    }
    let k = reader.u32()?;
    k_in_range(reader.path(), k, MAX_K)?;
    let name: [u8; NAME_BYTES] = reader.bytes()?;
    let digest = reader.bytes()?;
    let used = name.iter().take_while(|b| **b != 0).count();
    let (used, padding) = name.split_at_checked(used).unwrap_or_default();
    let sound = used.iter().all(u8::is_ascii_graphic) && padding.iter().all(|b| *b == 0);
    let name = match std::str::from_utf8(used) {
        Ok(used) if sound => used.to_owned(),
        _ => {
            return Err(SrsError::header(
                reader.path(),
                "ceremony",
                "a zero-padded name",
                hex(&name),
            ));
        }
    };
    Ok(Header { k, name, digest })
}

/// The points, each checked, and the ceremony's name, unchecked; the digest is right.
pub(super) fn read(reader: &mut Reader) -> Result<(Parts, String), SrsError> {
    let header = header(reader)?;
    let after = G1_BYTES as u64;
    reader.expect_len(
        HEADER_BYTES
            .saturating_add(raw::len(header.k))
            .saturating_add(after),
    )?;
    let mut parts = raw::read(reader, HEADER_BYTES, after)?;
    parts
        .powers
        .extend(reader.g1_points("power of tau after the last", 1)?);
    let got = reader.digest();
    if got != header.digest {
        return Err(SrsError::Corrupt {
            path: reader.path().to_owned(),
            expected: hex(&header.digest),
            got: hex(&got),
        });
    }
    Ok((parts, header.name))
}
