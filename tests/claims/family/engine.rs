//! Families, links, branches and covers on a system whose branches are known: `x² = p`, `x² + y² = ...`.

use minlift::interval::Interval;
use minlift::theorem::{
    Answer, Branch, BranchLimits, CoverLimits, Existence, Family, Piece, Stop, cover, follow,
    krawczyk_for_all, linked, prove_piece,
};
use nalgebra::{DMatrix, DVector};

/// `x² - p = 0`, `y - x q = 0`: two branches over `p > 0` that meet at `p = 0`.
struct Root;

impl Family for Root {
    fn dimension(&self) -> usize {
        2
    }
    fn parameters(&self) -> usize {
        2
    }
    fn value(&self, x: &[Interval], p: &[Interval]) -> DVector<Interval> {
        DVector::from_vec(vec![x[0].sqr() - p[0], x[1] - x[0] * p[1]])
    }
    fn jacobian(&self, x: &[Interval], p: &[Interval]) -> DMatrix<Interval> {
        let two = Interval::point(2.0);
        DMatrix::from_row_slice(2, 2, &[two * x[0], Interval::ZERO, -p[1], Interval::ONE])
    }
    fn sensitivity(&self, x: &[Interval], _: &[Interval]) -> DMatrix<Interval> {
        let (zero, one) = (Interval::ZERO, Interval::ONE);
        DMatrix::from_row_slice(2, 2, &[-one, zero, zero, -x[0]])
    }
}

fn interval(lo: f64, hi: f64) -> Interval {
    Interval::new(lo, hi).unwrap()
}

fn piece(p: Interval, guess: f64) -> Piece {
    prove_piece(&Root, &[p, Interval::ONE], &[guess, guess]).unwrap()
}

#[test]
fn a_piece_holds_the_zero_of_every_parameter_and_its_derivative() {
    let piece = piece(interval(1.0, 1.2), 1.0);
    for k in 0..=10 {
        let p = 1.0 + 0.02 * f64::from(k);
        for x in &piece.enclosure {
            assert!(x.contains(p.sqrt()), "{p}: {x}");
        }
        // x' = 1/(2√p).
        let slope = piece.derivative(&Root).unwrap()[(0, 0)];
        assert!(slope.contains(0.5 / p.sqrt()), "{p}: {slope}");
    }
    for (e, u) in piece.enclosure.iter().zip(&piece.uniqueness) {
        assert!(
            e.subset_of(*u) && u.inf() > -1.0,
            "the other branch is at -1: {u}"
        );
    }
    // Parameters for which there is no zero, or two in one box, are not proved.
    assert!(prove_piece(&Root, &[interval(-0.5, 0.5), Interval::ONE], &[0.1, 0.1]).is_err());
    let both = krawczyk_for_all(
        &Root,
        &[interval(-2.0, 2.0); 2],
        &[interval(1.0, 1.1), Interval::ONE],
    );
    assert_eq!(both.existence, Existence::Open);
    let none = krawczyk_for_all(
        &Root,
        &[interval(2.0, 2.5); 2],
        &[interval(1.0, 1.1), Interval::ONE],
    );
    assert_eq!(none.existence, Existence::None);
    let nan = krawczyk_for_all(&Root, &[Interval::ENTIRE; 2], &[Interval::ENTIRE; 2]);
    assert_eq!(nan.existence, Existence::Open);
}

#[test]
fn only_the_same_zero_is_linked() {
    let (left, right) = (
        piece(interval(1.0, 1.1), 1.0),
        piece(interval(1.1, 1.2), 1.0),
    );
    assert!(linked(&Root, &left, &right));
    let other = piece(interval(1.1, 1.2), -1.0);
    assert!(!linked(&Root, &left, &other), "the other branch");
    let apart = piece(interval(1.15, 1.2), 1.0);
    assert!(!linked(&Root, &left, &apart), "no shared parameter");
    // Boxes that overlap are not enough: the other branch in a box that reaches over to this one.
    let mut wide = other;
    wide.uniqueness = vec![interval(-1.5, 0.9); 2];
    assert!(!linked(&Root, &left, &wide));
}

