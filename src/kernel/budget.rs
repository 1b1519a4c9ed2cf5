//! How much work one statement may take: a hostile certificate must not keep the checker busy for ever.

use std::cell::Cell;

/// About so many products of intervals; a statement of an honest certificate takes a tenth of it or less.
const LIMIT: u64 = 150_000_000;

thread_local! {
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// A new statement begins on this thread, which proves it alone.
pub fn start() {
    LEFT.set(LIMIT);
}

/// Takes so many products; none if they are not left. The same work is charged whether a table has been made before or not, so that the
/// outcome does not depend on what other threads do.
pub fn spend(products: u64) -> Option<()> {
    let left = LEFT.get().checked_sub(products);
    LEFT.set(left.unwrap_or(0));
    left.map(drop)
}
