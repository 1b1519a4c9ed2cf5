//! Reading a claim: TOML in, a [`Claim`] or a one-line error out.
//!
//! | field | value | if omitted |
//! |---|---|---|
//! | `name` | 1 to 64 of the characters `a-z`, `0-9`, `_`, `-` | error |
//! | `kind` | `"ssl"`, `"sl"` or `"contrast"` | `"ssl"` |
//! | `d` | integer from 2 to 2^53 (an exact float) | error |
//! | `tau` | number from 1e-6 to 1e6 | error |
//! | `alpha` | number from 1e-12 to 1e6; not of kind `sl` | error |
//! | `beta`, `gamma` | numbers from 1e-12 to 1e6; not of kind `ssl` | 1/800 |
//! | `rho` | number from 0 to 1 | d^(-3/2), enclosed |
//! | `rho_data`, `rho_view` | number from 0 to 1; `rho_view` not of kind `sl` | `rho` |
//! | `weights` | four numbers from 1e-300 to 1, their enclosed sum contains 1 | 1/4 each |
//! | `require` | list of condition names, each at most once | none |
//! | `expect` | `"verified"` or `"refused"` | `"verified"` |
//!
//! A number is the decimal or fraction that is *written*, of at most 100 characters:
//! the literal's text goes through [`Interval::literal`], never through a float.
//! The ranges of `tau` and `alpha` are far wider than anything of interest; they
//! only keep typing errors and overflow out.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use toml_edit::{Document, Item};

use super::error::{ClaimError, one_line};
use super::evidence::{Claim, ClaimKind, ConditionId, Expectation, WrittenClaim};
use super::reader::{Number, Range, Reader, syntax};
use crate::interval::Interval;

const FIELDS: [&str; 13] = [
    "name", "kind", "d", "tau", "alpha", "beta", "gamma", "rho", "rho_data", "rho_view", "weights",
    "require", "expect",
];
/// Has a field a meaning for this kind?
type Belongs = fn(ClaimKind) -> bool;
/// Fields that have a meaning for some kinds of claims only.
const OF_KINDS: [(&str, Belongs); 4] = [
    ("alpha", ClaimKind::has_ssl),
    ("rho_view", ClaimKind::has_ssl),
    ("beta", ClaimKind::has_sl),
    ("gamma", ClaimKind::has_sl),
];
const LONGEST_NAME: usize = 64;
const LARGEST_FILE: u64 = 1 << 20;
const LARGEST_D: u64 = 1 << 53;
const READABLE: &str = "a claim file (TOML, UTF-8, at most 1 MiB)";

const NUMBER: &str = "a number";
const EACH: &str = "four numbers that sum to 1, each";
const TAU: Range = Range::new("tau", NUMBER, ["1e-6", "1e6"]);
const ALPHA: Range = Range::new("alpha", NUMBER, ["1e-12", "1e6"]);
const BETA: Range = Range::new("beta", NUMBER, ["1e-12", "1e6"]);
const GAMMA: Range = Range::new("gamma", NUMBER, ["1e-12", "1e6"]);
const RHO: Range = Range::new("rho", NUMBER, ["0", "1"]);
const RHO_DATA: Range = Range::new("rho_data", NUMBER, ["0", "1"]);
const RHO_VIEW: Range = Range::new("rho_view", NUMBER, ["0", "1"]);
const WEIGHT: Range = Range::new("weights", EACH, ["1e-300", "1"]);

