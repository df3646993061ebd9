//! A facility's terms, from a file; and the log of its changes, which is only ever added to and is
//! what a later run goes on from.

use crate::codes::Code;
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use covenant_circuits::ident::{FacilityId, Hash};
use covenant_circuits::json;
use covenant_circuits::numbers::Ratio;
use covenant_keys::SigningKey;
use covenant_verifier::expect::quantity::{self, Scalar, basis_points, seconds};
use covenant_verifier::facility::{Position, Terms};
use covenant_verifier::signed::{Answers, MarginNotice, SignedNotice};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Largest log, in bytes.
const MAX_LOG: u64 = 1 << 26;

/// What a facility must look like.
const NAMED: &str = "a facility's name, or its id as 0x-hex";

/// The file, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FacilityFile {
    version: u64,
    facility: String,
    warning: Scalar,
    call: Scalar,
    critical: Scalar,
    return_to: Scalar,
    cure_period: Scalar,
    max_staleness: Scalar,
}

/// A facility that is watched.
pub(super) struct Facility {
    pub(super) id: FacilityId,
    /// As the file names it.
    pub(super) name: String,
    pub(super) terms: Terms,
}

impl Facility {
    /// Reads TOML.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = files::read(path, files::MAX_PUBLIC)?;
        let file: FacilityFile = toml::from_str(&text)
            .map_err(|e| Failure::of_file(path, Malformed::toml(&text, &e)))?;
        file.facility().map_err(|e| Failure::of_file(path, e))
    }
}

impl FacilityFile {
    fn facility(self) -> Result<Facility, Malformed> {
        if self.version != 1 {
            return Err(Malformed::new("1", self.version).field("version"));
        }
        let ratio = |name: &str, x: &Scalar| {
            let ratio = basis_points(x).and_then(|bps| Ratio::new(bps).ok());
            ratio.ok_or_else(|| Malformed::new(quantity::RATIO, x).field(name))
        };
        let duration = |name: &str, x: &Scalar| {
            seconds(x).ok_or_else(|| Malformed::new(quantity::DURATION, x).field(name))
        };
        let ratios = [
            ratio("warning", &self.warning)?,
            ratio("call", &self.call)?,
            ratio("critical", &self.critical)?,
            ratio("return_to", &self.return_to)?,
        ];
        let cure_period = duration("cure_period", &self.cure_period)?;
        let max_staleness = duration("max_staleness", &self.max_staleness)?;
        let terms = Terms::new(ratios, cure_period, max_staleness).map_err(|e| {
            let expected = format!("a ratio of at least that of {}", e.least);
            Malformed::new(expected, "one below").field(e.field)
        })?;
        let id = FacilityId::read(&self.facility);
        Ok(Facility {
            id: id.map_err(|e| Malformed::new(NAMED, e.got).field("facility"))?,
            name: self.facility,
            terms,
        })
    }
}

/// A change of a facility's state: a line of the log.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    /// The facility, as its file names it.
    pub(super) facility: String,
    /// The notice, and who signed it where a key was given.
    #[schemars(with = "serde_json::Value")]
    pub(super) notice: Notice,
    /// The notice's EIP-712 digest, 0x-hex: `previous` of the next one.
    pub(super) digest: String,
    /// Why, in words.
    pub(super) reason: String,
}

/// A notice that is signed or not.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Notice {
    Signed(SignedNotice),
    Unsigned { notice: MarginNotice },
}

impl<'de> Deserialize<'de> for Notice {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Unsigned {
            notice: MarginNotice,
        }
        let value = serde_json::Value::deserialize(deserializer)?;
        let custom = serde::de::Error::custom;
        match value.get("signature") {
            Some(_) => serde_json::from_value(value)
                .map(Self::Signed)
                .map_err(custom),
            None => {
                let read: Unsigned = serde_json::from_value(value).map_err(custom)?;
                Ok(Self::Unsigned {
                    notice: read.notice,
                })
            }
        }
    }
}

impl Notice {
    pub(super) fn get(&self) -> &MarginNotice {
        match self {
            Self::Signed(signed) => &signed.notice,
            Self::Unsigned { notice } => notice,
        }
    }
}

/// What is known of a facility's past, and where changes are written to.
pub(super) struct Log {
    /// Held open and locked, so that no second watch adds to it.
    file: Option<(PathBuf, File)>,
    key: Option<SigningKey>,
    last: Option<Change>,
}

