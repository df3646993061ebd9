//! `covenant-farm doctor`: whether the database is as it has to be.

use super::{Connection, Report};
use crate::failure::{Exit, Failure};
use crate::schema::{ROLES, VERSION};
use clap::Args;
use postgres::Client;
use serde_json::{Value, json};

/// Check the database: the connection, the server's settings, the four functions, and what each role
/// may do
#[derive(Args, Debug)]
pub(super) struct Doctor {
    #[command(flatten)]
    connection: Connection,
}

/// A check: what, what is expected, and what was found.
struct Check {
    what: String,
    expected: String,
    got: String,
    holds: bool,
}

impl Check {
    fn equal(what: impl Into<String>, expected: &str, got: String) -> Self {
        Self {
            what: what.into(),
            expected: expected.into(),
            holds: got == expected,
            got,
        }
    }
}

impl Doctor {
    pub(super) fn run(self) -> Result<Report, Failure> {
        let local = self.connection.target()?.is_local();
        let mut db = self.connection.open()?;
        let checks = db.call(|c| all(c, local))?;
        let failed = checks.iter().any(|check| !check.holds);
        let lines = checks.iter().map(|check| match check.holds {
            true => format!("ok    {}: {}", check.what, check.got),
            false => format!(
                "WRONG {}: expected {}, got {}",
                check.what, check.expected, check.got
            ),
        });
        let told = checks.iter().map(
            |c| json!({ "check": c.what, "holds": c.holds, "expected": c.expected, "got": c.got }),
        );
        Ok(Report {
            exit: if failed { Exit::False } else { Exit::Done },
            text: lines.collect::<Vec<_>>().join("\n"),
            json: json!({ "healthy": !failed, "checks": told.collect::<Vec<Value>>() }),
        })
    }
}

fn all(c: &mut Client, local: bool) -> Result<Vec<Check>, postgres::Error> {
    let mut one = |query: &str| -> Result<String, postgres::Error> {
        Ok(c.query_one(query, &[])?
            .try_get::<_, Option<String>>(0)?
            .unwrap_or_default())
    };
    let mut checks = Vec::new();
    let tls =
        one("SELECT coalesce(version, 'none') FROM pg_stat_ssl WHERE pid = pg_backend_pid()")?;
    checks.push(Check {
        what: "connection".into(),
        expected: "TLSv1.3, or a Unix socket".into(),
        holds: local || tls == "TLSv1.3",
        got: if local { "a Unix socket".into() } else { tls },
    });
    let version = one("SELECT current_setting('server_version_num')")?;
    checks.push(Check {
        what: "server".into(),
        expected: "PostgreSQL 14 or later".into(),
        holds: version.parse::<u32>().is_ok_and(|v| v >= 140_000),
        got: version,
    });
    // What is logged is sealed, but who asked for what is nobody's business.
    for (setting, expected) in [
        ("log_statement", "none"),
        ("log_min_duration_statement", "-1"),
        ("fsync", "on"),
        ("full_page_writes", "on"),
    ] {
        let got = one(&format!("SELECT current_setting('{setting}')"))?;
        checks.push(Check::equal(setting, expected, got));
    }
    let installed = one("SELECT (to_regnamespace('farm') IS NOT NULL)::text")?;
    checks.push(Check::equal("schema farm", "true", installed.clone()));
    if installed != "true" {
        return Ok(checks);
    }
    let definers = one(
        "SELECT string_agg(p.proname, ' ' ORDER BY p.proname) FROM pg_proc p \
         WHERE p.pronamespace = 'farm'::regnamespace AND p.prosecdef",
    )?;
    checks.push(Check::equal(
        "functions that act for their owner",
        "lease look report request",
        definers,
    ));
    let loose = one(
        "SELECT coalesce(string_agg(p.proname, ' '), 'none') FROM pg_proc p \
         WHERE p.pronamespace = 'farm'::regnamespace AND NOT coalesce(p.proconfig, '{}') @> \
         ARRAY['search_path=pg_catalog, pg_temp']",
    )?;
    checks.push(Check::equal(
        "functions without a fixed search_path",
        "none",
        loose,
    ));
    for (role, functions) in ROLES {
        let there = one(&format!("SELECT (to_regrole('{role}') IS NOT NULL)::text"))?;
        checks.push(Check::equal(role, "true", there.clone()));
        if there != "true" {
            continue;
        }
        let mut may: Vec<_> = functions
            .iter()
            .filter_map(|f| f.split('(').next())
            .collect();
        may.sort_unstable();
        let runs = one(&format!(
            "SELECT string_agg(p.proname, ' ' ORDER BY p.proname) FROM pg_proc p \
             WHERE p.pronamespace = 'farm'::regnamespace AND has_function_privilege('{role}', p.oid, 'EXECUTE')"
        ))?;
        checks.push(Check::equal(
            format!("{role} may call"),
            &may.join(" "),
            runs,
        ));
        let reads = one(&format!(
            "SELECT count(*)::text FROM pg_class c WHERE c.relnamespace IN \
             ('farm'::regnamespace, to_regnamespace('pgmq')) AND c.relkind IN ('r', 'p', 'v', 'm') AND \
             has_table_privilege('{role}', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')"
        ))?;
        checks.push(Check::equal(
            format!("tables that {role} may touch"),
            "0",
            reads,
        ));
    }
    // Only its owner may read the version.
    let owner = one("SELECT has_table_privilege('farm.settings', 'SELECT')::text")?;
    if owner == "true" {
        let got = one("SELECT version::text FROM farm.settings")?;
        checks.push(Check::equal("schema version", &VERSION.to_string(), got));
    }
    Ok(checks)
}
