//! Reading a claim: TOML in, a [`Claim`] or a one-line error out.
//!
//! | field | value | if omitted |
//! |---|---|---|
//! | `name` | 1 to 64 of the characters `a-z`, `0-9`, `_`, `-` | error |
//! | `kind` | `"ssl"`, `"sl"`, `"contrast"`, `"data"`, `"every-d"`, `"branch"`, `"box"`, `"global"` or `"descent"` | `"every-d"` if `d` is `">=N"`, `"box"` if `tau` or `alpha` is a list, else `"ssl"` |
//! | `d` | integer from 2 to 2^53 (an exact float); `">=N"` of kinds `every-d` and `descent` | error; with `file`, what the file has |
//! | `tau` | number from 1e-6 to 1e6; `[least, most]` of kind `box` | error |
//! | `alpha` | number from 1e-12 to 1e6; `[least, most]` of kind `box`; not of kind `sl` | error |
//! | `beta`, `gamma` | numbers from 1e-12 to 1e6; of kinds `sl` and `contrast` | 1/800 |
//! | `rho` | number from 0 to 1; not with `d = ">=N"` | d^(-3/2), enclosed |
//! | `rho_data`, `rho_view` | number from 0 to 1; of the first four kinds; `rho_view` not of kind `sl`, `rho_data` not with `file` | `rho` |
//! | `step` | number from 1e-12 to 1e6; of kinds `global` and `descent` | 1/10 |
//! | `start` | `[[least, most], [least, most]]` of `w^(1)` and `w^(2)`, numbers from -1e3 to 1e3; of kind `descent` | region "0": `[3.1, 3.9]`, `[8.5/tau, 9/tau]` |
//! | `weights` | four numbers from 1e-300 to 1, their enclosed sum contains 1; of kinds `ssl`, `sl` and `contrast` | 1/4 each |
//! | `n` | integer from 1 to 2^24, or `"d^2"`; of kind `data` | error; with `file`, what the file has |
//! | `seed` | integer from 0 to 2^63 - 1; of kind `data`, not with `file` | error, unless there is a `file` |
//! | `noise` | `"isotropic"` or `"broadcast"`; of kind `data`, not with `file` | `"isotropic"` |
//! | `file` | path of a file of points, from the claim file's folder; of kind `data` | the data are drawn |
//! | `sha256` | 64 hexadecimal digits, the hash of `file`; of kind `data` | any file will do |
//! | `require` | list of condition names, each at most once; of the first four kinds, `plane` not of kind `data` | none |
//! | `expect` | `"verified"` or `"refused"` | `"verified"` |
//!
//! A number is the decimal or fraction that is *written*, of at most 100 characters:
//! the literal's text goes through [`Interval::literal`], never through a float.
//! The ranges of `tau` and `alpha` are far wider than anything of interest; they
//! only keep typing errors and overflow out.
//!
//! A claim of kind `data` is about `n` points. They are drawn ([`DataSet::draw`](crate::data::DataSet::draw), with the
//! middles of the enclosures of `tau` and `rho_data`; at most 2^28 numbers `n d`), or read
//! ([`DataSet::read`](crate::data::DataSet::read)); `d`, `n` and `sha256` beside a `file` are checked against it.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use toml_edit::{Document, Item};

use super::error::{ClaimError, one_line};
use super::evidence::{Claim, ClaimKind, ConditionId, Expectation, WrittenClaim};
use super::given::{Points, frequencies};
use super::reader::{Number, Range, Reader, syntax};
use crate::interval::Interval;

