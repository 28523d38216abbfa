import type { Verdict } from "../decision.ts";
import { ALLOW, type Hook, refuse, warn } from "../hook.ts";
import type { LinkItem, Pause } from "../items.ts";
import { isSuspect, levelOf } from "../level.ts";
import { lineWarnings } from "../line.ts";
import { noContact } from "../no-contact.ts";
import { isLastWord } from "../outbound.ts";

/** Whether other people than the patient may read this phone without being the patient's guardian. */
export function isShared(links: readonly LinkItem[]): boolean {
  const active = links.filter((link) => link.active);
  if (active.some((link) => link.relationship === "shared")) return true;
  return active.length > 1 && !active.every((link) => link.relationship === "guardian");
}

/** A text that a pause holds is looked at again at least this often. */
const LOOK_AGAIN_MS = 3_600_000;

/** A pause may end any minute: a text waits for it as long as it can be of use, and is refused for it never. */
function held(pause: Pause, now: number, expiresAt: number): Verdict {
  const until = Math.max(now + 1, Math.min(Math.max(pause.until, now + LOOK_AGAIN_MS), expiresAt - 1));
  return { verdict: "hold", until, code: "opt-out-suspected" };
}

/** The number is open, still the patient's as far as its level says, of a kind that is texted, and read by nobody the wording should not reach. */
export const number: Hook = {
  name: "number",
  judge({ kind, ground, scenario, number: record, numberless, links, patient, epoch, neutral, override, clinic, now, expiresAt }) {
    // Without a consent there is no number to judge: the consent names it. A judgement in its place needs one.
    if (!record) {
      const unnamed = kind === "consent" && !override && !(scenario && patient?.effective[scenario.purpose]?.number);
      return unnamed ? ALLOW : refuse(numberless ?? "number-missing");
    }
    if (!record.dialable) return refuse("no-number-here");
    const allowed = noContact(record, links, patient) ? refuse("number-missing") : ALLOW;
    if (kind === "service" && ground?.kind === "service" && isLastWord(ground.reply)) return allowed;
    if (record.state !== "open") return refuse(record.blockedUntil !== undefined ? "blocked-at-carrier" : "opted-out");
    if (epoch !== undefined && epoch !== record.epoch) return refuse("opted-out");
    if (kind === "service") return allowed;
    if (record.kind === "work" || (kind === "consent" && record.kind === "home")) return refuse("number-kind");
    if (allowed.verdict === "refuse") return allowed;
    if (kind === "reply") return record.pause ? refuse("opt-out-suspected") : ALLOW;
    if (!links.some((link) => link.active && link.patient === patient?.id)) return refuse("number-missing");
    if (isShared(links) && !neutral && scenario) return refuse("number-shared");
    const link = links.find((each) => each.active && each.patient === patient?.id);
    if (isSuspect(record, link)) return refuse("number-suspect");
    if (scenario && levelOf(record, link, now, clinic) < scenario.numberLevel) return refuse("number-level");
    if (record.pause) return held(record.pause, now, expiresAt);
    const [worst] = lineWarnings(record, link);
    return worst ? warn(worst) : ALLOW;
  },
};
