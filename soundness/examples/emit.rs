//! Writes the constraint systems that tools/formal proves things of into a folder (with the
//! word `all`, also those of the larger circuits that ship), and those
//! with a planted bug, of which it must not, into a folder in there.

use covenant_circuits::lint::emitted::{Emitted, larger, layouts};
use covenant_soundness::planted::{self, Bug};
use std::error::Error;
use std::path::PathBuf;

/// Layouts in which bugs are planted.
const PLANTED: [&str; 2] = ["1x3x1x1-narrow-12-11x2", "1x3x1x1-wide-11-10x18"];

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        return Err("expected a folder, got nothing".into());
    };
    let bugs = folder.join("bugs");
    std::fs::create_dir_all(&bugs)?;
    let mut written = layouts()?;
    if std::env::args().nth(2).as_deref() == Some("all") {
        written.extend(larger());
    }
    for (name, layout) in written {
        std::fs::write(
            folder.join(format!("{name}.json")),
            Emitted::of(layout)?.text(),
        )?;
        if !PLANTED.contains(&name.as_str()) {
            continue;
        }
        for bug in Bug::ALL {
            let emitted = planted::emitted(layout, *bug)?;
            std::fs::write(bugs.join(format!("{bug:?}-{name}.json")), emitted.text())?;
        }
    }
    Ok(())
}
