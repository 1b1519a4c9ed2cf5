//! The statement of a theorem as LaTeX, with constants that a paper could print.
//!
//! Every constant is rounded to its safe side, printed as a decimal, *read back* and compared with the bound it stands for: what is
//! printed is what is proved.

use super::numbers::{lower, upper};
use crate::claim::family::{
    BranchEvidence, DescentEvidence, EveryDimension, FamilyEvidence, GlobalEvidence, RegionEvidence,
};
use crate::claim::{Claim, ClaimVerdict};
use crate::dossier::Dossier;
use crate::interval::Interval;

/// Why there is no statement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LatexError {
    /// The claim was not verified, or is of a kind without one.
    #[error("{claim}: there is no theorem to state ({reason})")]
    NothingToState {
        /// The claim's name.
        claim: String,
        /// Why.
        reason: String,
    },
    /// A printed constant does not read back to a bound.
    #[error("{claim}: the constant {printed} as printed is no bound of {exact}")]
    NotABound {
        /// The claim's name.
        claim: String,
        /// The decimal.
        printed: String,
        /// The float it stands for.
        exact: String,
    },
}

const DIGITS: usize = 5;

/// Has a claim of this kind a statement, once it is verified?
#[must_use]
pub const fn has_statement(claim: &Claim) -> bool {
    claim.kind.has_family()
}

impl Dossier {
    /// The theorem that the claim's verification proves, as a LaTeX `theorem` environment.
    ///
    /// # Errors
    ///
    /// If nothing was verified, or the claim is of another kind; and if a constant failed its check, which no input should bring about.
    pub fn latex(&self) -> Result<String, LatexError> {
        let nothing = |reason: &str| LatexError::NothingToState {
            claim: self.claim.name.clone(),
            reason: reason.to_owned(),
        };
        let Some(side) = &self.family else {
            return Err(nothing("only statements about many objectives have one"));
        };
        if self.verdict() != ClaimVerdict::Verified {
            return Err(nothing("the claim was not verified"));
        }
        let print = Printer(&self.claim.name);
        let body = match &side.evidence {
            FamilyEvidence::Dimensions(e) => dimensions(e, &print)?,
            FamilyEvidence::Branch(e) => branch(e, &print)?,
            FamilyEvidence::Region(e) => region(e, &print)?,
            FamilyEvidence::Global(e) => global(e, &print)?,
            FamilyEvidence::Descent(e) => descent(e, &self.claim, &print)?,
        };
        let w = &self.claim.written;
        let noise = match () {
            () if self.claim.and_larger => "d^{-3/2}".to_owned(),
            () => literal(&w.rho_data),
        };
        let dimension = if self.claim.and_larger {
            format!("d\\ge{}", self.claim.d)
        } else {
            format!("d={}", self.claim.d)
        };
        Ok(format!(
            "% Stated by minlift for the claim \"{}\"; every constant is rounded to its safe side and was read back.\n\
             \\begin{{theorem}}\n\
             Let $x=\\mu+\\rho\\xi$, $\\xi\\sim N(0,I_d)$, with $\\mu$ uniform on $\\{{\\pm e_1,\\ \\pm e_1+\\tau e_2\\}}$, and let the views \
             $x',x''$ add independent noise $\\rho\\,N(0,I_d)$ to $x$. For a row $w\\in\\mathbb{{R}}^d$ let\n\
             \\[ \\ell(w)=-\\mathbb{{E}}\\,\\sigma(w\\cdot x')\\,\\sigma(w\\cdot x'')+\\alpha\\|w\\|^2,\\qquad \
             \\sigma(z)=\\frac{{1}}{{1+e^{{-z}}}}, \\]\n\
             with ${dimension}$, ${}$, ${}$, $\\rho={noise}$, and let $\\tilde\\ell$ be the same without noise.\n{body}\
             \\end{{theorem}}\n",
            self.claim.name,
            parameter("\\tau", &w.tau),
            parameter("\\alpha", &w.alpha),
        ))
    }
}

struct Printer<'a>(&'a str);

