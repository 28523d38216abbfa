import { ALLOW, type Hook, hold, refuse } from "../hook.ts";

/** Not before its time, and not when it is stale. */
export const time: Hook = {
  name: "time",
  judge({ now, sendAt, expiresAt }) {
    if (expiresAt <= Math.max(now, sendAt ?? 0)) return refuse("expired");
    return sendAt !== undefined && sendAt > now ? hold(sendAt, "for-later") : ALLOW;
  },
};
