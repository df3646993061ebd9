//! The command line with real files: a process from its start until the bundle is
//! written, its keys cached or not, and verification by a process of its own.

use crate::Outcome;
use crate::claims::{Full, RATIO_BPS, full};
use crate::measure::{Child, child, median_child};
use covenant_circuits::shape::Shape;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the command line costs for a shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cold {
    /// Name or dimensions.
    pub shape: String,
    /// `covenant prove` with an empty cache.
    pub without_keys: Child,
    /// `covenant prove` with the keys in the cache.
    pub with_keys: Child,
    /// `covenant verify`.
    pub verify: Child,
    /// Bytes of the cached key and multiples of points.
    pub key_bytes: u64,
    /// Bytes of the bundle.
    pub bundle_bytes: u64,
}

/// The files of an institution that makes this claim, and of who relies on it.
struct Files {
    dir: tempfile::TempDir,
    openings: Vec<PathBuf>,
}

impl Files {
    fn write(full: &Full) -> Outcome<Self> {
        let dir = tempfile::tempdir()?;
        let path = |name: &str| dir.path().join(name);
        let document = full.satisfied.claim().policy.document();
        fs::write(path("policy.json"), serde_json::to_string(document)?)?;
        fs::write(path("prices.json"), full.prices.to_json())?;
        let mut openings = Vec::new();
        for (m, opening) in full.satisfied.claim().openings.iter().enumerate() {
            let path = path(&format!("opening-{m}.json"));
            fs::write(&path, opening.to_json().as_bytes())?;
            openings.push(path);
        }
        let subject = full
            .satisfied
            .claim()
            .openings
            .first()
            .map(|o| o.subject().to_owned());
        let expect = format!(
            "version = 2\npolicy = \"policy.json\"\nsubject = {:?}\nmin_ratio = \"125%\"\n\
             min_public_debt = \"{}\"\nmax_account_age = \"24h\"\nmax_price_age = \"24h\"\n\
             max_clock_skew = \"60s\"\nmax_window = \"0s\"\ncontext = \"benchmark\"\nmax_self_declared_collateral = 64\nmax_self_declared_liability = 64\n\n\
             [prices]\nallow_unsigned = true\n",
            subject.unwrap_or_default(),
            debt(full),
        );
        fs::write(path("expect.toml"), expect)?;
        Ok(Self { dir, openings })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn prove(&self, program: &Path, full: &Full) -> Command {
        let mut command = Command::new(program);
        command
            .arg("--cache-dir")
            .arg(self.path("cache"))
            .arg("prove");
        command.arg("--policy").arg(self.path("policy.json"));
        command.arg("--prices").arg(self.path("prices.json"));
        command.arg("--opening").args(&self.openings);
        command.arg("--ratio").arg(format!("{}%", RATIO_BPS / 100));
        command
            .arg("--debt")
            .arg(debt(full))
            .arg("--context")
            .arg("benchmark");
        command.arg("--shape").arg(full.shape.to_string());
        command.arg("--out").arg(self.path("bundle.json"));
        command
    }

    fn verify(&self, program: &Path, at: u64) -> Command {
        let mut command = Command::new(program);
        command
            .arg("--cache-dir")
            .arg(self.path("cache"))
            .arg("verify");
        command
            .arg(self.path("bundle.json"))
            .arg("--expect")
            .arg(self.path("expect.toml"));
        command.arg("--at").arg(at.to_string());
        command
    }
}

/// In quote units.
fn debt(full: &Full) -> String {
    let micro = full.debt.get();
    format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000)
}

/// Measures a standard shape; `program` is the `covenant` binary of the release profile.
pub fn measure(program: &Path, shape: Shape, runs: usize) -> Outcome<Cold> {
    let full = full(shape)?;
    let files = Files::write(&full)?;
    let (mut without, mut with, mut verified) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs.max(1) {
        let _ = fs::remove_dir_all(files.path("cache"));
        without.push(child(&mut files.prove(program, &full))?);
        with.push(child(&mut files.prove(program, &full))?);
        verified.push(child(
            &mut files.verify(program, full.satisfied.claim().statement.window().to()),
        )?);
    }
    let key_bytes = fs::read_dir(files.path("cache").join("keys"))?
        .filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()))
        .sum();
    Ok(Cold {
        shape: shape.to_string(),
        without_keys: median_child(&without),
        with_keys: median_child(&with),
        verify: median_child(&verified),
        key_bytes,
        bundle_bytes: fs::metadata(files.path("bundle.json"))?.len(),
    })
}
