//! The certificates fit the JSON Schema in notes/.

use boon::{Compiler, Schemas};
use serde_json::Value;

use super::base::certificates;

#[test]
fn certificates_fit_the_schema_and_others_do_not() {
    let schema: Value =
        serde_json::from_str(include_str!("../../notes/certificate.schema.json")).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("certificate.json", schema).unwrap();
    let index = compiler.compile("certificate.json", &mut schemas).unwrap();
    let by_hand = (
        "by hand",
        include_str!("../data/certificates/by_hand.json").to_owned(),
    );
    for (name, text) in certificates().iter().chain([&by_hand]) {
        let certificate: Value = serde_json::from_str(text).unwrap();
        let valid = schemas.validate(&certificate, index);
        assert!(valid.is_ok(), "{name}: {}", valid.unwrap_err());

        let mut short = certificate.clone();
        short.as_object_mut().unwrap().remove("proves");
        assert!(schemas.validate(&short, index).is_err(), "{name}");
        let mut decimal = certificate.clone();
        *first_number(&mut decimal["proof"]).unwrap() = "1.5".into();
        assert!(schemas.validate(&decimal, index).is_err(), "{name}");
    }
}

/// The first hexadecimal number below.
fn first_number(value: &mut Value) -> Option<&mut Value> {
    if value.as_str().is_some_and(|text| text.contains("0x")) {
        return Some(value);
    }
    match value {
        Value::Array(items) => items.iter_mut().find_map(first_number),
        Value::Object(fields) => fields.values_mut().find_map(first_number),
        _ => None,
    }
}
