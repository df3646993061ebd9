// Writes solidity/data/contracts.input.json, the sources for the compiler, and docs/contracts.md from their NatSpec: what is deployed or imported, its functions,
// errors, events, constants and structures. `make contract-docs`; with --check it only compares.
import { join } from "node:path";
import { compile, input, root, sourcePaths, sync } from "./compile.mjs";

const compiled = compile(input(sourcePaths(), { "*": { "": ["ast"] } }));
const nodes = new Map();
function index(node) {
  if (!node || typeof node !== "object") return;
  if (node.id !== undefined && node.nodeType) nodes.set(node.id, node);
  for (const value of Object.values(node)) Array.isArray(value) ? value.forEach(index) : index(value);
}
Object.values(compiled.sources).forEach(({ ast }) => index(ast));

// Tags of a comment; a function that inherits its comment has that of what it overrides.
function natspec(node) {
  const text = node.documentation?.text ?? "";
  const tags = { param: [], return: [] };
  let last;
  for (const line of text.split("\n").map((l) => l.trim())) {
    const tag = /^@(\w+)\s*(.*)$/.exec(line);
    if (!tag) {
      if (!last) (tags.notice = [line]), (last = tags.notice);
      else last.push(line);
      continue;
    }
    last = [tag[2]];
    if (tag[1] === "param" || tag[1] === "return") tags[tag[1]].push(last);
    else tags[tag[1]] = last;
  }
  const join = (lines) => (lines ?? []).join(" ").replace(/\s+/g, " ").trim();
  const said = {
    title: join(tags.title), notice: join(tags.notice), dev: join(tags.dev), fields: [...tags.param, ...tags.return].map(join),
  };
  const bases = node.baseFunctions ?? [];
  if (tags.inheritdoc && bases.length) {
    const base = natspec(nodes.get(bases[0]));
    return { ...base, dev: said.dev || base.dev };
  }
  return said;
}

const plain = (type) => type.replace(/\b(struct|contract|enum) /g, "").replace(/ (calldata|memory|storage)( ref| pointer)?/g, "");
const list = (parameters) =>
  parameters.parameters.map((p) => `${plain(p.typeDescriptions.typeString)}${p.indexed ? " indexed" : ""} ${p.name}`.trim()).join(", ");

function entry(code, node) {
  const { notice, fields } = natspec(node);
  const lines = [`- \`${code}\`${notice ? `: ${notice}` : ""}`];
  for (const field of fields) {
    const [, name, text] = /^(\S+)\s*(.*)$/.exec(field);
    lines.push(`  - \`${name}\`: ${text}`);
  }
  return lines.join("\n");
}

function members(node) {
  return node.members.map((m) => `${plain(m.typeDescriptions.typeString)} ${m.name}`).join("; ");
}
const structure = (node) =>
  node.nodeType === "EnumDefinition"
    ? entry(`enum ${node.name} { ${node.members.map((m) => m.name).join(", ")} }`, node)
    : entry(`struct ${node.name} { ${members(node)} }`, node);

function section(title, entries) {
  return entries.length ? [`**${title}**`, "", ...entries, ""] : [];
}

const open = (node) => ["public", "external"].includes(node.visibility);
function contract(node) {
  const { title, notice, dev } = natspec(node);
  const kind = node.abstract ? "abstract contract" : node.contractKind;
  const bases = node.baseContracts.map((b) => `\`${b.baseName.name}\``);
  const of = (type) => node.nodes.filter((n) => n.nodeType === type);
  const functions = of("FunctionDefinition");
  const shown = functions.filter((f) => f.kind === "function" && (open(f) || node.contractKind === "library") && f.visibility !== "private");
  const head = (f) => {
    const more = [f.stateMutability === "nonpayable" ? "" : f.stateMutability, ...f.modifiers.map((m) => m.modifierName.name)];
    const returned = f.returnParameters.parameters.length ? ` returns (${list(f.returnParameters)})` : "";
    return `${f.name}(${list(f.parameters)})${more.filter(Boolean).map((m) => ` ${m}`).join("")}${returned}`;
  };
  const value = (v) => `${plain(v.typeDescriptions.typeString)} ${v.mutability === "mutable" ? "" : `${v.mutability} `}${v.name}`;
  return [
    `### ${node.name}`, "",
    `${kind[0].toUpperCase()}${kind.slice(1)}${bases.length ? `, is ${bases.join(", ")}` : ""}. ${title ? `${title}.` : ""}`.trim(), "",
    ...(notice ? [notice, ""] : []), ...(dev ? [dev, ""] : []),
    ...section("Constructor", functions.filter((f) => f.kind === "constructor" && !node.abstract).map((f) => entry(`constructor(${list(f.parameters)})`, f))),
    ...section("Functions", shown.map((f) => entry(head(f), f))),
    ...section("Values", of("VariableDeclaration").filter(open).map((v) => entry(value(v), v))),
    ...section("Errors", of("ErrorDefinition").map((e) => entry(`${e.name}(${list(e.parameters)})`, e))),
    ...section("Events", of("EventDefinition").map((e) => entry(`${e.name}(${list(e.parameters)})`, e))),
    ...section("Structures", [...of("StructDefinition"), ...of("EnumDefinition")].map(structure)),
  ];
}

const lines = [
  "# Contracts, function by function", "",
  "Written by `make contract-docs` from the comments of `contracts/src`; what the contracts are for and how they",
  "are used: [contracts/README.md](../contracts/README.md).", "",
];
for (const path of sourcePaths()) {
  const top = compiled.sources[path].ast.nodes;
  const structures = top.filter((n) => ["StructDefinition", "EnumDefinition"].includes(n.nodeType)).map(structure);
  lines.push(`## ${path}`, "", ...section("Structures", structures));
  for (const node of top.filter((n) => n.nodeType === "ContractDefinition")) lines.push(...contract(node));
}
const text = `${lines.join("\n").replace(/\n{3,}/g, "\n\n").trimEnd()}\n`;
const check = process.argv.includes("--check");
const docs = sync(join(root, "docs/contracts.md"), text, check, "make contract-docs");
// What covenant-solidity has compiled in of the sources.
const whole = input(sourcePaths(), { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } });
const data = sync(join(root, "solidity/data/contracts.input.json"), `${JSON.stringify(whole, null, 1)}\n`, check, "make contract-docs");
if (check && !(docs && data)) process.exit(1);