impl Printer<'_> {
    /// A decimal that is at least `x`.
    fn upper(&self, x: f64) -> Result<String, LatexError> {
        self.check(upper(x, DIGITS), x, |read| read.inf() >= x)
    }

    /// A decimal that is at most `x`.
    fn lower(&self, x: f64) -> Result<String, LatexError> {
        self.check(lower(x, DIGITS), x, |read| read.sup() <= x)
    }

    /// `text`, if what it says when it is read is a bound. (Its enclosure never reaches beyond `x`, a float, if the decimal does not.)
    fn check(
        &self,
        text: String,
        x: f64,
        holds: impl Fn(Interval) -> bool,
    ) -> Result<String, LatexError> {
        let fine = Interval::literal(&text).is_ok_and(holds);
        if fine {
            return Ok(text);
        }
        Err(LatexError::NotABound {
            claim: self.0.to_owned(),
            printed: text,
            exact: format!("{x:?}"),
        })
    }

    /// `[lo, hi]`, which holds the interval.
    fn set(&self, x: Interval) -> Result<String, LatexError> {
        Ok(format!(
            "[{},\\,{}]",
            self.lower(x.inf())?,
            self.upper(x.sup())?
        ))
    }

    /// An enclosure, rounded outward, and the uniqueness interval about it, rounded inward, with as many digits as it takes for the
    /// first *as printed* to lie in the second.
    fn within(&self, x: Interval, unique: Interval) -> Result<(String, String), LatexError> {
        for digits in DIGITS..=17 {
            let [low, high] = [lower(x.inf(), digits), upper(x.sup(), digits)];
            let [left, right] = [upper(unique.inf(), digits), lower(unique.sup(), digits)];
            let read = |text: &str| Interval::literal(text);
            if let (Ok(a), Ok(b), Ok(l), Ok(r)) =
                (read(&low), read(&high), read(&left), read(&right))
                && l.sup() <= a.inf()
                && b.sup() <= r.inf()
            {
                return Ok((format!("[{low},\\,{high}]"), format!("[{left},\\,{right}]")));
            }
        }
        Err(LatexError::NotABound {
            claim: self.0.to_owned(),
            printed: lower(x.inf(), DIGITS),
            exact: format!("{x:?} in {unique:?}"),
        })
    }

    /// `(x, y)` within boxes.
    fn point(&self, w: &[Interval; 2]) -> Result<String, LatexError> {
        Ok(format!("{}\\times{}", self.set(w[0])?, self.set(w[1])?))
    }
}

fn dimensions(e: &EveryDimension, print: &Printer<'_>) -> Result<String, LatexError> {
    let simplified = e
        .simplified
        .as_ref()
        .map_or(Ok(String::new()), |w| print.point(w))?;
    let mut out = format!(
        "Then for every $d\\ge {}$ the exact objective has a strict local minimum $w^*=(a,b,0,\\dots,0)$, the only critical point of \
         $\\mathbb{{R}}^d$ whose first two coordinates lie in the box $U_d$ below. It is joined to the minimum \
         $\\tilde w^*\\in{simplified}$ of $\\tilde\\ell$ by a smooth branch of minima over $\\rho^2$, and\n\
         \\[ \\|w^*-\\tilde w^*\\|\\le {}\\,\\rho^2,\\qquad a\\ge {},\\quad b\\ge {},\\qquad \
         \\frac{{a}}{{\\|w^*\\|}}\\ge {},\\quad \\frac{{b}}{{\\|w^*\\|}}\\ge {}. \\]\n",
        e.from,
        print.upper(e.constant)?,
        print.lower(e.coefficients[0])?,
        print.lower(e.coefficients[1])?,
        print.lower(e.cosines[0])?,
        print.lower(e.cosines[1])?,
    );
    if let Some(d0) = e.all_larger_from() {
        out.push_str(&format!(
            "For $d\\ge {d0}$ even $\\|w^*-\\tilde w^*\\|\\le {}\\,\\rho^2$.\n",
            print.upper(e.constant_large)?
        ));
    }
    out.push_str(
        "The matrix $W^*$ of rows $(a,b,0,\\dots,0)$ and $(-a,b,0,\\dots,0)$ is then a strict local minimum of $L(W)=\\ell(w_1)+\\ell(w_2)$, and the \
         projections of $e_1$ and $e_2$ to the span of its rows have length exactly $1$.\n\
         \\begin{center}\\begin{tabular}{lll}\n$d$ & $(a,b)\\in$ & $U_d$\\\\\\hline\n",
    );
    for row in &e.rows {
        let d = if row.and_all_larger {
            format!("\\ge {}", row.from)
        } else {
            row.from.to_string()
        };
        let (x, u) = print.within(row.point[0], row.uniqueness[0])?;
        let (y, v) = print.within(row.point[1], row.uniqueness[1])?;
        out.push_str(&format!("${d}$ & ${x}\\times{y}$ & ${u}\\times{v}$\\\\\n"));
    }
    out.push_str("\\end{tabular}\\end{center}\n");
    Ok(out)
}

