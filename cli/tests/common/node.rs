//! A node of a chain, as far as JSON-RPC over HTTP goes: what it answers, a test decides.

use serde_json::{Value, json};
use std::io::Cursor;
use std::sync::{Arc, Mutex};
use tiny_http::{Response, Server};

/// Answers every request until the test ends.
pub struct Node {
    pub url: String,
    calls: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Node {
    /// Answers a method and its parameters with a `result` or an `error`.
    pub fn new(answer: impl Fn(&str, &Value) -> Result<Value, Value> + Send + 'static) -> Self {
        Self::raw(move |method, params| {
            let mut body = json!({ "jsonrpc": "2.0", "id": 1 });
            match answer(method, params) {
                Ok(result) => body["result"] = result,
                Err(error) => body["error"] = error,
            }
            Response::from_string(body.to_string())
        })
    }

    /// Answers with any response.
    pub fn raw(
        answer: impl Fn(&str, &Value) -> Response<Cursor<Vec<u8>>> + Send + 'static,
    ) -> Self {
        let server = Server::http("127.0.0.1:0").unwrap();
        let url = format!("http://{}", server.server_addr());
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&calls);
        std::thread::spawn(move || {
            for mut request in server.incoming_requests() {
                let asked: Value = serde_json::from_reader(request.as_reader()).unwrap();
                let method = asked["method"].as_str().unwrap();
                let response = answer(method, &asked["params"]);
                seen.lock()
                    .unwrap()
                    .push((method.to_owned(), asked["params"].clone()));
                // Whoever hung up does not want it.
                let _ = request.respond(response);
            }
        });
        Self { url, calls }
    }

    /// The methods that were called so far, with their parameters.
    pub fn calls(&self) -> Vec<(String, Value)> {
        self.calls.lock().unwrap().clone()
    }
}
