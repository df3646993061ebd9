//! A page says what its data say, loads and runs nothing, and shows hostile names as text.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_report::data::{Reason, Report};
use covenant_report::{Case, Details, Template, Verdict, Words, html};
use covenant_verifier::expect::Expected;
use covenant_verifier::{Bundle, CircuitKey, ExpectedFile, Resolved, Verified, verify};
use scraper::{Html, Selector};

const GOLDEN: &str = include_str!("../../verifier/data/golden.json");
const NOW: u64 = 1_790_000_600;
const SUBJECT: &str = "lei:5493001KJTIIGC8Y1R12";
const TEMPLATES: [Template; 4] = [
    Template::Certificate,
    Template::Reserve,
    Template::BorrowingBase,
    Template::Compliance,
];

fn expected() -> Expected {
    let agreed = format!(
        r#"
        version = 2
        subject = "{SUBJECT}"
        policy = "0x2514ca672fce9058873cd32b40cb1a9c25234b8ba153c2124749c85a99c15387"
        min_ratio = "125%"
        min_public_debt = "150000000"
        max_account_age = "2h"
        max_price_age = "1h"
        max_clock_skew = "60s"
        max_window = "2h"
        context_hash = "0x00d053a8d57e8909faea9dc9416b59873d3785bce8b6ed81f9418e0d1573f3bf"
        max_self_declared_collateral = 2
        max_self_declared_liability = 1
        prices = {{ allow_unsigned = true }}
    "#
    );
    let file = ExpectedFile::from_toml(&agreed).unwrap();
    file.to_expected(Resolved::default()).unwrap()
}

fn verified() -> (Bundle, Verified) {
    let bundle = Bundle::from_json(GOLDEN).unwrap();
    let key = CircuitKey::by_id(bundle.circuit()).unwrap();
    let verified = verify(&bundle, &key, &expected(), NOW).unwrap();
    (bundle, verified)
}

