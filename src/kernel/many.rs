//! Branches of minima over the noise, boxes of parameters, and parameters without a minimum.

use std::sync::Arc;

use super::claim::{Claim, published};
use super::fixed::Fixed;
use super::format::{Absence, Branch, Region};
use super::obligation::{Obligation, ensure};
use super::piece::{Piece, Setting};
use super::search::{leaves, no_critical_point, radial_bound};

/// A branch from the simplified minimum to the claim's noise, or to that of its smallest dimension, and beyond.
pub fn branch<'a>(claim: Claim, proof: &'a Branch) -> Result<Vec<Obligation<'a>>, String> {
    claim.within_the_theory()?;
    let same = claim.same_noise;
    let target = match (claim.kind.as_str(), claim.and_larger) {
        ("every-d", true) => published(claim.d),
        ("branch", false) if same => claim.variances[0],
        _ => return Err("data and views need the same noise".into()),
    };
    let noises: Vec<Fixed> = proof
        .pieces
        .iter()
        .map(|piece| piece.noise.fixed())
        .collect();
    let (Some(first), Some(last)) = (noises.first(), noises.last()) else {
        return Err("there are no pieces".into());
    };
    let starts = first.lower() == Fixed::ZERO && target.upper().at_most(last.upper());
    let gap = noises
        .windows(2)
        .position(|pair| !pair[1].lower().at_most(pair[0].upper()));
    let row = Arc::new(claim.family());
    let (tau, alpha) = (claim.tau, claim.alpha);
    let setting = move |noise: Fixed| Setting { tau, alpha, noise };
    let within = move |noise: Fixed| {
        !target.upper().at_most(noise.lower()) || noise.lower() == target.upper()
    };
    let mut all = vec![Obligation::new(
        format!(
            "{} pieces cover the noise from 0 to the claim's without a gap",
            noises.len()
        ),
        move || {
            ensure(starts, "they do not reach from 0 to the claim's noise")?;
            gap.map_or(Ok(()), |k| {
                Err(format!("there is a gap after piece {}", k + 1))
            })
        },
    )];
    let (of_row, first) = (Arc::clone(&row), *first);
    all.push(Obligation::new(
        "the first piece begins with the simplified minimum",
        move || {
            let simplified = Piece::prove(&of_row, &proof.simplified, setting(Fixed::ZERO))?;
            simplified.is_minimum(1)?;
            let piece = Piece::prove(&of_row, &proof.pieces[0].plane, setting(first))?;
            ensure(
                simplified.continues(&piece),
                "it is not proved to be the same critical point",
            )
        },
    ));
    for (k, piece) in proof.pieces.iter().enumerate() {
        let (row, noise) = (Arc::clone(&row), noises[k]);
        let statement = format!(
            "piece {}: for every noise in it one minimum, that of the piece before where both meet",
            k + 1
        );
        all.push(Obligation::new(statement, move || {
            let proved = Piece::prove(&row, &piece.plane, setting(noise))?;
            proved.is_minimum(1)?;
            if let Some(before) = k.checked_sub(1).and_then(|k| proof.pieces.get(k)) {
                let before = Piece::prove(&row, &before.plane, setting(before.noise.fixed()))?;
                ensure(
                    before.continues(&proved),
                    "the piece before is not proved to end in it",
                )?;
            }
            if !within(noise) {
                return Ok(());
            }
            ensure(
                proved.moves_at_most(proof.constant.0),
                "|dw*/dv| is not proved to be at most `constant`",
            )?;
            let above = |x: [Fixed; 2], bounds: [super::format::Number; 2]| {
                x.iter()
                    .zip(bounds)
                    .all(|(x, bound)| bound.0.at_most(x.lower()))
            };
            ensure(
                above(proved.coefficients(), proof.coefficients),
                "a coefficient is not proved to be at least the one stated",
            )?;
            ensure(
                above(proved.cosines(), proof.cosines),
                "a cosine is not proved to be at least the one stated",
            )
        }));
    }
    Ok(all)
}

