import { REPLY_IDS, type ReplyId } from "../../lambdas/core/clinic.ts";
import { asksFor } from "./asks.ts";
import { disclosesByRule } from "./discloses.ts";
import { filled, LANGUAGES, placeholders, unnamed } from "./fill.ts";
import { names811, promiseOf, type StatementId, unsaid } from "./said.ts";
import { NO_811, tooLong } from "./templates.ts";
import type { Check } from "./written.ts";

const LIMITS = ["not-for-emergencies", "when-we-read", 911] as const satisfies readonly StatementId[];

/** What each of the fixed replies must say, whoever words it. The first text to a handset is the one that asks it to confirm. */
const MUST: Readonly<Partial<Record<ReplyId, readonly StatementId[]>>> = {
  "consent-question": LIMITS,
  "consent-receipt": LIMITS,
  "after-hours": LIMITS,
  emergency: [911, "if-it-is-one"],
  "emergency-unattended": [911, "if-it-is-one", "nobody-reads"],
  "emergency-suicide": [911, 988, "if-it-is-one"],
  "emergency-suicide-unattended": [911, 988, "if-it-is-one", "nobody-reads"],
};

/** replies.yaml: fixed texts fill in what is known, ask for no opt-out word, and are true at the hour at which they go back. */
export const replies: Check = (written, say) => {
  const { replies: file, clinic } = written;
  for (const id of REPLY_IDS) {
    for (const language of LANGUAGES) {
      const text = file.draft?.[id]?.text?.[language];
      if (text === undefined) continue;
      const wrong = (says: string): void => say(file, [id, "text", language], says);
      for (const name of placeholders(text))
        if (name !== "clinic" && name !== "phone") wrong(`{${name}} is not filled in here; only {clinic} and {phone} are`);
      for (const word of asksFor(text)) wrong(`asks the patient to answer ${word}, which opts out; ask for a call instead`);
      for (const says of unsaid(text, language, MUST[id] ?? [])) wrong(`${id}: ${says}`);
      if (id.endsWith("-unattended")) {
        const promise = promiseOf(text, language);
        if (promise) wrong(`${id}: promises something while nobody is on call ("${promise}"); take it out`);
      }
      if (names811(text) && clinic.draft && clinic.draft.afterHoursArrangement === undefined) wrong(NO_811);
      const whole = filled(text, clinic.draft ?? {});
      for (const says of tooLong(whole, written)) wrong(says);
      // An answer to an emergency speaks of one.
      const found = id.startsWith("emergency") ? undefined : disclosesByRule(filled(text, unnamed(clinic.draft ?? {})));
      if (found) wrong(`${found}; a fixed reply goes to whoever holds the phone`);
    }
  }
};
