//! Mutations for the tests and, of JSON, for libFuzzer too: a fixed sequence, the same on
//! every machine. It is no source of randomness.

use crate::Form;
use serde_json::{Map, Value, json};

/// A sequence of numbers (splitmix64).
#[derive(Clone, Debug)]
pub struct Sequence(u64);

impl Sequence {
    /// The sequence that starts there.
    pub fn from(start: u64) -> Self {
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// One mutation that suits the form.
pub fn mutate(data: &[u8], form: Form, sequence: &mut Sequence) -> Vec<u8> {
    match form {
        Form::Json if sequence.below(4) > 0 => document(data, sequence),
        Form::Json | Form::Text if sequence.below(2) == 0 => text(data, sequence),
        _ => bytes(data, sequence),
    }
}

/// One to four changes of bytes.
pub fn bytes(data: &[u8], sequence: &mut Sequence) -> Vec<u8> {
    const INTERESTING: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, b'"', b'0', b'{'];
    let mut data = data.to_vec();
    for _ in 0..=sequence.below(4) {
        let at = sequence.below(data.len());
        let n = sequence.below(64.min(data.len() - at.min(data.len())) + 1);
        match sequence.below(7) {
            0 | 1 if !data.is_empty() => data[at] ^= 1 << sequence.below(8),
            2 if !data.is_empty() => data[at] = INTERESTING[sequence.below(8)],
            3 => drop(data.drain(at..at + n)),
            4 => {
                let copy = data[at..at + n].to_vec();
                let to = sequence.below(data.len() + 1);
                data.splice(to..to, copy);
            }
            5 => data.insert(at, sequence.next() as u8),
            _ => data.truncate(at),
        }
    }
    data
}

/// A line or a token of a text left out, doubled or replaced.
fn text(data: &[u8], sequence: &mut Sequence) -> Vec<u8> {
    const TOKENS: [&str; 16] = [
        "0",
        "01",
        "-1",
        "1.0",
        "1e400",
        "18446744073709551616",
        "\"\"",
        "null",
        "true",
        "[]",
        "{}",
        "\"0x\"",
        "\"24h\"",
        "\"125%\"",
        "\u{202e}",
        "\"0\"",
    ];
    let Ok(text) = std::str::from_utf8(data) else {
        return bytes(data, sequence);
    };
    let mut lines: Vec<String> = text.lines().map(Into::into).collect();
    if lines.is_empty() {
        return bytes(data, sequence);
    }
    let at = sequence.below(lines.len());
    match sequence.below(4) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let to = sequence.below(lines.len());
            lines.swap(at, to);
        }
        _ => {
            let line = &lines[at];
            let start = line.find(['=', ':']).map_or(0, |i| i + 1);
            lines[at] = format!(
                "{} {}",
                &line[..start],
                TOKENS[sequence.below(TOKENS.len())]
            );
        }
    }
    (lines.join("\n") + "\n").into_bytes()
}

/// A value of a JSON document replaced, left out, doubled, moved or changed a little.
pub fn document(data: &[u8], sequence: &mut Sequence) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(data) else {
        return bytes(data, sequence);
    };
    for _ in 0..=sequence.below(3) {
        let nodes = count(&value);
        let from = node(&mut value, &mut sequence.below(nodes))
            .cloned()
            .unwrap_or_default();
        let at = sequence.below(nodes);
        let Some(target) = node(&mut value, &mut { at }) else {
            continue;
        };
        match sequence.below(4) {
            0 => *target = interesting(sequence),
            1 => *target = from,
            _ => change(target, sequence),
        }
    }
    let text = match sequence.below(2) {
        0 => value.to_string(),
        _ => serde_json::to_string_pretty(&value).unwrap_or_default(),
    };
    if sequence.below(12) > 0 {
        return text.into_bytes();
    }
    // A key twice, which no parsed value can have.
    let keys: Vec<usize> = text.match_indices("\":").map(|(i, _)| i).collect();
    let Some(end) = keys.get(sequence.below(keys.len())) else {
        return text.into_bytes();
    };
    let start = text[..*end].rfind('"').unwrap_or(0);
    let (before, after) = text.split_at(start);
    format!("{before}{}\": 1,{after}", &text[start..*end]).into_bytes()
}

fn interesting(sequence: &mut Sequence) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(10_000),
        json!(65_536),
        json!(u64::MAX),
        json!(""),
        json!("0"),
        json!("00"),
        json!("0x0"),
        json!("1329227995784915872903807060280344576"),
        json!("1208925819614629174706176"),
        json!("0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001"),
        json!("\u{0000}"),
        json!("a".repeat(201)),
        json!([]),
        json!({}),
        json!([[[[]]]]),
        json!({"": ""}),
    ];
    values[sequence.below(values.len())].clone()
}

fn change(value: &mut Value, sequence: &mut Sequence) {
    match value {
        Value::Number(n) => {
            let n = n.as_u64().unwrap_or(0);
            *value = json!(match sequence.below(4) {
                0 => n.wrapping_add(1),
                1 => n.wrapping_sub(1),
                2 => n.wrapping_mul(2),
                _ => n ^ 1 << sequence.below(64),
            });
        }
        Value::String(text) => {
            let mut letters: Vec<char> = text.chars().collect();
            let at = sequence.below(letters.len());
            let letter = char::from(b"0123456789abcdefxG- "[sequence.below(20)]);
            match sequence.below(3) {
                0 => letters.insert(at, letter),
                1 if !letters.is_empty() => letters[at] = letter,
                _ => drop(letters.pop()),
            }
            *text = letters.into_iter().collect();
        }
        Value::Array(items) if !items.is_empty() => {
            let at = sequence.below(items.len());
            match sequence.below(3) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, items[at].clone()),
                _ => {
                    let to = sequence.below(items.len());
                    items.swap(at, to);
                }
            }
        }
        Value::Object(items) if !items.is_empty() => {
            let key = items
                .keys()
                .nth(sequence.below(items.len()))
                .cloned()
                .unwrap_or_default();
            match sequence.below(3) {
                0 => drop(items.remove(&key)),
                1 => drop(items.insert(format!("{key}x"), json!(1))),
                _ => rename(items, &key, interesting(sequence)),
            }
        }
        Value::Bool(b) => *b = !*b,
        other => *other = interesting(sequence),
    }
}

fn rename(items: &mut Map<String, Value>, key: &str, to: Value) {
    if let (Some(value), Value::String(to)) = (items.remove(key), to) {
        items.insert(to, value);
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(items) => items.values().map(count).sum(),
        _ => 0,
    }
}

/// The n-th value of a document, from the root.
fn node<'a>(value: &'a mut Value, n: &mut usize) -> Option<&'a mut Value> {
    if *n == 0 {
        return Some(value);
    }
    *n -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|v| node_or_skip(v, n)),
        Value::Object(items) => items.values_mut().find_map(|v| node_or_skip(v, n)),
        _ => None,
    }
}

fn node_or_skip<'a>(value: &'a mut Value, n: &mut usize) -> Option<&'a mut Value> {
    let size = count(value);
    if *n >= size {
        *n -= size;
        return None;
    }
    node(value, n)
}
