// That the ABIs' types say something: compiled, never run.
import type { AbiParametersToPrimitiveTypes, ExtractAbiError, ExtractAbiEvent, ExtractAbiFunction } from "abitype";
import { Contract, ContractFactory, Interface, type Signer } from "ethers";
import { artifacts, covenantErrorsAbi, covenantRegistryAbi, manifest } from "@covenant/contracts";
import { covenantRouterAbi } from "@covenant/contracts/abi";
import { deploy, type Deployment } from "@covenant/contracts/deploy";
import registryJson from "@covenant/contracts/abi/CovenantRegistry.json" with { type: "json" };

type Inputs<name extends "open" | "submit" | "challenge"> = AbiParametersToPrimitiveTypes<
  ExtractAbiFunction<typeof covenantRegistryAbi, name>["inputs"]
>;
type Terms = Inputs<"open">[1];
type Submission = Inputs<"submit">[2];

export const ratio = (terms: Terms): number => terms.minRatioBps;
export const sources = (terms: Terms): readonly `0x${string}`[] => terms.debtSources;
export const epoch = (s: Submission): bigint => s.binding.epoch;
// @ts-expect-error a ratio is no text
export const wrong = (terms: Terms): string => terms.minRatioBps;
// @ts-expect-error terms had this in the first edition
export const old = (terms: Terms) => terms.debtToken;

export type Covered = ExtractAbiEvent<typeof covenantRegistryAbi, "Covered">;
export type NotRotated = ExtractAbiError<typeof covenantErrorsAbi, "KeySucceeded">;
export type Versions = ExtractAbiFunction<typeof covenantRouterAbi, "versions">;

export async function all(signer: Signer): Promise<Deployment> {
  const factory = new ContractFactory(artifacts.CovenantRouter.abi, artifacts.CovenantRouter.bytecode, signer);
  const registry = new Contract(manifest.verifiers.small.codeHash, covenantRegistryAbi, signer);
  new Interface(registryJson).getFunction("open");
  console.log(factory, registry);
  return deploy(signer, { admin: await signer.getAddress(), routerDelay: 86_400, registryDelay: 86_400n });
}
