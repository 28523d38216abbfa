/** Facts in which everything is in order, for tests of the gate to change. */
import type { Facts } from "../../lambdas/core/hook.ts";
import { type ConversationItem, keys, type LinkItem, type NumberItem, type PatientItem } from "../../lambdas/core/items.ts";
import { newNumber } from "../../lambdas/core/number.ts";
import { clinic, DAY, HOUR, START } from "./world.ts";

export const key = keys.number("1", "ab");
export const number: NumberItem = newNumber(key, "+14035550123", new Uint8Array(), {
  at: START,
  random: new Uint8Array(10),
  dialable: true,
  kind: "mobile",
  trialNumbers: ["+1403555*"],
});
export const link = (patient: string, relationship: LinkItem["relationship"] = "self", active = true): LinkItem => ({
  ...keys.link(key.PK, patient),
  patient,
  relationship,
  active,
});
export const patient: PatientItem = {
  ...keys.patient("pat_1"),
  id: "pat_1",
  ver: 1,
  effective: {
    appointments: { status: "granted", number: key.PK, wording: "basics/v1", agreedAt: START - DAY, epoch: 0, record: "con_1" },
  },
  aseq: 0,
  ahash: new Uint8Array(),
};
/** The reminder: a template, neutral, for number level 1. */
const scenario = clinic.scenarios[0];
export const conversation = {
  ...keys.conversation("cnv_1"),
  id: "cnv_1",
  number: key.PK,
  patient: "pat_1",
  lastInboundAt: START - HOUR,
} as unknown as ConversationItem;

export const allowed: Facts = {
  clinic,
  now: START,
  kind: "consent",
  ground: undefined,
  scenario,
  template: scenario?.templates[0],
  freeText: false,
  unrendered: undefined,
  parts: 1,
  judged: { characters: 60, namesSender: true, saysStop: false },
  acknowledged: [],
  override: undefined,
  neutral: true,
  epoch: undefined,
  number,
  links: [link("pat_1")],
  patient,
  conversation: undefined,
  sendAt: undefined,
  expiresAt: START + HOUR,
};
export const effective = (change: object): PatientItem => ({
  ...patient,
  effective: { appointments: { ...(patient.effective["appointments"] as object), ...change } as never },
});
export const reply: Facts = {
  ...allowed,
  judged: { characters: 5, namesSender: false, saysStop: false, content: { label: "administrative", findings: [], model: "m" } },
  kind: "reply",
  scenario: undefined,
  template: undefined,
  freeText: true,
  neutral: false,
  conversation,
};
export const confirmation: Facts = {
  ...allowed,
  kind: "service",
  ground: { kind: "service", reply: "stop-confirmation", cause: "x" },
  epoch: 3,
  number: { ...number, state: "stopped", epoch: 3, confirmed: 2 },
};
