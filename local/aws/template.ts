import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Lookup, resolve } from "./intrinsics.ts";
import { type Identifiers, KINDS } from "./kinds.ts";
import { list, object, type Properties, text } from "./values.ts";

/** One resource of the synthesised templates, every intrinsic already a local value. */
export interface Resource extends Identifiers {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
  readonly metadata: Properties;
}

/** What the CDK app describes: all its stacks as one. */
export interface Cloud {
  /** The folder of the cloud assembly; assets lie in it. */
  readonly directory: string;
  readonly region: string;
  readonly account: string;
  readonly stacks: readonly string[];
  /** The resources of one type, in the order of the stacks. */
  resources(type: string): readonly Resource[];
  /** The resource with this logical id, which may stand after its stack's name: `Stack/Id`. */
  resource(logicalId: string): Resource | undefined;
  /** Every output: what a person would read after a deploy. */
  readonly outputs: readonly { stack: string; name: string; value: string }[];
}

interface Stack {
  readonly name: string;
  readonly region: string | undefined;
  readonly template: Properties;
}

/** The account of the local stack: fauxqs knows no other. */
const ACCOUNT = "000000000000";
const DEFAULT_REGION = "ca-central-1";

/** How one stack's values are kept for the stacks after it: by the name they export them under, and by the output itself. */
const exportId = (name: string) => `export ${name}`;
const outputId = (stack: string, name: string) => `output ${stack} ${name}`;

function readJson(file: string): Properties {
  try {
    return object(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new Error(`${file} cannot be read: run \`npm run synth\` first`);
  }
}

/** The stacks of a cloud assembly, each after those it depends on. */
function readStacks(directory: string): Stack[] {
  const artifacts = object(readJson(join(directory, "manifest.json"))["artifacts"]);
  const ordered: Stack[] = [];
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const artifact = object(artifacts[id]);
    for (const dependency of list(artifact["dependencies"])) visit(String(dependency));
    if (artifact["type"] === "cdk:cloud-assembly") throw new Error(`${id}: the local stack does not know nested cloud assemblies (stages)`);
    if (artifact["type"] !== "aws:cloudformation:stack") return;
    const properties = object(artifact["properties"]);
    const region = String(artifact["environment"] ?? "").split("/")[3];
    ordered.push({
      name: text(properties["stackName"]) ?? id,
      region: region === undefined || region === "unknown-region" ? undefined : region,
      template: readJson(join(directory, String(properties["templateFile"]))),
    });
  };
  for (const id of Object.keys(artifacts)) visit(id);
  return ordered;
}

interface Scope {
  readonly stack: Stack;
  readonly resources: Properties;
  readonly lookup: Lookup;
  readonly identifiers: (logicalId: string) => Identifiers;
  readonly included: (logicalId: string) => boolean;
}

/**
 * Loads every stack of a synthesised CDK app.
 * @param directory the cloud assembly (`cdk.out`)
 * @param endpoint the address that queue URLs start with
 * @throws Error naming stack, logical id and type for a resource type, function or reference that the local stack does not know
 */
export function loadCloud(directory: string, endpoint: string): Cloud {
  const stacks = readStacks(directory);
  const region = stacks.find((stack) => stack.region !== undefined)?.region ?? DEFAULT_REGION;
  const given = new Map<string, unknown>();
  const outputs: { stack: string; name: string; value: string }[] = [];
  const resources: Resource[] = [];
  for (const stack of stacks) {
    const scope = open(stack, region, endpoint, given);
    resources.push(...readResources(scope));
    for (const [name, output] of Object.entries(object(stack.template["Outputs"]))) {
      const value = within(`${stack.name} / output ${name}`, () => resolve(object(output)["Value"], scope.lookup));
      const exportName = within(`${stack.name} / output ${name}`, () => resolve(object(object(output)["Export"])["Name"], scope.lookup));
      if (typeof exportName === "string") given.set(exportId(exportName), value);
      given.set(outputId(stack.name, name), value);
      outputs.push({ stack: stack.name, name, value: String(value) });
    }
  }
  const byId = new Map(
    resources.flatMap(
      (resource) =>
        [
          [resource.logicalId, resource],
          [`${resource.stack}/${resource.logicalId}`, resource],
        ] as const,
    ),
  );
  return {
    directory,
    region,
    account: ACCOUNT,
    stacks: stacks.map((stack) => stack.name),
    resources: (type) => resources.filter((resource) => resource.type === type),
    resource: (logicalId) => byId.get(logicalId),
    outputs,
  };
}

