import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AccountRootPrincipal, AnyPrincipal, Effect, type IRole, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { GatewayFunction } from "./function.ts";
import { administer } from "./keys.ts";

export interface SigningKeyProps {
  readonly description: string;
  /** The only function that signs with it. */
  readonly signer: GatewayFunction;
  /** The only role that may have it deleted. */
  readonly breakGlass: IRole;
}

/** An Ed25519 key that never leaves KMS. Everybody may know its public half; one function signs. */
export class SigningKey extends Construct {
  readonly key: Key;
  private readonly signer: GatewayFunction;

  constructor(scope: Construct, id: string, { description, signer, breakGlass }: SigningKeyProps) {
    super(scope, id);
    this.signer = signer;
    this.key = new Key(this, "key", {
      description: `Clinic SMS Gateway: ${description}`,
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
      policy: new PolicyDocument({
        statements: [
          administer(),
          new PolicyStatement({
            sid: "OneFunctionSigns",
            principals: [new AccountRootPrincipal()],
            actions: ["kms:Sign"],
            resources: ["*"],
            conditions: { ArnEquals: { "aws:PrincipalArn": signer.roleArn } },
          }),
          new PolicyStatement({
            sid: "AnybodyHereMayKnowIt",
            principals: [new AccountRootPrincipal()],
            actions: ["kms:GetPublicKey"],
            resources: ["*"],
          }),
          new PolicyStatement({
            sid: "NobodyElseSigns",
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: ["kms:Sign"],
            resources: ["*"],
            conditions: { ArnNotEquals: { "aws:PrincipalArn": signer.roleArn } },
          }),
          new PolicyStatement({
            sid: "NotDeleted",
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: ["kms:ScheduleKeyDeletion", "kms:DisableKey"],
            resources: ["*"],
            conditions: { ArnNotEquals: { "aws:PrincipalArn": breakGlass.roleArn } },
          }),
        ],
      }),
    });
  }

  /** Tells its function which key it signs with. */
  tell(fn: GatewayFunction, setting: string): void {
    if (fn !== this.signer) throw new Error(`${fn.name} does not sign with this key`);
    fn.allow(["kms:Sign", "kms:GetPublicKey"], [this.key.keyArn], {});
    fn.setting(setting, this.key.keyArn);
  }

  /** Lets another function check what it signed. */
  show(fn: GatewayFunction, setting: string): void {
    fn.allow(["kms:GetPublicKey"], [this.key.keyArn]);
    fn.setting(setting, this.key.keyArn);
  }
}
