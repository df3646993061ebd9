// A custodian that signs with a contract (ERC-1271): a wallet of two owners.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ContractFactory, Wallet, concat, id } from "ethers";

const folder = fileURLToPath(new URL("../", import.meta.url));
const owners = ["first owner", "second owner"].map((name) => new Wallet(id(name)));

function compiled() {
  const source = "dapp/Wallet.sol";
  const input = JSON.stringify({
    language: "Solidity",
    sources: { [source]: { content: readFileSync(`${folder}${source}`, "utf8") } },
    settings: { evmVersion: "cancun", outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } },
  });
  const output = JSON.parse(execFileSync("node", ["solc.mjs"], { cwd: folder, input, maxBuffer: 1 << 26 }));
  const errors = (output.errors ?? []).filter((e) => e.severity === "error");
  if (errors.length) throw new Error(errors.map((e) => e.formattedMessage).join("\n"));
  return output.contracts[source].Wallet;
}

// Deploys the wallet from an account that deploys nothing else, so that its address is the same on
// every chain.
export async function deployWallet({ account, id: chainId }, name) {
  const { abi, evm } = compiled();
  const deployer = await account(2);
  const factory = new ContractFactory(abi, evm.bytecode.object, deployer);
  const contract = await (await factory.deploy([owners[0].address, owners[1].address])).waitForDeployment();
  const address = await contract.getAddress();
  return {
    name,
    address,
    caip10: `eip155:${chainId}:${address}`,
    // Both owners sign EIP-712 typed data.
    async sign({ domain, types, message }) {
      const { EIP712Domain: _, ...rest } = types;
      return concat(await Promise.all(owners.map((o) => o.signTypedData(domain, rest, message))));
    },
    // Its second owner is another from here on.
    async replaceOwner(by) {
      const owner = owners[0].connect(deployer.provider);
      await (await deployer.sendTransaction({ to: owner.address, value: 10n ** 18n })).wait();
      await (await contract.connect(owner).replace(1, by)).wait();
    },
  };
}
