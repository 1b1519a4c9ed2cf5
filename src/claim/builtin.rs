//! The claims that come with the program.

use super::error::ClaimError;
use super::evidence::Claim;

/// A claim file that was compiled in.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The file's name under `verification/claims/`.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! sources {
    ($($file:literal),* $(,)?) => {
        [$(Source {
            file: $file,
            text: include_str!(concat!("../../verification/claims/", $file)),
        }),*]
    };
}

/// All of them, the paper's first.
pub const SOURCES: [Source; 30] = sources![
    "paper.toml",
    "paper-ssl.toml",
    "paper-sl.toml",
    "paper-d2.toml",
    "paper-d5.toml",
    "paper-d20.toml",
    "paper-d100.toml",
    "paper-d1000.toml",
    "paper-d1000000.toml",
    "tau-1_5.toml",
    "tau-3.toml",
    "tau-20.toml",
    "sl-d2.toml",
    "sl-d1000000.toml",
    "contrast-tau-1_5.toml",
    "refused-tau-7.toml",
    "refused-tau-2_2.toml",
    "refused-sl.toml",
    "every-d.toml",
    "branch-d2.toml",
    "box.toml",
    "global-d10.toml",
    "global-d2.toml",
    "descent-d10.toml",
    "descent-every-d.toml",
    "refused-box.toml",
    "refused-descent.toml",
    "data-d10.toml",
    "data-d50.toml",
    "data-broadcast.toml",
];

impl Source {
    /// The claim.
    ///
    /// # Errors
    ///
    /// As [`Claim::from_toml`]; a test reads every built-in claim.
    pub fn claim(&self) -> Result<Claim, ClaimError> {
        Claim::from_toml(self.text, self.file)
    }
}

impl Claim {
    /// The paper's own claim, the first of [`SOURCES`].
    ///
    /// # Errors
    ///
    /// As [`Source::claim`].
    pub fn paper() -> Result<Self, ClaimError> {
        SOURCES[0].claim()
    }
}
