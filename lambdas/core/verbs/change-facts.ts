import type { Act, EventObject } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { type Cover, coverAt } from "../cover.ts";
import { type FactsItem, keys } from "../items.ts";
import { plan as newPlan, type Patch, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids">;

/** The longest that a call may set aside what the clinic wrote; a longer change is a deploy, with approval. */
const LONGEST_MS = 14 * 24 * 3_600_000;

export interface Changes {
  /** Nobody reads texts until then (ms); false takes it back. */
  readonly closed?: { readonly until: number } | false | undefined;
  /** This person is on call until then (ms), or nobody is; false takes it back: whoever the week names is. */
  readonly onCall?:
    | { readonly person: string; readonly until: number }
    | { readonly nobody: true; readonly until: number }
    | false
    | undefined;
}

/** What staff said that still counts, and what it comes to now. */
export interface Told {
  readonly facts: Pick<FactsItem, "closed" | "onCall">;
  readonly cover: Cover;
}

/**
 * Two of the four facts that change without a deploy, each until its end: closed now, and who is on call. An end that has
 * passed is refused, as is one more than 14 days away.
 * @throws Refusal `facts-until`, `on-call-unknown` (only people of clinic.yaml have a topic that pages them)
 */
export async function changeFacts(ports: Needs, changes: Changes, act: Act): Promise<Told> {
  const { clinic, store, clock } = ports;
  return commit(ports, async () => {
    const before = await store.get<FactsItem>(keys.facts());
    const now = clock.now();
    for (const [name, change] of Object.entries(changes))
      if (change && (change.until <= now || change.until > now + LONGEST_MS))
        throw new Refusal("facts-until", { pointers: [{ pointer: `/${name}/until`, detail: "an instant within the next 14 days" }] });
    const { closed, onCall } = changes;
    const person = onCall && "person" in onCall ? onCall.person : undefined;
    if (person !== undefined && !clinic.onCall.some(({ id }) => id === person))
      throw new Refusal("on-call-unknown", { pointers: [{ pointer: "/onCall/person", detail: "nobody of clinic.yaml's onCall" }] });

    const patch: Patch<FactsItem> = {
      ...(closed === undefined ? {} : { closed: closed || undefined }),
      ...(onCall === undefined
        ? {}
        : { onCall: onCall ? { ...(person === undefined ? {} : { person }), until: onCall.until } : undefined }),
    };
    const plan = newPlan(ports, act, now);
    const item: FactsItem = before ?? { ...keys.facts(), aseq: -1, ahash: new Uint8Array() };
    const after = patched(item, patch);
    if (before) plan.change(before, patch);
    else plan.put(after);
    const chain = "sys/facts";
    if (closed !== undefined)
      plan.event(item, chain, { type: "clinic.closed", now: closed ? "closed" : "as-written", objects: upTo(closed) });
    if (onCall !== undefined)
      plan.event(item, chain, {
        type: "clinic.on-call",
        now: onCall ? (person === undefined ? "nobody" : "named") : "as-written",
        objects: [...(person === undefined ? [] : [{ t: "on-call", id: person } as const]), ...upTo(onCall)],
      });
    return { outcome: told(ports, after, now), plan };
  });
}

/** What counts now, for whoever asks. */
export async function readFacts(ports: Pick<Needs, "clinic" | "store" | "clock">): Promise<Told> {
  return told(ports, await ports.store.get<FactsItem>(keys.facts()), ports.clock.now());
}

/** A fact whose end has passed is as if it had never been said. */
function told({ clinic }: Pick<Needs, "clinic">, item: FactsItem | undefined, now: number): Told {
  const counts = <T extends { until: number }>(fact: T | undefined): T | undefined => (fact && fact.until > now ? fact : undefined);
  const facts = { closed: counts(item?.closed), onCall: counts(item?.onCall) };
  const known = patched({}, facts) as Told["facts"];
  return { facts: known, cover: coverAt(clinic, known, now) };
}

const upTo = (fact: { readonly until: number } | false): EventObject[] =>
  fact ? [{ t: "until", id: new Date(fact.until).toISOString() }] : [];
