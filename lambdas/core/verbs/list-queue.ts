import { type Clinic, teamOf } from "../clinic.ts";
import { Refusal } from "../codes.ts";
import type { ConversationItem, Task, Urgency } from "../items.ts";
import type { Ports } from "../ports.ts";

/** A conversation as the list shows it: enough to choose, nothing to read. */
export interface Listed {
  readonly conversation: string;
  readonly rev: number;
  readonly state: ConversationItem["state"];
  readonly last4: string;
  readonly patient: string | undefined;
  readonly verify: boolean;
  readonly waitingSince: number | undefined;
  readonly dueAt: number | undefined;
  readonly overdue: boolean;
  /** A text that may be of an emergency, or that nobody has judged, waits in it. */
  readonly urgent: Urgency["kind"] | undefined;
  readonly claimedBy: string | undefined;
  readonly tasks: readonly Task[];
}

/**
 * A team's queue: waiting ones first, urgent ones before others, oldest first.
 * @param after the cursor of an earlier page @throws Refusal `team-unknown`
 */
export async function listQueue(
  ports: { readonly clinic: Clinic } & Pick<Ports, "store" | "clock">,
  team: string,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: Listed[]; next: string | undefined }> {
  const known = teamOf(ports.clinic, team);
  if (!known) throw new Refusal("team-unknown");
  const items = await ports.store.queue<ConversationItem>(known.id, { limit: page.limit, ...(page.after ? { after: page.after } : {}) });
  const now = ports.clock.now();
  return {
    items: items.map((each) => ({
      conversation: each.id,
      rev: each.rev,
      state: each.state,
      last4: each.last4,
      patient: each.patient,
      verify: each.verify,
      waitingSince: each.waitingSince,
      dueAt: each.dueAt,
      overdue: each.dueAt !== undefined && each.dueAt <= now,
      urgent: each.urgent?.kind,
      claimedBy: each.claim && each.claim.until > now ? each.claim.by : undefined,
      tasks: each.tasks,
    })),
    next: items.length === page.limit ? items.at(-1)?.qs : undefined,
  };
}
