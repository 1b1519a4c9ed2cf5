//! How much work one statement may take: a hostile certificate must not keep the checker busy for ever.

use std::cell::Cell;

/// About so many products of intervals; the heaviest statements of the built-in claims' certificates take a tenth or two.
const LIMIT: u64 = 600_000_000;

thread_local! {
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// A new statement begins on this thread, which proves it alone.
pub fn start() {
    LEFT.set(LIMIT);
}

/// Takes so many products; none if they are not left. A table that another statement has made is free: near the limit, and only there, the outcome
/// may depend on the order of statements.
pub fn spend(products: u64) -> Option<()> {
    let left = LEFT.get().checked_sub(products);
    LEFT.set(left.unwrap_or(0));
    left.map(drop)
}
