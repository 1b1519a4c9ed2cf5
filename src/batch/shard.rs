//! A part of a table, for one of several processes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// Part `k` of `n`: the indices `i` with `i mod n = k - 1`.
///
/// # Example
///
/// ```
/// use minlift::batch::Shard;
///
/// let shard: Shard = "2/3".parse()?;
/// assert_eq!((0..9).filter(|&i| shard.has(i)).collect::<Vec<_>>(), [1, 4, 7]);
/// assert_eq!(shard.count(8), 3);
/// assert!("4/3".parse::<Shard>().is_err() && "0/3".parse::<Shard>().is_err());
/// # Ok::<(), minlift::batch::ShardError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    k: u64,
    n: u64,
}

/// Why a text is no shard.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is no part of a table; allowed: k/n with whole numbers 1 <= k <= n")]
pub struct ShardError(String);

impl Shard {
    /// The whole table.
    pub const WHOLE: Self = Self { k: 1, n: 1 };

    /// Part `k` of `n`.
    ///
    /// # Errors
    ///
    /// Unless `1 <= k <= n`.
    pub fn new(k: u64, n: u64) -> Result<Self, ShardError> {
        if 1 <= k && k <= n {
            Ok(Self { k, n })
        } else {
            Err(ShardError(format!("{k}/{n}")))
        }
    }

    /// Which part, from 1.
    #[must_use]
    pub const fn k(&self) -> u64 {
        self.k
    }

    /// Of how many parts.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Is this the whole table?
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.n == 1
    }

    /// Does job `index` belong to this part?
    #[must_use]
    pub const fn has(&self, index: u64) -> bool {
        index % self.n == self.k - 1
    }

    /// How many of the jobs `0..jobs` belong to this part.
    #[must_use]
    pub const fn count(&self, jobs: u64) -> u64 {
        jobs / self.n + (jobs % self.n >= self.k) as u64
    }

    /// The indices of this part among `0..jobs`, ascending.
    pub fn indices(&self, jobs: u64) -> impl Iterator<Item = u64> + use<> {
        let (k, n) = (self.k, self.n);
        (0..self.count(jobs)).map(move |i| k - 1 + i * n)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.k, self.n)
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let number = |part: &str| {
            let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse::<u64>().ok()).flatten()
        };
        let parts = text.split_once('/');
        let numbers = parts.and_then(|(k, n)| Some((number(k)?, number(n)?)));
        numbers
            .and_then(|(k, n)| Self::new(k, n).ok())
            .ok_or_else(|| ShardError(text.chars().take(40).collect()))
    }
}

impl Serialize for Shard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Shard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
