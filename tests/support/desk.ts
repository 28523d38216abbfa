import type { Answer, CallOptions, TestStack } from "./stack.ts";

/** What people at the clinic do, in the fewest words: each call is one HTTP call, and its answer is handed back as it came. */
export interface Desk {
  /** The team's queue, as the list shows it. */
  queue(team?: string): Promise<Answer["body"][]>;
  /** The entry of a sender in a team's queue, by the last four digits. */
  waiting(e164: string, team?: string): Promise<Answer["body"]>;
  next(team?: string, as?: string): Promise<Answer>;
  claim(conversation: string, as?: string): Promise<Answer>;
  release(conversation: string, as?: string): Promise<Answer>;
  move(conversation: string, body: object, as?: string): Promise<Answer>;
  link(conversation: string, patient: string, more?: object): Promise<Answer>;
  reply(conversation: string, body: object, options?: CallOptions): Promise<Answer>;
  resolve(conversation: string, etag: string, how: object, as?: string): Promise<Answer>;
}

/** The desk of a running stack. */
export function deskOf(clinic: TestStack): Desk {
  const person = (as: string | undefined): CallOptions => (as === undefined ? {} : { as });
  const post = (conversation: string, verb: string, body?: object, options: CallOptions = {}): Promise<Answer> =>
    clinic.call("POST", `/v1/conversations/${conversation}/${verb}`, body, options);
  const queue: Desk["queue"] = async (team = "front-desk") => {
    const all = [];
    for (let cursor = ""; ; ) {
      const { body } = await clinic.call("GET", `/v1/teams/${team}/queue?limit=100${cursor}`);
      all.push(...body.items);
      if (body.next === undefined) return all;
      cursor = `&cursor=${body.next}`;
    }
  };
  return {
    queue,
    waiting: async (e164, team) => (await queue(team)).find((item) => item.number === `••••${e164.slice(-4)}`),
    next: (team = "front-desk", as) => clinic.call("POST", `/v1/teams/${team}/queue/claim`, undefined, person(as)),
    claim: (conversation, as) => post(conversation, "claim", undefined, person(as)),
    release: (conversation, as) => post(conversation, "release", undefined, person(as)),
    move: (conversation, body, as) => post(conversation, "move", body, person(as)),
    link: (conversation, patient, more = {}) => post(conversation, "link", { patient, how: "called-back", ...more }),
    reply: (conversation, body, options) => post(conversation, "reply", body, options),
    resolve: (conversation, etag, how, as) => post(conversation, "resolve", how, { ifMatch: etag, ...person(as) }),
  };
}
