//! Writes the constraint systems that tools/formal proves things of into a folder, and those with a
//! planted bug, of which it must not, into a folder in there. With the word `all` also those of the
//! larger circuits that ship; with `quick` only the smallest claim and the smallest roll-up. A bug
//! that changes nothing is an error, where the layout has what it is about.

use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::circuit::program::Program;
use covenant_circuits::lint::emitted::{Emitted, larger, layouts, rollup_layouts};
use covenant_soundness::planted::rollup::{self, RollupBug, SHARED};
use covenant_soundness::planted::{self, Bug};
use std::error::Error;
use std::path::{Path, PathBuf};

/// Layouts in which bugs are planted.
const PLANTED: [&str; 3] = [
    "2x14x2x3-narrow-12-11x2",
    "2x14x2x3-wide-11-10x18",
    "rollup-2x13-14",
];
/// What a quick run is about.
const QUICK: [&str; 2] = ["1x3x1x1-wide-11-10x18", "rollup-1x1-1"];

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        return Err("expected a folder, got nothing".into());
    };
    let bugs = folder.join("bugs");
    std::fs::create_dir_all(&bugs)?;
    let mut written = layouts()?;
    written.extend(rollup_layouts()?);
    match std::env::args().nth(2).as_deref() {
        None => {}
        Some("all") => written.extend(larger()),
        Some("quick") => {
            written.retain(|(name, _)| QUICK.contains(&name.as_str()));
            if written.len() != QUICK.len() {
                return Err(format!("expected {QUICK:?}, got {} of them", written.len()).into());
            }
        }
        Some(other) => return Err(format!("expected all or quick, got {other}").into()),
    }
    for (name, layout) in written {
        let honest = Emitted::of(layout)?.text();
        std::fs::write(folder.join(format!("{name}.json")), &honest)?;
        if PLANTED.contains(&name.as_str()) {
            match layout.program {
                Program::Claim(_) => of_claim(&bugs, &name, layout, &honest)?,
                Program::Rollup(_) => of_rollup(&bugs, &name, layout, &honest)?,
                // No bugs are planted into many claims: each is a claim's trace (H86).
                Program::Many(_) => return Err(format!("{name}: planted").into()),
            }
        }
    }
    Ok(())
}

fn of_claim(bugs: &Path, name: &str, layout: Layout, honest: &str) -> Result<(), Box<dyn Error>> {
    for bug in Bug::ALL {
        let text = planted::emitted(layout, *bug)?.text();
        match (text != honest, bug.is_of(&layout)) {
            (true, true) => std::fs::write(bugs.join(format!("{bug:?}-{name}.json")), text)?,
            (false, false) => {}
            (changed, _) => return Err(format!("{bug:?} in {name}: changed: {changed}").into()),
        }
    }
    Ok(())
}

/// A roll-up has gates that only a claim switches on, so that bugs of those change its text and
/// nothing else: which are its own is listed.
fn of_rollup(bugs: &Path, name: &str, layout: Layout, honest: &str) -> Result<(), Box<dyn Error>> {
    let mut every = Vec::new();
    for bug in SHARED {
        every.push((format!("{bug:?}"), planted::emitted(layout, bug)?));
    }
    for bug in RollupBug::ALL {
        every.push((format!("{bug:?}"), rollup::emitted(layout, *bug)?));
    }
    for (bug, emitted) in every {
        let text = emitted.text();
        if text == honest {
            return Err(format!("{bug} in {name} changes nothing").into());
        }
        std::fs::write(bugs.join(format!("{bug}-{name}.json")), text)?;
    }
    Ok(())
}
