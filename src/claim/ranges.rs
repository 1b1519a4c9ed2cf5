//! Fields of claims about many objectives: dimensions from one on, intervals of parameters, the region of starts.

use toml_edit::{Array, Item};

use super::error::ClaimError;
use super::evidence::ClaimKind;
use super::reader::{Number, Range, Reader};
use crate::interval::Interval;

const D: &str = "d";
const LARGEST_D: u64 = 1 << 53;
const START: &str = "start";
const EDGE: Range = Range::new(START, "two pairs of numbers, each", ["-1000", "1000"]);

impl Number {
    /// `1/10`, the published step on the mean objective.
    pub(super) fn tenth() -> Self {
        Self {
            value: Interval::ONE / Interval::point(10.0),
            literal: "1/10".to_owned(),
            written: "1/10".to_owned(),
        }
    }
}

impl Reader<'_> {
    /// `d`, and whether all larger dimensions are meant as well.
    pub(super) fn dimensions(&self, kind: ClaimKind) -> Result<(u64, bool), ClaimError> {
        let many = matches!(kind, ClaimKind::EveryDimension | ClaimKind::Descent);
        let one = kind != ClaimKind::EveryDimension;
        let allowed = || match (one, many) {
            (true, true) => {
                format!("an integer from 2 to {LARGEST_D} (2^53), or \">=N\" with such an N")
            }
            (true, false) => format!("an integer from 2 to {LARGEST_D} (2^53)"),
            _ => format!("\">=N\" with an integer N from 2 to {LARGEST_D} (2^53)"),
        };
        let item = self.required(D, allowed)?;
        if let Some(text) = item.as_str().filter(|_| many) {
            let number = text.trim().strip_prefix(">=").map(str::trim);
            let digits = number.filter(|n| n.bytes().all(|b| b.is_ascii_digit()));
            return match digits.and_then(|n| n.parse::<u64>().ok()) {
                Some(d) if (2..=LARGEST_D).contains(&d) => Ok((d, true)),
                _ => Err(self.unknown_name(D, item, allowed())),
            };
        }
        if !one {
            return Err(self.wrong_type(D, item, allowed()));
        }
        Ok((self.integer(D, item, 2..=LARGEST_D, &allowed())?, false))
    }

    /// Noise that is written down has no meaning where it is that of each dimension.
    pub(super) fn no_noise_of_its_own(&self, and_larger: bool) -> Result<(), ClaimError> {
        match self.table.get("rho").filter(|_| and_larger) {
            None => Ok(()),
            Some(item) => Err(self.beside(
                "rho",
                item,
                "beside d = \">=N\", where it is d^(-3/2)",
                "one dimension with its rho".to_owned(),
            )),
        }
    }

    /// A number; for a box of parameters also `[least, most]`.
    pub(super) fn number_or_range(
        &self,
        range: &Range,
        kind: ClaimKind,
    ) -> Result<Number, ClaimError> {
        let field = range.field;
        match self.table.get(field).and_then(Item::as_array) {
            Some(list) if kind == ClaimKind::Region => {
                let item = self.required(field, || range.allowed())?;
                self.pair(range, field, item, list)
            }
            _ => self.required_number(range),
        }
    }

    /// The hull of two ascending numbers.
    fn pair(
        &self,
        range: &Range,
        field: &str,
        item: &Item,
        list: &Array,
    ) -> Result<Number, ClaimError> {
        let allowed = || format!("[least, most], least < most, each {}", range.allowed());
        let entries: Vec<Item> = list.iter().map(|x| Item::Value(x.clone())).collect();
        let [least, most] = &entries[..] else {
            return Err(ClaimError::Count {
                file: self.file.clone(),
                field: field.to_owned(),
                value: self.shown(item),
                found: entries.len(),
                allowed: allowed(),
            });
        };
        let least = self.literal(range, &format!("{field} (entry 1)"), least)?;
        let most = self.literal(range, &format!("{field} (entry 2)"), most)?;
        if !least.value.certainly_lt(most.value) {
            return Err(self.out_of_range(field, self.shown(item), allowed()));
        }
        let written = format!("[{}, {}]", least.written, most.written);
        Ok(Number {
            value: least.value.hull(most.value),
            literal: String::new(),
            written,
        })
    }

    /// The region of starts, and how it is written.
    pub(super) fn start(&self, tau: Interval) -> Result<([Interval; 2], String), ClaimError> {
        let allowed = || {
            format!(
                "[[least, most], [least, most]] of w^(1) and w^(2), {}",
                EDGE.allowed()
            )
        };
        let Some(item) = self.table.get(START) else {
            // Facts of the published code.
            let [label, hidden] = [["3.1", "3.9"], ["8.5", "9"]].map(|ends| {
                let [least, most] = ends.map(|x| Interval::literal(x).unwrap_or(Interval::ENTIRE));
                least.hull(most)
            });
            let written = "[3.1, 3.9] x [8.5/tau, 9/tau]".to_owned();
            return Ok(([label, hidden / tau], written));
        };
        let Some(list) = item.as_array() else {
            return Err(self.wrong_type(START, item, allowed()));
        };
        let sides: Vec<(Item, &Array)> = (list.iter())
            .filter_map(|side| Some((Item::Value(side.clone()), side.as_array()?)))
            .collect();
        let ([(first, x), (second, y)], 2) = (&sides[..], list.len()) else {
            return Err(self.out_of_range(START, self.shown(item), allowed()));
        };
        let x = self.pair(&EDGE, START, first, x)?;
        let y = self.pair(&EDGE, START, second, y)?;
        let written = format!("{} x {}", x.written, y.written);
        Ok(([x.value, y.value], written))
    }
}
