// A chain of one's own: anvil on a free port, stopped whatever happens.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { JsonRpcProvider } from "ethers";

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));

function binary() {
  const arch = { x64: "amd64", arm64: "arm64" }[process.arch];
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`;
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "bin/anvil");
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Starts a chain. Its first account is the same on every chain, and so are the addresses of
// what it deploys. `more` are further arguments of anvil.
export async function chain(id, more = []) {
  const port = await freePort();
  const child = spawn(
    binary(),
    ["--port", String(port), "--chain-id", String(id), "--hardfork", "osaka", "--silent", ...more],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  running.add(child);
  let failed;
  child.on("error", (error) => (failed = error));
  child.on("exit", (code) => (failed ??= new Error(`anvil ended with ${code}`)));
  const url = `http://127.0.0.1:${port}`;
  const options = { staticNetwork: true, cacheTimeout: -1, batchMaxCount: 1 };
  const provider = new JsonRpcProvider(url, id, options);
  for (const start = Date.now(); ; ) {
    if (failed) throw failed;
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
    }).catch(() => undefined);
    if (answer?.ok) break;
    if (Date.now() - start > 30_000) throw new Error("anvil did not answer within 30 s");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    id,
    url,
    provider,
    // An account that anvil signs for.
    account: (index) => provider.getSigner(index),
    // Runs something later, and comes back.
    async later(seconds, run) {
      const snapshot = await provider.send("evm_snapshot", []);
      await provider.send("evm_increaseTime", [seconds]);
      await provider.send("evm_mine", []);
      try {
        return await run();
      } finally {
        await provider.send("evm_revert", [snapshot]);
      }
    },
    stop() {
      running.delete(child);
      child.kill("SIGKILL");
      provider.destroy();
    },
  };
}
