//! The relying party's expectations, from a TOML or JSON file and the files it names.

use crate::claim;
use crate::files;
use crate::outcome::Failure;
use covenant_circuits::prices::Prices;
use covenant_report::Words;
use covenant_verifier::bundle::SignedPrices;
use covenant_verifier::expect::Expected;
use covenant_verifier::expect::document::{ExpectedFile, PolicySource, Resolved};
use std::path::Path;

/// Reads expectations. Paths in the file are relative to it.
pub(crate) fn read(path: &Path) -> Result<Expected, Failure> {
    Ok(read_with_words(path)?.0)
}

/// The same, with the names as they are written, of which [`Expected`] has the hashes.
pub(crate) fn read_with_words(path: &Path) -> Result<(Expected, Words), Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let file = if text.trim_start().starts_with('{') {
        ExpectedFile::from_json(&text)
    } else {
        ExpectedFile::from_toml(&text)
    };
    let failed = |e| Failure::of_file(path, e);
    let file = file.map_err(failed)?;
    let beside = path.parent().unwrap_or(Path::new("."));
    let policy = match file.policy().map_err(failed)? {
        PolicySource::Path(name) => Some(claim::policy(&beside.join(name))?.digest()),
        PolicySource::Digest(_) => None,
    };
    let prices = file
        .prices_path()
        .map(|name| own_prices(&beside.join(name)))
        .transpose()?;
    let expected = file.to_expected(Resolved { policy, prices });
    let words = Words {
        subject: file.subject().into(),
        secured_party: file.secured_party().map(Into::into),
        facility: file.facility().map(Into::into),
    };
    Ok((expected.map_err(failed)?, words))
}

fn own_prices(path: &Path) -> Result<Prices, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let signed = SignedPrices::from_json(&text).map_err(|e| Failure::of_file(path, e))?;
    Ok(signed.prices().clone())
}
