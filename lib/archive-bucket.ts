import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AnyPrincipal, Effect, type IRole, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { STAGING } from "../lambdas/core/archive.ts";
import { deployers } from "./deployers.ts";
import type { GatewayFunction } from "./function.ts";

export interface ArchiveBucketProps {
  /** How long a kept object can be neither changed nor deleted, by anybody. */
  readonly retentionDays: number;
  /** The only function that writes. */
  readonly writer: GatewayFunction;
  readonly breakGlass: IRole;
}

/** The kept part of each year's log, as keys of objects; `isKept` of lambdas/core/archive.ts says the same of one key. */
const KEPT = ["seg", "ckpt", "tile", "heads"].map((part) => `log/*/${part}/*`);

/**
 * What the log keeps. Versioned and locked in compliance mode: until its date no version can be deleted or its date brought
 * forward, by anybody, the account's root included. The policy keeps everybody but the sequencer from adding, and the
 * sequencer from putting anything over what is kept.
 */
export class ArchiveBucket extends Construct {
  readonly bucket: Bucket;
  private readonly retentionDays: number;

  constructor(scope: Construct, id: string, { retentionDays, writer, breakGlass }: ArchiveBucketProps) {
    super(scope, id);
    this.retentionDays = retentionDays;
    this.bucket = new Bucket(this, "bucket", {
      versioned: true,
      objectLockEnabled: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        // What was staged and is kept now, and what a crash left there.
        { prefix: STAGING, expiration: Duration.days(7), noncurrentVersionExpiration: Duration.days(1) },
      ],
    });
    const kept = KEPT.map((form) => this.bucket.arnForObjects(form));
    const all = this.bucket.arnForObjects("*");
    const deny = (
      sid: string,
      actions: readonly string[],
      resources: readonly string[],
      conditions: Record<string, Record<string, unknown>> = {},
    ): void => {
      const statement = new PolicyStatement({
        sid,
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [...actions],
        resources: [...resources],
        conditions,
      });
      this.bucket.addToResourcePolicy(statement);
    };
    deny("OnlyTheSequencerWrites", ["s3:PutObject", "s3:DeleteObject", "s3:PutObjectRetention"], [all], {
      ArnNotEquals: { "aws:PrincipalArn": writer.roleArn },
    });
    // A copy, or an upload in parts, cannot carry the header and is refused with the rest.
    deny("KeptOnce", ["s3:PutObject"], kept, { Null: { "s3:if-none-match": "true" } });
    deny("KeptUnderLock", ["s3:PutObject"], kept, { StringNotEquals: { "s3:object-lock-mode": "COMPLIANCE" } });
    deny("KeptLongEnough", ["s3:PutObject"], kept, {
      NumericLessThan: { "s3:object-lock-remaining-retention-days": String(retentionDays) },
    });
    // A delete marker hides what a lock keeps.
    deny("KeptInSight", ["s3:DeleteObject"], kept);
    deny("NothingIsUndone", ["s3:DeleteObjectVersion", "s3:BypassGovernanceRetention", "s3:PutObjectLegalHold"], [all]);
    deny(
      "TheBucketStaysAsItIs",
      [
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketVersioning",
        "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
        "s3:DeleteBucket",
      ],
      [this.bucket.bucketArn],
      { ArnNotLike: { "aws:PrincipalArn": deployers(breakGlass) } },
    );
  }

  /** Lets the sequencer keep, stage and read. */
  grantWrite(fn: GatewayFunction): void {
    fn.allow(["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], [this.bucket.arnForObjects("*")]);
    fn.allow(
      ["s3:PutObjectRetention"],
      // Nobody writes heads yet: the policy guards their keys, and nothing is granted.
      KEPT.filter((form) => !form.includes("/heads/")).map((form) => this.bucket.arnForObjects(form)),
    );
    fn.allow(["s3:DeleteObject"], [this.bucket.arnForObjects(`${STAGING}*`)]);
    // Without ListBucket, S3 says of a key that is not there that it is forbidden.
    fn.allow(["s3:ListBucket", "s3:ListBucketVersions"], [this.bucket.bucketArn]);
    fn.setting("LOG_BUCKET", this.bucket.bucketName);
    fn.setting("RETENTION_DAYS", String(this.retentionDays));
  }
}
