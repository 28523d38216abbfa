import { CfnOutput, Stack } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { OnCall } from "../lambdas/core/clinic.ts";
import type { GatewayFunction } from "./function.ts";

/**
 * A topic for each person on call, with their e-mail; phones and pagers may subscribe beside it. A page says only that they
 * must look now: no text, number, name or team, so there is nothing in it that a key of ours would guard.
 */
export class OnCallTopics extends Construct {
  private readonly topics: readonly { readonly id: string; readonly topic: Topic }[];

  constructor(scope: Construct, id: string, people: readonly OnCall[]) {
    super(scope, id);
    this.topics = people.map((person) => {
      const topic = new Topic(this, person.id, { enforceSSL: true });
      topic.addSubscription(new EmailSubscription(person.email));
      return { id: person.id, topic };
    });
    // For whoever subscribes a phone or a pager (docs/deploying.md).
    if (people.length > 0) new CfnOutput(Stack.of(this), "OnCallTopics", { value: this.list() });
  }

  /** Lets a function page each of them. */
  grantPage(fn: GatewayFunction): void {
    if (this.topics.length === 0) return;
    fn.allow(
      ["sns:Publish"],
      this.topics.map(({ topic }) => topic.topicArn),
    );
    fn.setting("ON_CALL_TOPICS", this.list());
  }

  private list(): string {
    return this.topics.map(({ id, topic }) => `${id}=${topic.topicArn}`).join(" ");
  }
}
