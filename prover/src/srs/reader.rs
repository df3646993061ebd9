//! A file that is read no further than its length, with errors that name it.

use std::fs::{self, File};
use std::io::{BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use halo2curves::bn256::{G1Affine, G2Affine};
use sha2::{Digest as _, Sha256};

use super::SrsError;
use super::check::{self, G1_BYTES, G2_BYTES};

/// Points read at once: 256 KiB.
const CHUNK: usize = 4096;

/// An open file, its length, and the sha256 of what was read since [`Reader::start_digest`].
pub(super) struct Reader {
    path: PathBuf,
    file: BufReader<File>,
    len: u64,
    digest: Sha256,
}

impl Reader {
    /// Opens a regular file; a pipe is refused before it can block.
    pub(super) fn open(path: &Path) -> Result<Self, SrsError> {
        let io = |e| SrsError::io(path, e);
        let not_a_file = || SrsError::NotAFile {
            path: path.to_owned(),
        };
        if !fs::metadata(path).map_err(io)?.is_file() {
            return Err(not_a_file());
        }
        let file = File::open(path).map_err(io)?;
        let metadata = file.metadata().map_err(io)?;
        if !metadata.is_file() {
            return Err(not_a_file());
        }
        Ok(Self {
            path: path.to_owned(),
            file: BufReader::new(file),
            len: metadata.len(),
            digest: Sha256::new(),
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The file's length in bytes, as the operating system gave it on opening.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn expect_len(&self, expected: u64) -> Result<(), SrsError> {
        if self.len == expected {
            return Ok(());
        }
        Err(SrsError::Length {
            path: self.path.clone(),
            what: "file",
            expected,
            got: self.len,
        })
    }

    pub(super) fn seek(&mut self, to: u64) -> Result<(), SrsError> {
        self.file
            .seek(SeekFrom::Start(to))
            .map(|_| ())
            .map_err(|e| SrsError::io(&self.path, e))
    }

    /// From here on, what is read counts towards [`Reader::digest`].
    pub(super) fn start_digest(&mut self) {
        self.digest = Sha256::new();
    }

    pub(super) fn digest(&self) -> [u8; 32] {
        self.digest.clone().finalize().into()
    }

    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), SrsError> {
        self.file
            .read_exact(buffer)
            .map_err(|e| SrsError::io(&self.path, e))?;
        self.digest.update(&*buffer);
        Ok(())
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], SrsError> {
        let mut buffer = [0; N];
        self.fill(&mut buffer)?;
        Ok(buffer)
    }

    /// Little-endian.
    pub(super) fn u32(&mut self) -> Result<u32, SrsError> {
        self.bytes().map(u32::from_le_bytes)
    }

    /// Little-endian.
    pub(super) fn u64(&mut self) -> Result<u64, SrsError> {
        self.bytes().map(u64::from_le_bytes)
    }

    /// `n` checked points. The caller has compared `n` with the file's length.
    pub(super) fn g1_points(
        &mut self,
        what: &'static str,
        n: usize,
    ) -> Result<Vec<G1Affine>, SrsError> {
        let mut points = Vec::new();
        points.try_reserve_exact(n).map_err(|_| SrsError::Memory {
            path: self.path.clone(),
            bytes: (n as u64).saturating_mul(G1_BYTES as u64),
        })?;
        let mut buffer = vec![0; CHUNK.min(n) * G1_BYTES];
        while points.len() < n {
            buffer.truncate(CHUNK.min(n - points.len()) * G1_BYTES);
            self.fill(&mut buffer)?;
            points.extend(check::g1_points(&self.path, what, points.len(), &buffer)?);
        }
        Ok(points)
    }

    pub(super) fn g2_point(
        &mut self,
        what: &'static str,
        index: usize,
    ) -> Result<G2Affine, SrsError> {
        let bytes: [u8; G2_BYTES] = self.bytes()?;
        check::g2_point(&self.path, what, index, &bytes)
    }
}