/// One minimum for all parameters of a box, continuous across all cuts.
pub fn region<'a>(claim: Claim, proof: &'a Region) -> Result<Vec<Obligation<'a>>, String> {
    claim.within_the_theory()?;
    ensure(claim.same_noise, "data and views need the same noise")?;
    let whole = [proof.tau.fixed(), proof.alpha.fixed(), proof.noise.fixed()];
    let covers = claim.tau.inside(whole[0])
        && claim.alpha.inside(whole[1])
        && claim.variances[0].hull(Fixed::ZERO).inside(whole[2]);
    ensure(covers, "the box does not hold the claim's parameters")?;
    let parts = leaves(&proof.cuts, &whole)?;
    ensure(parts.len() <= 2_000, "there are more than 2000 parts")?;
    ensure(
        parts.len() == proof.pieces.len() && parts.iter().all(|(_, sign)| *sign == '.'),
        "the pieces are not as many as the parts",
    )?;
    let settings: Arc<Vec<Setting>> = Arc::new(
        parts
            .iter()
            .map(|(p, _)| Setting {
                tau: p[0],
                alpha: p[1],
                noise: p[2],
            })
            .collect(),
    );
    let row = Arc::new(claim.family());
    let mut all = Vec::new();
    for k in 0..proof.pieces.len() {
        let (row, settings) = (Arc::clone(&row), Arc::clone(&settings));
        let statement = format!(
            "part {} of the box: one minimum for all parameters, the same as in every part that it touches",
            k + 1
        );
        all.push(Obligation::new(statement, move || {
            let prove = |k: usize| Piece::prove(&row, &proof.pieces[k], settings[k]);
            let piece = prove(k)?;
            piece.is_minimum(1)?;
            ensure(
                piece.moves_at_most(proof.constant.0),
                "|dw*/dv| is not proved to be at most `constant`",
            )?;
            for other in (0..k).filter(|other| settings[*other].meet(settings[k]).is_some()) {
                ensure(
                    piece.continues(&prove(other)?),
                    &format!("it is not proved to be the same as in part {}", other + 1),
                )?;
            }
            Ok(())
        }));
    }
    Ok(all)
}

/// No critical point with `w^(1) > 0`.
pub fn absence<'a>(claim: Claim, proof: &'a Absence) -> Result<Vec<Obligation<'a>>, String> {
    claim.within_the_theory()?;
    let setting = Setting {
        tau: proof.tau.fixed(),
        alpha: proof.alpha.fixed(),
        noise: proof.noise.fixed(),
    };
    let box_claimed = claim.kind == "box";
    // A box is refuted by any part of it that reaches a parameter of the claim; anything else by the simplified objective.
    let about_it = if box_claimed {
        let reaches = |claimed: Fixed, part: Fixed| {
            claimed.inside(part)
                || claimed
                    .inner()
                    .is_some_and(|claimed| claimed.meet(part).is_some())
        };
        let same = claim.same_noise;
        same && reaches(claim.tau, setting.tau)
            && reaches(claim.alpha, setting.alpha)
            && setting
                .noise
                .meet(Fixed::ZERO.hull(claim.variances[0].lower()))
                .is_some()
    } else {
        claim.tau.inside(setting.tau)
            && claim.alpha.inside(setting.alpha)
            && setting.noise == Fixed::ZERO
    };
    ensure(about_it, "what is refuted is not what is claimed")?;
    let reach = proof.reach.map(|reach| reach.0);
    let radius = (radial_bound().over(setting.alpha)).sqrt().upper();
    let holds = radius.at_most(reach[0]) && (radius * setting.tau).upper().at_most(reach[1]);
    ensure(
        holds,
        "the rectangle does not hold the disc of all critical points",
    )?;
    let parts = leaves(
        &proof.cuts,
        &[Fixed::ZERO.hull(reach[0]), (-reach[1]).hull(reach[1])],
    )?;
    let row = Arc::new(if box_claimed {
        claim.family()
    } else {
        claim.exact()
    });
    Ok(in_groups(
        parts,
        "no critical point with w^(1) > 0",
        move |part, sign| sign == '.' && no_critical_point(&row, setting, [part[0], part[1]], true),
    ))
}

/// One statement for a few parts at a time.
pub fn in_groups<'a>(
    parts: Vec<(Vec<Fixed>, char)>,
    what: &str,
    settled: impl Fn(&[Fixed], char) -> bool + Send + Sync + 'a,
) -> Vec<Obligation<'a>> {
    const TOGETHER: usize = 8;
    let settled = Arc::new(settled);
    let groups = parts.chunks(TOGETHER).enumerate();
    groups
        .map(|(k, group)| {
            let (group, settled) = (group.to_vec(), Arc::clone(&settled));
            let statement = format!(
                "parts {} to {} of the rectangle: {what}",
                k * TOGETHER + 1,
                k * TOGETHER + group.len()
            );
            Obligation::new(statement, move || {
                let open = group.iter().position(|(part, sign)| !settled(part, *sign));
                open.map_or(Ok(()), |n| {
                    Err(format!("part {} is not settled", k * TOGETHER + n + 1))
                })
            })
        })
        .collect()
}
