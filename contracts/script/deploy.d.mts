import type { Signer } from "ethers";

export interface DeployOptions {
  /** Who announces and freezes versions and pauses; the router's admin. */
  admin: string;
  /** Seconds that a new version waits: 1 to 180 days. */
  routerDelay: number | bigint;
  /** Seconds that weaker terms wait: 1 to 180 days. */
  registryDelay: number | bigint;
  /** 32 bytes; 0 where nothing else is said. */
  salt?: string;
  /** Circuits, version 1 first; all that are published where nothing else is said. */
  shapes?: string[];
  /** The most gas that a generated verifier is given. */
  gasCap?: number | bigint;
}

export interface DeployedContract {
  name: string;
  address: string;
  codeHash: string;
  /** ABI-encoded. */
  arguments: string;
  circuit?: string;
  /** The front's number at the router. */
  version?: number;
}

export interface Deployment {
  format: "covenant-deployment/1";
  package: string;
  chainId: number;
  /** No event of this deployment is in an earlier block. */
  fromBlock: number;
  deployer: string;
  salt: string;
  admin: string;
  router: string;
  registry: string;
  contracts: DeployedContract[];
}

export interface Step {
  name: string;
  address: string;
  arguments: string;
  /** Creation code with its arguments; none where the registry deploys the contract. */
  code?: string;
  circuit?: string;
  version?: number;
}

export declare const DEPLOYER: string;
export declare function plan(options: DeployOptions): {
  package: string;
  admin: string;
  salt: string;
  router: string;
  registry: string;
  fronts: string[];
  steps: Step[];
};
export declare function sameCode(code: string, artifact: { deployedBytecode: string; immutables: readonly number[] }): boolean;
export declare function deploy(signer: Signer, options: DeployOptions, say?: (line: string) => void): Promise<Deployment>;
