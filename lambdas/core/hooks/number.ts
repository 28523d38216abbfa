import { ALLOW, type Hook, refuse } from "../hook.ts";
import type { LinkItem } from "../items.ts";
import { isSuspect, levelOf } from "../level.ts";
import { noContact } from "../no-contact.ts";

/** Whether other people than the patient may read this phone without being the patient's guardian. */
export function isShared(links: readonly LinkItem[]): boolean {
  const active = links.filter((link) => link.active);
  if (active.some((link) => link.relationship === "shared")) return true;
  return active.length > 1 && !active.every((link) => link.relationship === "guardian");
}

/** The number is open, still the patient's as far as its level says, of a kind that is texted, and read by nobody the wording should not reach. */
export const number: Hook = {
  name: "number",
  judge({ kind, ground, scenario, number: record, numberless, links, patient, epoch, neutral, override, clinic, now }) {
    // Without a consent there is no number to judge: the consent names it. A judgement in its place needs one.
    if (!record) {
      const unnamed = kind === "consent" && !override && !(scenario && patient?.effective[scenario.purpose]?.number);
      return unnamed ? ALLOW : refuse(numberless ?? "number-missing");
    }
    if (!record.dialable) return refuse("no-number-here");
    const allowed = noContact(record, links, patient) ? refuse("number-missing") : ALLOW;
    if (kind === "service" && ground?.kind === "service" && ground.reply === "stop-confirmation") return allowed;
    if (record.state !== "open") return refuse(record.blockedUntil !== undefined ? "blocked-at-carrier" : "opted-out");
    if (epoch !== undefined && epoch !== record.epoch) return refuse("opted-out");
    if (kind === "service") return allowed;
    if (record.kind === "work" || (kind === "consent" && record.kind === "home")) return refuse("number-kind");
    if (kind === "reply" || allowed.verdict === "refuse") return allowed;
    if (!links.some((link) => link.active && link.patient === patient?.id)) return refuse("number-missing");
    if (isShared(links) && !neutral && scenario) return refuse("number-shared");
    const link = links.find((each) => each.active && each.patient === patient?.id);
    if (isSuspect(record, link)) return refuse("number-suspect");
    return scenario && levelOf(record, link, now, clinic) < scenario.numberLevel ? refuse("number-level") : ALLOW;
  },
};