impl Claim {
    /// Reads the claim file at `path`.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is no UTF-8 or exceeds 1 MiB; otherwise as [`Claim::from_toml`].
    pub fn from_file(path: &Path) -> Result<Self, ClaimError> {
        let file = one_line(&path.to_string_lossy());
        let unreadable = |reason: String| ClaimError::Unreadable {
            file: file.clone(),
            reason: one_line(&reason),
            allowed: READABLE.to_owned(),
        };
        if path.is_dir() {
            return Err(unreadable("it is a directory".to_owned()));
        }
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|opened| opened.take(LARGEST_FILE + 1).read_to_end(&mut bytes))
            .map_err(|error| unreadable(error.to_string()))?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(unreadable("it is larger than 1 MiB".to_owned()));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            unreadable(format!("byte {at} is not UTF-8"))
        })?;
        Self::from_toml(&text, &file)
    }

    /// Reads a claim from the text of its file; `file` only names it in errors.
    ///
    /// Each number of the result encloses the decimal or fraction that is written.
    /// Weights written as the same number (`0.25` and `"1/4"`: decided exactly) get
    /// the same enclosure.
    ///
    /// # Errors
    ///
    /// Anything that the table at the head of this module does not allow, unknown and
    /// repeated fields included.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::claim::Claim;
    ///
    /// let claim = Claim::from_toml("name = 'mine'\nd = 10\ntau = 7\nalpha = '1/800'", "mine.toml")?;
    /// assert!(claim.rho_data.contains(0.0316227766016838)); // 10^(-3/2)
    /// let error = Claim::from_toml("name = 'mine'\nd = 1\ntau = 7\nalpha = 0.1", "mine.toml");
    /// assert_eq!(
    ///     error.unwrap_err().to_string(),
    ///     "mine.toml: d = 1 is out of range; allowed: an integer from 2 to 9007199254740992 (2^53)"
    /// );
    /// # Ok::<(), minlift::claim::ClaimError>(())
    /// ```
    pub fn from_toml(text: &str, file: &str) -> Result<Self, ClaimError> {
        let file = one_line(file);
        let document = Document::parse(text).map_err(|error| syntax(&error, text, &file))?;
        let reader = Reader::new(text, file, document.as_table());
        reader.no_unknown_field(&FIELDS)?;
        let kind = reader.kind()?;
        reader.no_foreign_field(kind)?;

        let name = reader.name()?;
        let d = reader.dimension()?;
        let tau = reader.required_number(&TAU)?;
        let alpha = match kind {
            ClaimKind::Sl => penalty_of_the_paper(),
            ClaimKind::Ssl | ClaimKind::Contrast => reader.required_number(&ALPHA)?,
        };
        let or_default = |number: Option<Number>| number.unwrap_or_else(penalty_of_the_paper);
        let beta = or_default(reader.number(&BETA)?);
        let gamma = or_default(reader.number(&GAMMA)?);
        let rho = match reader.number(&RHO)? {
            Some(number) => number,
            None => default_rho(d),
        };
        let rho_data = reader.number(&RHO_DATA)?.unwrap_or_else(|| rho.clone());
        let rho_view = reader.number(&RHO_VIEW)?.unwrap_or(rho);
        let (weights, mirror_symmetric) = reader.weights()?;
        Ok(Self {
            name,
            kind,
            d,
            tau: tau.value,
            alpha: alpha.value,
            beta: beta.value,
            gamma: gamma.value,
            rho_data: rho_data.value,
            rho_view: rho_view.value,
            mirror_symmetric,
            require: reader.require()?,
            expect: reader.expect()?,
            written: WrittenClaim {
                tau: tau.written,
                alpha: alpha.written,
                beta: beta.written,
                gamma: gamma.written,
                rho_data: rho_data.written,
                rho_view: rho_view.written,
                weights: weights.each_ref().map(|weight| weight.written.clone()),
            },
            weights: weights.map(|weight| weight.value),
        })
    }
}

/// `1/800`, the paper's penalty.
fn penalty_of_the_paper() -> Number {
    Number {
        value: Interval::ONE / Interval::point(800.0),
        literal: "1/800".to_owned(),
        written: "1/800".to_owned(),
    }
}

/// `d^(-3/2)`, enclosed; `d` is an exact float.
fn default_rho(d: u64) -> Number {
    let d = Interval::point(d as f64);
    Number {
        value: (d * d.sqrt()).recip(),
        literal: String::new(),
        written: "d^(-3/2)".to_owned(),
    }
}

