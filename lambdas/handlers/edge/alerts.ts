import { SNSClient } from "@aws-sdk/client-sns";
import { snsAlerts } from "../../adapters/alerts.ts";
import { variable } from "./environment.ts";

export const alerts = snsAlerts(new SNSClient({}), variable("ALERT_TOPIC"));