fn report(template: Template, details: Option<Details>) -> Report {
    let (bundle, verified) = verified();
    let words = Words {
        subject: SUBJECT.into(),
        ..Words::default()
    };
    let case = Case {
        bytes: GOLDEN.as_bytes(),
        expected: &expected(),
        words: &words,
        at: NOW,
        covenant: "0.0.0",
    };
    let verdict = Verdict::Verified {
        bundle: &bundle,
        verified: &verified,
        later: None,
    };
    Report::new(case, verdict, template, details).unwrap()
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(page: &Html) -> String {
    select(page, "body")[0].text().collect()
}

/// No script, no handler, nothing that is loaded.
fn harmless(page: &str) {
    let parsed = Html::parse_document(page);
    assert!(!page.to_lowercase().contains("<script"));
    for element in select(&parsed, "*") {
        let name = element.value().name();
        let known = [
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "main",
            "header",
            "footer",
            "section",
            "h1",
            "h2",
            "h3",
            "p",
            "strong",
            "b",
            "span",
            "div",
            "br",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "code",
            "figure",
            "figcaption",
            "svg",
            "rect",
            "text",
            "line",
            "polyline",
            "polygon",
            "circle",
            "path",
        ];
        assert!(known.contains(&name), "<{name}>");
        for (attribute, value) in element.value().attrs() {
            let loads = [
                "src",
                "href",
                "srcset",
                "data",
                "action",
                "background",
                "poster",
                "xlink:href",
            ];
            assert!(!loads.contains(&attribute), "{name} {attribute}={value}");
            assert!(!attribute.starts_with("on"), "{name} {attribute}={value}");
            assert!(!value.contains("url("), "{name} {attribute}={value}");
        }
    }
    let style: String = select(&parsed, "style")[0].text().collect();
    assert!(!style.contains("url(") && !style.contains("@import"));
    let policy = select(&parsed, "meta[http-equiv='Content-Security-Policy']");
    assert_eq!(
        policy[0].value().attr("content"),
        Some("default-src 'none'; style-src 'unsafe-inline'")
    );
    assert_eq!(select(&parsed, "html")[0].value().attr("lang"), Some("en"));
    assert_eq!(select(&parsed, "meta[name=viewport]").len(), 1);
}

#[test]
fn every_template_says_what_its_data_say() {
    for template in TEMPLATES {
        let report = report(template, None);
        let page = html(&report).unwrap();
        assert!(page.starts_with(covenant_report::FIRST_LINES));
        harmless(&page);
        let parsed = Html::parse_document(&page);
        let of = |selector: &str| -> String { select(&parsed, selector)[0].text().collect() };
        assert_eq!(of("#verdict .word").trim(), "PROVED");
        assert_eq!(of("#public-debt"), "150,000,000");
        assert_eq!(of("#ratio"), "125.00\u{a0}%");
        let (claim, finding) = (report.claim.unwrap(), report.finding.unwrap());
        let said = text(&parsed);
        for line in finding.not_proved.iter().chain(&finding.trusting) {
            assert!(said.contains(line), "{template:?} lacks {line}");
        }
        assert_eq!(select(&parsed, "tr.scenario").len(), claim.scenarios.len());
        assert_eq!(
            select(&parsed, "tr.margin").len(),
            claim.policy.assets.len()
        );
        assert_eq!(select(&parsed, "tr.account").len(), claim.accounts.len());
        for full in [
            &claim.subject,
            &claim.policy.digest,
            &claim.context,
            &claim.circuit,
        ] {
            assert!(said.contains(full), "{template:?} lacks {full}");
        }
        for account in &claim.accounts {
            assert!(said.contains(&account.commitment), "{template:?}");
        }
        // Every figure has a label, and a table after it.
        for figure in select(&parsed, "figure") {
            assert_eq!(figure.value().attr("role"), Some("img"));
            assert!(figure.value().attr("aria-label").unwrap().len() > 10);
        }
    }
}

/// The bars show what is proved at least, and no figure of the holdings.
#[test]
fn reasons_of_a_refusal_are_all_in_the_page() {
    let bundle = Bundle::from_json(GOLDEN).unwrap();
    let reason = |text: &str| Reason {
        code: "stale".into(),
        reason: text.into(),
        field: None,
        expected: None,
        got: None,
    };
    for bundle in [Some(&bundle), None] {
        let words = Words::default();
        let case = Case {
            bytes: GOLDEN.as_bytes(),
            expected: &expected(),
            words: &words,
            at: NOW,
            covenant: "0.0.0",
        };
        let reasons = vec![reason("one <b>reason</b>"), reason("another")];
        let verdict = Verdict::Refused { bundle, reasons };
        let report = Report::new(case, verdict, Template::Compliance, None).unwrap();
        let page = html(&report).unwrap();
        harmless(&page);
        let parsed = Html::parse_document(&page);
        let said = text(&parsed);
        assert!(said.contains("NOT PROVED"));
        assert!(said.contains("one <b>reason</b>") && said.contains("another"));
        assert!(select(&parsed, "figure").is_empty());
        assert!(select(&parsed, ".verdict.proved").is_empty());
        assert!(said.contains(&report.judged.bundle_sha256));
    }
}

/// Whoever writes a policy, a bundle or details chooses these texts.
#[test]
fn hostile_names_are_text_and_what_hides_is_seen() {
    const HOSTILE: &str =
        "<script>alert(1)</script>\"' onload=x \u{202e}evil\n\u{200b}</svg><img src=x>";
    let details = Details {
        version: 1,
        title: Some(HOSTILE.into()),
        subject: Some(HOSTILE.into()),
        secured_party: Some(HOSTILE.into()),
        period: Some(HOSTILE.into()),
        token: Some(HOSTILE.into()),
        tokens_outstanding: None,
        prepared_by: Some(HOSTILE.into()),
        maturity: Vec::new(),
    };
    for template in TEMPLATES {
        let mut report = report(template, Some(details.clone()));
        let claim = report.claim.as_mut().unwrap();
        claim.subject_name = Some(HOSTILE.into());
        claim.policy.name = HOSTILE.into();
        claim.ceremony = HOSTILE.into();
        for asset in &mut claim.policy.assets {
            asset.symbol = HOSTILE.into();
            asset.groups = vec![HOSTILE.into()];
        }
        for group in &mut claim.policy.groups {
            group.name = HOSTILE.into();
        }
        for scenario in &mut claim.scenarios {
            scenario.name = HOSTILE.into();
        }
        let finding = report.finding.as_mut().unwrap();
        finding.secured_party = Some(HOSTILE.into());
        finding.facility = Some(HOSTILE.into());
        finding.must_include = vec![HOSTILE.into()];
        finding.trusting.push(HOSTILE.into());
        for margin in &mut finding.envelope.margins {
            margin.symbol = HOSTILE.into();
        }
        for row in &mut finding.covenants {
            (row.covenant, row.by) = (HOSTILE.into(), HOSTILE.into());
        }
        let page = html(&report).unwrap();
        harmless(&page);
        let said = text(&Html::parse_document(&page));
        assert!(said.contains("<script>alert(1)</script>"), "{template:?}");
        assert!(
            said.contains("⟨U+202E⟩evil⟨U+000A⟩⟨U+200B⟩"),
            "{template:?}"
        );
        assert!(!page.contains('\u{202e}') && !page.contains('\u{200b}'));
    }
}

#[test]
fn details_are_strict() {
    let read = |text: &str| -> Result<(), String> {
        let details: Details = toml::from_str(text).map_err(|e| e.to_string())?;
        details.check().map_err(|e| e.to_string())
    };
    assert_eq!(read("version = 1\ntitle = \"May\""), Ok(()));
    for (text, said) in [
        ("version = 2", "version: expected 1, got 2"),
        (
            "version = 1\ntitle = \" \"",
            "title: expected a text, got an empty one",
        ),
        ("version = 1\nname = \"x\"", "unknown field"),
        (
            "version = 1\ntokens_outstanding = \"1,000\"",
            "tokens_outstanding: expected a decimal number",
        ),
        (
            "version = 1\n[[maturity]]\nname = \"a\"\ngroups = []",
            "maturity[0].groups: expected at least one group",
        ),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
}
