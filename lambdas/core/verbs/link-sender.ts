import type { Act } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { save } from "../conversation.ts";
import { isShared } from "../hooks/number.ts";
import {
  type ConversationItem,
  keys,
  type LinkItem,
  type NumberItem,
  numberAndLinks,
  type PatientItem,
  type PatientNumberItem,
  type Relationship,
} from "../items.ts";
import type { HowKnown } from "../level.ts";
import { isJoined, join } from "../people.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { held } from "./hold-conversation.ts";

/**
 * The sender of this conversation is that patient, as the person who holds it knows. Links the number too; a shared phone
 * stays shared: the link says who writes in this conversation.
 * @throws Refusal `not-claimed`, `not-found` with a pointer to the patient, `no-number-here`
 */
export async function linkSender(
  ports: Pick<Ports, "clinic" | "store" | "clock" | "ids">,
  id: string,
  link: { patient: string; relationship: Relationship; how: HowKnown },
  act: Act,
): Promise<{ conversation: ConversationItem; shared: boolean }> {
  return commit(ports, async () => {
    const [before, patient, numbers] = await Promise.all([
      held(ports, id, act),
      ports.store.get<PatientItem>(keys.patient(link.patient)),
      ports.store.query<PatientNumberItem>(keys.patient(link.patient).PK, { prefix: "N#" }),
    ]);
    if (!patient) throw new Refusal("not-found", { pointers: [{ pointer: "/patient", detail: "no such patient" }] });
    if (before.number === undefined) throw new Refusal("no-number-here");
    const { number, links } = numberAndLinks(await ports.store.query<NumberItem | LinkItem>(before.number));
    if (!number) throw new Refusal("no-number-here");
    const now = ports.clock.now();
    const plan = newPlan(ports, act, now);
    const both = { number, links, patient, numbers };
    const kind = number.kind === "unknown" ? "mobile" : number.kind;
    const how = {
      relationship: link.relationship,
      kind,
      team: patient.team,
      language: patient.language,
      known: { how: link.how, at: now },
    };
    if (!isJoined(both, how)) join(plan, both, how, ports, act, now, false);
    const after: ConversationItem = { ...before, patient: patient.id, verify: false };
    plan.event(save(plan, before, after), `conv/${id}`, {
      type: "conversation.linked",
      why: [link.how, link.relationship],
      patient: patient.id,
      objects: [{ t: "number", id: number.id }],
    });
    const others = links.filter((each) => each.patient !== patient.id);
    const own: LinkItem = { ...keys.link(number.PK, patient.id), patient: patient.id, relationship: link.relationship, active: true };
    return { outcome: { conversation: plan.result(before), shared: isShared([...others, own]) }, plan };
  });
}
