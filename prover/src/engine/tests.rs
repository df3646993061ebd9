//! The prover of large circuits, which keeps nothing between proofs, on a small one.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used)]

use super::Engine;
use crate::keys::Keys;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_claims::shape::Shape;
use covenant_verifier::transcript::KeccakWrite;
use ff::Field;
use halo2_proofs::transcript::TranscriptWriterBuffer;
use halo2curves::bn256::Fr;
use rand_core::RngCore;

/// Powers of 3: the same numbers every time.
struct Powers(Fr);

impl RngCore for Powers {
    fn next_u32(&mut self) -> u32 {
        self.next_u64() as u32
    }
    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }
    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            self.0 *= Fr::from(3);
            chunk.copy_from_slice(&self.0.to_bytes()[..chunk.len()]);
        }
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

/// What is kept changes the time of a proof, and no byte of it. The proofs of circuits that keep
/// are compared with the library's; so the others are too.
#[test]
fn what_is_kept_changes_no_byte() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let (key, srs) = (keys.proving_key(), keys.srs());
    let circuit = CovenantCircuit::blank(Shape::SMALL);
    let [kept, streamed] = [true, false].map(|keep| {
        let engine = Engine::keeping(keep, key, srs, None).unwrap();
        // The second is made of what the first left.
        [(); 2].map(|()| {
            let mut transcript = KeccakWrite::init(Vec::new());
            let rng = Powers(Fr::ONE);
            engine
                .prove(key, &circuit, &[&[]], rng, &mut transcript, &mut |_| {})
                .unwrap();
            transcript.finalize()
        })
    });
    assert_eq!(kept, streamed);
    assert_eq!(kept.first(), kept.last());
}
