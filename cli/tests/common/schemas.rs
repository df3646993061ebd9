//! What `--json` prints is of the schemas in docs/schemas, in every run of every test.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Where the schemas are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas")
}

/// The name of a verb's file, without its ending.
pub fn file(verb: &str) -> String {
    verb.replace(' ', "-")
}

/// By name of a file, what validates. Stricter than the schemas are: a later version may add
/// fields, this one prints none that it does not tell of.
static SCHEMAS: LazyLock<BTreeMap<String, jsonschema::Validator>> = LazyLock::new(|| {
    let entries = fs::read_dir(folder()).unwrap();
    let schema = |path: PathBuf| {
        let mut schema = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        close(&mut schema);
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, jsonschema::validator_for(&schema).unwrap())
    };
    entries.map(|entry| schema(entry.unwrap().path())).collect()
});

/// Allows no further fields in any object whose fields are told.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("properties").is_some_and(Value::is_object) {
                object.insert("additionalProperties".into(), json!(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// The verb of a command line, if it has a schema.
pub fn verb(arguments: &[String]) -> Option<String> {
    let words = arguments.iter().take_while(|word| !word.starts_with('-'));
    let words: Vec<&str> = words.map(String::as_str).take(2).collect();
    let found = |verb: &String| SCHEMAS.contains_key(&file(verb));
    (1..=words.len())
        .rev()
        .map(|n| words[..n].join(" "))
        .find(found)
}

fn validate(name: &str, output: &Value) {
    let said: Vec<String> = SCHEMAS[name]
        .iter_errors(output)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(said.is_empty(), "{name}: {said:?} in {output}");
}

/// Whether the run failed: with an error, or with the answer that something is not so.
pub fn check(verb: Option<&str>, exit: i32, output: &Map<String, Value>) -> bool {
    let value = Value::Object(output.clone());
    if output.contains_key("error") {
        validate("error", &value);
        assert_eq!(output["exit"], exit, "{value}");
    } else {
        let verb = verb.unwrap_or_else(|| panic!("no schema is for {value}"));
        validate(&file(verb), &value);
    }
    // `got` of `export check` and of a failure is something else than a code.
    assert_eq!(output.contains_key("code"), exit != 0, "{value}");
    exit != 0
}
