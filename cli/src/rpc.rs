//! A node's JSON-RPC over plain HTTP. A URL may have credentials in its name of a user, its path
//! or its query: errors show the host alone.

use crate::codes::Code;
use crate::outcome::Failure;
use serde_json::{Value, json};
use std::fmt::Display;
use std::time::Duration;

/// Most bytes of an answer: code has at most 24,576, two digits each, and a few events much less.
const MAX_ANSWER: u64 = 1 << 24;
const TIMEOUT: Duration = Duration::from_secs(20);

/// A node to query.
#[derive(Debug)]
pub(crate) struct Node {
    url: String,
    agent: ureq::Agent,
}

impl Node {
    /// The node at that URL, which is not yet called.
    pub(crate) fn new(url: &str) -> Result<Self, Failure> {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0);
        let node = Self {
            url: url.into(),
            agent: config.build().into(),
        };
        if !url.starts_with("http://") {
            let expected = "expected an http:// address; for TLS, go through a proxy of your own";
            return Err(node.failed(expected).coded(Code::Usage));
        }
        Ok(node)
    }

    /// What it answers to a call, which must not be an error.
    pub(crate) fn call(&self, method: &str, params: Value) -> Result<Value, Failure> {
        self.try_call(method, params)?
            .map_err(|error| self.failed(format!("{method}: the node says {error}")))
    }

    /// What it answers to a call: a result, or an error of its own.
    pub(crate) fn try_call(
        &self,
        method: &str,
        params: Value,
    ) -> Result<Result<Value, Value>, Failure> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let text = self
            .agent
            .post(&self.url)
            .header("content-type", "application/json")
            .send(request.to_string())
            .and_then(|mut answer| {
                let body = answer.body_mut().with_config();
                body.limit(MAX_ANSWER).read_to_string()
            })
            .map_err(|e| match e {
                // It quotes the URL.
                ureq::Error::BadUri(_) => self.failed("expected a URL, got something else"),
                other => self.failed(other),
            })?;
        let mut answer: Value = serde_json::from_str(&text)
            .map_err(|e| self.failed(format!("expected JSON, got something else: {e}")))?;
        if let Some(error) = answer.get_mut("error").filter(|e| !e.is_null()) {
            return Ok(Err(error.take()));
        }
        let result = answer.get_mut("result").map(Value::take);
        let missing = || self.failed(format!("{method}: expected a `result`, got none"));
        result.map(Ok).ok_or_else(missing)
    }

    /// Bytes that it answers with.
    pub(crate) fn bytes(&self, method: &str, params: Value) -> Result<Vec<u8>, Failure> {
        let result = self.call(method, params)?;
        result.as_str().and_then(unhex).ok_or_else(|| {
            self.failed(format!(
                "{method}: expected 0x-hex in `result`, got something else"
            ))
        })
    }

    /// It did not answer as it should have.
    pub(crate) fn failed(&self, what: impl Display) -> Failure {
        Failure::new(Code::NodeFailed, format!("--rpc {}: {what}", self.host()))
    }

    /// The URL without what may be secret in it.
    fn host(&self) -> String {
        let (scheme, rest) = self.url.split_once("://").unwrap_or(("", &self.url));
        let rest = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let host = rest.rsplit('@').next().unwrap_or_default();
        match scheme {
            "http" | "https" => format!("{scheme}://{host}"),
            // No URL that is known here: nothing of it is.
            _ => "URL".into(),
        }
    }
}

/// Bytes of `0x` and two hex digits for each.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x")?.as_bytes();
    let nibble = |c: u8| {
        char::from(c)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let (pairs, []) = digits.as_chunks::<2>() else {
        return None;
    };
    let byte = |[high, low]: &[u8; 2]| Some(nibble(*high)? << 4 | nibble(*low)?);
    pairs.iter().map(byte).collect()
}

/// `0x` and hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    format!("0x{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_show_the_host_of_a_url_and_no_credentials() {
        for (url, shown) in [
            ("http://127.0.0.1:8545", "http://127.0.0.1:8545"),
            (
                "http://user:secret@node.example:1/v3/secret?k=secret#secret",
                "http://node.example:1",
            ),
            ("http://a@secret@node.example", "http://node.example"),
            ("https://node.example/secret", "https://node.example"),
            ("ws://secret", "URL"),
            ("secret", "URL"),
        ] {
            let node = Node {
                url: url.into(),
                agent: ureq::agent(),
            };
            assert_eq!(node.host(), shown);
        }
        let refused = Node::new("https://x:secret@node.example").unwrap_err();
        assert!(!refused.into_output().error.contains("secret"));
    }
}