impl Log {
    /// Opens a log, which is checked from its first line to its last; without a path nothing is
    /// kept.
    pub(super) fn open(
        path: Option<&Path>,
        key: Option<SigningKey>,
        facility: &Facility,
    ) -> Result<Self, Failure> {
        let mut log = Self {
            file: None,
            key,
            last: None,
        };
        let Some(path) = path else { return Ok(log) };
        let failed = |e: std::io::Error| {
            let said = format!("could not be opened: {e}");
            Failure::in_file(path, Code::FileNotWritten, said)
        };
        files::folder_of(path)?;
        let mut options = OpenOptions::new();
        let file = options.read(true).append(true).create(true).open(path);
        let mut file = file.map_err(failed)?;
        if file.try_lock().is_err() {
            let said = "expected a log that no other watch is writing to";
            return Err(Failure::in_file(path, Code::FileNotWritten, said));
        }
        let length = file.metadata().map_err(failed)?.len();
        if length > MAX_LOG {
            let said = format!("expected at most {MAX_LOG} bytes, got {length}");
            return Err(Failure::in_file(path, Code::FileTooLarge, said));
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(failed)?;
        log.last = last(&text, facility).map_err(|e| Failure::of_file(path, e))?;
        log.file = Some((path.into(), file));
        Ok(log)
    }

    /// Where the facility was last.
    pub(super) fn position(&self) -> Option<Position> {
        let notice = self.last.as_ref()?.notice.get();
        Some(Position {
            state: notice.state,
            since: notice.at,
            cure_until: (notice.cure_until > 0).then_some(notice.cure_until),
        })
    }

    /// Unix seconds of the last change.
    pub(super) fn at(&self) -> Option<u64> {
        Some(self.last.as_ref()?.notice.get().at)
    }

    /// The statement that was accepted last.
    pub(super) fn statement(&self) -> Option<Hash> {
        let notice = self.last.as_ref()?.notice.get();
        (notice.statement != Hash([0; 32])).then_some(notice.statement)
    }

    /// Adds a change: signs it where there is a key, and writes it before it is told.
    pub(super) fn add(
        &mut self,
        mut notice: MarginNotice,
        facility: &Facility,
        reason: String,
    ) -> Result<Change, Failure> {
        if let Some(last) = &self.last {
            notice.previous = last.notice.get().digest().into();
        }
        let digest = notice.digest().to_string();
        let change = Change {
            facility: facility.name.clone(),
            notice: match &self.key {
                Some(key) => Notice::Signed(key.notify(notice).map_err(Failure::of)?),
                None => Notice::Unsigned { notice },
            },
            digest,
            reason,
        };
        if let Some((path, file)) = &mut self.file {
            let failed = |e: std::io::Error| {
                let said = format!("could not be written: {e}");
                Failure::in_file(path, Code::FileNotWritten, said)
            };
            let line = serde_json::to_string(&change);
            let line = line.map_err(|e| Failure::new(Code::Internal, e))?;
            // In one piece: a reader sees a whole line or none.
            file.write_all(format!("{line}\n").as_bytes())
                .map_err(failed)?;
            file.sync_all().map_err(failed)?;
        }
        self.last = Some(change.clone());
        Ok(change)
    }
}

/// The last change of a log whose every line follows from the one before.
fn last(text: &str, facility: &Facility) -> Result<Option<Change>, Malformed> {
    if !text.is_empty() && !text.ends_with('\n') {
        let line = text.lines().count();
        return Err(Malformed::new("a whole line", "one without its end").line(line as u64));
    }
    let mut last: Option<Change> = None;
    for (line, text) in (1..).zip(text.lines()) {
        let at = |e: Malformed| e.line(line);
        let change: Change = json::from_str(text)
            .map_err(|e| at(Malformed::new("a line that covenant watch wrote", e)))?;
        let notice = change.notice.get();
        let wrong = |field: &str, expected: String, got: String| {
            at(Malformed::new(expected, got).field(field))
        };
        if notice.facility != facility.id {
            return Err(wrong(
                "facility",
                facility.name.clone(),
                format!("{:?}", change.facility),
            ));
        }
        let digest = notice.digest().to_string();
        if change.digest != digest {
            return Err(wrong("digest", digest, change.digest));
        }
        let before = last.as_ref().map(|last| last.notice.get());
        let previous = before.map_or(Hash([0; 32]), |before| before.digest().into());
        if notice.previous != previous {
            let (expected, got) = (previous.to_string(), notice.previous.to_string());
            return Err(wrong("notice.previous", expected, got));
        }
        if let Some(before) = before.filter(|before| before.at > notice.at) {
            let expected = format!("{} or later", before.at);
            return Err(wrong("notice.at", expected, notice.at.to_string()));
        }
        if let Notice::Signed(signed) = &change.notice
            && let Err(e) = signed.check(&Answers::none())
        {
            return Err(wrong(
                "signature",
                format!("that of {}", signed.signer),
                e.to_string(),
            ));
        }
        last = Some(change);
    }
    Ok(last)
}
