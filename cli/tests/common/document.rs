//! A document's commands, run as they are written, and compared with what it shows: the blocks
//! in `sh` are one script, in order, and a block in `text` right after one is what it prints.

use super::CACHE;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A line that is not run as written: the line, what is run in its place, and what runs the
/// line itself. What its block prints is not compared.
pub type Elsewhere = (&'static str, &'static str, &'static str);

/// What is between two fences.
struct Block {
    language: String,
    text: String,
    /// Only blank lines part it from the block before.
    follows: bool,
}

/// The commands of a document, and what it shows of each block.
pub struct Document {
    name: String,
    text: String,
    script: String,
    /// One a block in `sh`.
    shown: Vec<Option<String>>,
}

/// Printed after each block.
const MARK: &str = "\n---- end of a block ----\n";

impl Document {
    /// A document by its path in the repository.
    pub fn read(name: &str, elsewhere: &[Elsewhere]) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        let text = fs::read_to_string(path).unwrap();
        let mut met = vec![false; elsewhere.len()];
        let mut script = String::new();
        let mut shown: Vec<Option<String>> = Vec::new();
        let mut as_written = false;
        let mut after_sh = false;
        for block in blocks(name, &text) {
            match block.language.as_str() {
                "sh" => {
                    let complete = !block.text.contains("...");
                    assert!(complete, "{name}: not complete: {}", block.text);
                    as_written = true;
                    for line in block.text.lines() {
                        let found = elsewhere.iter().position(|(written, ..)| *written == line);
                        let line = found.map_or(line, |i| {
                            (met[i], as_written) = (true, false);
                            elsewhere[i].1
                        });
                        script.push_str(line);
                        script.push('\n');
                    }
                    script.push_str(&format!("printf %s '{MARK}'\n"));
                    shown.push(None);
                    after_sh = true;
                }
                "text" if after_sh && block.follows => {
                    *shown.last_mut().unwrap() = as_written.then_some(block.text);
                    after_sh = false;
                }
                "text" => {
                    let command = block.text.contains("covenant ");
                    assert!(!command, "{name}: commands belong into sh: {}", block.text);
                    after_sh = false;
                }
                other => panic!("{name}: expected a block in sh or text, got {other:?}"),
            }
        }
        for ((line, ..), met) in elsewhere.iter().zip(met) {
            assert!(met, "{name} has no line {line}");
        }
        let name = name.into();
        Self {
            name,
            text,
            script,
            shown,
        }
    }

    /// Runs the commands in a folder, compares, and returns all that they printed.
    pub fn run(&self, folder: &Path) -> String {
        let bin = Path::new(env!("CARGO_BIN_EXE_covenant")).parent().unwrap();
        let run = Command::new("bash")
            .args(["-euo", "pipefail", "-c"])
            .arg(format!("exec 2>&1\n{}", self.script))
            .current_dir(folder)
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
            .env("COVENANT_CACHE_DIR", CACHE)
            .output()
            .unwrap();
        let printed = String::from_utf8(run.stdout).unwrap();
        assert!(run.status.success(), "{}: {printed}", self.name);
        let blocks: Vec<&str> = printed.split_terminator(MARK).collect();
        assert_eq!(blocks.len(), self.shown.len(), "{}: {printed}", self.name);
        for (shown, printed) in self.shown.iter().zip(blocks) {
            let Some(shown) = shown else { continue };
            assert!(
                shows(shown, printed),
                "{} shows\n{shown}\nand the command prints\n{printed}",
                self.name
            );
        }
        printed
    }

    /// The commands in its sentences, without `covenant`; a block begins with its language.
    pub fn named_commands(&self) -> impl Iterator<Item = &str> {
        let spans = self.text.split('`').skip(1).step_by(2);
        spans.filter_map(|span| span.strip_prefix("covenant "))
    }
}

/// What a document fences.
fn blocks(name: &str, text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut follows = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => {
                open = Some(Block {
                    language: language.into(),
                    text: String::new(),
                    follows,
                });
            }
            (Some(_), Some(_)) => {
                blocks.extend(open.take());
                follows = true;
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => follows &= line.is_empty(),
        }
    }
    assert!(open.is_none(), "{name} has a fence that is not closed");
    blocks
}

/// Whether a document shows what was printed: `[...]` is for anything, and hex of an address
/// and more, places in the order of the commitments and the lines of tables may differ.
fn shows(shown: &str, printed: &str) -> bool {
    let tidy = |text: &str| {
        let lines = text.lines().map(str::trim_end);
        let lines = lines.filter(|line| line.is_empty() || !line.chars().all(|c| "─═".contains(c)));
        settled(&lines.collect::<Vec<_>>().join("\n"), 40)
    };
    let (shown, printed) = (tidy(shown), tidy(printed));
    let mut parts = shown.split("[...]");
    let Some(mut rest) = printed.strip_prefix(parts.next().unwrap()) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, inner)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in inner {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Without what blindings and keys make random: hex of so many digits and more, and places in
/// the order of the commitments.
pub fn settled(text: &str, digits: usize) -> String {
    let mut out = String::new();
    let mut hex = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() {
            hex.push(c);
            continue;
        }
        out.push_str(if hex.len() < digits { &hex } else { "HEX" });
        hex.clear();
        out.push(c);
    }
    for index in 0..=super::ACCOUNTS.len() {
        out = out.replace(&format!("accounts[{index}]"), "accounts[INDEX]");
        out = out.replace(&format!(" account {index} "), " account INDEX ");
    }
    out.trim_end().into()
}
