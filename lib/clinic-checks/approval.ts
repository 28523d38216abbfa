import type { Check } from "./written.ts";

/** Going live: nothing in the directory is an example any more, and a custodian has approved it as it stands. */
export const approval: Check = (written, say) => {
  const { clinic, approval: file, hash } = written;
  if (clinic.draft?.stage !== "live") return;
  const files = [clinic, written.teams, written.purposes, written.scenarios, written.replies, ...written.wordings];
  for (const each of files)
    if (each.draft?.fictitious)
      say(
        each,
        ["fictitious"],
        "is fictitious, and a fictitious clinic cannot go live; write your own decisions, and then fictitious: false",
      );
  if (!file) {
    say(
      clinic,
      ["stage"],
      `stage: live needs an approval; write approval.yaml with hash: ${hash}, custodian, date and pia (the privacy impact assessment's reference)`,
    );
    return;
  }
  if (file.draft?.fictitious)
    say(file, ["fictitious"], "nobody has approved this: the approval itself is fictitious; write your own, and then fictitious: false");
  if (file.draft?.hash !== undefined && file.draft.hash !== hash)
    say(file, ["hash"], `approves other decisions than these; have the custodian read what has changed, and write hash: ${hash}`);
};
