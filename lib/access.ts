/**
 * What each function may do, in one table. Deny by default: what is not here is not granted, and a test reports every grant
 * that no flow uses.
 */
import type { StateAccess } from "./tables.ts";

export interface Access {
  readonly state?: StateAccess;
  /** Kinds of audit chains it adds to. */
  readonly audit?: readonly ("conv" | "msg" | "num" | "pat" | "inc" | "sys")[];
  readonly seal?: true;
  readonly open?: true;
  readonly mac?: true;
  readonly enqueue?: readonly ("replies" | "bulk")[];
  readonly send?: true;
  readonly optOuts?: readonly ("PutOptedOutNumber" | "DeleteOptedOutNumber" | "DescribeOptedOutNumbers")[];
  /** Looks numbers up in the carriers' directory, where the clinic has that: see lib/gateway-stack.ts. */
  readonly lookUp?: true;
  readonly ownNumber?: true;
  /** Tells whoever must look, and whoever is on call. */
  readonly alert?: true;
}

const N = "N#*";
const C = "C#*";
const P = "P#*";
const X = "X#*";
const I = "I#*";
const S = "S#*";
const Q = "Q#*";
const E = "E#*";
const F = "F#*";
const Y = "Y#*";

export const ACCESS: Readonly<Record<string, Access>> = {
  "receive-text": {
    state: { get: [C, N, P, I, Q, E, F], query: [N, C, P], put: [I, C, N, P, Q, E], update: [C, N, P, E] },
    audit: ["conv", "num", "msg", "pat", "inc"],
    seal: true,
    open: true,
    mac: true,
    enqueue: ["replies"],
    optOuts: ["DeleteOptedOutNumber"],
    ownNumber: true,
    alert: true,
  },
  "track-delivery": { state: { get: [C, N], put: [C], update: [C, N], check: [N] }, audit: ["msg", "conv", "num"] },
  "send-text": {
    state: { get: [C, N, P, S], query: [N], put: [C, S], update: [C, N, S], check: [N, P, C] },
    audit: ["msg", "conv", "num"],
    open: true,
    send: true,
    ownNumber: true,
  },
  sweep: {
    state: { get: [C, N, P, E, F, Y], query: [C, N, P], put: [C, Y], update: [C, N, P, E, Y], delete: [C, P], dueIndex: true },
    audit: ["conv", "msg", "num", "pat", "inc", "sys"],
    seal: true,
    open: true,
    enqueue: ["replies", "bulk"],
    optOuts: ["PutOptedOutNumber", "DeleteOptedOutNumber"],
    alert: true,
  },
  "reconcile-opt-outs": {
    state: { get: [C, N, P], query: [N, C], put: [C, N], update: [C, N, P], queueIndex: true },
    audit: ["conv", "num", "msg", "pat"],
    seal: true,
    mac: true,
    optOuts: ["DescribeOptedOutNumbers"],
  },
  "accept-message": {
    state: { get: [I, P, X, C], query: [N, P], put: [I, C, P], update: [P], check: [N, P] },
    audit: ["msg", "pat"],
    seal: true,
    mac: true,
    enqueue: ["replies", "bulk"],
  },
  "read-message": { state: { get: [I, C, P] } },
  "cancel-message": { state: { get: [I, C], update: [C] }, audit: ["msg"] },
  "second-read": { state: { get: [C], update: [C], queueIndex: true }, audit: ["msg"], open: true },
  "list-queue": { state: { queueIndex: true } },
  "claim-conversation": { state: { get: [C, P], query: [C, N], update: [C], queueIndex: true }, audit: ["conv"], open: true },
  "release-conversation": { state: { get: [C], update: [C] }, audit: ["conv"] },
  "move-conversation": { state: { get: [C], put: [C], update: [C] }, audit: ["conv"], seal: true },
  "link-sender": { state: { get: [C, P], query: [N, P], put: [N, P], update: [C, N, P] }, audit: ["conv", "num", "pat"] },
  reply: {
    state: { get: [I, C, P], query: [N], put: [I, C], update: [C], check: [N, P] },
    audit: ["msg", "conv"],
    seal: true,
    mac: true,
    enqueue: ["replies"],
  },
  "resolve-conversation": { state: { get: [C], put: [C], update: [C] }, audit: ["conv"], seal: true },
  "undo-opt-out": { state: { get: [C, N], update: [C, N] }, audit: ["conv", "num"] },
  "decide-opt-out": {
    state: { get: [C, N, P, E], query: [N, C, P], put: [C, E], update: [C, N, P, E] },
    audit: ["conv", "num", "msg", "pat", "inc"],
    seal: true,
    enqueue: ["replies", "bulk"],
  },
  "read-incident": { state: { get: [E], update: [E], queueIndex: true }, audit: ["inc"], open: true },
  "close-incident": { state: { get: [E], update: [E] }, audit: ["inc"], seal: true },
  "register-patient": { state: { get: [X, P], put: [P, X], update: [P] }, audit: ["pat"], seal: true, mac: true },
  "read-patient": { state: { get: [P, X], query: [P, N], update: [P] }, audit: ["pat"], mac: true },
  "change-patient": { state: { get: [P], update: [P] }, audit: ["pat"] },
  "erase-patient": {
    state: { get: [C, N, P], query: [C, N, P], put: [P], update: [C, N, P], check: [C], delete: [C, N, P, X], queueIndex: true },
    audit: ["pat", "num", "conv", "msg"],
  },
  "register-number": {
    state: { get: [P], query: [N, P], put: [N, P], update: [N, P] },
    audit: ["num", "pat"],
    seal: true,
    mac: true,
    lookUp: true,
    ownNumber: true,
  },
  "end-number": { state: { get: [P], query: [N, P], update: [N, P] }, audit: ["num", "pat"] },
  "no-contact": { state: { get: [P, N], query: [P], update: [P, N] }, audit: ["pat", "num"] },
  "record-consent": { state: { get: [P, N], put: [P], update: [P], check: [N] }, audit: ["pat"] },
  "confirm-consent": {
    state: { get: [P, C], query: [P, N], put: [C], update: [N], check: [P] },
    audit: ["num", "msg"],
    seal: true,
    enqueue: ["replies"],
  },
  "withdraw-consent": { state: { get: [P], put: [P], update: [P] }, audit: ["pat"] },
  "revoke-consent": {
    state: { get: [P, N, C], query: [N, C], put: [P, C], update: [P, N, C] },
    audit: ["pat", "num", "conv", "msg"],
  },
  "read-consents": { state: { get: [P, N], query: [P], update: [P], queueIndex: true }, audit: ["pat"] },
  "read-facts": { state: { get: [F] } },
  "change-facts": { state: { get: [F], put: [F], update: [F] }, audit: ["sys"] },
  "refuse-route": {},
};

/** Functions of the gateway's stack. */
export const FUNCTIONS = Object.keys(ACCESS);

/** Functions of the archive's stack, which grants each of them what it needs (lib/archive-stack.ts). */
export const ARCHIVE_FUNCTIONS = ["sequence-audit", "witness"] as const;
