//! Proofs about many objectives at once, or about all of one.

use serde_json::{Value, json};

use super::cuts::{cuts, misses_zero, rounded_up};
use super::number::{above, around, below};
use super::plane::{box_near, features, features_within, statement};
use crate::claim::Claim;
use crate::claim::family::{
    BranchEvidence, BranchRow, DescentEvidence, DescentRow, EveryDimension, GlobalEvidence,
    Refutation, RegionEvidence,
};
use crate::interval::Interval;
use crate::report::hex;
use crate::theorem::Piece;

/// The simplified minimum: what is known of it is where it lies.
fn simplified(claim: &Claim, point: [Interval; 2]) -> Value {
    let point = features(point, claim.tau);
    statement(point, point.map(box_near))
}

fn of_piece(piece: &Piece) -> Option<Value> {
    let [variance, pair, alone] = [
        piece.parameters.get(2..3)?,
        piece.enclosure.get(..)?,
        piece.uniqueness.get(..)?,
    ];
    let point = <[Interval; 2]>::try_from(pair).ok()?;
    let alone = <[Interval; 2]>::try_from(alone).ok()?;
    Some(json!({"noise": around(variance[0]), "plane": statement(point, alone)}))
}

fn of_row(claim: &Claim, row: &BranchRow) -> Value {
    let (point, alone) = (
        features(row.point, claim.tau),
        features_within(row.uniqueness, claim.tau),
    );
    json!({"noise": around(row.variance), "plane": statement(point, alone)})
}

/// The branch of a claim about every dimension.
pub(super) fn every_dimension(claim: &Claim, evidence: &EveryDimension) -> Option<Value> {
    Some(json!({
        "simplified": simplified(claim, evidence.simplified?),
        "pieces": evidence.pieces.iter().map(of_piece).collect::<Option<Vec<_>>>()?,
        "constant": above(ROOM * evidence.constant),
        "coefficients": evidence.coefficients.map(|x| below(x / ROOM)),
        "cosines": evidence.cosines.map(|x| below(x / ROOM)),
    }))
}

/// Bounds over whole pieces are a little less sharp in the checker.
const ROOM: f64 = 1.02;
/// And those of the smallest eigenvalue over a whole set.
const SPECTRUM_ROOM: f64 = 1.05;

/// The branch of a claim about one, as far as it is known.
pub(super) fn branch(claim: &Claim, evidence: &BranchEvidence) -> Option<Value> {
    let pieces = evidence
        .rows
        .iter()
        .chain(&evidence.beyond)
        .map(|row| of_row(claim, row));
    let least = |of: &dyn Fn(&BranchRow) -> f64| {
        evidence.rows.iter().map(of).fold(f64::INFINITY, f64::min) / ROOM
    };
    let cosine = |j: usize| least(&|row| crate::model::cosines(row.point)[j].inf());
    let coefficients = [0, 1].map(|j| below(least(&|row| row.point[j].inf())));
    let cosines = [0, 1].map(|j| below(cosine(j)));
    Some(json!({
        "simplified": simplified(claim, evidence.simplified?),
        "pieces": pieces.collect::<Vec<_>>(),
        "constant": above(ROOM * evidence.constant),
        "coefficients": coefficients,
        "cosines": cosines,
    }))
}

/// The parts of a box of parameters.
pub(super) fn region(evidence: &RegionEvidence) -> Option<Value> {
    let proved = &evidence.cover.proved;
    let whole: Vec<Interval> = (0..3)
        .map(|k| {
            proved
                .iter()
                .map(|piece| piece.parameters[k])
                .reduce(Interval::hull)
        })
        .collect::<Option<_>>()?;
    let mut order = Vec::new();
    let tree = tree(&whole, proved.iter().collect(), &mut order)?;
    let planes = order.iter().map(|piece| {
        let pair = |x: &[Interval]| <[Interval; 2]>::try_from(x).ok();
        Some(statement(pair(&piece.enclosure)?, pair(&piece.uniqueness)?))
    });
    Some(json!({
        "tau": around(whole[0]),
        "alpha": around(whole[1]),
        "noise": around(whole[2]),
        "cuts": tree,
        "constant": above(ROOM * evidence.constant),
        "pieces": planes.collect::<Option<Vec<_>>>()?,
    }))
}

