//! A simulation of many workers that prove one tree: every proof is a job under a lease, some take
//! longer, processes and whole hosts fail, and a job whose worker is gone is given to another one
//! when its lease has run out. The figures of docs/scale.md.
//!
//! One event at a time, from a generator with a fixed seed: the same law gives the same figures.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Machines, and what goes wrong on them. Times in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Fleet {
    /// Workers, one core each, that prove one job at a time.
    pub cores: usize,
    /// Cores of a host; all of its workers go when it fails.
    pub host_cores: usize,
    /// A job is given to another worker when its lease was not renewed for so long.
    pub lease: f64,
    /// The database's time for a job, which it takes from one job after another: leased, its proof
    /// stored, done.
    pub database: f64,
    /// Standard deviation of the logarithm of a proof's time.
    pub spread: f64,
    /// The share of proofs that take `slow_factor` times as long.
    pub slow_share: f64,
    /// See `slow_share`.
    pub slow_factor: f64,
    /// Mean time between failures of a worker's process, and until it is back.
    pub process: Option<(f64, f64)>,
    /// Mean time between failures of a host, and until it is replaced.
    pub host: Option<(f64, f64)>,
}

/// What became of it. Times in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Run {
    /// From the first lease to the last proof.
    pub wall: f64,
    /// Until 99 of 100 proofs were there.
    pub most: f64,
    /// Jobs that were given to a worker again.
    pub redelivered: u64,
    /// CPU time of proofs that were not finished.
    pub lost: f64,
    /// CPU time of those that were.
    pub used: f64,
    /// The share of time in which the database was busy.
    pub database: f64,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Event {
    /// A worker's job ends, if it still is the worker of that life.
    Done { worker: usize, life: u32 },
    /// A worker's process fails, likewise.
    Fails { worker: usize, life: u32 },
    /// A worker is there again.
    Up { worker: usize, life: u32 },
    /// A job whose lease has run out.
    Redelivered,
    /// A host fails.
    Host { host: usize },
}

/// Ordered by time, then by number, so that runs are the same.
struct At(f64, u64, Event);

impl PartialEq for At {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for At {}
impl PartialOrd for At {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for At {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

#[derive(Clone, Copy, Default)]
struct Worker {
    /// One more after each failure, so that what was to happen to the former one does not.
    life: u32,
    /// When its job was begun.
    busy: Option<f64>,
}

struct Simulation {
    fleet: Fleet,
    proof: f64,
    draws: ChaCha8Rng,
    events: BinaryHeap<Reverse<At>>,
    number: u64,
    workers: Vec<Worker>,
    idle: Vec<usize>,
    waiting: u64,
    database_free: f64,
    run: Run,
}

/// Proves so many jobs of `proof` CPU-seconds each.
// Nothing here is secret, and a run has to be the same each time.
#[allow(clippy::disallowed_methods)]
pub fn simulate(fleet: Fleet, jobs: u64, proof: f64) -> Run {
    let mut simulation = Simulation {
        fleet,
        proof,
        draws: ChaCha8Rng::seed_from_u64(18),
        events: BinaryHeap::new(),
        number: 0,
        workers: vec![Worker::default(); fleet.cores],
        idle: (0..fleet.cores).rev().collect(),
        waiting: jobs,
        database_free: 0.0,
        run: Run::default(),
    };
    simulation.all(jobs);
    simulation.run
}

impl Simulation {
    fn all(&mut self, jobs: u64) {
        if let Some((between, _)) = self.fleet.host {
            for host in 0..self.fleet.cores.div_ceil(self.fleet.host_cores) {
                let at = self.until(between);
                self.plan(at, Event::Host { host });
            }
        }
        self.give(0.0);
        let (mut done, mut database) = (0, 0.0);
        while done < jobs {
            let Some(Reverse(At(now, _, event))) = self.events.pop() else {
                return;
            };
            match event {
                Event::Done { worker, life } => {
                    if self.ends(worker, life, now) {
                        done += 1;
                        database += self.fleet.database;
                        self.run.wall = now;
                        if done * 100 <= jobs * 99 {
                            self.run.most = now;
                        }
                        self.idle.push(worker);
                    }
                }
                Event::Fails { worker, life } => {
                    let back = self.fleet.process.map_or(0.0, |(_, back)| back);
                    if self.life(worker) == life {
                        self.fails(worker, now, back);
                    }
                }
                Event::Up { worker, life } => {
                    if self.life(worker) == life {
                        self.idle.push(worker);
                    }
                }
                Event::Redelivered => self.waiting += 1,
                Event::Host { host } => self.host_fails(host, now),
            }
            self.give(now);
        }
        self.run.database = database / self.run.wall;
    }

    fn life(&self, worker: usize) -> u32 {
        self.workers.get(worker).map_or(0, |worker| worker.life)
    }

