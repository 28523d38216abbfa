import { type App, Validations } from "aws-cdk-lib";

interface Acknowledged {
  /** The rule, as cdk-nag names it. */
  readonly rule: string;
  /** The construct it is set aside for, and everything in it. */
  readonly at: string;
  readonly reason: string;
}

const GATEWAY = "ClinicSms-Gateway";
const ARCHIVE = "ClinicSms-Archive";
/** Forms of keys in the archive's bucket that the sequencer's policy names. */
const ARCHIVE_KEYS = ["", "log/*/ckpt/", "log/*/seg/", "log/*/tile/", "staging/"];

/**
 * Rules of the AwsSolutions and HIPAA packs that the stack does not follow, each with the reason; tests/lib/nag.test.ts runs
 * both packs, and fails on a finding that is not here and on an entry that is no finding any more.
 */
export const ACKNOWLEDGED: readonly Acknowledged[] = [
  {
    rule: "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    at: GATEWAY,
    reason: "Writing trace segments is the only action on *: X-Ray has no resources to name. tests/lib/functions.test.ts holds it to that.",
  },
  {
    rule: "AwsSolutions::AwsSolutions-COG8",
    at: `${GATEWAY}/api/pool`,
    reason:
      "Applications sign in here with secrets of their own, which the Plus plan does not watch; it would cost more than everything else.",
  },
  {
    rule: "AwsSolutions::AwsSolutions-APIG4",
    at: `${GATEWAY}/api/anything-else`,
    reason: "The route for paths that do not exist: it answers 404, 405 or 415 in our own form and reads nothing.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-IAMNoInlinePolicy",
    at: GATEWAY,
    reason: "A function's policy stands in its own role so that it can be attached to nothing else, and goes with the function.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-LambdaInsideVPC",
    at: GATEWAY,
    reason:
      "Functions talk to AWS's own endpoints only, over TLS, under policies that name each resource; nothing of ours is in a VPC. Endpoints for seven services would cost some USD 50 a month.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-LambdaConcurrency",
    at: GATEWAY,
    reason:
      "A new account may run ten functions at once and must leave a hundred unreserved: a reservation would not deploy. Sending is limited to two by its queues, the API by its throttle.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-LambdaDLQ",
    at: GATEWAY,
    reason:
      "That queue catches asynchronous invocations. Only sweep and reconcile-opt-outs have them, and the next minute, or the next day, does what one missed; texts have queues with dead-letter queues of their own.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-CloudWatchLogGroupEncrypted",
    at: GATEWAY,
    reason:
      "Logs hold codes, ids and milliseconds: no text, number or name (a flow test scans them). AWS encrypts them with keys of its own.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-SNSEncryptedKMS",
    at: `${GATEWAY}/someone-must-look`,
    reason:
      "It carries sentences that say only that somebody must look, and goes out as plain e-mail. Alarms cannot publish under AWS's own key, and another key of ours would guard nothing.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-SNSEncryptedKMS",
    at: `${GATEWAY}/on-call`,
    reason:
      "A page says only that somebody must look now, and goes out as plain e-mail or to a pager: another key of ours would guard nothing and cost a dollar a month.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-DynamoDBInBackupPlan",
    at: "ClinicSms-Data",
    reason:
      "Point-in-time recovery covers every second of 35 days. Copies beyond that are the clinic's decision, because erased patients would live on in them (docs/deploying.md, Backup).",
  },
  {
    rule: "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    at: ARCHIVE,
    reason:
      "Writing trace segments is the only action on *: X-Ray has no resources to name. tests/lib/archive-stack.test.ts holds it to that.",
  },
  ...ARCHIVE_KEYS.map((keys) => ({
    rule: `AwsSolutions::AwsSolutions-IAM5[Resource::<bucket69437533.Arn>/${keys}*]`,
    at: `${ARCHIVE}/sequence-audit`,
    reason: "Objects of the one bucket that the sequencer writes; a key's year, size and path are not known when the policy is written.",
  })),
  {
    rule: "AwsSolutions::AwsSolutions-SQS3",
    at: `${ARCHIVE}/not-sequenced`,
    reason: "It is the queue for what failed, of the stream's mapping: the rule knows those of other queues only.",
  },
  ...["AwsSolutions::AwsSolutions-S1", "HIPAA.Security::HIPAA.Security-S3BucketLoggingEnabled"].map((rule) => ({
    rule,
    at: `${ARCHIVE}/bucket`,
    reason:
      "Access logs are delivered at best effort, into another bucket that somebody must keep. Who wrote is settled by the bucket's policy, and CloudTrail's data events tell more where the clinic turns them on.",
  })),
  {
    rule: "HIPAA.Security::HIPAA.Security-S3BucketReplicationEnabled",
    at: `${ARCHIVE}/bucket`,
    reason:
      "S3 keeps every object in three zones of the region. A second region would take the trail out of the one that the clinic chose; exports go where the clinic sends them.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-S3DefaultEncryptionKMS",
    at: `${ARCHIVE}/bucket`,
    reason:
      "Events hold ids, codes and hashes, no text, number or name. AWS encrypts them with keys of its own; a key of ours could be deleted, and ten locked years with it.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-IAMNoInlinePolicy",
    at: ARCHIVE,
    reason: "A function's policy stands in its own role so that it can be attached to nothing else, and goes with the function.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-LambdaInsideVPC",
    at: ARCHIVE,
    reason:
      "Both functions talk to AWS's own endpoints only, over TLS, under policies that name each resource; nothing of ours is in a VPC.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-LambdaConcurrency",
    at: ARCHIVE,
    reason:
      "A new account may run ten functions at once and must leave a hundred unreserved. A stream's shards limit the sequencer, and its lock lets one run commit at a time.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-LambdaDLQ",
    at: ARCHIVE,
    reason:
      "That queue catches asynchronous invocations, which neither function has: the stream's own mapping has a queue for batches that could not be sequenced.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-CloudWatchLogGroupEncrypted",
    at: ARCHIVE,
    reason: "These logs hold counts, sizes and request ids: no event and nothing of a patient. AWS encrypts them with keys of its own.",
  },
  {
    rule: "HIPAA.Security::HIPAA.Security-DynamoDBInBackupPlan",
    at: ARCHIVE,
    reason:
      "Two tables of a few items each. A copy set back would be an older state of the log, which the kept checkpoints and the witness contradict: it must not be easy.",
  },
];

/** Sets aside what is acknowledged, at the places it is acknowledged for. @throws where an entry names no construct */
export function acknowledge(app: App, entries: readonly Acknowledged[] = ACKNOWLEDGED): void {
  for (const { rule, at, reason } of entries) {
    const construct = app.node.findAll().find((each) => each.node.path === at);
    if (!construct) throw new Error(`lib/acknowledged.ts names ${at}, which is no construct of the stacks`);
    Validations.of(construct).acknowledge({ id: rule, reason });
  }
}
