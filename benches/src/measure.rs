//! Clocks and memory: wall time, CPU time of all threads, medians, and the largest
//! resident set of this process or of a child.

use crate::Outcome;
use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Seconds of one piece of work.
#[derive(Clone, Copy, Default, Debug, Serialize, Deserialize)]
pub struct Cost {
    /// From start to end.
    pub wall: f64,
    /// Of all threads together, user and system.
    pub cpu: f64,
}

impl std::ops::Add for Cost {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            wall: self.wall + other.wall,
            cpu: self.cpu + other.cpu,
        }
    }
}

impl Cost {
    /// So many times as much.
    pub fn times(self, n: usize) -> Self {
        let n = n as f64;
        Self {
            wall: self.wall * n,
            cpu: self.cpu * n,
        }
    }
}

/// The time that has passed since it was started.
pub struct Watch(Instant, ProcessTime);

impl Watch {
    /// Starts.
    pub fn start() -> Self {
        Self(Instant::now(), ProcessTime::now())
    }
    /// Reads.
    pub fn read(&self) -> Cost {
        Cost {
            wall: self.0.elapsed().as_secs_f64(),
            cpu: self.1.elapsed().as_secs_f64(),
        }
    }
}

/// What a piece of work costs, and its result.
pub fn once<T>(work: impl FnOnce() -> T) -> (Cost, T) {
    let watch = Watch::start();
    let result = std::hint::black_box(work());
    (watch.read(), result)
}

/// The median of wall time and that of CPU time, each for itself.
pub fn median(costs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> f64| {
        let mut sorted: Vec<f64> = costs.iter().map(of).collect();
        sorted.sort_by(f64::total_cmp);
        let high = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
        let low = sorted
            .get(sorted.len().saturating_sub(1) / 2)
            .copied()
            .unwrap_or_default();
        (low + high) / 2.0
    };
    Cost {
        wall: middle(|c| c.wall),
        cpu: middle(|c| c.cpu),
    }
}

/// The median of `runs` runs.
pub fn median_of<T>(runs: usize, mut work: impl FnMut() -> T) -> Cost {
    let costs: Vec<Cost> = (0..runs.max(1)).map(|_| once(&mut work).0).collect();
    median(&costs)
}

/// The largest resident set so far, bytes (`VmHWM`); none but on Linux.
pub fn peak_of(process: &str) -> Option<u64> {
    status_of(process, "VmHWM:")
}

/// What of this process is resident, bytes; none but on Linux.
pub fn resident() -> Option<u64> {
    status_of("self", "VmRSS:")
}

fn status_of(process: &str, field: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix(field))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// Makes [`peak_of`] this process start again from what is resident now.
pub fn forget_peak() -> Outcome<()> {
    Ok(fs::write("/proc/self/clear_refs", "5")?)
}

/// A child from its start to its end.
#[derive(Clone, Copy, Default, Debug, Serialize, Deserialize)]
pub struct Child {
    /// Time; CPU time in steps of the kernel's clock, usually 10 ms.
    pub cost: Cost,
    /// Largest resident set, bytes, looked at every millisecond.
    pub peak: u64,
}

/// CPU seconds of the children that have ended.
fn children_cpu() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Fields count from 1; what precedes the third is in brackets and may hold blanks.
    let (_, fields) = stat.rsplit_once(')')?;
    let field = |n: usize| fields.split_whitespace().nth(n - 3)?.parse::<f64>().ok();
    // Linux reports 100 ticks a second to user space wherever it runs.
    Some((field(16)? + field(17)?) / 100.0)
}

/// Runs a child to its end. A failure of the child is one of the benchmark.
pub fn child(command: &mut Command) -> Outcome<Child> {
    let before = children_cpu().unwrap_or_default();
    let start = Instant::now();
    let mut running = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let id = running.id().to_string();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_of(&id).unwrap_or_default());
        if let Some(status) = running.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let wall = start.elapsed().as_secs_f64();
    if !status.success() {
        let said = running.wait_with_output()?.stderr;
        return Err(format!("{command:?}: {status}: {}", String::from_utf8_lossy(&said)).into());
    }
    let cpu = children_cpu().unwrap_or_default() - before;
    Ok(Child {
        cost: Cost { wall, cpu },
        peak,
    })
}

/// The children's medians; the largest of their peaks.
pub fn median_child(children: &[Child]) -> Child {
    let costs: Vec<Cost> = children.iter().map(|c| c.cost).collect();
    let peak = children.iter().map(|c| c.peak).max().unwrap_or_default();
    Child {
        cost: median(&costs),
        peak,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_children() {
        let costs = [3.0, 1.0, 2.0, 10.0].map(|x| Cost { wall: x, cpu: -x });
        assert_eq!(median(&costs).wall, 2.5);
        assert_eq!(median(&costs).cpu, -2.5);
        let slept = child(Command::new("sleep").arg("0.05")).unwrap();
        assert!(slept.cost.wall >= 0.05 && slept.cost.cpu < 0.05 && slept.peak > 100_000);
        assert!(child(&mut Command::new("false")).is_err());
    }
}
