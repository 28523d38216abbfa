import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { systemClock, systemIds } from "../../adapters/clock.ts";
import { dynamoStore } from "../../adapters/dynamo/store.ts";
import { clinic, variable } from "./environment.ts";

/** What every function has: the clinic's decisions, the tables, a clock, randomness. The other ports are a file each. */
export const base = {
  clinic,
  store: dynamoStore(new DynamoDBClient({}), { state: variable("STATE_TABLE"), audit: process.env["AUDIT_TABLE"] ?? "" }),
  clock: systemClock,
  ids: systemIds,
};
