import {
  type Ask,
  compilePolicy,
  type Decision,
  decide,
  type Principal,
  type Statement,
  type Words,
  wordsOf,
  wordsUsed,
} from "./policy.ts";
import type { Cloud, Resource } from "./template.ts";
import { list, object, text } from "./values.ts";

/** One (function, action, resource) of the synthesised policies, or one call that they denied; with the form of partition keys, if any. */
export interface Grant extends Words {
  readonly function: string;
}

/** What the policies allow against what was used. */
export interface PolicyReport {
  /** Granted to a function, and no call of it has used it yet. */
  readonly unused: readonly Grant[];
  readonly used: readonly Grant[];
  /** Asked for by a function and denied; `times` counts. */
  readonly denied: readonly (Grant & { times: number })[];
  /** Granted for services that the local stack does not have (logs, traces): neither used nor unused. */
  readonly elsewhere: readonly Grant[];
}

/** The policies of every role and resource, compiled once. */
export interface Grants {
  decide(functionName: string, roleLogicalId: string, ask: Ask): Decision;
  /** Whether a resource's own policy lets an AWS service do this. */
  decideService(service: string, ask: Ask): boolean;
  roleArn(roleLogicalId: string): string;
  report(): PolicyReport;
}

/** AWS's own managed policies that a template may name. Another one stops the local stack: what it grants would be a guess. */
const AWS_MANAGED: Readonly<Record<string, readonly string[]>> = {
  "service-role/AWSLambdaBasicExecutionRole": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  AWSXRayDaemonWriteAccess: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
};

const SERVICES = new Set(["dynamodb", "kms", "lambda", "mobiletargeting", "s3", "sqs", "sns", "sms-voice"]);
const SEPARATOR = "\u0000";

