//! docs/security/hypotheses.md is the ledger of what the circuit takes for granted (C10): each
//! row has a discharge that exists, each id that anything names has a row, and no comment makes
//! a hypothesis without an id. The rows about fixed cells have their tests in `built_trace.rs`.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::gates;
use covenant_circuits::circuit::layout::Profile;
use covenant_circuits::lint::constraints;
use covenant_circuits::shape::Shape;
use halo2_proofs::plonk::ConstraintSystem;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const LEDGER: &str = "docs/security/hypotheses.md";

/// What a comment says when it takes something for granted.
const WORDS: [&str; 22] = [
    "assume",
    "assuming",
    "assumption",
    "hypothes",
    "is below",
    "are below",
    "stays below",
    "stay below",
    "below r",
    "must be",
    "by its type",
    "by their type",
    "types say",
    "whoever calls",
    "may be anything",
    "far from r",
    "for granted",
    "as long as",
    "honestly",
    "injective",
    "pairwise different",
    "no range of its own",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Files below a folder with one of these endings, in order.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
            if path.is_dir() {
                folders.push(path);
            } else if endings.contains(&ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// `H7` and the like in a text: an H and one to three digits that stand alone.
fn ids(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let is_id = |word: &&str| {
        word.strip_prefix('H')
            .is_some_and(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
    };
    words.filter(is_id).map(str::to_owned).collect()
}

struct Row {
    id: String,
    cells: Vec<String>,
}

impl Row {
    fn bounds(&self) -> &str {
        &self.cells[3]
    }
    /// `gate `x`` and the like: (what it is, its words).
    fn references(&self) -> Vec<(String, String)> {
        let parts: Vec<&str> = self.bounds().split('`').collect();
        assert!(
            parts.len() % 2 == 1,
            "{}: an odd number of backticks",
            self.id
        );
        let pairs = parts.chunks(2).filter(|pair| pair.len() == 2);
        pairs
            .filter_map(|pair| {
                let before = pair[0].trim_end().to_lowercase();
                let kind = before.rsplit(|c: char| !c.is_alphabetic()).next()?;
                let known = ["gate", "equation", "test", "lemma", "code", "file"];
                let kind = known.into_iter().find(|known| *known == kind)?;
                Some((kind.to_owned(), pair[1].to_owned()))
            })
            .collect()
    }
}

fn rows(text: &str) -> Vec<Row> {
    let lines = text.lines().filter(|line| line.starts_with("| H"));
    let rows = lines.map(|line| {
        let cells: Vec<String> = line
            .trim()
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect();
        Row {
            id: cells[0].clone(),
            cells,
        }
    });
    rows.collect()
}

/// What the repository has to refer to.
struct Repository {
    /// Gates and their equations, by layout.
    gates: BTreeMap<&'static str, BTreeSet<(String, String)>>,
    tests: BTreeSet<String>,
    lemmas: String,
}

impl Repository {
    fn read() -> Self {
        let gates =
            [("wide", Profile::Wide), ("narrow", Profile::Narrow)].map(|(name, profile)| {
                let mut system = ConstraintSystem::default();
                gates::configure(&mut system, &fit::smallest_in(Shape::SMALL, profile));
                let named = constraints(&system).into_iter().map(|c| (c.gate, c.name));
                (name, named.collect())
            });
        let python = files("tools/formal", &["py"]);
        Self {
            gates: gates.into(),
            tests: tests(),
            lemmas: python.iter().map(|path| read(path)).collect(),
        }
    }

    /// What is wrong with a row.
    fn check(&self, row: &Row, known: &BTreeSet<String>) -> Vec<String> {
        let id = &row.id;
        if row.cells.len() != 6 || row.cells.iter().any(String::is_empty) {
            return vec![format!("{id}: expected six cells with words in them")];
        }
        let mut wrong = Vec::new();
        let layouts: &[&str] = match row.cells[4].as_str() {
            "both" => &["wide", "narrow"],
            "wide" => &["wide"],
            "narrow" => &["narrow"],
            _ => &[],
        };
        if layouts.is_empty() {
            wrong.push(format!("{id}: layout {:?}", row.cells[4]));
        }
        let stated = ["gate", "lemma", "type", "build", "trusted"];
        if !stated.contains(&row.cells[5].as_str()) {
            wrong.push(format!("{id}: status {:?}", row.cells[5]));
        }
        let others = ids(row.bounds());
        wrong.extend(
            others
                .difference(known)
                .map(|other| format!("{id}: no row {other}")),
        );
        let references = row.references();
        if references.is_empty() && others.is_empty() {
            wrong.push(format!("{id}: nothing discharges it"));
        }
        let named = |kind: &str| references.iter().any(|(k, _)| k == kind);
        let lacking = match row.cells[5].as_str() {
            "gate" => !named("gate") && !named("equation"),
            "lemma" => !named("lemma"),
            "type" | "build" => !named("test") && !named("code"),
            _ => !row.bounds().contains("](threat-model.md)"),
        };
        if lacking {
            wrong.push(format!(
                "{id}: nothing of its status {:?} is named",
                row.cells[5]
            ));
        }
        let paths: Vec<PathBuf> = references
            .iter()
            .filter(|(kind, _)| kind == "file")
            .map(|(_, path)| root().join(path))
            .collect();
        let texts: Vec<String> = paths
            .iter()
            .filter(|path| path.exists())
            .map(|path| read(path))
            .collect();
        for (kind, words) in &references {
            let exists = match kind.as_str() {
                "gate" => self.in_all(layouts, |(gate, _)| gate == words),
                "equation" => self.in_all(layouts, |(_, name)| name == words),
                "test" => self.tests.contains(words),
                "lemma" => self.lemmas.contains(&format!("\"{words}\"")),
                "code" => texts.iter().any(|text| text.contains(words.as_str())),
                _ => root().join(words).exists(),
            };
            if !exists {
                wrong.push(format!("{id}: there is no {kind} `{words}`"));
            }
        }
        wrong
    }

    fn in_all(&self, layouts: &[&str], is: impl Fn(&(String, String)) -> bool) -> bool {
        layouts
            .iter()
            .all(|layout| self.gates[layout].iter().any(&is))
    }
}

/// Functions that are tests, in Rust and Solidity.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let folders = [
        "allocation",
        "claims",
        "circuits",
        "prover",
        "verifier",
        "keys",
        "cli",
        "contracts/harness",
        "soundness",
        "solidity",
        "disclosure",
        "fuzz/targets",
    ];
    for path in folders.iter().flat_map(|folder| files(folder, &["rs"])) {
        let text = read(&path);
        let mut attributed = false;
        for line in text.lines().map(str::trim) {
            attributed |= line.starts_with("#[test]");
            if let (true, Some(name)) = (attributed, line.strip_prefix("fn ")) {
                attributed = false;
                found.extend(name.split_once('(').map(|(name, _)| name.to_owned()));
            }
        }
    }
    for path in files("contracts/test", &["sol"]) {
        let functions = read(&path);
        let names = functions.split("function ").skip(1);
        let names = names
            .filter_map(|rest| rest.split_once('('))
            .map(|(name, _)| name.to_owned());
        found.extend(names.filter(|name| name.starts_with("test_")));
    }
    found
}

/// Blocks of comment of a file with the line at which each begins: neighbouring lines of
/// comment, or a docstring.
fn comments(path: &Path) -> Vec<(usize, String)> {
    let text = read(path);
    let (rust, mut open) = (path.extension().is_some_and(|e| e == "rs"), false);
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut before = false;
    for (number, line) in (1..).zip(text.lines()) {
        let comment = match rust {
            true => line.find("//").map(|at| line[at..].to_owned()),
            false => {
                let quotes = line.matches("\"\"\"").count();
                let inside = open || quotes > 0;
                open ^= quotes % 2 == 1;
                let at = if inside { Some(0) } else { line.find('#') };
                at.map(|at| line[at..].to_owned())
            }
        };
        match (&comment, before, blocks.last_mut()) {
            (Some(words), true, Some((_, block))) => {
                block.push(' ');
                block.push_str(words.trim().trim_start_matches(['/', '!', '#']).trim());
            }
            (Some(words), ..) => blocks.push((number, words.clone())),
            (None, ..) => {}
        }
        before = comment.is_some();
    }
    blocks
}

/// Comments that take something for granted and name no row.
fn unnamed(path: &Path) -> Vec<String> {
    let blocks = comments(path).into_iter();
    let blocks = blocks.filter(|(_, block)| ids(block).is_empty());
    blocks
        .filter_map(|(line, block)| {
            let block = block.to_lowercase();
            let word = WORDS.iter().find(|word| block.contains(**word))?;
            Some(format!("{}:{line}: {word:?} without an id", path.display()))
        })
        .collect()
}

#[test]
fn c10_every_row_has_a_discharge_that_exists() {
    let rows = rows(&read(&root().join(LEDGER)));
    let known: BTreeSet<String> = rows.iter().map(|row| row.id.clone()).collect();
    assert_eq!(known.len(), rows.len(), "an id is there twice");
    let repository = Repository::read();
    let wrong: Vec<String> = rows
        .iter()
        .flat_map(|row| repository.check(row, &known))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(rows.len() > 50, "{}", rows.len());
}

/// No row rests on itself, whatever is between.
#[test]
fn c10_no_row_rests_on_itself() {
    let rows = rows(&read(&root().join(LEDGER)));
    let mut left: BTreeMap<String, BTreeSet<String>> = rows
        .iter()
        .map(|row| (row.id.clone(), ids(row.bounds())))
        .collect();
    loop {
        let done: Vec<String> = left
            .iter()
            .filter(|(_, others)| others.iter().all(|other| !left.contains_key(other)))
            .map(|(id, _)| id.clone())
            .collect();
        if done.is_empty() {
            break;
        }
        left.retain(|id, _| !done.contains(id));
    }
    assert!(left.is_empty(), "{:?}", left.keys());
}

#[test]
fn c10_every_id_that_is_named_has_a_row() {
    let rows = rows(&read(&root().join(LEDGER)));
    let known: BTreeSet<String> = rows.iter().map(|row| row.id.clone()).collect();
    let named = files("circuits", &["rs", "txt"]).into_iter();
    let named = named.chain(files("claims", &["rs"]));
    let named = named.chain(files("soundness", &["rs", "txt"]));
    let named = named.chain(files("allocation", &["rs"]));
    let named = named.chain(files("tools/formal", &["py"]));
    let named = named.chain(files("docs", &["md"]));
    let wrong: Vec<String> = named
        .flat_map(|path| {
            let lacking: Vec<String> = ids(&read(&path)).difference(&known).cloned().collect();
            lacking
                .into_iter()
                .map(move |id| format!("{}: {id}", path.display()))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn c10_no_comment_makes_a_hypothesis_without_an_id() {
    let read = files("circuits/src/circuit", &["rs"]);
    let read = read.into_iter().chain(files("tools/formal", &["py"]));
    let wrong: Vec<String> = read.flat_map(|path| unnamed(&path)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The checks above see what is planted.
#[test]
fn c10_planted_faults_are_found() {
    let repository = Repository::read();
    let known = ["H1", "H2"].map(String::from).into();
    let verdict = |bounds: &str, layout: &str, status: &str| {
        let row = format!("| H1 | x | y | {bounds} | {layout} | {status} |");
        repository.check(&rows(&row)[0], &known)
    };
    let fine = [
        ("gate `limbs`, equation `bit`", "both", "gate"),
        ("gate `complement`", "narrow", "gate"),
        ("test `c10_planted_faults_are_found`", "both", "build"),
        ("file `README.md`, code `Covenant`", "wide", "type"),
        (
            "lemma `S8 ids ascend, no asset occurs twice`; H2",
            "both",
            "lemma",
        ),
    ];
    for (bounds, layout, status) in fine {
        assert!(verdict(bounds, layout, status).is_empty(), "{bounds}");
    }
    let faults = [
        ("it is so", "both", "gate"),
        ("gate `limb`", "both", "gate"),
        ("gate `complement`", "both", "gate"),
        ("gate `two fields of 16 bits`", "narrow", "gate"),
        ("equation `a = 1`", "both", "gate"),
        ("test `c10_planted_faults`", "both", "build"),
        ("test `rows`", "both", "build"),
        ("file `nowhere.rs`", "both", "build"),
        (
            "file `README.md`, code `no such words there`",
            "both",
            "build",
        ),
        ("lemma `ids descend`", "both", "lemma"),
        ("gate `limbs`; H3", "both", "gate"),
        ("gate `limbs`", "both", "lemma"),
        ("gate `limbs`", "some", "gate"),
        ("gate `limbs`", "both", "open"),
        ("", "both", "gate"),
    ];
    for (bounds, layout, status) in faults {
        assert!(!verdict(bounds, layout, status).is_empty(), "{bounds}");
    }
    assert_eq!(ids("see H12, H3x, H1234 and h4"), ["H12".to_owned()].into());
}
