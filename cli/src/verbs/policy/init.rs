//! `covenant policy init`: a commented policy to start from.

mod assets;
mod templates;
mod tokens;

use super::draft::Checked;
use crate::Outcome;
use crate::codes::Code;
use crate::explain::policy::smallest_shape;
use crate::files;
use crate::outcome::{Failure, Report};
use crate::text::ratio;
use assets::{Named, Spec};
use clap::Args;
use covenant_circuits::field::to_hex;
use covenant_circuits::ident::hashed_form;
use covenant_circuits::numbers::Ratio;
use covenant_circuits::policy::check::check_asset_name;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use templates::Template;
use tokens::Tokens;

/// What `--help` ends with.
const HELP: &str = r#"Classes: cash, currency (another than --quote), treasury, fund, stablecoin, coin, token. Money in
--quote is cash, other money currency, a chain's own coin coin, a token token; an ISIN needs a class.

Example:
  covenant policy init --template stablecoin-reserve --asset iso4217:USD \
    --asset isin:US912797Z341=treasury,symbol=T-bill --token-list tokens.json \
    --asset USDC=stablecoin --out policy.toml"#;

/// Write a commented policy to start from: every number says what it does and is to be reviewed.
#[derive(Args, Debug)]
#[command(after_help = HELP)]
pub(crate) struct Init {
    /// What the policy is for
    #[arg(long)]
    template: Template,
    /// The policy's name [default: the template's]
    #[arg(long)]
    name: Option<String>,
    /// The currency of values
    #[arg(long, value_name = "ASSET", default_value = "iso4217:USD")]
    quote: String,
    /// The smallest ratio [default: the template's]
    #[arg(long, value_parser = ratio)]
    ratio: Option<Ratio>,
    /// An asset: its name, or its symbol in --token-list; perhaps with a class, symbol=TEXT and
    /// decimals=N, separated by commas [default: the template's]
    #[arg(long = "asset", value_name = "ID[=SPEC]")]
    assets: Vec<Spec>,
    /// Names, decimals and addresses of tokens: a list as tokenlists.org describes, JSON
    #[arg(long, value_name = "FILE")]
    token_list: Option<PathBuf>,
    /// The policy to write, TOML; never replaces a file [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A policy to start from.
#[derive(Serialize, JsonSchema)]
pub(crate) struct InitOutput {
    /// The file that was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    out: Option<String>,
    /// The policy itself, where no file was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<String>,
    /// Its digest, 0x-hex.
    digest: String,
    /// Its name.
    name: String,
    /// The names of its assets.
    assets: Vec<String>,
    /// The smallest standard shape that it fits; null if it fits none.
    smallest_shape: Option<String>,
}

impl Init {
    pub(crate) fn run(self) -> Outcome {
        let assets = self.named()?;
        let name = self.name.as_deref().unwrap_or(self.template.title());
        let draft = self.template.draft(name, &self.quote, self.ratio, &assets);
        let checked = draft.checked()?;
        self.check_warnings(&checked)?;
        let names = assets.into_iter().map(|asset| asset.asset).collect();
        let digest = to_hex(&checked.policy.digest());
        let output = |out: Option<String>, policy: Option<String>| InitOutput {
            out,
            policy,
            digest: digest.clone(),
            name: name.into(),
            assets: names,
            smallest_shape: smallest_shape(&checked.policy).map(|shape| shape.to_string()),
        };
        let Some(path) = &self.out else {
            return Report::done(checked.text.clone(), &output(None, Some(checked.text)));
        };
        files::check_no_input(path, self.token_list.as_deref())?;
        files::write(path, &checked.text, files::Kind::New)?;
        let text = format!(
            "written to {}; review every number that is marked, then run covenant policy check\ndigest {digest}",
            path.display()
        );
        Report::done(text, &output(Some(path.display().to_string()), None))
    }

    /// The assets with everything a policy has to know of them.
    fn named(&self) -> Result<Vec<Named>, Failure> {
        check_asset_name(&self.quote).map_err(|e| usage("--quote", e))?;
        let tokens = self.token_list.as_deref().map(Tokens::read).transpose()?;
        let specs = match self.assets.is_empty() {
            true => self.template.default_assets(&self.quote),
            false => self.assets.clone(),
        };
        let mut met = BTreeSet::new();
        let mut all = Vec::new();
        for spec in specs {
            let named = spec.named(&self.quote, tokens.as_ref())?;
            // One token has one name whatever its capitals.
            if !met.insert(hashed_form(&named.asset).into_owned()) {
                let said = format!("expected each asset once, got {} again", named.asset);
                return Err(usage("--asset", said));
            }
            all.push(named);
        }
        Ok(all)
    }

    /// A template is not to be begun with under which nothing can count.
    fn check_warnings(&self, checked: &Checked) -> Result<(), Failure> {
        if checked.warnings.is_empty() {
            return Ok(());
        }
        let said = format!(
            "with these assets and this ratio the template is not one to start from; name other assets or another ratio: {}",
            checked.warnings.join("; ")
        );
        Err(usage("--template", said))
    }
}

/// An option that does not fit.
fn usage(option: &str, said: impl std::fmt::Display) -> Failure {
    Failure::new(Code::Usage, format!("{option}: {said}"))
}
