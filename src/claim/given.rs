//! Claims about a given data set: where the points come from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml_edit::{Item, Value};

use super::error::{ClaimError, one_line};
use super::evidence::{Claim, ClaimKind};
use super::reader::{Number, Reader};
use crate::data::{DataNoise, DataSet, MOST_NUMBERS, Source};
use crate::interval::Interval;

const LARGEST_N: u64 = 1 << 24;
/// As in TOML, where an integer has 64 bits with its sign.
const LARGEST_SEED: u64 = i64::MAX as u64;
/// The number of points of the paper's simulation.
const SQUARE: &str = "d^2";
const N: &str = "n";
const SEED: &str = "seed";
const NOISE: &str = "noise";
const FILE: &str = "file";
const SHA256: &str = "sha256";

impl Claim {
    /// The claim about the points in `path`, a file as [`DataSet::read`] takes it; the literals are those of a claim file.
    ///
    /// Its name is that of the file without its extension, with `-` for what a name cannot have, unless there is a `name`;
    /// the noise of the views is `d^(-3/2)`, unless there is a `rho_view`.
    ///
    /// # Errors
    ///
    /// As [`Claim::from_toml`] for a claim with these fields, and as [`DataSet::read`].
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::claim::{Claim, ClaimKind};
    ///
    /// let path = std::env::temp_dir().join("minlift doctest.csv");
    /// std::fs::write(&path, "1,0\n1,7\n-1,0\n-1,7.5\n")?;
    /// let claim = Claim::of_data_file(&path, None, "7", "1/800", Some("0.1"))?;
    /// assert_eq!((claim.name.as_str(), claim.kind), ("minlift-doctest", ClaimKind::Data));
    /// assert_eq!((claim.d, claim.written.weights[0].as_str()), (2, "1/4"));
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_data_file(
        path: &Path,
        name: Option<&str>,
        tau: &str,
        alpha: &str,
        rho_view: Option<&str>,
    ) -> Result<Self, ClaimError> {
        let name = name.map_or_else(|| name_of(path), str::to_owned);
        let fields = [
            ("name", Some(name.as_str())),
            ("kind", Some("data")),
            ("tau", Some(tau)),
            ("alpha", Some(alpha)),
            ("rho_view", rho_view),
        ];
        let lines = fields.map(|(field, text)| match text {
            Some(text) => format!("{field} = {}\n", Value::from(text)),
            None => String::new(),
        });
        let file = one_line(&path.to_string_lossy());
        Self::parse(&lines.concat(), file, &Points::At(path.to_owned()))
    }
}

impl Claim {
    /// The claim of kind `data` with the parameters of this one about these points; the weights become the observed
    /// frequencies.
    #[must_use]
    pub fn about(mut self, data: Arc<DataSet>) -> Self {
        let (weights, mirror_symmetric) = frequencies(data.counts());
        self.kind = ClaimKind::Data;
        self.d = data.d() as u64;
        self.written.weights = weights.each_ref().map(|weight| weight.written.clone());
        self.weights = weights.map(|weight| weight.value);
        self.mirror_symmetric = mirror_symmetric;
        self.data = Some(data);
        self
    }
}

/// The file's name without its extension, as a claim's name.
fn name_of(path: &Path) -> String {
    const LONGEST: usize = 64;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let plain = |c: char| match c.to_ascii_lowercase() {
        c @ ('a'..='z' | '0'..='9' | '_') => c,
        _ => '-',
    };
    let name: String = stem.chars().map(plain).take(LONGEST).collect();
    match name.trim_matches('-') {
        "" => "data".to_owned(),
        name => name.to_owned(),
    }
}

/// Where a data file is looked for.
pub(super) enum Points {
    /// What the field `file` names, from this folder.
    Under(PathBuf),
    /// This file; there is no such field.
    At(PathBuf),
}

impl Points {
    /// Beside the claim file.
    pub(super) fn beside(claim: &Path) -> Self {
        Self::Under(claim.parent().unwrap_or(Path::new("")).to_owned())
    }
}

