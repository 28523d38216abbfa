import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AccountRootPrincipal, Effect, PolicyDocument, PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import { Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { type GatewayFunction, ROLE_PATH } from "./function.ts";

/** What an account's administrators may do with a key: look after it, not use it. */
const ADMINISTER = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateKeyDescription",
];

/** The account's administrators, as far as they go with any key of ours. */
export function administer(): PolicyStatement {
  return new PolicyStatement({ sid: "Administer", principals: [new AccountRootPrincipal()], actions: ADMINISTER, resources: ["*"] });
}

/** Administrators administer; only roles under the functions' path use, and only as their own policies allow. */
function policyFor(scope: Construct, uses: readonly string[]): PolicyDocument {
  const functions = Stack.of(scope).formatArn({ service: "iam", region: "", resource: `role${ROLE_PATH}*` });
  return new PolicyDocument({
    statements: [
      administer(),
      new PolicyStatement({
        sid: "FunctionsUse",
        principals: [new AccountRootPrincipal()],
        actions: [...uses],
        resources: ["*"],
        conditions: { ArnLike: { "aws:PrincipalArn": functions } },
      }),
    ],
  });
}

/** Seals texts, numbers and identifiers. A person can use it only through the break-glass role, which raises an alarm. */
export class MessageKey extends Construct {
  readonly key: Key;
  readonly breakGlass: Role;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.breakGlass = new Role(this, "break-glass", {
      assumedBy: new AccountRootPrincipal().withConditions({ Bool: { "aws:MultiFactorAuthPresent": "true" } }),
      description: "Opens sealed texts by hand. Every use raises an alarm and is explained in writing (docs/runbook.md).",
      maxSessionDuration: Duration.hours(1),
    });
    this.key = new Key(this, "key", {
      description: "Clinic SMS Gateway: seals texts and numbers",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
      policy: policyFor(this, ["kms:Encrypt", "kms:Decrypt"]),
    });
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: "BreakGlass",
        effect: Effect.ALLOW,
        principals: [this.breakGlass],
        actions: ["kms:Decrypt", "kms:DescribeKey"],
        resources: ["*"],
      }),
    );
  }

  grantSeal = (fn: GatewayFunction, clinic: string): void => this.use(fn, "kms:Encrypt", clinic);
  grantOpen = (fn: GatewayFunction, clinic: string): void => this.use(fn, "kms:Decrypt", clinic);

  private use(fn: GatewayFunction, action: string, clinic: string): void {
    // The context stands in CloudTrail in clear: it names the clinic and the record, and nothing else may be in it.
    fn.allow([action], [this.key.keyArn], {
      StringEquals: { "kms:EncryptionContext:clinic": clinic },
      "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["clinic", "record"] },
    });
    fn.setting("MESSAGE_KEY", this.key.keyArn);
  }
}

/** Turns numbers and identifiers into item keys. Its material cannot be rotated in place: a new key is a new generation. */
export class IndexKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, "key", {
      description: "Clinic SMS Gateway: finds numbers and identifiers, generation 1",
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
      policy: policyFor(this, ["kms:GenerateMac"]),
    });
  }

  grantMac(fn: GatewayFunction): void {
    fn.allow(["kms:GenerateMac"], [this.key.keyArn]);
    fn.setting("INDEX_KEY", this.key.keyArn);
    fn.setting("INDEX_GENERATION", "1");
  }
}
