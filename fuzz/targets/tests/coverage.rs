//! `docs/security/coverage.md` names tests: each must exist, and every row must have one or
//! say that it is missing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use std::path::{Path, PathBuf};

const ROWS: [&str; 32] = [
    "V1", "V2", "V3", "V4", "V5", "V6", "V7", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9",
    "C10", "C11", "C12", "P1", "P2", "P3", "P4", "P5", "K1", "K2", "K3", "K4", "Files", "Process",
    "S", "Fuzz",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Whether the file has a function of that name that is a test (in Rust or JavaScript, or
/// made by a macro that names it).
fn has(path: &Path, name: &str) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let word = |at: usize| {
        let after = text[at + name.len()..].chars().next().unwrap_or(' ');
        let before = text[..at].chars().next_back().unwrap_or(' ');
        ![before, after]
            .iter()
            .any(|c| c.is_alphanumeric() || *c == '_')
    };
    text.match_indices(name).any(|(at, _)| word(at))
        && (path.extension().is_some_and(|e| e != "rs")
            || text.contains(&format!("fn {name}("))
            || text.contains("targets!("))
}

#[test]
fn every_test_that_the_coverage_names_exists() {
    let text = std::fs::read_to_string(root().join("docs/security/coverage.md")).unwrap();
    let (mut rows, mut tests) = (Vec::new(), 0);
    let table = text.lines().take_while(|line| !line.starts_with("## "));
    for line in table.filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let id = cells[0];
        if id == "id" || id.starts_with('-') {
            continue;
        }
        assert_eq!(cells.len(), 4, "{line}");
        rows.push(id.to_owned());
        let mut named = 0;
        let mut file: Option<PathBuf> = None;
        for word in cells[1].split('`').skip(1).step_by(2) {
            if word.contains('/') || word.ends_with(".toml") {
                let path = root().join(word);
                assert!(path.exists(), "{id}: {word} does not exist");
                file = Some(path);
                named += 1;
            } else {
                let file = file
                    .as_ref()
                    .unwrap_or_else(|| panic!("{id}: {word} before a file"));
                assert!(
                    has(file, word),
                    "{id}: no test {word} in {}",
                    file.display()
                );
                tests += 1;
            }
        }
        assert!(
            named > 0 || cells[1].contains("missing"),
            "{id}: no test and not said to be missing"
        );
        assert!(
            cells[3].starts_with("seen") || cells[3].starts_with("not yet"),
            "{id}: {}",
            cells[3]
        );
    }
    let missing: Vec<&&str> = ROWS
        .iter()
        .filter(|id| !rows.iter().any(|row| row == **id))
        .collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
    assert!(tests > 60, "{tests}");
}
