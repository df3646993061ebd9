//! Connections to the database: encrypted to a server that proved its name, or over a Unix socket.
//! Nothing else is opened, whatever a URL says. A connection that breaks is made again, and the
//! query is asked again: every one of them may be (`sql/farm.sql`).

use crate::failure::Failure;
use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::{Client, Config, NoTls};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tokio_postgres_rustls::MakeRustlsConnect;

/// What a server may take: a query that hangs is one that failed. Statements are logged by the
/// server only as it is configured; what they carry is sealed.
const OPTIONS: &str = "-c statement_timeout=60s -c lock_timeout=30s \
    -c idle_in_transaction_session_timeout=60s -c client_min_messages=warning";

/// Where the database is, and how it is reached.
#[derive(Clone)]
pub struct Target {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

impl Target {
    /// Of a URL, `postgres://user@host:port/database`. A host needs the certificates that its own
    /// must come from: `ca`, or `sslrootcert` of the URL. A host that begins with / is the folder
    /// of a Unix socket.
    pub fn new(url: &str, password: Option<&str>, ca: Option<&Path>) -> Result<Self, Failure> {
        let (url, root) = without_tls_options(url)?;
        let mut config: Config = url.parse().map_err(|_| {
            // The URL may have a password.
            Failure::at(
                "--url",
                "postgres://user@host:port/database",
                "something else, which is not shown",
            )
        })?;
        if let Some(password) = password {
            config.password(password);
        }
        config
            .application_name("covenant-farm")
            .options(OPTIONS)
            .connect_timeout(Duration::from_secs(5))
            .tcp_user_timeout(Duration::from_secs(15))
            .keepalives_idle(Duration::from_secs(10))
            .keepalives_interval(Duration::from_secs(5))
            .keepalives_retries(3);
        let local = |host: &Host| matches!(host, Host::Unix(_));
        let hosts = config.get_hosts();
        if hosts.is_empty() {
            return Err(Failure::at(
                "--url",
                "a host, or the folder of a Unix socket",
                "neither",
            ));
        }
        if hosts.iter().all(local) && config.get_hostaddrs().is_empty() {
            config.ssl_mode(SslMode::Disable);
            return Ok(Self { config, tls: None });
        }
        if hosts.iter().any(local) {
            return Err(Failure::at(
                "--url",
                "hosts, or folders of Unix sockets",
                "both",
            ));
        }
        config.ssl_mode(SslMode::Require);
        let expected = "a file of certificates in PEM that the server's comes from (--ca)";
        let ca = ca.map(PathBuf::from).or(root);
        let ca = ca.ok_or_else(|| Failure::at("--ca", expected, "none, and a host to reach"))?;
        let tls = Some(MakeRustlsConnect::new(client(&ca, expected)?));
        Ok(Self { config, tls })
    }

    /// Whether it is reached through a Unix socket.
    pub fn is_local(&self) -> bool {
        self.tls.is_none()
    }

    fn connect(&self) -> Result<Client, postgres::Error> {
        match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        }
    }
}

/// TLS 1.3 to a server whose certificate comes from these roots and has its name.
fn client(ca: &Path, expected: &str) -> Result<ClientConfig, Failure> {
    let wrong = |got: &dyn std::fmt::Display| Failure::file(ca, expected, got);
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(ca).map_err(|e| wrong(&e))? {
        let certificate = certificate.map_err(|e| wrong(&e))?;
        roots.add(certificate).map_err(|e| wrong(&e))?;
    }
    if roots.is_empty() {
        return Err(wrong(&"none"));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| Failure::Machine(format!("TLS could not be set up: {e}")))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// A URL without what it says of TLS, which is `verify-full` or refused, and the roots it names.
fn without_tls_options(url: &str) -> Result<(String, Option<PathBuf>), Failure> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        let got = "something else, which is not shown";
        return Err(Failure::at(
            "--url",
            "postgres://user@host:port/database",
            got,
        ));
    }
    let Some((base, query)) = url.split_once('?') else {
        return Ok((url.into(), None));
    };
    let (mut kept, mut root) = (Vec::new(), None);
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslmode", "verify-full")) => {}
            Some(("sslmode", mode)) => {
                return Err(Failure::NotPrivate {
                    expected: "sslmode=verify-full, or none, which means the same",
                    got: format!("sslmode={}", mode.chars().take(20).collect::<String>()),
                });
            }
            Some(("sslrootcert", path)) => root = Some(path.into()),
            _ => kept.push(pair),
        }
    }
    let kept = kept.join("&");
    let mark = if kept.is_empty() { "" } else { "?" };
    Ok((format!("{base}{mark}{kept}"), root))
}