const FIELDS: [&str; 20] = [
    "name", "kind", "d", "tau", "alpha", "beta", "gamma", "rho", "rho_data", "rho_view", "step",
    "start", "weights", "n", "seed", "noise", "file", "sha256", "require", "expect",
];
/// Has a field a meaning for this kind?
type Belongs = fn(ClaimKind) -> bool;
/// Fields that have a meaning for some kinds of claims only.
const OF_KINDS: [(&str, Belongs); 15] = [
    ("alpha", has_views),
    ("rho", |kind| !matches!(kind, ClaimKind::EveryDimension)),
    ("rho_data", |kind| !kind.has_family()),
    ("rho_view", |kind| kind.has_ssl() || kind.has_data()),
    ("step", |kind| {
        matches!(kind, ClaimKind::Global | ClaimKind::Descent)
    }),
    ("start", |kind| matches!(kind, ClaimKind::Descent)),
    ("require", |kind| !kind.has_family()),
    ("beta", ClaimKind::has_sl),
    ("gamma", ClaimKind::has_sl),
    ("weights", |kind| kind.has_ssl() || kind.has_sl()),
    ("n", ClaimKind::has_data),
    ("seed", ClaimKind::has_data),
    ("noise", ClaimKind::has_data),
    ("file", ClaimKind::has_data),
    ("sha256", ClaimKind::has_data),
];
const LONGEST_NAME: usize = 64;
const LARGEST_FILE: u64 = 1 << 20;
const D: &str = "d";
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
const STEP: Range = Range::new("step", NUMBER, ["1e-12", "1e6"]);
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
        Self::parse(&text, file, &Points::beside(path))
    }

    /// Reads a claim from the text of its file; `file` names it in errors, and a data file that the claim names is
    /// looked for beside it.
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
        Self::parse(text, one_line(file), &Points::beside(Path::new(file)))
    }

    pub(super) fn parse(text: &str, file: String, points: &Points) -> Result<Self, ClaimError> {
        let document = Document::parse(text).map_err(|error| syntax(&error, text, &file))?;
        let reader = Reader::new(text, file, document.as_table());
        reader.no_unknown_field(&FIELDS)?;
        let kind = reader.kind()?;
        reader.no_foreign_field(kind)?;

        let name = reader.name()?;
        let of_file = kind.has_data() && reader.names_file(points);
        let (d, and_larger) = if of_file {
            (reader.dimension_if_any()?, false)
        } else {
            let (d, and_larger) = reader.dimensions(kind)?;
            (Some(d), and_larger)
        };
        reader.no_noise_of_its_own(and_larger)?;
        let tau = reader.number_or_range(&TAU, kind)?;
        let alpha = if has_views(kind) {
            reader.number_or_range(&ALPHA, kind)?
        } else {
            penalty_of_the_paper()
        };
        let or_default = |number: Option<Number>| number.unwrap_or_else(penalty_of_the_paper);
        let beta = or_default(reader.number(&BETA)?);
        let gamma = or_default(reader.number(&GAMMA)?);
        let rho = reader.number(&RHO)?;
        let rho_data = reader.number(&RHO_DATA)?.or_else(|| rho.clone());
        let rho_view = reader.number(&RHO_VIEW)?.or(rho);
        let step = (reader.number(&STEP)?).unwrap_or_else(Number::tenth);
        let start = reader.start(tau.value)?;
        let (weights, mirror_symmetric) = reader.weights()?;
        let require = reader.require(kind)?;
        let expect = reader.expect()?;
        let origin = match kind.has_data() {
            true => Some(reader.origin(points, d)?),
            false => None,
        };

        // Nothing but the data is left that could be wrong.
        let noise = |d: u64, number: Option<Number>| number.unwrap_or_else(|| default_rho(d));
        let drawn_noise = |d: u64| noise(d, rho_data.clone()).value;
        let data = match &origin {
            Some(origin) => Some(reader.data(origin, d, tau.value, drawn_noise)?),
            None => None,
        };
        let d = (data.as_ref().map(|data| data.d() as u64))
            .or(d)
            .unwrap_or(2);
        let rho_data = if of_file {
            Number::none()
        } else {
            noise(d, rho_data)
        };
        let rho_view = noise(d, rho_view);
        let (weights, mirror_symmetric) = match &data {
            Some(data) => frequencies(data.counts()),
            None => (weights, mirror_symmetric),
        };
        Ok(Self {
            name,
            kind,
            d,
            and_larger,
            tau: tau.value,
            alpha: alpha.value,
            beta: beta.value,
            gamma: gamma.value,
            rho_data: rho_data.value,
            rho_view: rho_view.value,
            mirror_symmetric,
            step: step.value,
            start: start.0,
            data: data.map(Arc::new),
            require,
            expect,
            written: WrittenClaim {
                tau: tau.written,
                alpha: alpha.written,
                beta: beta.written,
                gamma: gamma.written,
                rho_data: rho_data.written,
                rho_view: rho_view.written,
                step: step.written,
                start: start.1,
                weights: weights.each_ref().map(|weight| weight.written.clone()),
            },
            weights: weights.map(|weight| weight.value),
        })
    }
}

/// Does it speak of an objective of two views, population or data?
fn has_views(kind: ClaimKind) -> bool {
    kind != ClaimKind::Sl
}

/// What `d` may be.
fn dimensions() -> String {
    format!("an integer from 2 to {LARGEST_D} (2^53)")
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
            let is_list = |field| {
                self.table
                    .get(field)
                    .is_some_and(|item: &Item| item.is_array())
            };
            let from_one_on = (self.table.get(D).and_then(Item::as_str))
                .is_some_and(|text| text.trim().starts_with('>'));
            return Ok(match () {
                () if from_one_on => ClaimKind::EveryDimension,
                () if is_list(TAU.field) || is_list(ALPHA.field) => ClaimKind::Region,
                () => ClaimKind::Ssl,
            });
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
        let allowed = dimensions();
        self.integer(D, self.required(D, dimensions)?, 2..=LARGEST_D, &allowed)
    }

    fn dimension_if_any(&self) -> Result<Option<u64>, ClaimError> {
        self.table.get(D).map(|_| self.dimension()).transpose()
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

    fn require(&self, kind: ClaimKind) -> Result<Vec<ConditionId>, ClaimError> {
        // A data set has no invariant plane.
        let known = || {
            let all = ConditionId::ALL.into_iter();
            all.filter(|&id| !(kind.has_data() && id == ConditionId::Plane))
        };
        let allowed = || {
            let names: Vec<_> = known().map(ConditionId::name).collect();
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
            match known().find(|id| id.name() == name) {
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