/// A number of points as it is written.
#[derive(Clone, Copy)]
pub(super) enum Count {
    Number(u64),
    Square,
}

impl Count {
    fn of(self, d: u64) -> u64 {
        match self {
            Self::Number(n) => n,
            Self::Square => d.saturating_mul(d),
        }
    }
}

/// What makes the data.
pub(super) enum Origin {
    Drawn {
        n: usize,
        seed: u64,
        noise: DataNoise,
    },
    /// The file, and the hash it must have.
    File {
        path: PathBuf,
        n: Option<Count>,
        sha256: Option<String>,
    },
}

/// The observed frequencies, and whether they are mirror symmetric. They are exact numbers, `count/n`, so equal counts have
/// equal enclosures and no count is the number 0.
pub(super) fn frequencies(counts: [u64; 4]) -> ([Number; 4], bool) {
    let n: u64 = counts.iter().sum();
    let weights = counts.map(|count| {
        let written = format!("{count}/{n}");
        Number {
            // Below 2^28: floats.
            value: Interval::point(count as f64) / Interval::point(n as f64),
            literal: written.clone(),
            written,
        }
    });
    (weights, counts[0] == counts[2] && counts[1] == counts[3])
}

impl Reader<'_> {
    /// Do the points of this claim come from a file?
    pub(super) fn names_file(&self, points: &Points) -> bool {
        matches!(points, Points::At(_)) || self.table.contains_key(FILE)
    }

    /// What makes the data of a claim in dimension `d`, which is known if they are drawn.
    pub(super) fn origin(&self, points: &Points, d: Option<u64>) -> Result<Origin, ClaimError> {
        let path = match (points, self.table.get(FILE)) {
            (Points::At(path), _) => path.clone(),
            (Points::Under(folder), Some(item)) => {
                let allowed = || "the path of a .csv or .npy file".to_owned();
                folder.join(self.string(FILE, item, allowed)?)
            }
            (Points::Under(_), None) => return self.drawn(d),
        };
        for field in [SEED, NOISE, "rho_data"] {
            if let Some(item) = self.table.get(field) {
                let allowed = format!("{field} for data that are drawn, without file");
                return Err(self.beside(field, item, "beside file", allowed));
            }
        }
        Ok(Origin::File {
            path,
            n: (self.table.get(N))
                .map(|item| self.count(item))
                .transpose()?,
            sha256: self.sha256()?,
        })
    }

    fn drawn(&self, d: Option<u64>) -> Result<Origin, ClaimError> {
        if let Some(item) = self.table.get(SHA256) {
            let allowed = format!("{SHA256} beside file");
            return Err(self.beside(SHA256, item, "without file", allowed));
        }
        let seeds = format!("an integer from 0 to {LARGEST_SEED} (2^63 - 1)");
        let seed = self.required(SEED, || format!("{seeds}, or file instead"))?;
        let seed = self.integer(SEED, seed, 0..=LARGEST_SEED, &seeds)?;
        let item = self.required(N, counts)?;
        let d = d.unwrap_or(2);
        let n = self.count(item)?.of(d);
        let value = |more: String| format!("{} (with d = {d}: {more})", self.shown(item));
        if n > LARGEST_N {
            return Err(self.out_of_range(N, value(format!("{n} points")), counts()));
        }
        let numbers = n.saturating_mul(d);
        match usize::try_from(n) {
            Ok(n) if numbers <= MOST_NUMBERS => Ok(Origin::Drawn {
                n,
                seed,
                noise: self.noise()?,
            }),
            _ => {
                let allowed = format!("n d at most {MOST_NUMBERS} (2^28)");
                Err(self.out_of_range(N, value(format!("{numbers} numbers")), allowed))
            }
        }
    }

    fn count(&self, item: &Item) -> Result<Count, ClaimError> {
        if item.as_str() == Some(SQUARE) {
            return Ok(Count::Square);
        }
        if item.is_str() {
            return Err(self.unknown_name(N, item, counts()));
        }
        let n = self.integer(N, item, 1..=LARGEST_N, &counts())?;
        Ok(Count::Number(n))
    }

    fn noise(&self) -> Result<DataNoise, ClaimError> {
        let allowed = || {
            let names = DataNoise::ALL.map(|noise| format!("\"{}\"", noise.name()));
            names.join(" or ")
        };
        let Some(item) = self.table.get(NOISE) else {
            return Ok(DataNoise::Isotropic);
        };
        let name = self.string(NOISE, item, allowed)?;
        (DataNoise::ALL
            .into_iter()
            .find(|noise| noise.name() == name))
        .ok_or_else(|| self.unknown_name(NOISE, item, allowed()))
    }

    fn sha256(&self) -> Result<Option<String>, ClaimError> {
        const DIGITS: usize = 64;
        let allowed = || format!("{DIGITS} hexadecimal digits");
        let Some(item) = self.table.get(SHA256) else {
            return Ok(None);
        };
        let digits = self.string(SHA256, item, allowed)?;
        if digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(Some(digits.to_ascii_lowercase()));
        }
        Err(self.unknown_name(SHA256, item, allowed()))
    }

    /// Draws or reads the data. `d` is the dimension as written, `rho` the noise to draw for a dimension.
    pub(super) fn data(
        &self,
        origin: &Origin,
        d: Option<u64>,
        tau: Interval,
        rho: impl Fn(u64) -> Interval,
    ) -> Result<DataSet, ClaimError> {
        match origin {
            &Origin::Drawn { n, seed, noise } => {
                let d = d.unwrap_or(2);
                // At most 2^28, as n d is.
                let columns = usize::try_from(d).unwrap_or(usize::MAX);
                let rho = rho(d).mid();
                Ok(DataSet::draw(n, columns, tau.mid(), rho, noise, seed))
            }
            Origin::File { path, n, sha256 } => {
                let data = DataSet::read(path, tau.mid()).map_err(|source| self.no_data(source))?;
                self.check(data, d, *n, sha256.as_deref())
            }
        }
    }

    /// The data read from a file, if they are what the claim says; their source is named as in the claim.
    fn check(
        &self,
        mut data: DataSet,
        d: Option<u64>,
        n: Option<Count>,
        sha256: Option<&str>,
    ) -> Result<DataSet, ClaimError> {
        let (found_d, found_n) = (data.d() as u64, data.n() as u64);
        let Source::File { path, sha256: hash } = &mut data.source else {
            return Ok(data);
        };
        let differs = |field: &str, found: String| ClaimError::Mismatch {
            file: self.file.clone(),
            field: field.to_owned(),
            value: self
                .table
                .get(field)
                .map_or_else(String::new, |item| self.shown(item)),
            found: format!("{path}, whose {field} is {found}"),
            allowed: format!("{found}, or no {field}"),
        };
        if sha256.is_some_and(|sha256| sha256 != hash) {
            return Err(differs(SHA256, hash.clone()));
        }
        if d.is_some_and(|d| d != found_d) {
            return Err(differs("d", found_d.to_string()));
        }
        if n.is_some_and(|n| n.of(found_d) != found_n) {
            return Err(differs(N, found_n.to_string()));
        }
        if let Some(named) = self.table.get(FILE).and_then(Item::as_str) {
            *path = one_line(named);
        }
        Ok(data)
    }

    fn no_data(&self, source: crate::data::DataError) -> ClaimError {
        match self.table.get(FILE) {
            Some(item) => ClaimError::NoDataSet {
                file: self.file.clone(),
                field: FILE.to_owned(),
                value: self.shown(item),
                source: Box::new(source),
            },
            None => source.into(),
        }
    }

    pub(super) fn beside(
        &self,
        field: &str,
        item: &Item,
        beside: &'static str,
        allowed: String,
    ) -> ClaimError {
        ClaimError::Beside {
            file: self.file.clone(),
            field: field.to_owned(),
            value: self.shown(item),
            beside,
            allowed,
        }
    }
}

/// What `n` may be.
fn counts() -> String {
    format!("an integer from 1 to {LARGEST_N} (2^24), or \"{SQUARE}\"")
}
