import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import type { Change } from "../../core/sequence/leaves.ts";

/** A record of the audit table's stream, as Lambda hands it over. Takes anything: what it lacks is told, not thrown. */
export function toChange({ eventID, eventName, dynamodb }: DynamoDBRecord, now: number): Change {
  const { Keys, NewImage, OldImage, ApproximateCreationDateTime: at } = dynamodb ?? {};
  return {
    id: eventID ?? "",
    at: at === undefined ? now : at * 1000,
    kind: eventName ?? "",
    PK: Keys?.["PK"]?.S,
    SK: Keys?.["SK"]?.S,
    e: bytes(NewImage?.["e"]),
    h: bytes(NewImage?.["h"]),
    before: OldImage,
    after: NewImage,
  };
}

const bytes = (attribute: AttributeValue | undefined): Uint8Array | undefined =>
  attribute?.B === undefined ? undefined : new Uint8Array(Buffer.from(attribute.B as unknown as string, "base64"));