function within<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readResources(scope: Scope): Resource[] {
  return Object.entries(scope.resources).flatMap(([logicalId, raw]) => {
    const resource = object(raw);
    const type = String(resource["Type"]);
    return within(`${scope.stack.name} / ${logicalId} (${type})`, () => {
      if (KINDS[type] === undefined) throw new Error("the local stack does not know this resource type");
      if (!scope.included(logicalId)) return [];
      const properties = object(resolve(resource["Properties"] ?? {}, scope.lookup));
      return [
        { ...scope.identifiers(logicalId), stack: scope.stack.name, logicalId, type, properties, metadata: object(resource["Metadata"]) },
      ];
    });
  });
}

/** Everything that one stack's template can refer to. */
function open(stack: Stack, region: string, endpoint: string, given: ReadonlyMap<string, unknown>): Scope {
  const resources = object(stack.template["Resources"]);
  const conditions = object(stack.template["Conditions"]);
  const known = new Map<string, Identifiers>();
  const pseudo: Properties = {
    "AWS::AccountId": ACCOUNT,
    "AWS::NoValue": undefined,
    "AWS::Partition": "aws",
    "AWS::Region": region,
    "AWS::StackName": stack.name,
    "AWS::StackId": `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/${stack.name}/local`,
    "AWS::URLSuffix": "amazonaws.com",
  };
  const identifiers = (logicalId: string): Identifiers => {
    const ready = known.get(logicalId);
    if (ready !== undefined) return ready;
    const resource = object(resources[logicalId]);
    const type = String(resource["Type"]);
    const kind = KINDS[type];
    if (resources[logicalId] === undefined) throw new Error(`there is no resource ${logicalId} in this stack`);
    if (kind === undefined) throw new Error(`it refers to ${logicalId} (${type}), a resource type that the local stack does not know`);
    const property = (name: string) => resolve(object(resource["Properties"])[name], lookup);
    const made = kind({ stack: stack.name, logicalId, region, account: ACCOUNT, endpoint, property });
    known.set(logicalId, made);
    return made;
  };
  const lookup: Lookup = {
    ref: (name) => {
      if (name in pseudo) return pseudo[name];
      const parameter = object(stack.template["Parameters"])[name];
      return parameter === undefined ? identifiers(name).ref : parameterValue(name, object(parameter));
    },
    attribute: (logicalId, attribute) => {
      const value = identifiers(logicalId).attributes[attribute];
      const type = String(object(resources[logicalId])["Type"]);
      if (value === undefined) throw new Error(`the local stack does not know the attribute ${attribute} of ${logicalId} (${type})`);
      return value;
    },
    imported: (name) => {
      if (!given.has(exportId(name))) throw new Error(`no earlier stack exports ${name}`);
      return given.get(exportId(name));
    },
    output: (name, output) => {
      if (!given.has(outputId(name, output))) throw new Error(`no earlier stack ${name} has an output ${output}`);
      return given.get(outputId(name, output));
    },
    condition: (name) => {
      if (conditions[name] === undefined) throw new Error(`there is no condition ${name} in this stack`);
      return resolve(conditions[name], lookup, true) === true;
    },
    mapping: (map, first, second) => {
      const value = object(object(object(stack.template["Mappings"])[map])[first])[second];
      if (value === undefined) throw new Error(`there is no ${first}.${second} in the mapping ${map}`);
      return value;
    },
  };
  const included = (logicalId: string) => {
    const condition = object(resources[logicalId])["Condition"];
    return condition === undefined || lookup.condition(String(condition));
  };
  return { stack, resources, lookup, identifiers, included };
}

/** A parameter's default. The bootstrap version that CDK keeps in SSM means nothing here: no rule of ours reads it. */
function parameterValue(name: string, parameter: Properties): unknown {
  if (parameter["Default"] === undefined) throw new Error(`the parameter ${name} has no default, and the local stack gives none`);
  return parameter["Default"];
}