/// One connection, made again where it breaks.
pub struct Db {
    target: Target,
    client: Option<Client>,
    patience: Duration,
    stop: Arc<AtomicBool>,
    /// How often a connection broke or could not be made.
    pub broken: u64,
}

impl Db {
    /// Connects once. Later a database that cannot be reached is tried again for `patience`, but
    /// not once `stop` is set.
    pub fn open(
        target: &Target,
        patience: Duration,
        stop: Arc<AtomicBool>,
    ) -> Result<Self, Failure> {
        let mut db = Self {
            target: target.clone(),
            client: None,
            patience: Duration::ZERO,
            stop,
            broken: 0,
        };
        db.call(|client| client.simple_query(""))?;
        db.patience = patience;
        Ok(db)
    }

    /// Asks, again where the connection broke or the server is starting.
    pub fn call<T>(
        &mut self,
        mut ask: impl FnMut(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, Failure> {
        let (began, mut pause) = (Instant::now(), Duration::from_millis(50));
        loop {
            let error = match self.attempt(&mut ask) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if let Some(failure) = final_word(&error) {
                return Err(failure);
            }
            // After a deadlock the connection is as good as before.
            if error.as_db_error().is_none() {
                self.client = None;
            }
            self.broken += 1;
            if began.elapsed() >= self.patience {
                return Err(Failure::Unreachable {
                    reason: reason(&error),
                });
            }
            if self.stop.load(Ordering::Acquire) {
                return Err(Failure::Stopped);
            }
            sleep(pause);
            pause = (pause * 2).min(Duration::from_secs(1));
        }
    }

    fn attempt<T>(
        &mut self,
        ask: &mut impl FnMut(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, postgres::Error> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.client = Some(self.target.connect()?);
        }
        match &mut self.client {
            Some(client) => ask(client),
            None => self
                .target
                .connect()
                .and_then(|mut client| ask(&mut client)),
        }
    }
}

/// The failure, where asking again would not help.
fn final_word(error: &postgres::Error) -> Option<Failure> {
    let db = error.as_db_error()?;
    let transient = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::TOO_MANY_CONNECTIONS,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::LOCK_NOT_AVAILABLE,
    ];
    if transient.contains(db.code()) {
        return None;
    }
    // Without the details, which quote rows.
    let (message, code) = (db.message().to_owned(), db.code().code().to_owned());
    Some(match code.as_str() {
        "FA002" => Failure::Full { message },
        "FA003" => Failure::Orphan { message },
        _ => Failure::Database { message, code },
    })
}

/// An error and where it comes from. postgres puts no password into either.
fn reason(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_asks_for_less_than_verify_full_is_refused() {
        for mode in ["disable", "allow", "prefer", "require", "verify-ca", ""] {
            let url = format!("postgres://a@localhost/b?sslmode={mode}");
            let refused = Target::new(&url, None, None).err().unwrap();
            assert!(matches!(refused, Failure::NotPrivate { .. }), "{refused}");
        }
        let refused = Target::new("postgres://a@localhost/b?sslmode=verify-full", None, None);
        assert!(
            refused
                .err()
                .unwrap()
                .to_string()
                .starts_with("--ca: expected")
        );
    }

    #[test]
    fn a_password_is_in_no_error_and_a_socket_needs_no_certificates() {
        for url in [
            "host=x password=hunter2",
            "postgres://a:hunter2@[/b",
            "postgres://a:hunter2@/b",
        ] {
            let said = Target::new(url, None, None).err().unwrap().to_string();
            assert!(!said.contains("hunter2"), "{said}");
        }
        assert!(
            Target::new("postgres:///b?host=/run/postgresql", None, None)
                .unwrap()
                .is_local()
        );
    }
}