function where<T>(resource: Resource, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(
      `${resource.stack} / ${resource.logicalId} (${resource.type}): ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function managed(arn: string): readonly Statement[] {
  const name = arn.split(":policy/")[1] ?? "";
  const actions = AWS_MANAGED[name];
  if (actions === undefined) throw new Error(`the local stack does not know AWS's managed policy ${name}`);
  return compilePolicy({ Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });
}

function collectRoles(cloud: Cloud): Map<string, { arn: string; statements: Statement[] }> {
  const roles = new Map<string, { arn: string; name: string; statements: Statement[] }>();
  const ours = new Map(cloud.resources("AWS::IAM::ManagedPolicy").map((policy) => [policy.arn, policy]));
  for (const role of cloud.resources("AWS::IAM::Role")) {
    const inline = list(role.properties["Policies"]).flatMap((policy) =>
      where(role, () => compilePolicy(object(policy)["PolicyDocument"])),
    );
    const attached = list(role.properties["ManagedPolicyArns"]).flatMap((arn) => {
      const own = ours.get(String(arn));
      return where(own ?? role, () => (own === undefined ? managed(String(arn)) : compilePolicy(own.properties["PolicyDocument"])));
    });
    roles.set(role.logicalId, { arn: role.arn ?? "", name: role.name, statements: [...inline, ...attached] });
  }
  for (const policy of [...cloud.resources("AWS::IAM::Policy"), ...ours.values()]) {
    const statements = where(policy, () => compilePolicy(policy.properties["PolicyDocument"]));
    for (const role of roles.values()) if (list(policy.properties["Roles"]).includes(role.name)) role.statements.push(...statements);
  }
  return roles;
}

function collectResourcePolicies(cloud: Cloud): Map<string, Statement[]> {
  const policies = new Map<string, Statement[]>();
  const add = (target: string | undefined, resource: Resource, document: unknown) => {
    if (target === undefined || document === undefined) return;
    // In a key policy `Resource: "*"` means the key itself; that it also matches elsewhere changes nothing here.
    policies.set(target, [...(policies.get(target) ?? []), ...where(resource, () => compilePolicy(document))]);
  };
  for (const key of cloud.resources("AWS::KMS::Key")) add(key.arn, key, key.properties["KeyPolicy"]);
  const byRef = new Map(cloud.resources("AWS::SQS::Queue").map((queue) => [queue.ref, queue.arn]));
  for (const policy of cloud.resources("AWS::SQS::QueuePolicy")) {
    for (const url of list(policy.properties["Queues"])) add(byRef.get(String(url)), policy, policy.properties["PolicyDocument"]);
  }
  for (const policy of cloud.resources("AWS::SNS::TopicPolicy")) {
    for (const arn of list(policy.properties["Topics"])) add(String(arn), policy, policy.properties["PolicyDocument"]);
  }
  for (const table of cloud.resources("AWS::DynamoDB::Table"))
    add(table.arn, table, object(table.properties["ResourcePolicy"])["PolicyDocument"]);
  const buckets = new Map(cloud.resources("AWS::S3::Bucket").map((bucket) => [bucket.ref, bucket.arn]));
  for (const policy of cloud.resources("AWS::S3::BucketPolicy"))
    add(buckets.get(String(policy.properties["Bucket"])), policy, policy.properties["PolicyDocument"]);
  return policies;
}

/** The resource whose policy decides about another: a bucket's, about its objects. */
const holder = (arn: string): string => (arn.startsWith("arn:aws:s3:::") ? (arn.split("/")[0] ?? arn) : arn);

/** The form of the partition keys that an ask names (`C#*`): enough to see which grant is missing, and no more of the key than that. */
export function keyForm(ask: Ask): { keys?: string } {
  const values = ask.context.get("dynamodb:leadingkeys") ?? [];
  const forms = new Set(values.map((value) => `${/^[A-Z]#(?:[a-z]+\/)?/.exec(value)?.[0] ?? ""}*`));
  return values.length === 0 ? {} : { keys: [...forms].join(" ") };
}

/** The name that faults, the call log and the report use for a Lambda function: the one it gives itself in its logs. */
export function functionName(resource: Resource): string {
  return text(object(object(resource.properties["Environment"])["Variables"])["POWERTOOLS_SERVICE_NAME"]) ?? resource.logicalId;
}

/**
 * Compiles every policy of the cloud.
 * @throws Error naming the resource, for an operator, key or member that the local stack does not know
 */
export function loadGrants(cloud: Cloud): Grants {
  const roles = collectRoles(cloud);
  const resources = collectResourcePolicies(cloud);
  const used = new Set<string>();
  const denied = new Map<string, number>();
  const role = (logicalId: string) => {
    const found = roles.get(logicalId);
    if (found === undefined) throw new Error(`there is no role ${logicalId} in the templates`);
    return found;
  };
  const key = (grant: Grant) =>
    [grant.function, grant.action, grant.resource, ...(grant.keys === undefined ? [] : [grant.keys])].join(SEPARATOR);
  const grant = (joined: string): Grant => {
    const [name = "", action = "", resource = "", keys] = joined.split(SEPARATOR);
    return { function: name, action, resource, ...(keys === undefined ? {} : { keys }) };
  };

  return {
    roleArn: (logicalId) => role(logicalId).arn,
    decide: (name, roleLogicalId, ask) => {
      const { arn, statements } = role(roleLogicalId);
      const decision = decide(ask, { role: arn }, statements, resources.get(holder(ask.resource)) ?? []);
      if (!decision.allowed) {
        const refused = key({ function: name, action: ask.action, resource: ask.resource, ...keyForm(ask) });
        denied.set(refused, (denied.get(refused) ?? 0) + 1);
      }
      for (const statement of decision.by) for (const words of wordsUsed(statement, ask)) used.add(key({ function: name, ...words }));
      return decision;
    },
    decideService: (service, ask) => decide(ask, { service } satisfies Principal, [], resources.get(ask.resource) ?? []).allowed,
    report: () => {
      const granted = new Map<string, Grant>();
      for (const fn of cloud.resources("AWS::Lambda::Function")) {
        const holder = cloud.resources("AWS::IAM::Role").find(({ arn }) => arn === fn.properties["Role"]);
        for (const statement of roles.get(holder?.logicalId ?? "")?.statements ?? []) {
          for (const words of statement.allow ? wordsOf(statement) : []) {
            const entry = { function: functionName(fn), ...words };
            granted.set(key(entry), entry);
          }
        }
      }
      const isHere = ({ action }: Grant) => action === "*" || SERVICES.has(action.split(":")[0] ?? "");
      const all = [...granted.values()];
      return {
        unused: all.filter((entry) => isHere(entry) && !used.has(key(entry))),
        used: all.filter((entry) => isHere(entry) && used.has(key(entry))),
        denied: [...denied].map(([id, times]) => ({ ...grant(id), times })),
        elsewhere: all.filter((entry) => !isHere(entry)),
      };
    },
  };
}
