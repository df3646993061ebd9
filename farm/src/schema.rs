//! Installing the queue: pgmq as plain SQL, the schema `farm` and its roles. By somebody who may
//! create schemas and roles; it becomes the owner of the four functions.

use crate::connect::Db;
use crate::failure::Failure;

/// pgmq 1.13.0, unchanged (`sql/pgmq/README.md`).
const PGMQ: &str = include_str!("../sql/pgmq/pgmq.sql");

const FARM: &str = include_str!("../sql/farm.sql");

/// The version of the schema.
pub const VERSION: i32 = 1;

/// Who may do what; each has EXECUTE on its functions and on no table.
pub const ROLES: [(&str, &[&str]); 3] = [
    (
        "farm_submitter",
        &["request(text,jsonb,bytea[],text)", "look(text,bytea[])"],
    ),
    (
        "farm_worker",
        &[
            "lease(bytea,text,integer,jsonb)",
            "report(text,bytea[],integer,bytea,bytea,text)",
        ],
    ),
    ("farm_viewer", &["look(text,bytea[])"]),
];

/// What was found, or done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Installed {
    /// It was there, and of this version.
    Already,
    /// It is there now.
    Now,
}

/// Installs the queue, whole or not at all. What is there is left as it is, but for the depth.
pub fn install(db: &mut Db, depth: i64, most: i32) -> Result<Installed, Failure> {
    let settings = "INSERT INTO farm.settings (version, depth, most) VALUES ($1, $2, $3) \
        ON CONFLICT (one) DO UPDATE SET depth = $2, most = $3";
    let found: Option<i32> = db.call(|c| {
        match c
            .query_one("SELECT to_regclass('farm.settings') IS NOT NULL", &[])?
            .try_get(0)?
        {
            true => c
                .query_one("SELECT version FROM farm.settings", &[])?
                .try_get(0),
            false => Ok(None),
        }
    })?;
    match found {
        Some(VERSION) => {
            db.call(|c| c.execute(settings, &[&VERSION, &depth, &most]))?;
            return Ok(Installed::Already);
        }
        Some(other) => {
            let got = format!("version {other} of the schema, not {VERSION}");
            return Err(Failure::Answer { got });
        }
        None => {}
    }
    db.call(|c| {
        let mut all = c.transaction()?;
        for (role, _) in ROLES {
            // Roles belong to all databases of a server: another may have made them.
            all.batch_execute(&format!(
                "DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            ))?;
        }
        let pgmq: bool = all.query_one("SELECT to_regclass('pgmq.meta') IS NOT NULL", &[])?.try_get(0)?;
        if !pgmq {
            all.batch_execute(PGMQ)?;
        }
        all.batch_execute(FARM)?;
        all.execute(settings, &[&VERSION, &depth, &most])?;
        all.commit()
    })?;
    Ok(Installed::Now)
}
