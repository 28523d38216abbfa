import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table, TableClass, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { AnyPrincipal, Effect, type IRole, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { deployers } from "./deployers.ts";
import type { GatewayFunction } from "./function.ts";

/** Writes are only ever made inside a transaction, so that no change lands without its event. */
const IN_TRANSACTION = { StringEquals: { "dynamodb:EnclosingOperation": "TransactWriteItems" } };

/** Only items whose partition key has one of these forms. The Null test keeps an absent key from passing ForAllValues. */
const leading = (patterns: readonly string[]): Record<string, Record<string, unknown>> => ({
  "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...patterns] },
  Null: { "dynamodb:LeadingKeys": "false" },
});

/** So many days both tables can be set back: until then, what was deleted is in their backups. */
const RECOVERY_DAYS = 35;

const PROTECTED = {
  billingMode: BillingMode.PAY_PER_REQUEST,
  partitionKey: { name: "PK", type: AttributeType.STRING },
  sortKey: { name: "SK", type: AttributeType.STRING },
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
  // Texts and numbers are sealed before they come here; a key of ours would add cost and no secrecy.
  encryption: TableEncryption.DEFAULT,
} as const;

/** Which partition keys a function may touch, by kind of access. */
export interface StateAccess {
  readonly get?: readonly string[];
  readonly query?: readonly string[];
  readonly put?: readonly string[];
  readonly update?: readonly string[];
  readonly check?: readonly string[];
  readonly delete?: readonly string[];
  readonly queueIndex?: boolean;
  readonly dueIndex?: boolean;
}

/** Everything the gateway knows at this moment. */
export class StateTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, "table", { ...PROTECTED, timeToLiveAttribute: "ttl" });
    this.table.addGlobalSecondaryIndex({
      indexName: "queue",
      partitionKey: { name: "q", type: AttributeType.STRING },
      sortKey: { name: "qs", type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: "due",
      partitionKey: { name: "d", type: AttributeType.STRING },
      sortKey: { name: "da", type: AttributeType.NUMBER },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  grant(fn: GatewayFunction, access: StateAccess): void {
    const arn = this.table.tableArn;
    const reads = [
      ["dynamodb:GetItem", access.get],
      ["dynamodb:Query", access.query],
    ] as const;
    const writes = [
      ["dynamodb:PutItem", access.put],
      ["dynamodb:UpdateItem", access.update],
      ["dynamodb:ConditionCheckItem", access.check],
      ["dynamodb:DeleteItem", access.delete],
    ] as const;
    for (const [action, keys] of reads) if (keys) fn.allow([action], [arn], leading(keys));
    for (const [action, keys] of writes) if (keys) fn.allow([action], [arn], { ...leading(keys), ...IN_TRANSACTION });
    if (access.queueIndex) fn.allow(["dynamodb:Query"], [`${arn}/index/queue`]);
    if (access.dueIndex) fn.allow(["dynamodb:Query"], [`${arn}/index/due`]);
    fn.setting("STATE_TABLE", this.table.tableName);
    // Whoever deletes says until when it is still in backups.
    if (access.delete) fn.setting("BACKUP_DAYS", String(RECOVERY_DAYS));
  }
}

/**
 * What nobody may do to the audit table, whatever their own policy says. It cannot keep an insert from overwriting: no
 * condition asks whether an item is there. That, and what the account's root does after deleting this policy, the log shows.
 */
function insertOnly(breakGlass: IRole): PolicyDocument {
  const deny = (sid: string, actions: readonly string[], conditions: Record<string, Record<string, unknown>> = {}): PolicyStatement =>
    // The table's own policy cannot name the table: "*" is the table that it stands on.
    new PolicyStatement({
      sid,
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: ["*"],
      conditions,
    });
  return new PolicyDocument({
    statements: [
      deny("NothingIsChanged", ["UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"]),
      deny("OnlyWithWhatItTellsOf", ["PutItem"], { StringNotEquals: { "dynamodb:EnclosingOperation": "TransactWriteItems" } }),
      deny(
        "TheTableStaysAsItIs",
        [
          "DeleteTable",
          "UpdateTable",
          "UpdateTimeToLive",
          "UpdateContinuousBackups",
          "PutResourcePolicy",
          "DeleteResourcePolicy",
          "EnableKinesisStreamingDestination",
          "DisableKinesisStreamingDestination",
        ],
        { ArnNotLike: { "aws:PrincipalArn": deployers(breakGlass) } },
      ),
    ],
  });
}

/** What happened: insert-only, for every function. */
export class AuditTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, breakGlass: IRole) {
    super(scope, id);
    this.table = new Table(this, "table", {
      ...PROTECTED,
      resourcePolicy: insertOnly(breakGlass),
      tableClass: TableClass.STANDARD_INFREQUENT_ACCESS,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
  }

  /** Lets a function add events to chains of these kinds, inside the transaction that makes them true. */
  grantAppend(fn: GatewayFunction, chains: readonly string[]): void {
    fn.allow(["dynamodb:PutItem"], [this.table.tableArn], { ...leading(chains.map((chain) => `A#${chain}/*`)), ...IN_TRANSACTION });
    fn.setting("AUDIT_TABLE", this.table.tableName);
  }

  /** Lets Lambda read the table's stream for a function. @returns the stream's ARN */
  grantFollow(fn: GatewayFunction): string {
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error("the audit table has no stream");
    fn.allow(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"], [tableStreamArn]);
    return tableStreamArn;
  }
}
