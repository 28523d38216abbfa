import type { CfnRule, EventPattern } from "aws-cdk-lib/aws-events";
import { Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import type { IRole } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface KeyWatchProps {
  readonly mustLook: Topic;
  readonly breakGlass: IRole;
  /** The key that seals texts, and the roles of the functions that may open them. */
  readonly messageKey: IKey;
  readonly openers: readonly string[];
  readonly keys: readonly IKey[];
}

/** CloudTrail counts taking a role and opening a ciphertext among reads, which an ordinary rule is not shown. */
const READS_TOO = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * Tells somebody when a person goes near the secret: takes the break-glass role, opens something, or changes, disables or
 * deletes a key. It hears of it through CloudTrail: without a trail in the account (docs/deploying.md) nobody is told.
 */
export class KeyWatch extends Construct {
  private readonly mustLook: Topic;

  constructor(scope: Construct, id: string, { mustLook, breakGlass, messageKey, openers, keys }: KeyWatchProps) {
    super(scope, id);
    this.mustLook = mustLook;
    const used = this.tell("break-glass-used", "Somebody used the break-glass role. See docs/runbook.md#break-glass.", "aws.sts", {
      eventName: ["AssumeRole"],
      requestParameters: { roleArn: [breakGlass.roleArn] },
    });
    // A role can be taken through the endpoint of any region, and the rule above hears only its own. The key is here, so is
    // every use of it: whoever opens a text and is no function of ours is told, the break-glass role or one nobody foresaw.
    const issuer = (arn: readonly unknown[]) => ({ userIdentity: { sessionContext: { sessionIssuer: { arn } } } });
    const opened = this.tell("text-opened", "Somebody opened a sealed text by hand. See docs/runbook.md#break-glass.", "aws.kms", {
      eventName: ["Decrypt"],
      resources: { ARN: [messageKey.keyArn] },
      $or: [issuer([{ "anything-but": openers }]), issuer([{ exists: false }])],
    });
    for (const rule of [used, opened]) (rule.node.defaultChild as CfnRule).state = READS_TOO;
    this.tell("key-changed", "Somebody changed, disabled or deletes a key. See docs/runbook.md#key-changed.", "aws.kms", {
      eventName: ["ScheduleKeyDeletion", "DisableKey", "PutKeyPolicy"],
      resources: { ARN: keys.map((key) => key.keyArn) },
    });
  }

  private tell(id: string, sentence: string, source: string, detail: NonNullable<EventPattern["detail"]>): Rule {
    return new Rule(this, id, {
      eventPattern: { source: [source], detailType: ["AWS API Call via CloudTrail"], detail },
      targets: [new SnsTopic(this.mustLook, { message: RuleTargetInput.fromText(sentence) })],
    });
  }
}
