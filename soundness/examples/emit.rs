//! Writes the constraint systems that tools/formal proves things of into a folder (with the
//! word `all`, also those of the larger circuits that ship), and those
//! with a planted bug, of which it must not, into a folder in there. A bug that changes nothing is an
//! error, where the layout has what it is about.

use covenant_circuits::lint::emitted::{Emitted, larger, layouts};
use covenant_soundness::planted::{self, Bug};
use std::error::Error;
use std::path::PathBuf;

/// Layouts in which bugs are planted.
const PLANTED: [&str; 2] = ["2x14x2x3-narrow-12-11x2", "2x14x2x3-wide-11-10x18"];

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
        let honest = Emitted::of(layout)?.text();
        std::fs::write(folder.join(format!("{name}.json")), &honest)?;
        if !PLANTED.contains(&name.as_str()) {
            continue;
        }
        for bug in Bug::ALL {
            let planted = planted::emitted(layout, *bug)?.text();
            match (planted != honest, bug.is_of(&layout)) {
                (true, true) => {
                    std::fs::write(bugs.join(format!("{bug:?}-{name}.json")), planted)?;
                }
                (false, false) => {}
                (changed, _) => return Err(format!("{bug:?} in {name}: changed: {changed}").into()),
            }
        }
    }
    Ok(())
}
