//! `summary.csv`: one line for each cell and each frequency or distribution.

use super::summary::{CellSummary, Summary};

/// The summary as CSV; floats in shortest decimals that read back exactly, `inf`, `-inf` and `NaN` as such.
#[must_use]
pub fn csv(summary: &Summary) -> String {
    let mut out = String::from(
        "d,n,draws,kind,name,count,fraction,lower,upper,minimum,q05,median,q95,maximum\n",
    );
    for cell in &summary.cells {
        write(cell, &mut out);
    }
    out
}

fn write(of: &CellSummary, out: &mut String) {
    let head = format!("{},{},{}", of.cell.d, of.cell.n, of.draws);
    for it in &of.frequencies {
        let [lower, upper] = it.interval;
        let (name, count, fraction) = (it.statement.name(), it.count, it.fraction);
        out.push_str(&format!(
            "{head},frequency,{name},{count},{fraction:?},{lower:?},{upper:?},,,,,\n"
        ));
    }
    for it in &of.spreads {
        let (name, count) = (it.quantity.name(), it.count);
        out.push_str(&format!("{head},quantiles,{name},{count},,,"));
        match it.quantiles {
            Some(quantiles) => {
                for value in quantiles.all() {
                    out.push_str(&format!(",{value:?}"));
                }
            }
            None => out.push_str(",,,,,"),
        }
        out.push('\n');
    }
}
