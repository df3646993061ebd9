//! Prometheus metrics on a loopback address: counters of a worker, without names of jobs.

use crate::failure::Failure;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What a worker counts.
#[derive(Default, Debug)]
pub struct Metrics {
    /// Jobs that were taken.
    pub leased: AtomicU64,
    /// Proofs that were stored.
    pub done: AtomicU64,
    /// Claims that are false.
    pub refused: AtomicU64,
    /// Attempts that failed here.
    pub failed: AtomicU64,
    /// Attempts that were cancelled.
    pub cancelled: AtomicU64,
    /// Results that came too late and were dropped.
    pub lost: AtomicU64,
    /// Leases given back on the way out.
    pub released: AtomicU64,
    /// Renewals that the database answered.
    pub renewed: AtomicU64,
    /// Connections that broke or could not be made.
    pub broken: AtomicU64,
    /// Jobs in hand.
    pub busy: AtomicU64,
    /// Milliseconds spent on jobs.
    pub working_ms: AtomicU64,
}

impl Metrics {
    /// One more.
    pub fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// In the text format of Prometheus, version 0.0.4.
    pub fn text(&self) -> String {
        let counters = [
            ("leased", "Jobs that were taken.", &self.leased),
            ("done", "Proofs that were stored.", &self.done),
            ("refused", "Claims that are false.", &self.refused),
            ("failed", "Attempts that failed here.", &self.failed),
            (
                "cancelled",
                "Attempts that were cancelled.",
                &self.cancelled,
            ),
            (
                "lost",
                "Results that came too late and were dropped.",
                &self.lost,
            ),
            ("released", "Leases given back.", &self.released),
            (
                "renewals",
                "Renewals that the database answered.",
                &self.renewed,
            ),
            (
                "connections_broken",
                "Connections that broke or were not made.",
                &self.broken,
            ),
        ];
        let mut text = String::new();
        for (name, help, counter) in counters {
            let value = counter.load(Ordering::Relaxed);
            let name = format!("covenant_farm_{name}_total");
            let _ = writeln!(
                text,
                "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}"
            );
        }
        let (busy, ms) = (
            self.busy.load(Ordering::Relaxed),
            self.working_ms.load(Ordering::Relaxed),
        );
        let _ = writeln!(
            text,
            "# HELP covenant_farm_busy Jobs in hand.\n# TYPE covenant_farm_busy gauge\n\
             covenant_farm_busy {busy}\n\
             # HELP covenant_farm_working_seconds_total Time spent on jobs.\n\
             # TYPE covenant_farm_working_seconds_total counter\n\
             covenant_farm_working_seconds_total {}.{:03}",
            ms / 1000,
            ms % 1000
        );
        text
    }

    /// Serves them at an address of this machine alone, on a thread that ends with the process.
    pub fn serve(self: &Arc<Self>, address: SocketAddr) -> Result<SocketAddr, Failure> {
        if !address.ip().is_loopback() {
            return Err(Failure::at(
                "--metrics",
                "an address of this machine alone, such as 127.0.0.1:9187",
                address,
            ));
        }
        let unheard = |e: std::io::Error| Failure::at("--metrics", "an address to listen on", e);
        let listener = TcpListener::bind(address).map_err(unheard)?;
        let bound = listener.local_addr().map_err(unheard)?;
        let metrics = self.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // One who does not read is not waited for.
                let _ = answer(stream, &metrics.text());
            }
        });
        Ok(bound)
    }
}

fn answer(mut stream: TcpStream, text: &str) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    stream.set_write_timeout(Some(Duration::from_secs(2)))?;
    let mut request = [0; 1024];
    let read = stream.read(&mut request)?;
    let known = request
        .get(..read)
        .is_some_and(|r| r.starts_with(b"GET /metrics "));
    let (status, body) = if known {
        ("200 OK", text)
    } else {
        ("404 Not Found", "")
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}
