use crate::given::paper;
use minlift::confirm::supervised::*;
#[test]
fn explore() {
    let objective = paper(10);
    let t = std::time::Instant::now();
    let all = confirm_supervised(&objective, &[], &SupervisedPlan::default(), |_| {});
    println!("{:?}", t.elapsed());
    for r in &all.runs {
        println!(
            "{:22} {:2} {:7} {:.10} {:.1e} {:?} {:?} {:?}",
            r.method.name(),
            r.seed,
            r.steps,
            r.value,
            r.gradient_norm,
            r.end.plane().map(|x| (x * 1e6).round() / 1e6),
            r.end.perpendicular_squares(),
            r.note
        );
    }
}
