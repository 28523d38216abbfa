import { disclosesByRule } from "./discloses.ts";
import { type Check, entriesOf } from "./written.ts";

/**
 * The sender's name and what templates fill in from clinic.yaml's lists: a lock screen shows the first words, and a name
 * alone can tell what somebody is treated for (OIPC Alberta: inference is a risk of its own).
 */
export const lists: Check = ({ clinic }, say) => {
  const { senderName, providers, places } = clinic.draft ?? {};
  const found = senderName === undefined ? undefined : disclosesByRule(senderName);
  if (found) say(clinic, ["senderName"], `senderName: ${found}; patients' lock screens show it, so choose a neutral name`);
  for (const [name, list] of Object.entries({ providers, places }))
    for (const [index, value] of entriesOf(list)) {
      const reads = disclosesByRule(value);
      if (reads) say(clinic, [name, index], `${name}: ${value} ${reads}; a template would say it, so name it neutrally`);
    }
};