/// The cuts that made these parts of `whole`, and the parts in the order of the tree.
fn tree<'a>(
    whole: &[Interval],
    parts: Vec<&'a Piece>,
    order: &mut Vec<&'a Piece>,
) -> Option<String> {
    if let [only] = parts[..] {
        order.push(only);
        return Some(".".to_owned());
    }
    for axis in 0..whole.len() {
        let middle = whole[axis].mid();
        let below = |piece: &&&Piece| piece.parameters[axis].sup() <= middle;
        let above = |piece: &&&Piece| piece.parameters[axis].inf() >= middle;
        let (first, second): (Vec<_>, Vec<_>) = (
            parts.iter().filter(below).copied().collect(),
            parts.iter().filter(above).copied().collect(),
        );
        if first.len() + second.len() == parts.len() && !first.is_empty() && !second.is_empty() {
            let half = |lo, hi| {
                let mut half = whole.to_vec();
                half[axis] = Interval::from_bounds(lo, hi);
                half
            };
            let left = tree(&half(whole[axis].inf(), middle), first, order)?;
            let right = tree(&half(middle, whole[axis].sup()), second, order)?;
            return Some(format!("{axis}{left}{right}"));
        }
    }
    None
}

/// All critical points of the exact objective.
pub(super) fn global(claim: &Claim, evidence: &GlobalEvidence) -> Option<Value> {
    let reach = [
        evidence.disc_radius,
        (claim.tau * Interval::point(evidence.disc_radius)).sup(),
    ]
    .map(rounded_up);
    let mut alone = Vec::new();
    let mut planes = Vec::new();
    for point in &evidence.points {
        let mut box_of = point.alone;
        if point.on_axis {
            box_of[0] = Interval::symmetric((-box_of[0].inf()).min(box_of[0].sup()));
        }
        planes.push(statement(features(point.point, claim.tau), box_of));
        alone.push(box_of);
    }
    let (system, tau) = (claim.exact_plane(), claim.tau);
    let features = crate::claim::family::Features::new(&system, tau);
    let settle = |z: [Interval; 2]| {
        let known = alone
            .iter()
            .position(|u| z.iter().zip(u).all(|(x, u)| x.subset_of(*u)));
        if let Some(k) = known {
            return char::from_u32('a' as u32 + u32::try_from(k).ok()?);
        }
        let size = z[0].sqr() + (z[1] / tau).sqr();
        let outside = size.inf() > Interval::point(evidence.disc_radius).sqr().sup();
        (outside || misses_zero(&features, z)).then_some('.')
    };
    let whole = [
        Interval::new(0.0, reach[0]).ok()?,
        Interval::symmetric(reach[1]),
    ];
    Some(json!({
        "reach": reach.map(hex),
        "points": planes,
        "indices": evidence.points.iter().map(|point| point.index_in_plane).collect::<Option<Vec<_>>>()?,
        "cuts": cuts(whole, &settle)?,
    }))
}

/// The sets on which gradient descent contracts.
pub(super) fn descent(claim: &Claim, evidence: &DescentEvidence) -> Option<Value> {
    let set = |row: &DescentRow| {
        let bounds = &row.spectrum;
        let minimum = features(row.minimum, claim.tau);
        let [lowest, highest] = [bounds.lowest / SPECTRUM_ROOM, bounds.highest * ROOM];
        let largest = [bounds.diagonal[0], bounds.diagonal[1], bounds.kappa].map(|x| x * ROOM);
        let factor = |x: f64| (Interval::ONE - claim.step * Interval::point(x)).abs();
        json!({
            "d": row.from,
            "and_all_larger": row.and_all_larger,
            "noise": around(row.variance),
            "minimum": statement(minimum, minimum.map(box_near)),
            "rectangle": row.rectangle.map(around),
            "beside": above(row.beside),
            "spectrum": [below(lowest), above(highest)],
            "largest": largest.map(above),
            "rate": above(factor(lowest).max(factor(highest)).sup() + 1e-15),
        })
    };
    Some(json!({"sets": evidence.rows.iter().map(set).collect::<Vec<_>>()}))
}

/// A critical point of the region of starts, or the minimum that repels.
pub(super) fn counterexample(refutation: &Refutation) -> Option<Value> {
    let piece = &refutation.piece;
    let point = <[Interval; 2]>::try_from(&piece.enclosure[..]).ok()?;
    let alone = <[Interval; 2]>::try_from(&piece.uniqueness[..]).ok()?;
    Some(statement(point, alone))
}
