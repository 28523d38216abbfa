import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { StartingPosition } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { Alarms } from "./alarms.ts";
import { ArchiveBucket } from "./archive-bucket.ts";
import type { DataStack } from "./data-stack.ts";
import { GatewayFunction } from "./function.ts";
import type { Settings } from "./settings.ts";
import { SigningKey } from "./signing-key.ts";

export interface ArchiveStackProps extends StackProps {
  readonly settings: Settings;
  /** Folder with a bundle for each function. */
  readonly bundles: string;
  readonly data: DataStack;
  /** Where it is said that somebody must look. */
  readonly mustLook: ITopic;
}

/**
 * The log of what happened: the sequencer, which reads the audit table's stream and signs, the bucket that keeps what it
 * signed for, and a witness. Everything here is retained. In one account with the gateway it is weaker than apart from it:
 * who administers the account administers the log's future, though nobody changes what is kept (docs/threat-model.md).
 */
export class ArchiveStack extends Stack {
  constructor(scope: Construct, id: string, props: ArchiveStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const { settings, data, mustLook } = props;
    const { id: clinic } = settings.clinic;
    const { breakGlass } = data.messageKey;
    const make = (name: string, timeout: Duration, memoryMb: number): GatewayFunction =>
      new GatewayFunction(this, name, { code: `${props.bundles}/${name}`, environment: {}, timeout, memoryMb, logDays: settings.logDays });

    const sequencer = make("sequence-audit", Duration.minutes(2), 512);
    const logKey = new SigningKey(this, "log-key", { description: "signs the log's checkpoints", signer: sequencer, breakGlass });
    logKey.tell(sequencer, "LOG_KEY");
    const bucket = new ArchiveBucket(this, "bucket", { retentionDays: settings.retentionDays, writer: sequencer, breakGlass });
    bucket.grantWrite(sequencer);
    const lock = stateTable(this, "lock");
    grantSwap(sequencer, lock, "LOG_LOCK_TABLE");

    const witness = make("witness", Duration.seconds(15), 256);
    const [logName, witnessName] = [`audit.${clinic}`, `witness.${clinic}`];
    const witnessKey = new SigningKey(this, "witness-key", { description: "cosigns the log's checkpoints", signer: witness, breakGlass });
    witnessKey.tell(witness, "WITNESS_SIGNING_KEY");
    logKey.show(witness, "LOG_KEY");
    witness.setting("LOG_ORIGINS", `${logName}/`);
    grantSwap(witness, stateTable(this, "witnessed"), "WITNESS_TABLE");

    witnessKey.show(sequencer, "WITNESS_KEY");
    for (const fn of [sequencer, witness]) fn.setting("WITNESS_NAME", witnessName);
    sequencer.allow(["lambda:InvokeFunction"], [witness.lambda.functionArn]);
    sequencer.setting("WITNESS_FUNCTION", witness.lambda.functionName);

    const dead = new Queue(this, "not-sequenced", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const stream = data.audit.grantFollow(sequencer);
    sequencer.allow(["sqs:SendMessage"], [dead.queueArn]);
    sequencer.lambda.addEventSourceMapping("audit", {
      eventSourceArn: stream,
      // LATEST has skipped records after a change of the mapping (awsdocs/aws-lambda-developer-guide#487).
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 1000,
      maxBatchingWindow: Duration.seconds(60),
      bisectBatchOnError: true,
      onFailure: { bind: () => ({ destination: dead.queueArn }) },
    });

    const alarms = new Alarms(this, "alarms", mustLook);
    alarms.when("log-behind", sequencer.lambda.metric("IteratorAge", { statistic: "Maximum", period: Duration.minutes(5) }), 600_000);
    // The canary alone makes it run every five minutes.
    alarms.silent("log-silent", sequencer.lambda.metricInvocations());
    alarms.when("log-fails", sequencer.lambda.metricErrors(), 3);
    alarms.when("log-incomplete", dead.metricApproximateNumberOfMessagesVisible());
    alarms.counted("log-alarm", "LogAlarm", "sequence-audit");

    // What `clinic-sms audit trust` makes a trust file of.
    new CfnOutput(this, "LogName", { value: logName });
    new CfnOutput(this, "LogKey", { value: logKey.key.keyArn });
    new CfnOutput(this, "WitnessName", { value: witnessName });
    new CfnOutput(this, "WitnessKey", { value: witnessKey.key.keyArn });
    new CfnOutput(this, "LogBucket", { value: bucket.bucket.bucketName });
  }
}

/** A table of a few items, each of which one function swaps. */
function stateTable(scope: Construct, id: string): Table {
  return new Table(scope, id, {
    billingMode: BillingMode.PAY_PER_REQUEST,
    partitionKey: { name: "PK", type: AttributeType.STRING },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    encryption: TableEncryption.DEFAULT,
  });
}

function grantSwap(fn: GatewayFunction, table: Table, setting: string): void {
  fn.allow(["dynamodb:GetItem", "dynamodb:PutItem"], [table.tableArn]);
  fn.setting(setting, table.tableName);
}
