import { SNSClient } from "@aws-sdk/client-sns";
import { snsAlerts } from "../../adapters/alerts.ts";
import { variable } from "./environment.ts";

/** `id=arn` for each person on call, as lib/on-call.ts writes it; empty where nobody ever is. */
const onCall = Object.fromEntries((process.env["ON_CALL_TOPICS"] ?? "").split(" ").flatMap((each) => (each ? [each.split("=")] : [])));

export const alerts = snsAlerts(new SNSClient({}), { mustLook: variable("ALERT_TOPIC"), onCall });