fn branch(e: &BranchEvidence, print: &Printer<'_>) -> Result<String, LatexError> {
    Ok(format!(
        "Then a smooth branch of strict local minima of $\\ell$ over the noise $r^2\\in[0,\\rho^2]$ joins the minimum $\\tilde w^*\\in{}$ of \
         $\\tilde\\ell$ to a minimum $w^*\\in{}$ of $\\ell$, and $\\|w^*-\\tilde w^*\\|\\le {}\\,\\rho^2$. The branch continues at least up \
         to noise $r={}$.\n",
        e.simplified
            .as_ref()
            .map_or(Ok(String::new()), |w| print.point(w))?,
        e.rows
            .last()
            .map_or(Ok(String::new()), |row| print.point(&row.point))?,
        print.upper(e.constant)?,
        print.lower(e.reach)?,
    ))
}

fn region(e: &RegionEvidence, print: &Printer<'_>) -> Result<String, LatexError> {
    Ok(format!(
        "Then for all these parameters $\\ell$ has a strict local minimum $w^*=(a,b,0,\\dots,0)$ with $(a,b)\\in{}$, joined to a minimum \
         $\\tilde w^*$ of $\\tilde\\ell$ by a smooth branch of minima, and $\\|w^*-\\tilde w^*\\|\\le {}\\,\\rho^2$.\n",
        print.point(&e.point)?,
        print.upper(e.constant)?,
    ))
}

fn global(e: &GlobalEvidence, print: &Printer<'_>) -> Result<String, LatexError> {
    let minimum = e.points.iter().find(|p| !p.on_axis);
    let step = (Interval::ONE / Interval::point(e.smoothness)).inf();
    Ok(format!(
        "Then $\\ell$ has exactly {} critical points in $\\mathbb{{R}}^d$. One of them has $w^{{(1)}}>0$: a strict local minimum $w^*=(a,b,0,\\dots,0)$ \
         with $(a,b)\\in{}$. The half-space $\\{{w^{{(1)}}>0\\}}$ is its basin of attraction for the gradient flow of $\\ell$, and for gradient descent with every \
         step $0<\\eta<{}$.\n",
        e.count(),
        minimum.map_or(Ok(String::new()), |p| print.point(&p.point))?,
        print.lower(step)?,
    ))
}

fn descent(e: &DescentEvidence, claim: &Claim, print: &Printer<'_>) -> Result<String, LatexError> {
    let mut out = format!(
        "Gradient descent on $\\ell$ with step $\\eta={}$, from any start with $(w^{{(1)}},w^{{(2)}})$ in ${}$ and $\\|w_\\perp\\|\\le s_0$, where a standard normal \
         $w_\\perp$ has $\\mathbb{{P}}(\\|w_\\perp\\|\\le s_0)\\ge 1-10^{{-9}}$, satisfies \
         $\\|w_{{t+1}}-w^*\\|\\le q\\,\\|w_t-w^*\\|$ for the minimum $w^*=(a,b,0,\\dots,0)$, with\n\
         \\begin{{center}}\\begin{{tabular}}{{lll}}\n$d$ & $(a,b)\\in$ & $1-q\\ge$\\\\\\hline\n",
        literal(&claim.written.step),
        literal(&claim.written.start)
            .replace(" x ", "\\times ")
            .replace("tau", "\\tau"),
    );
    for row in &e.rows {
        let d = if row.and_all_larger {
            format!("\\ge {}", row.from)
        } else {
            row.from.to_string()
        };
        let gain = (Interval::ONE - Interval::point(row.rate)).inf();
        out.push_str(&format!(
            "${d}$ & ${}$ & ${}$\\\\\n",
            print.point(&row.minimum)?,
            print.lower(gain)?
        ));
    }
    out.push_str("\\end{tabular}\\end{center}\n");
    Ok(out)
}

/// `\tau=7`, or `\tau\in[6.5, 7.5]`.
fn parameter(symbol: &str, written: &str) -> String {
    let relation = if written.starts_with('[') {
        "\\in"
    } else {
        "="
    };
    format!("{symbol}{relation}{}", literal(written))
}

/// A literal as it is written, `d^(-3/2)` with braces.
fn literal(written: &str) -> String {
    match written {
        "d^(-3/2)" => "d^{-3/2}".to_owned(),
        text => text.to_owned(),
    }
}
