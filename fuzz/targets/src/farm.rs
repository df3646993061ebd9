//! A manifest of the farm's jobs; and what a worker opens, which anybody who has the workers' public key
//! may have sealed.

use crate::secrets::assert_untold;
use crate::{Verdict, refused};
use covenant_farm::claim::Claims;
use covenant_farm::manifest::{self, Fields};
use covenant_farm::rollup::Rollups;
use covenant_farm::work::{Draft, Drafts};
use covenant_farm::{Cancel, Failure, Opened, Proof, Refusal, Registry, Spec, Work};
use std::collections::BTreeSet;
use std::path::Path;
use zeroize::Zeroizing;

/// A kind that reads no file and makes as many jobs as it is told.
struct Named;

impl Work for Named {
    fn kind(&self) -> &'static str {
        "named"
    }

    fn circuits(&self) -> Result<Vec<String>, Failure> {
        Ok(Vec::new())
    }

    fn draft(&self, entry: &serde_json::Value, _: &Path) -> Result<Drafts, Failure> {
        let mut fields = Fields::of(entry)?;
        let ids = fields.texts("ids")?;
        fields.nothing_else()?;
        let draft = |id: String| Draft {
            spec: spec("named", id.into_bytes()),
            payload: Zeroizing::default(),
            memory_mb: 0,
            file: None,
        };
        let whole = ids.len() != 1;
        Ok(Drafts {
            jobs: ids.into_iter().map(draft).collect(),
            whole: whole.then(|| Box::new(|_: &[Vec<u8>]| Ok(())) as _),
        })
    }

    fn prove(
        &self,
        _: &Opened<'_>,
        _: &Cancel,
        _: &mut dyn FnMut(&'static str),
    ) -> Result<Proof, Refusal> {
        Err(Refusal::Cancelled)
    }

    fn document(&self, _: &Spec, _: &str, _: &[u8]) -> Result<Vec<u8>, String> {
        Err("it proves nothing".into())
    }
}

fn spec(kind: &str, public: Vec<u8>) -> Spec {
    Spec {
        kind: kind.into(),
        circuit: String::new(),
        ceremony: [0; 32],
        public,
    }
}

/// Each name and each job once, children before their parents.
pub(crate) fn manifest(data: &[u8]) -> Verdict {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jobs.json");
    std::fs::write(&path, data).unwrap();
    let registry = Registry::new(vec![Box::new(Named)]);
    let manifest = match manifest::read(&path, &registry) {
        Ok(manifest) => manifest,
        Err(e) => return refused(&e),
    };
    let (mut names, mut placed) = (BTreeSet::new(), BTreeSet::new());
    let all: BTreeSet<_> = manifest.jobs.iter().map(|job| job.key).collect();
    for job in &manifest.jobs {
        assert!(names.insert(job.name.clone()), "a name twice");
        let mut children = job.children.iter();
        assert!(
            children.all(|child| placed.contains(child) || !all.contains(child)),
            "a child after its parent"
        );
        assert_eq!(job.key, job.spec.key());
        assert!(placed.insert(job.key), "a job twice");
    }
    for whole in &manifest.together {
        assert!(whole.keys.iter().all(|key| all.contains(key)));
    }
    Verdict::Read
}

/// No payload is that of a job that nobody submitted, and no refusal quotes one.
pub(crate) fn payload(data: &[u8]) -> Verdict {
    let Ok(payload) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let kinds: [&dyn Work; 2] = [&Claims::new(None), &Rollups::new(None)];
    let mut verdict = Verdict::Refused;
    for kind in kinds {
        let opened = Opened {
            spec: &spec(kind.kind(), Vec::new()),
            payload,
            children: &[],
        };
        let Err(refusal) = kind.prove(&opened, &Cancel::default(), &mut |_| {}) else {
            panic!("a proof of nothing");
        };
        assert_untold(payload, &refusal.to_string());
        refused(&refusal);
        if matches!(
            refusal,
            Refusal::Payload {
                field: "public inputs",
                ..
            }
        ) {
            verdict = Verdict::Read;
        }
    }
    verdict
}
