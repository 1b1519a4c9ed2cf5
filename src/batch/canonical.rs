//! One text for one value: JSON without spaces, keys in ascending order.

use serde_json::Value;

/// The canonical JSON of `value`: no spaces, the keys of every object in ascending order.
///
/// # Example
///
/// ```
/// use minlift::batch::canonical;
/// use serde_json::json;
///
/// assert_eq!(canonical(&json!({"b": [1, 0.1], "a": "x"})), r#"{"a":"x","b":[1,0.1]}"#);
/// ```
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            // Whether a map keeps the order of insertion is a feature any crate may switch on.
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            out.push('{');
            for (i, (key, item)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(item, out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}
