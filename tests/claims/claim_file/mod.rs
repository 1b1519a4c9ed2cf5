//! A claim file means what is written in it, and whatever is wrong with it is one line.

mod garbage;
mod meaning;
mod refusals;

use minlift::claim::Claim;
use minlift::interval::Interval;

/// The paper's claim with `field` set to `value`, or without it.
pub fn with(field: &str, value: Option<&str>) -> String {
    let paper = [
        ("name", "\"paper\""),
        ("d", "10"),
        ("tau", "7"),
        ("alpha", "\"1/800\""),
    ];
    let kept = paper.into_iter().filter(|(key, _)| *key != field);
    let set = value.map(|value| (field, value));
    let line = |(key, value): (&str, &str)| format!("{key} = {value}\n");
    kept.chain(set).map(line).collect()
}

/// The claim that has this value in this field.
pub fn read(field: &str, value: &str) -> Claim {
    Claim::from_toml(&with(field, Some(value)), "my.toml").unwrap()
}

/// Are the end points equal or neighbouring floats?
pub fn tight(enclosure: Interval) -> bool {
    enclosure.inf().next_up() >= enclosure.sup()
}
