//! `peer-noir WORK DIR CRS [RUNS]`: proves the work in Noir with the native prover of the
//! npm package `@aztec/bb.js` (`npm install` in benches/peers/noir first) and prints the figures
//! as JSON. Each proof is a process of its own: it reads circuit, witness and SRS.
#![allow(clippy::print_stdout)]

use covenant_benches::Outcome;
use covenant_benches::measure::{Child, child, median_child, once};
use covenant_verifier::key::aztec_tau_g2;
use ff::PrimeField;
use serde_json::{Value, json};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const HOME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/noir");

struct Files {
    dir: PathBuf,
    crs: PathBuf,
}

impl Files {
    /// The prover has the tau G2 of its ceremony compiled in, of which only 2^14 powers are
    /// at hand here: a copy of it gets the one of the SRS that it is given.
    fn install(&self) -> Outcome<()> {
        let program = Path::new(HOME).join("node_modules/@aztec/bb.js/build/amd64-linux/bb");
        let mut program = fs::read(program)?;
        let tau = aztec_tau_g2().ok_or("the ceremony's point is not one")?;
        let compiled_in: Vec<u8> = [tau.x.c0, tau.x.c1, tau.y.c0, tau.y.c1]
            .iter()
            .flat_map(|c| c.to_repr().into_iter().rev())
            .collect();
        let at = program.windows(128).position(|bytes| bytes == compiled_in);
        let place = at.and_then(|at| program.get_mut(at..at + 128));
        let place = place.ok_or("the prover does not hold the ceremony's tau G2")?;
        place.copy_from_slice(&fs::read(self.crs.join("bn254_g2.dat"))?);
        fs::write(self.path("bb"), program)?;
        fs::set_permissions(self.path("bb"), Permissions::from_mode(0o755))?;
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn bb(&self, verb: &str) -> Command {
        let mut command = Command::new(self.path("bb"));
        command.arg(verb);
        if verb != "gates" {
            // Keccak transcript, zero knowledge: as Covenant's.
            command
                .arg("--crs_path")
                .arg(&self.crs)
                .args(["--verifier_target", "evm"]);
        }
        command
    }

    /// Compiles, and solves for the witness of the claim or of one that is false.
    fn witness(&self, work: &str, change: Option<&str>) -> Command {
        let mut command = Command::new("node");
        command
            .arg(Path::new(HOME).join("witness.mjs"))
            .arg(work)
            .arg(&self.dir)
            .args(change);
        command
    }

    fn prove(&self) -> Command {
        let mut command = self.bb("prove");
        command
            .arg("-b")
            .arg(self.path("work.json"))
            .arg("-w")
            .arg(self.path("witness.gz"));
        command
            .arg("-k")
            .arg(self.path("vk"))
            .arg("-o")
            .arg(&self.dir);
        command
    }

    fn verify(&self) -> Command {
        let mut command = self.bb("verify");
        command
            .arg("-k")
            .arg(self.path("vk"))
            .arg("-p")
            .arg(self.path("proof"));
        command.arg("-i").arg(self.path("public_inputs"));
        command
    }
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [work, dir, crs, rest @ ..] = arguments.as_slice() else {
        return Err("expected WORK DIR CRS [RUNS]".into());
    };
    let runs: usize = rest.first().map_or(Ok(3), |r| r.parse())?;
    let files = Files {
        dir: dir.into(),
        crs: crs.into(),
    };
    fs::create_dir_all(&files.dir)?;
    files.install()?;
    for change in ["debt", "amount", "asset", "value"] {
        if child(&mut files.witness(work, Some(change))).is_ok() {
            return Err(format!("a false claim ({change}) has a witness").into());
        }
    }
    let (setup, made) = once(|| -> Outcome<Child> {
        child(&mut files.witness(work, None))?;
        let mut key = files.bb("write_vk");
        child(
            key.arg("-b")
                .arg(files.path("work.json"))
                .arg("-o")
                .arg(&files.dir),
        )
    });
    made?;
    let (mut proofs, mut checks) = (Vec::new(), Vec::new());
    for _ in 0..runs.max(1) {
        proofs.push(child(&mut files.prove())?);
        checks.push(child(&mut files.verify())?);
    }
    let (proof, verify) = (median_child(&proofs), median_child(&checks));
    let proof_bytes = fs::metadata(files.path("proof"))?.len();
    // The proof is of these public inputs and of no others.
    let mut public = fs::read(files.path("public_inputs"))?;
    if let Some(last) = public.last_mut() {
        *last ^= 1;
    }
    fs::write(files.path("public_inputs"), public)?;
    if child(&mut files.verify()).is_ok() {
        return Err("the proof verifies for other public inputs".into());
    }
    let gates = files
        .bb("gates")
        .arg("-b")
        .arg(files.path("work.json"))
        .output()?;
    let gates: Value = serde_json::from_slice(&gates.stdout)?;
    let gates = gates
        .pointer("/functions/0/circuit_size")
        .cloned()
        .unwrap_or_default();
    let positions: usize = {
        let work: Value = serde_json::from_str(&fs::read_to_string(work)?)?;
        let accounts = work.pointer("/accounts").and_then(Value::as_array).cloned();
        let held = accounts.unwrap_or_default();
        held.iter()
            .filter_map(|a| Some(a.get("positions")?.as_array()?.len()))
            .sum()
    };
    let figures = json!({
        "peer": "Noir 1.0.0-beta.26, UltraHonk zk (native bb 5.0.0)",
        "positions": positions,
        "size": format!("{gates} gates"),
        "setup": setup,
        "proof": proof.cost,
        "runs": proofs.len(),
        "verify": verify.cost,
        "proof_bytes": proof_bytes,
        "peak": proof.peak,
        "note": "commitments by Poseidon2, for which it has gates; a process for each proof, without solving for the witness",
    });
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(())
}
