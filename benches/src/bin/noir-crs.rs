//! `noir-crs K DIR`: an SRS in Barretenberg's file format, because the peer's own would be
//! downloaded. Not a ceremony: this process knew tau.
#![allow(clippy::print_stderr)]

use covenant_benches::Outcome;
#[cfg(feature = "insecure-dev-srs")]
use {
    covenant_prover::srs::Srs,
    ff::PrimeField,
    halo2_proofs::poly::commitment::ParamsProver as _,
    halo2curves::bn256::Fq,
    std::{fs, io::Write as _, path::Path},
};

/// Big-endian.
#[cfg(feature = "insecure-dev-srs")]
fn bytes(x: &Fq) -> [u8; 32] {
    let mut bytes: [u8; 32] = x.to_repr();
    bytes.reverse();
    bytes
}

#[cfg(feature = "insecure-dev-srs")]
fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [k, dir] = arguments.as_slice() else {
        return Err("expected K DIR".into());
    };
    let srs = Srs::insecure_development(k.parse()?)?;
    let dir = Path::new(dir);
    fs::create_dir_all(dir)?;
    let mut g1 = std::io::BufWriter::new(fs::File::create(dir.join("bn254_g1.dat"))?);
    for point in srs.params().get_g() {
        g1.write_all(&bytes(&point.x))?;
        g1.write_all(&bytes(&point.y))?;
    }
    g1.flush()?;
    let tau = srs.params().s_g2();
    let coordinates = [tau.x.c0, tau.x.c1, tau.y.c0, tau.y.c1];
    fs::write(
        dir.join("bn254_g2.dat"),
        coordinates.map(|c| bytes(&c)).concat(),
    )?;
    eprintln!("{}: {} points", dir.display(), srs.params().get_g().len());
    Ok(())
}

#[cfg(not(feature = "insecure-dev-srs"))]
fn main() -> Outcome<()> {
    Err("build with --features insecure-dev-srs".into())
}
