//! Writes the constraint systems that tools/formal proves things of, into a folder.

use covenant_circuits::lint::emitted::{Emitted, layouts};
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        return Err("expected a folder, got nothing".into());
    };
    std::fs::create_dir_all(&folder)?;
    for (name, layout) in layouts()? {
        let emitted = Emitted::of(layout)?;
        std::fs::write(folder.join(format!("{name}.json")), emitted.text())?;
    }
    Ok(())
}
