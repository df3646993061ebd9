//! What the templates call: numbers, times and sentences of a report.

use super::{Page, figure};
use crate::data::{
    AssetTerms, Basis, Claim, Covenant, Finding, Margin, PricesBy, Scenario, Template,
};
use crate::details::Details;
use crate::plots::Plot;
use crate::words;

/// Numbers of any width, as templates have them.
pub(super) trait Number {
    fn number(&self) -> u64;
}

macro_rules! number {
    ($($type:ty),*) => {
        $(impl Number for $type {
            fn number(&self) -> u64 {
                u64::from(*self)
            }
        })*
    };
}

number!(u16, u32, u64);

impl<T: Number> Number for &T {
    fn number(&self) -> u64 {
        (*self).number()
    }
}

/// `1 account`, `2 accounts`.
pub(super) fn count(n: &usize, what: &str) -> String {
    match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// What counts of an asset: its tiers in words.
pub(super) fn advance(asset: &AssetTerms) -> String {
    let mut from = None;
    let mut parts = Vec::new();
    for tier in &asset.tiers {
        let weight = words::percent(tier.weight_bps.into());
        let up_to = tier.up_to.map(|up_to| words::grouped(&up_to.to_string()));
        parts.push(match (&up_to, &from) {
            (Some(up_to), None) => format!("{weight} up to {up_to}"),
            (Some(up_to), Some(_)) => format!("{weight} from there to {up_to}"),
            (None, None) => weight,
            (None, Some(_)) => format!("{weight} above"),
        });
        from = up_to;
    }
    parts.join(", ")
}

impl Page<'_> {
    pub(super) fn heading(&self) -> &'static str {
        match self.r.template {
            Template::Certificate => "Certificate of collateral",
            Template::Reserve => "Reserve report",
            Template::BorrowingBase => "Borrowing base certificate",
            Template::Compliance => "Compliance certificate",
        }
    }

    pub(super) fn verdict(&self) -> &'static str {
        match &self.r.finding {
            None => "NOT PROVED",
            Some(finding) if finding.envelope.inside => "PROVED",
            Some(_) => "PROVED, and outside at later prices",
        }
    }

    pub(super) fn date(&self, time: impl Number) -> String {
        words::date(time.number())
    }

    pub(super) fn percent(&self, bps: impl Number) -> String {
        words::percent(bps.number())
    }

    pub(super) fn amount(&self, decimal: &str) -> String {
        words::grouped(decimal)
    }

    pub(super) fn whole(&self, n: impl Number) -> String {
        words::grouped(&n.number().to_string())
    }

    pub(super) fn short(&self, id: &str) -> String {
        words::short(id)
    }

    pub(super) fn count(&self, n: impl std::borrow::Borrow<usize>, what: &str) -> String {
        count(n.borrow(), what)
    }

    pub(super) fn maybe(&self, bps: &Option<u64>) -> String {
        bps.map_or("no public debt".into(), words::percent)
    }

    pub(super) fn least(&self, bps: impl Number) -> String {
        match bps.number() {
            0 => "no floor".into(),
            bps => words::percent(bps),
        }
    }

    pub(super) fn most(&self, bps: impl Number) -> String {
        match bps.number() {
            10_000.. => "no cap".into(),
            bps => words::percent(bps),
        }
    }

    pub(super) fn quote<'a>(&self, claim: &'a Claim) -> &'a str {
        words::currency(&claim.policy.quote)
    }

    pub(super) fn figure(&self, plot: &Option<Plot>) -> Result<String, askama::Error> {
        figure(plot.as_ref())
    }

    pub(super) fn base<'a>(&self, claim: &'a Claim) -> Option<&'a Scenario> {
        claim.scenarios.first()
    }

    pub(super) fn base_ratio(&self, claim: &Claim) -> u32 {
        self.base(claim).map_or(0, |base| base.ratio_bps)
    }

    pub(super) fn base_counted<'a>(&self, claim: &'a Claim) -> &'a str {
        self.base(claim).map_or("0", |base| &base.counted_at_least)
    }

    pub(super) fn who(&self, claim: &Claim) -> String {
        let name = claim.subject_name.clone();
        name.unwrap_or_else(|| claim.subject.clone())
    }

    pub(super) fn debt(&self, claim: &Claim) -> String {
        let public = format!(
            "{} {}",
            words::grouped(&claim.public_debt),
            self.quote(claim)
        );
        match claim.liability_accounts {
            0 => public,
            _ => format!("{public}, and {}", self.creditors(claim)),
        }
    }

    /// What is owed beside the public debt.
    pub(super) fn creditors(&self, claim: &Claim) -> String {
        match claim.liability_accounts {
            1 => "what 1 creditor's account is owed".into(),
            n => format!("what {n} creditors' accounts are owed"),
        }
    }

    /// What a reader of the verdict alone has to know: that nobody but the subject speaks.
    pub(super) fn weak(&self, finding: &Finding) -> Option<String> {
        let all = finding.accounts.len();
        let own = finding.accounts.iter().filter(|a| a.self_declared).count();
        let accounts = (own > 0).then(|| {
            format!(
                "on the subject's own word for {own} of {}",
                count(&all, "account")
            )
        });
        let own_prices = finding.prices.by == PricesBy::Nobody;
        let prices = own_prices.then(|| "on prices of the subject's choice".to_owned());
        let parts: Vec<String> = accounts.into_iter().chain(prices).collect();
        (!parts.is_empty()).then(|| format!("This rests {}.", parts.join(" and ")))
    }

    pub(super) fn window(&self, claim: &Claim) -> String {
        match claim.as_of_from == claim.as_of_to {
            true => format!("at {}", words::date(claim.as_of_from)),
            false => format!(
                "from {} to {}",
                words::date(claim.as_of_from),
                words::date(claim.as_of_to)
            ),
        }
    }

    pub(super) fn moves(&self, scenario: &Scenario) -> String {
        let moves = scenario.moves.iter();
        let moves: Vec<String> = moves
            .map(|one| format!("{} {}", one.symbol, words::movement(one.bps)))
            .collect();
        match moves.is_empty() {
            true => "as in the proof".into(),
            false => moves.join(", "),
        }
    }

    /// Who is owed, as far as the expectations say.
    pub(super) fn owed_to(&self, finding: &Finding) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(party) = &finding.secured_party {
            let facility = finding.facility.as_ref();
            let facility = facility.map(|name| format!(", for the facility {name}"));
            lines.push(format!(
                "{party}, for whom every collateral account is undertaken to be held{}",
                facility.unwrap_or_default()
            ));
        }
        let required = finding.must_include.iter();
        lines.extend(required.map(|line| format!("required in the basket, and there: {line}")));
        if lines.is_empty() {
            lines.push(
                "nobody is named: the relying party's expectations have no secured party, and require no creditor's account in the basket"
                    .into(),
            );
        }
        lines
    }

    /// The weakest word first: a reader stops early.
    pub(super) fn by_word(&self, finding: &Finding) -> String {
        let all = finding.accounts.len();
        let own = finding.accounts.iter().filter(|a| a.self_declared).count();
        let mut names: Vec<&str> = finding
            .accounts
            .iter()
            .flat_map(|a| a.signed.iter().map(|s| s.attester.as_str()))
            .collect();
        names.sort_unstable();
        names.dedup();
        let accounts = match (own, names.is_empty()) {
            (0, _) => format!("{}, signed by {}", count(&all, "account"), names.join(", ")),
            (_, true) => format!(
                "the subject's alone, for {own} of {}: nobody else signed",
                count(&all, "account")
            ),
            (_, false) => format!(
                "the subject's alone for {own} of {}; the others signed by {}",
                count(&all, "account"),
                names.join(", ")
            ),
        };
        let prices = match finding.prices.by {
            PricesBy::Signers => format!("prices signed by {}", finding.prices.signers.join(", ")),
            PricesBy::RelyingParty => "the relying party's own prices".into(),
            PricesBy::Nobody => "prices by the subject's choice, which nobody signed".into(),
        };
        format!("{accounts}; {prices}")
    }

    pub(super) fn price_summary(&self, claim: &Claim, finding: &Finding) -> String {
        let envelope = &finding.envelope;
        if !envelope.inside {
            return format!(
                "at those of {}; at the later ones of {} nothing is known",
                words::date(claim.prices_as_of),
                words::date(envelope.prices_as_of)
            );
        }
        let falls = envelope.margins.iter();
        let falls = falls.filter_map(|m| m.fall_bps.map(|bps| (bps, m.symbol.as_str())));
        let tight: Vec<&str> = falls
            .clone()
            .filter(|(bps, _)| *bps == 0)
            .map(|(_, s)| s)
            .collect();
        let least = falls.filter(|(bps, _)| *bps > 0).min();
        let mut text = format!("at those of {}", words::date(envelope.prices_as_of));
        if let Some((bps, symbol)) = least {
            text.push_str(&format!(
                ", and at later ones within the bounds below: the narrowest is a fall of {symbol} alone by {}",
                words::percent(bps.into())
            ));
        }
        if !tight.is_empty() {
            text.push_str(&format!("; no fall at all of {}", tight.join(", ")));
        }
        text
    }

    pub(super) fn fall(&self, margin: &Margin) -> String {
        let fall = margin.fall_bps.map(u64::from);
        fall.map_or("any fall".into(), words::percent)
    }

    pub(super) fn rise(&self, margin: &Margin) -> String {
        margin.rise_bps.map_or("no bound".into(), words::percent)
    }

    pub(super) fn advance(&self, asset: &AssetTerms) -> String {
        advance(asset)
    }

    pub(super) fn haircut(&self, asset: &AssetTerms) -> String {
        let weight = asset.tiers.first().map_or(0, |tier| tier.weight_bps);
        words::percent(10_000u32.saturating_sub(weight).into())
    }

    pub(super) fn basis(&self, row: &Covenant) -> &'static str {
        match row.basis {
            Basis::Proved => "proved",
            Basis::Signed => "signed",
            Basis::Checked => "checked",
            Basis::NotRequired => "not proved",
        }
    }

    pub(super) fn basis_class(&self, row: &Covenant) -> &'static str {
        match row.basis {
            Basis::Proved => "proved",
            Basis::Signed => "signed",
            Basis::Checked => "checked",
            Basis::NotRequired => "not_required",
        }
    }

    /// Who signed an account: name and address.
    pub(super) fn signed(
        &self,
        index: impl std::borrow::Borrow<usize>,
    ) -> Vec<crate::data::Signed> {
        let finding = self.r.finding.as_ref();
        let account = finding.and_then(|f| f.accounts.get(*index.borrow()));
        account.map_or_else(Vec::new, |a| a.signed.clone())
    }

    pub(super) fn stated(&self, details: &Details) -> Vec<(&'static str, String)> {
        let fields = [
            ("Title", &details.title),
            ("Subject", &details.subject),
            ("Secured party", &details.secured_party),
            ("Period", &details.period),
            ("Token", &details.token),
            ("Prepared by", &details.prepared_by),
        ];
        let fields = fields.into_iter();
        let mut lines: Vec<(&str, String)> = fields
            .filter_map(|(name, text)| Some((name, text.clone()?)))
            .collect();
        if let Some(tokens) = &details.tokens_outstanding {
            lines.push(("Tokens outstanding", words::grouped(tokens)));
        }
        for bucket in &details.maturity {
            let text = format!("{}: {}", bucket.name, bucket.groups.join(", "));
            lines.push(("Maturity", text));
        }
        lines
    }
}