impl Reader<'_> {
    fn kind(&self) -> Result<ClaimKind, ClaimError> {
        let allowed = || {
            let names = ClaimKind::ALL.map(|kind| format!("\"{}\"", kind.name()));
            names.join(", ")
        };
        let Some(item) = self.table.get("kind") else {
            return Ok(ClaimKind::Ssl);
        };
        let name = self.string("kind", item, allowed)?;
        (ClaimKind::ALL.into_iter().find(|kind| kind.name() == name))
            .ok_or_else(|| self.unknown_name("kind", item, allowed()))
    }

    /// A number that the claim's kind would ignore is a mistake.
    fn no_foreign_field(&self, kind: ClaimKind) -> Result<(), ClaimError> {
        for (field, belongs) in OF_KINDS {
            if let Some(item) = self.table.get(field).filter(|_| !belongs(kind)) {
                let kinds = ClaimKind::ALL.into_iter().filter(|&kind| belongs(kind));
                let names: Vec<_> = kinds.map(|kind| format!("\"{}\"", kind.name())).collect();
                return Err(ClaimError::WrongKind {
                    file: self.file.clone(),
                    field: field.to_owned(),
                    value: self.shown(item),
                    kind: kind.name(),
                    allowed: format!("with kind = {}", names.join(" or ")),
                });
            }
        }
        Ok(())
    }

    fn name(&self) -> Result<String, ClaimError> {
        let allowed = || format!("1 to {LONGEST_NAME} of the characters a-z, 0-9, _ and -");
        let item = self.required("name", allowed)?;
        let name = self.string("name", item, allowed)?;
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
        if (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(plain) {
            return Ok(name.to_owned());
        }
        Err(self.unknown_name("name", item, allowed()))
    }

    fn dimension(&self) -> Result<u64, ClaimError> {
        let allowed = || format!("an integer from 2 to {LARGEST_D} (2^53)");
        let item = self.required("d", allowed)?;
        let Some(written) = item.as_integer() else {
            return Err(self.wrong_type("d", item, allowed()));
        };
        match u64::try_from(written) {
            Ok(d) if (2..=LARGEST_D).contains(&d) => Ok(d),
            _ => Err(ClaimError::OutOfRange {
                file: self.file.clone(),
                field: "d".to_owned(),
                value: self.shown(item),
                allowed: allowed(),
            }),
        }
    }

    /// The four weights, and whether they are mirror-symmetric.
    fn weights(&self) -> Result<([Number; 4], bool), ClaimError> {
        let Some(item) = self.table.get(WEIGHT.field) else {
            let quarter = Number {
                value: Interval::point(0.25),
                literal: "1/4".to_owned(),
                written: "1/4".to_owned(),
            };
            return Ok((std::array::from_fn(|_| quarter.clone()), true));
        };
        let file = || self.file.clone();
        let field = WEIGHT.field.to_owned();
        let Some(list) = item.as_array() else {
            return Err(self.wrong_type(&field, item, WEIGHT.allowed()));
        };
        let numbers = (list.iter().enumerate())
            .map(|(k, entry)| {
                let entry = Item::Value(entry.clone());
                self.literal(&WEIGHT, &format!("{field} (entry {})", k + 1), &entry)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut weights: [Number; 4] =
            numbers
                .try_into()
                .map_err(|numbers: Vec<_>| ClaimError::Count {
                    file: file(),
                    field: field.clone(),
                    value: self.shown(item),
                    found: numbers.len(),
                    allowed: WEIGHT.allowed(),
                })?;
        let sum = (weights.iter()).fold(Interval::ZERO, |sum, weight| sum + weight.value);
        if !sum.contains(1.0) {
            return Err(ClaimError::Sum {
                file: file(),
                field,
                value: self.shown(item),
                sum,
                allowed: WEIGHT.allowed(),
            });
        }
        let mirror_symmetric = unite(&mut weights, 0, 2) & unite(&mut weights, 1, 3);
        Ok((weights, mirror_symmetric))
    }

    fn require(&self) -> Result<Vec<ConditionId>, ClaimError> {
        let allowed = || {
            let names = ConditionId::ALL.map(ConditionId::name);
            format!("a list of {}, each at most once", names.join(", "))
        };
        let Some(item) = self.table.get("require") else {
            return Ok(Vec::new());
        };
        let Some(list) = item.as_array() else {
            return Err(self.wrong_type("require", item, allowed()));
        };
        let mut require = Vec::new();
        for entry in list {
            let entry = Item::Value(entry.clone());
            let name = self.string("require", &entry, allowed)?;
            let known = ConditionId::ALL.into_iter().find(|id| id.name() == name);
            match known {
                None => return Err(self.unknown_name("require", &entry, allowed())),
                Some(id) if require.contains(&id) => {
                    return Err(ClaimError::Repeated {
                        file: self.file.clone(),
                        field: "require".to_owned(),
                        value: self.shown(item),
                        allowed: allowed(),
                    });
                }
                Some(id) => require.push(id),
            }
        }
        Ok(require)
    }

    fn expect(&self) -> Result<Expectation, ClaimError> {
        let allowed = || "\"verified\" or \"refused\"".to_owned();
        let Some(item) = self.table.get("expect") else {
            return Ok(Expectation::Verified);
        };
        match self.string("expect", item, allowed)? {
            "verified" => Ok(Expectation::Verified),
            "refused" => Ok(Expectation::Refused),
            _ => Err(self.unknown_name("expect", item, allowed())),
        }
    }
}

/// Are the weights `i` and `k` the same number? Then both get what both enclosures share.
fn unite(weights: &mut [Number; 4], i: usize, k: usize) -> bool {
    let same = Interval::same_literal(&weights[i].literal, &weights[k].literal) == Ok(true);
    if same {
        let shared = weights[i].value.intersection(weights[k].value);
        weights[i].value = shared;
        weights[k].value = shared;
    }
    same
}
