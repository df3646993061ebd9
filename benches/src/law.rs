//! Time and memory as functions of the number of positions, for circuits filled to the
//! last account block that fits.

use crate::Outcome;
use covenant_circuits::circuit::size::Size;
use covenant_circuits::shape::Shape;
pub use covenant_prover::capacity::Line;

/// The largest shape of 16 accounts, 32 assets and the base scenario alone whose circuit
/// has at most 2^k rows; none where not even three positions an account fit.
pub fn fullest(k: u32) -> Outcome<Option<Shape>> {
    // In blocks of three positions; the bounds are the language's.
    let (mut fits, mut too_many) = (0, 8192 / 3 + 1);
    while too_many - fits > 1 {
        let blocks = (fits + too_many) / 2;
        let shape = Shape::new(16, 3 * blocks, 32, 1)?;
        if Size::of(shape).k <= k {
            fits = blocks;
        } else {
            too_many = blocks;
        }
    }
    if fits == 0 {
        return Ok(None);
    }
    Ok(Some(Shape::new(16, 3 * fits, 32, 1)?))
}

/// The line of least relative squares: small circuits count as much as large ones. None
/// for fewer than two different x, or for a y of 0.
pub fn line(points: &[(f64, f64)]) -> Option<Line> {
    let (mut w, mut wx, mut wy, mut wxx, mut wxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, y) in points {
        let weight = 1.0 / (y * y);
        w += weight;
        wx += weight * x;
        wy += weight * y;
        wxx += weight * x * x;
        wxy += weight * x * y;
    }
    let slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    let fixed = (wy - slope * wx) / w;
    let worst = points
        .iter()
        .map(|(x, y)| ((fixed + slope * x - y) / y).abs())
        .fold(0.0, f64::max);
    slope.is_finite().then_some(Line {
        fixed,
        slope,
        worst,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_again() {
        let found = line(&[(1.0, 5.0), (2.0, 7.0), (10.0, 23.0)]).unwrap();
        assert!((found.fixed - 3.0).abs() < 1e-9 && (found.slope - 2.0).abs() < 1e-9);
        assert!(found.worst < 1e-9);
        assert!(line(&[(1.0, 5.0), (2.0, 7.0), (3.0, 5.0)]).unwrap().worst > 0.1);
        assert!(line(&[(1.0, 5.0)]).is_none());
    }

    #[test]
    fn the_fullest_circuit_is_full() {
        for k in [12, 13, 14] {
            let shape = fullest(k).unwrap().unwrap();
            assert!(Size::of(shape).k <= k);
            let next = Shape::new(16, shape.positions() + 3, 32, 1).unwrap();
            assert!(Size::of(next).k > k);
        }
    }
}