    /// Whether a job ended; that of a worker which failed before did not.
    fn ends(&mut self, worker: usize, life: u32, now: f64) -> bool {
        let Some(state) = self.workers.get_mut(worker).filter(|w| w.life == life) else {
            return false;
        };
        let begun = state.busy.take();
        self.run.used += begun.map_or(0.0, |begun| now - begun);
        begun.is_some()
    }

    fn host_fails(&mut self, host: usize, now: f64) {
        let Some((between, back)) = self.fleet.host else {
            return;
        };
        let first = host * self.fleet.host_cores;
        for worker in first..(first + self.fleet.host_cores).min(self.fleet.cores) {
            self.fails(worker, now, back);
        }
        let at = now + back + self.until(between);
        self.plan(at, Event::Host { host });
    }

    /// A worker is gone, and its job is given to another one when its lease has run out: it was
    /// renewed at a third of its length at the latest before.
    fn fails(&mut self, worker: usize, now: f64, back: f64) {
        let left = self.fleet.lease * (2.0 + self.draw()) / 3.0;
        let Some(state) = self.workers.get_mut(worker) else {
            return;
        };
        state.life += 1;
        let (life, begun) = (state.life, state.busy.take());
        self.idle.retain(|idle| *idle != worker);
        if let Some(begun) = begun {
            self.run.lost += now - begun;
            self.run.redelivered += 1;
            self.plan(now + left, Event::Redelivered);
        }
        self.plan(now + back, Event::Up { worker, life });
    }

    /// Gives jobs to workers while there are both.
    fn give(&mut self, now: f64) {
        while self.waiting > 0 {
            let Some(worker) = self.idle.pop() else {
                return;
            };
            self.waiting -= 1;
            // The database does one thing at a time.
            self.database_free = self.database_free.max(now) + self.fleet.database;
            let begun = self.database_free;
            let takes = self.takes();
            let life = self.life(worker);
            if let Some(state) = self.workers.get_mut(worker) {
                state.busy = Some(begun);
            }
            let fails = self.fleet.process.map(|(between, _)| self.until(between));
            match fails.filter(|fails| *fails < takes) {
                Some(fails) => self.plan(begun + fails, Event::Fails { worker, life }),
                None => self.plan(begun + takes, Event::Done { worker, life }),
            }
        }
    }

    fn plan(&mut self, at: f64, event: Event) {
        self.number += 1;
        self.events.push(Reverse(At(at, self.number, event)));
    }

    /// From 0 to below 1.
    fn draw(&mut self) -> f64 {
        (self.draws.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// An exponential time of that mean.
    fn until(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.draw()).ln()
    }

    /// A proof's time: log-normal about its mean (Box and Muller), now and then a slow one.
    fn takes(&mut self) -> f64 {
        let (radius, angle) = (self.until(1.0), self.draw() * std::f64::consts::TAU);
        let normal = (2.0 * radius).sqrt() * angle.cos();
        let spread = self.fleet.spread;
        let time = self.proof * (spread * normal - spread * spread / 2.0).exp();
        match self.draw() < self.fleet.slow_share {
            true => time * self.fleet.slow_factor,
            false => time,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Fleet = Fleet {
        cores: 64,
        host_cores: 32,
        lease: 30.0,
        database: 0.0,
        spread: 0.0,
        slow_share: 0.0,
        slow_factor: 1.0,
        process: None,
        host: None,
    };

    #[test]
    fn without_faults_it_is_a_division() {
        let run = simulate(CALM, 6_400, 2.0);
        assert_eq!((run.wall, run.redelivered, run.lost), (200.0, 0, 0.0));
        assert_eq!(run.used, 12_800.0);
        // One more than fills the rounds takes another one.
        assert_eq!(simulate(CALM, 6_401, 2.0).wall, 202.0);
    }

    #[test]
    fn a_slow_database_is_what_all_wait_for() {
        let database = Fleet {
            database: 0.5,
            ..CALM
        };
        let run = simulate(database, 1_000, 2.0);
        assert!((run.wall - 502.0).abs() < 1e-6 && run.database > 0.99);
    }

    #[test]
    fn every_job_is_done_whatever_fails() {
        let failing = Fleet {
            spread: 0.2,
            slow_share: 0.01,
            slow_factor: 10.0,
            process: Some((600.0, 60.0)),
            host: Some((1_200.0, 300.0)),
            ..CALM
        };
        let (run, calm) = (simulate(failing, 20_000, 2.0), simulate(CALM, 20_000, 2.0));
        // The time of what was finished is that of every job, once.
        assert!((run.used / 20_000.0 / 2.0 - 1.09).abs() < 0.02, "{run:?}");
        assert!(run.redelivered > 50 && run.lost > 0.0 && run.wall > calm.wall * 1.09);
        assert_eq!(run, simulate(failing, 20_000, 2.0));
    }
}
