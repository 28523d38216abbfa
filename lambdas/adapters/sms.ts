import {
  DeleteOptedOutNumberCommand,
  DescribeOptedOutNumbersCommand,
  type PinpointSMSVoiceV2Client,
  PutOptedOutNumberCommand,
  SendTextMessageCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { Carrier, Handover, OptOutList } from "../core/ports.ts";

export interface SmsSettings {
  /** The clinic's own number (ARN): without it AWS picks any number of the account. */
  readonly origination: string;
  readonly configurationSet: string;
  readonly optOutList: string;
}

/** How long an account that may not send is left alone. */
const HOLD_LIMIT_MS = 15 * 60_000;
const HOLD_THROTTLE_MS = 2_000;

/**
 * End User Messaging. The client must be made with `maxAttempts: 1`: SendTextMessage has no idempotency token, and the
 * SDK's own retry would text a patient twice.
 */
export function smsCarrier(client: PinpointSMSVoiceV2Client, settings: SmsSettings): Carrier {
  return {
    async send({ to, body, timeToLiveSeconds, context }) {
      try {
        const { MessageId } = await client.send(
          new SendTextMessageCommand({
            DestinationPhoneNumber: to,
            OriginationIdentity: settings.origination,
            MessageBody: body,
            MessageType: "TRANSACTIONAL",
            ConfigurationSetName: settings.configurationSet,
            TimeToLive: timeToLiveSeconds,
            Context: context,
          }),
        );
        return { kind: "taken", carrierId: MessageId ?? "" };
      } catch (error) {
        return meaning(error);
      }
    },

    async block(e164) {
      await client.send(new PutOptedOutNumberCommand({ OptOutListName: settings.optOutList, OptedOutNumber: e164 }));
    },

    async unblock(e164) {
      try {
        await client.send(new DeleteOptedOutNumberCommand({ OptOutListName: settings.optOutList, OptedOutNumber: e164 }));
        return "done";
      } catch (error) {
        if (nameOf(error) === "ResourceNotFoundException") return "not-listed";
        // "Once every 30 days for any given number" (API reference, DeleteOptedOutNumber).
        if (nameOf(error) === "ConflictException" || nameOf(error) === "ValidationException") return "too-soon";
        throw error;
      }
    },
  };
}

/** The clinic's opt-out list, to be read whole: 100 numbers a page, once a second (API reference: DescribeOptedOutNumbers; quotas). */
export function smsOptOutList(client: PinpointSMSVoiceV2Client, name: string): OptOutList {
  return {
    async page(after) {
      const answer = await client.send(
        new DescribeOptedOutNumbersCommand({ OptOutListName: name, MaxResults: 100, ...(after ? { NextToken: after } : {}) }),
      );
      const numbers = (answer.OptedOutNumbers ?? []).flatMap(({ OptedOutNumber }) => (OptedOutNumber ? [OptedOutNumber] : []));
      return { numbers, next: answer.NextToken };
    },
  };
}

/** AWS's refusals as values (API reference, SendTextMessage, Errors). Whatever is not a clear no is ambiguous. */
function meaning(error: unknown): Handover {
  const reason = (error as { Reason?: string }).Reason;
  switch (nameOf(error)) {
    case "ThrottlingException":
      return { kind: "account", holdMs: HOLD_THROTTLE_MS };
    case "ServiceQuotaExceededException":
    case "AccessDeniedException":
    case "ResourceNotFoundException":
      return { kind: "account", holdMs: HOLD_LIMIT_MS };
    case "ConflictException":
      if (reason === "DESTINATION_PHONE_NUMBER_OPTED_OUT") return { kind: "refused", code: "carrier-opted-out" };
      if (reason?.startsWith("DESTINATION_") && reason !== "DESTINATION_PHONE_NUMBER_NOT_VERIFIED")
        return { kind: "refused", code: "carrier-refused" };
      return { kind: "account", holdMs: HOLD_LIMIT_MS };
    case "ValidationException":
      return {
        kind: "refused",
        code:
          reason === "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY" || reason === "INVALID_PARAMETER" ? "carrier-invalid" : "carrier-refused",
      };
    default:
      return { kind: "ambiguous" };
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");
