//! A PostgreSQL server of the test's own, in a folder of its own, that speaks TLS and nothing else
//! over TCP, with a certificate of an authority of its own.

use crate::figures::cpu_of;
use postgres::Client;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

pub(crate) struct Server {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) port: u16,
    bin: PathBuf,
    child: Mutex<Option<Child>>,
}

/// The newest server of the machine. A test that finds none fails.
fn bin() -> PathBuf {
    if let Some(bin) = std::env::var_os("PG_BIN") {
        return bin.into();
    }
    let mut found: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .expect("PostgreSQL, from the package postgresql, or its folder of programs in PG_BIN")
        .map(|entry| entry.unwrap().path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().expect("initdb")
}

/// The server refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    let root = fs::metadata("/proc/self").unwrap();
    match std::os::unix::fs::MetadataExt::uid(&root) {
        0 => {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        }
        _ => Command::new(program),
    }
}

fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

impl Server {
    pub(crate) fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let server = Self {
            port: free_port(),
            bin: bin(),
            child: Mutex::default(),
            dir,
        };
        let data = server.data();
        run(as_postgres(&server.bin.join("initdb"))
            .args([
                "-A",
                "trust",
                "-U",
                "owner",
                "-E",
                "UTF8",
                "--no-sync",
                "-D",
            ])
            .arg(&data));
        server.certificates();
        // As hostile to secrets as a server can be configured: every statement and parameter.
        let settings = format!(
            "port = {}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{}'\nssl = on\n\
             ssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\nlog_statement = 'all'\n\
             log_min_duration_statement = 0\nlog_parameter_max_length = -1\n\
             log_parameter_max_length_on_error = -1\nlogging_collector = off\n\
             shared_buffers = 32MB\nmax_connections = 60\nwal_level = replica\nmax_wal_size = 2GB\n",
            server.port,
            server.dir.path().display()
        );
        let conf = data.join("postgresql.conf");
        fs::write(&conf, fs::read_to_string(&conf).unwrap() + &settings).unwrap();
        fs::write(
            data.join("pg_hba.conf"),
            "local all owner trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n",
        )
        .unwrap();
        server.boot();
        let mut owner = server.owner_of("postgres");
        owner.batch_execute("CREATE DATABASE farm").unwrap();
        server
    }

    fn certificates(&self) {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let server = server.signed_by(&key, &authority).unwrap();
        fs::write(self.ca(), authority.pem()).unwrap();
        let data = self.data();
        fs::write(data.join("server.crt"), server.pem()).unwrap();
        fs::write(data.join("server.key"), key.serialize_pem()).unwrap();
        fs::set_permissions(data.join("server.key"), fs::Permissions::from_mode(0o600)).unwrap();
        if fs::metadata("/proc/self")
            .map(|m| std::os::unix::fs::MetadataExt::uid(&m))
            .unwrap()
            == 0
        {
            run(Command::new("chown").args(["-R", "postgres"]).arg(&data));
        }
        let other = CertificateParams::new(Vec::new()).unwrap();
        let other = other.self_signed(&KeyPair::generate().unwrap()).unwrap();
        fs::write(self.other_ca(), other.pem()).unwrap();
    }

    /// Starts the server, which may have to recover first. It is a child of this process, so that
    /// one that was killed is gone and not a zombie.
    pub(crate) fn boot(&self) {
        let log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.log())
            .unwrap();
        let child = as_postgres(&self.bin.join("postgres"))
            .arg("-D")
            .arg(self.data())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        *self.child.lock().unwrap() = Some(child);
        drop(self.owner_of("postgres"));
    }

    fn pid(&self) -> String {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        file.lines().next().unwrap().to_owned()
    }

    /// Seconds of CPU of the server, in all of its processes.
    pub(crate) fn cpu(&self) -> f64 {
        let pid = self.pid();
        let children = Command::new("ps")
            .args(["-o", "pid=", "--ppid", &pid])
            .output()
            .unwrap();
        let children = String::from_utf8(children.stdout).unwrap();
        let children = children.split_whitespace();
        let own: f64 = children.filter_map(|pid| Some(cpu_of(pid)?.1)).sum();
        own + cpu_of(&pid).unwrap().2
    }

    /// SIGKILL to the server and every process of it.
    pub(crate) fn kill(&self) {
        let pid = self.pid();
        let children = Command::new("ps")
            .args(["-o", "pid=", "--ppid", &pid])
            .output()
            .unwrap();
        let mut all = vec![pid];
        all.extend(
            String::from_utf8(children.stdout)
                .unwrap()
                .split_whitespace()
                .map(Into::into),
        );
        run(Command::new("kill").arg("-9").args(&all));
        self.child.lock().unwrap().take().unwrap().wait().unwrap();
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }
    pub(crate) fn log(&self) -> PathBuf {
        self.dir.path().join("log")
    }
    pub(crate) fn ca(&self) -> PathBuf {
        self.dir.path().join("ca.pem")
    }
    pub(crate) fn other_ca(&self) -> PathBuf {
        self.dir.path().join("other.pem")
    }

    /// The URL of the owner, through the socket.
    pub(crate) fn socket(&self) -> String {
        format!(
            "postgres:///farm?user=owner&host={}&port={}",
            self.dir.path().display(),
            self.port
        )
    }

    pub(crate) fn owner(&self) -> Client {
        self.owner_of("farm")
    }

    fn owner_of(&self, database: &str) -> Client {
        let url = self.socket().replace("///farm", &format!("///{database}"));
        let began = Instant::now();
        loop {
            match Client::connect(&url, postgres::NoTls) {
                Ok(client) => return client,
                Err(error) => assert!(began.elapsed() < Duration::from_secs(20), "{error}"),
            }
            sleep(Duration::from_millis(100));
        }
    }

    pub(crate) fn dump(&self) -> Vec<u8> {
        let output = Command::new(self.bin.join("pg_dump"))
            .args(["-U", "owner", "-h"])
            .arg(self.dir.path())
            .args(["-p", &self.port.to_string(), "farm"])
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.lock().unwrap().take() {
            let _ = Command::new("kill").args(["-QUIT", &self.pid()]).status();
            let _ = child.wait();
        }
    }
}
