//! `covenant account presets`: the platforms whose exports are read by name.

use crate::Outcome;
use crate::outcome::Report;
use crate::positions::presets::{self, About};
use clap::Args;
use schemars::JsonSchema;
use serde::Serialize;

/// List the mappings that come with this program.
///
/// For each: its name for --preset, the platform, the export that it reads, what it loses, and
/// where the export is documented.
#[derive(Args, Debug)]
pub(crate) struct Presets {}

/// The mappings that come with this program.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PresetsOutput {
    /// In the order of their names.
    presets: Vec<PresetOutput>,
}

/// A mapping that comes with this program.
#[derive(Serialize, JsonSchema)]
struct PresetOutput {
    /// For --preset.
    name: &'static str,
    #[serde(flatten)]
    about: About,
}

impl Presets {
    pub(crate) fn run(self) -> Outcome {
        let presets = presets::all()?.into_iter();
        let presets: Vec<PresetOutput> = presets
            .map(|(name, about)| PresetOutput { name, about })
            .collect();
        let text: Vec<String> = presets.iter().map(said).collect();
        Report::done(text.join("\n\n"), &PresetsOutput { presets })
    }
}

fn said(preset: &PresetOutput) -> String {
    let about = &preset.about;
    let mut text = format!(
        "{}  {}\n  reads  {}\n  source {}",
        preset.name, about.platform, about.export, about.source
    );
    for lost in &about.loses {
        text.push_str(&format!("\n  loses  {lost}"));
    }
    text
}
