//! A kind of job that takes as long and ends as it is told.

use covenant_farm::manifest::Fields;
use covenant_farm::work::{Draft, Drafts, Proof};
use covenant_farm::{Cancel, Failure, Opened, Refusal, Registry, Spec, Work};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

pub(crate) struct Toy;

pub(crate) fn registry() -> Registry {
    Registry::new(vec![Box::new(Toy)])
}

/// What proves that a job was done.
fn proof(spec: &Spec) -> Vec<u8> {
    format!("toy proof of {}", spec.key()).into_bytes()
}

impl Work for Toy {
    fn kind(&self) -> &'static str {
        "toy"
    }

    fn circuits(&self) -> Result<Vec<String>, Failure> {
        Ok(vec!["toy-1".into()])
    }

    fn draft(&self, entry: &serde_json::Value, _: &Path) -> Result<Drafts, Failure> {
        let mut fields = Fields::of(entry)?;
        let id = fields.text("id")?;
        let behaviour = fields.text_or("behaviour", "ok")?;
        let (ms, secret) = (fields.number("ms")?, fields.number("secret")?);
        let circuit = fields.text_or("circuit", "toy-1")?;
        let padding = fields.text_or("padding", "")?;
        fields.nothing_else()?;
        Ok(Drafts::from(Draft {
            spec: Spec {
                kind: "toy".into(),
                circuit,
                ceremony: [1; 32],
                public: id.into_bytes(),
            },
            payload: Zeroizing::new(format!("{behaviour} {ms} {secret} {padding}")),
            memory_mb: 10,
            file: None,
        }))
    }

    fn prove(
        &self,
        job: &Opened<'_>,
        cancel: &Cancel,
        progress: &mut dyn FnMut(&'static str),
    ) -> Result<Proof, Refusal> {
        let words: Vec<&str> = job.payload.split(' ').collect();
        let (behaviour, ms, secret) = (words[0], words[1].parse().unwrap(), words[2]);
        let mut sum: u64 = secret.parse().unwrap();
        for child in job.children {
            let output = child
                .output
                .as_ref()
                .ok_or(Refusal::Failed("no output of a child".into()))?;
            assert!(child.proof.starts_with(b"toy proof of 0x"));
            sum += output.parse::<u64>().unwrap();
        }
        for phase in ["begin", "middle", "end"] {
            progress(phase);
            let began = Instant::now();
            while began.elapsed() < Duration::from_millis(ms) / 3 {
                if cancel.is_set() && behaviour != "stubborn" {
                    return Err(Refusal::Cancelled);
                }
                sleep(Duration::from_millis(5).min(Duration::from_millis(ms)));
            }
        }
        let proof = proof(job.spec);
        match behaviour {
            "false" => {
                return Err(Refusal::False {
                    clause: "S7".into(),
                });
            }
            "fail" => return Err(Refusal::Failed("no luck".into())),
            "panic" => panic!("the secret is {secret}"),
            "abort" => std::process::abort(),
            _ => {}
        }
        Ok(Proof {
            proof: if behaviour == "forge" {
                b"trust me".into()
            } else {
                proof
            },
            output: Some(Zeroizing::new(sum.to_string())),
        })
    }

    fn document(&self, spec: &Spec, _: &str, found: &[u8]) -> Result<Vec<u8>, String> {
        match found == proof(spec) {
            true => Ok(found.to_vec()),
            false => Err("it does not prove the statement".into()),
        }
    }
}