#[test]
fn a_branch_is_followed_to_its_end_and_a_gap_is_found() {
    let p = [Interval::ONE, Interval::ONE];
    let accept = |_: &Piece| Ok(());
    let range = interval(1.0, 64.0);
    let branch = follow(
        &Root,
        &p,
        0,
        range,
        &[1.0, 1.0],
        &accept,
        BranchLimits::default(),
    );
    assert!(branch.is_complete() && branch.pieces.len() > 3);
    assert_eq!(Branch::check(&Root, &branch.pieces, 0, range), Ok(()));
    let end = branch.pieces.last().unwrap();
    assert!(end.enclosure[0].contains(8.0));

    // A piece left out, the ends cut off, a piece of the other branch.
    let mut gap = branch.pieces.clone();
    gap.remove(gap.len() / 2);
    let error = Branch::check(&Root, &gap, 0, range).unwrap_err();
    assert!(error.starts_with("gap between piece"), "{error}");
    let error = Branch::check(&Root, &branch.pieces[1..], 0, range).unwrap_err();
    assert!(error.contains("the pieces cover"), "{error}");
    assert!(Branch::check(&Root, &branch.pieces[..branch.pieces.len() - 1], 0, range).is_err());
    assert!(Branch::check(&Root, &[], 0, range).is_err());
    let mut swapped = branch.pieces.clone();
    let k = swapped.len() / 2;
    swapped[k] = piece(swapped[k].parameters[0], -1.0);
    let error = Branch::check(&Root, &swapped, 0, range).unwrap_err();
    assert!(error.contains("not proved to continue"), "{error}");

    // Towards p = 0 it stops where the two branches meet.
    let down = follow(
        &Root,
        &p,
        0,
        interval(-1.0, 1.0),
        &[0.1, 0.1],
        &accept,
        BranchLimits::default(),
    );
    assert!(!down.is_complete() && down.pieces.is_empty());
    let limited = BranchLimits {
        pieces: 2,
        ..BranchLimits::default()
    };
    let short = follow(&Root, &p, 0, range, &[1.0, 1.0], &accept, limited);
    assert_eq!(short.stopped, Some(Stop::Budget));
    let refuse = |_: &Piece| Err("no".to_owned());
    let refused = follow(
        &Root,
        &p,
        0,
        range,
        &[1.0, 1.0],
        &refuse,
        BranchLimits::default(),
    );
    assert_eq!(refused.stopped, Some(Stop::Property("no".to_owned())));
}

#[test]
fn a_cover_is_proved_refused_or_open() {
    let decide = |p: &[Interval]| {
        if p[0].sup() < 0.0 {
            return Answer::Refused;
        }
        let guess = p[0].mid().max(0.0).sqrt();
        let axis = usize::from(p[1].width() > p[0].width());
        match prove_piece(&Root, p, &[guess, guess * p[1].mid()]) {
            Ok(piece) => Answer::Proved(Box::new(piece)),
            Err(_) => Answer::Open(axis),
        }
    };
    let limits = CoverLimits {
        boxes: 2_000,
        depth: 12,
        after_refusal: 12,
    };
    let all = |lo: f64, hi: f64| {
        cover(
            &Root,
            &[interval(lo, hi), interval(0.0, 1.0)],
            &decide,
            limits,
            &|_| {},
        )
    };
    let proved = all(1.0, 4.0);
    assert!(proved.is_proved() && proved.proved.len() > 1 && proved.links[0] > 0);
    // Every parameter lies in a piece.
    for (k, l) in (0..=12).flat_map(|k| (0..=4).map(move |l| (k, l))) {
        let (p, q) = (1.0 + 0.25 * f64::from(k), 0.25 * f64::from(l));
        let holds =
            |piece: &&Piece| piece.parameters[0].contains(p) && piece.parameters[1].contains(q);
        let piece = proved.proved.iter().find(holds).expect("covered");
        assert!(piece.enclosure[0].contains(p.sqrt()));
    }
    assert!(all(-4.0, -1.0).is_refused());
    let across = all(-1.0, 1.0);
    assert!(!across.is_proved() && !across.is_refused() && !across.open.is_empty());
    assert!(!across.proved.is_empty() && !across.refused.is_empty());
}
