//! The work with halo2-base's chips: its Poseidon (t = 5, 8 full and 60 partial rounds) as a
//! sponge over the whole account, four elements a permutation where Covenant's chain takes
//! three and its link; its range chip; one flag for each position and asset.

use halo2_base::gates::circuit::builder::BaseCircuitBuilder;
use halo2_base::gates::{GateInstructions, RangeInstructions};
use halo2_base::halo2_proofs::halo2curves::bn256::Fr;
use halo2_base::poseidon::hasher::PoseidonHasher;
use halo2_base::poseidon::hasher::spec::OptimizedPoseidonSpec;
use halo2_base::utils::biguint_to_fe;
use halo2_base::{AssignedValue, Context, QuantumCell};
use num_bigint::BigUint;
use work::{AMOUNT_BITS, DIVISOR, ID_BITS, REMAINDER_BITS, SLACK_BITS, VALUE_BITS, Work};

pub const K: usize = 16;
pub const LOOKUP_BITS: usize = 15;
/// Rows that blinding takes.
pub const BLINDING_ROWS: usize = 9;

pub fn field(x: &BigUint) -> Fr {
    biguint_to_fe(x)
}

/// What is public beside the commitments.
pub fn public(work: &Work) -> Vec<Fr> {
    let mut inputs = vec![
        field(&work.tag.0),
        field(&work.subject.0),
        work.as_of.into(),
        work.ratio.into(),
        field(&work.debt.0),
    ];
    for asset in &work.assets {
        inputs.extend([
            field(&asset.id.0),
            field(&asset.price.0),
            asset.weight.into(),
        ]);
    }
    inputs
}

type Value = AssignedValue<Fr>;

fn ranged(
    ctx: &mut Context<Fr>,
    range: &impl RangeInstructions<Fr>,
    x: &BigUint,
    bits: usize,
) -> Value {
    let value = ctx.load_witness(field(x));
    range.range_check(ctx, value, bits);
    value
}

/// Lays the claim out; returns the instance: [`public`], then the commitments.
pub fn build(builder: &mut BaseCircuitBuilder<Fr>, work: &Work) -> Vec<Fr> {
    let range = builder.range_chip();
    let gate = range.gate();
    let ctx = builder.main(0);
    let mut hasher = PoseidonHasher::<Fr, 5, 4>::new(OptimizedPoseidonSpec::new::<8, 60, 0>());
    hasher.initialize_consts(ctx, gate);
    let mut instance: Vec<Value> = public(work)
        .into_iter()
        .map(|x| ctx.load_witness(x))
        .collect();
    let (header, assets) = instance.split_at(5);
    let (header, assets) = (header.to_vec(), assets.to_vec());
    let ids: Vec<QuantumCell<Fr>> = assets
        .iter()
        .step_by(3)
        .map(|id| QuantumCell::Existing(*id))
        .collect();
    let shift = QuantumCell::Constant(field(&(BigUint::from(1u8) << 128)));
    let mut flags = vec![Vec::new(); work.assets.len()];
    let mut amounts = Vec::new();
    for account in &work.accounts {
        let mut message = header[..3].to_vec();
        message.push(ctx.load_witness(field(&account.blinding.0)));
        for (id, amount) in &account.positions {
            let id_value = ranged(ctx, &range, &id.0, ID_BITS);
            let amount = ranged(ctx, &range, &amount.0, AMOUNT_BITS);
            message.push(gate.mul_add(ctx, id_value, shift, amount));
            let held: Vec<Value> = work
                .assets
                .iter()
                .map(|asset| ctx.load_witness(Fr::from(u64::from(asset.id == *id))))
                .collect();
            for flag in &held {
                gate.assert_bit(ctx, *flag);
            }
            let one = gate.sum(ctx, held.iter().copied());
            gate.assert_is_const(ctx, &one, &Fr::one());
            let listed = gate.inner_product(ctx, held.iter().copied(), ids.iter().copied());
            ctx.constrain_equal(&listed, &id_value);
            for (list, flag) in flags.iter_mut().zip(held) {
                list.push(flag);
            }
            amounts.push(QuantumCell::Existing(amount));
        }
        instance.push(hasher.hash_fix_len_array(ctx, gate, &message));
    }
    let found = work.totals();
    let mut counted = Vec::new();
    for (((held, listed), value), remainder) in flags
        .into_iter()
        .zip(assets.chunks(3))
        .zip(&found.values)
        .zip(&found.remainders)
    {
        let total = gate.inner_product(ctx, held, amounts.iter().copied());
        let product = gate.mul(ctx, total, listed[1]);
        let value = ranged(ctx, &range, value, VALUE_BITS);
        let missing = ranged(
            ctx,
            &range,
            &(BigUint::from(DIVISOR - 1) - remainder),
            REMAINDER_BITS,
        );
        let remainder = ranged(ctx, &range, remainder, REMAINDER_BITS);
        let whole = gate.add(ctx, remainder, missing);
        gate.assert_is_const(ctx, &whole, &field(&BigUint::from(DIVISOR - 1)));
        let again = gate.mul_add(
            ctx,
            value,
            QuantumCell::Constant(field(&BigUint::from(DIVISOR))),
            remainder,
        );
        ctx.constrain_equal(&product, &again);
        counted.push((value, QuantumCell::Existing(listed[2])));
    }
    let (values, weights): (Vec<_>, Vec<_>) = counted.into_iter().unzip();
    let counted = gate.inner_product(ctx, values, weights);
    // A claim that is not covered has no slack; whatever is put here fails.
    let slack = ranged(ctx, &range, &found.slack.unwrap_or_default(), SLACK_BITS);
    let required = gate.mul_add(ctx, header[3], header[4], slack);
    ctx.constrain_equal(&counted, &required);
    let values = instance.iter().map(|x| *x.value()).collect();
    builder.assigned_instances[0] = instance;
    values
}

/// A builder that knows its sizes, for keys and for the mock prover.
pub fn sized(work: &Work, builder: BaseCircuitBuilder<Fr>) -> (BaseCircuitBuilder<Fr>, Vec<Fr>) {
    let mut builder = builder
        .use_k(K)
        .use_lookup_bits(LOOKUP_BITS)
        .use_instance_columns(1);
    let instance = build(&mut builder, work);
    builder.calculate_params(Some(BLINDING_ROWS));
    (builder, instance)
}
