//! What a worker can do: kinds, circuits, queues and memory. It is given nothing else.

use crate::failure::Failure;
use crate::job::QueueName;
use crate::work::Registry;
use serde_json::{Value, json};

/// What a worker takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lanes {
    /// A kind, and its circuits.
    kinds: Vec<(String, Vec<String>)>,
    queues: Vec<QueueName>,
    memory_mb: u32,
}

impl Lanes {
    /// Of the kinds and circuits that are named, or all that the program knows.
    pub fn new(
        registry: &Registry,
        kinds: &[String],
        circuits: &[String],
        queues: &[QueueName],
        memory_mb: u32,
    ) -> Result<Self, Failure> {
        if let Some(kind) = kinds.iter().find(|kind| registry.get(kind).is_none()) {
            return Err(Failure::at("--kind", registry.names(), format!("{kind:?}")));
        }
        let mut known = Vec::new();
        let wanted = |kind: &str| kinds.is_empty() || kinds.iter().any(|k| k == kind);
        for work in registry.kinds().filter(|work| wanted(work.kind())) {
            known.push((work.kind().to_owned(), work.circuits()?));
        }
        let all = known.iter().flat_map(|(_, circuits)| circuits);
        if let Some(other) = circuits.iter().find(|c| !all.clone().any(|id| id == *c)) {
            let ids: Vec<_> = all.map(String::as_str).collect();
            return Err(Failure::at(
                "--circuit",
                ids.join(" or "),
                format!("{other:?}"),
            ));
        }
        for (_, ids) in &mut known {
            ids.retain(|id| circuits.is_empty() || circuits.contains(id));
        }
        Ok(Self {
            kinds: known,
            queues: if queues.is_empty() {
                QueueName::ALL.into()
            } else {
                queues.into()
            },
            memory_mb,
        })
    }

    /// As `farm.lease` takes them.
    pub(crate) fn described(&self) -> Value {
        let queues: Vec<_> = self.queues.iter().map(|queue| queue.name()).collect();
        let lanes = self.kinds.iter().map(|(kind, circuits)| {
            json!({ "kind": kind, "circuits": circuits, "queues": queues, "memory_mb": self.memory_mb })
        });
        lanes.collect()
    }
}
