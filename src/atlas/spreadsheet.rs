//! `cells.csv`: one line for each cell; `pitchfork.csv`: one for each column.

use super::summary::Summary;
use crate::interval::Interval;

/// The cells as CSV; floats in shortest decimals that read back exactly.
#[must_use]
pub fn cells_csv(summary: &Summary) -> String {
    let second = summary.parameters.plane.second();
    let mut out = format!(
        "column,row,tau_lower,tau_upper,{second}_lower,{second}_upper,answer,boxes_proved,boxes_refused,boxes_open,examined,\
         links,linked,w1_lower,w1_upper,w2_lower,w2_upper,reason\n"
    );
    for (&index, it) in &summary.records {
        let cell = summary.parameters.cell(index);
        let [tau, range] = summary.parameters.ranges(cell).map(ends);
        let [proved, refused, open] = it.boxes;
        let [touching, linked] = it.links;
        let w = match it.w {
            Some([[a, b], [c, d]]) => format!("{a:?},{b:?},{c:?},{d:?}"),
            None => ",,,".to_owned(),
        };
        let reason = it.obstacle.map_or("", |obstacle| obstacle.name());
        out.push_str(&format!(
            "{},{},{tau},{range},{},{proved},{refused},{open},{},{touching},{linked},{w},{reason}\n",
            cell.column,
            cell.row,
            it.answer.name(),
            it.examined
        ));
    }
    out
}

/// The enclosed pitchfork as CSV; columns in which it is not proved have no line.
#[must_use]
pub fn pitchfork_csv(summary: &Summary) -> String {
    let second = summary.parameters.plane.second();
    let mut out = format!(
        "column,tau_lower,tau_upper,w2_lower,w2_upper,{second}_lower,{second}_upper,{second}_at_middle_lower,\
         {second}_at_middle_upper\n"
    );
    for (column, it) in summary.pitchfork.iter().enumerate() {
        if let Some(it) = it {
            let [tau, w2, range, middle] = [it.tau, it.w2, it.second, it.at_middle].map(ends);
            out.push_str(&format!("{column},{tau},{w2},{range},{middle}\n"));
        }
    }
    out
}

fn ends(x: Interval) -> String {
    format!("{:?},{:?}", x.inf(), x.sup())
}
