/** Numbers an invocation's calls by the round of parallel calls they belong to. */
export interface Waves {
  /** Called when a call arrives; returns its round. */
  enter(invocation: string): number;
  /** Called when its answer is there; resolves when the answer may leave. */
  leave(invocation: string): Promise<void>;
  /** Forgets an invocation that has ended. */
  forget(invocation: string): void;
}

interface Round {
  wave: number;
  running: number;
  waiting: (() => void)[];
  timer: NodeJS.Timeout | undefined;
}

/** How long no new call may come before a round counts as complete. */
const QUIET_MS = 15;

/**
 * Timestamps cannot tell which calls were started together: a fast answer starts the next round while a slow one of this round still
 * runs. Holding every answer of an invocation until no new call has come for a while can tell, at the price of that while.
 * @param holding whether to hold answers; otherwise rounds are told apart by "no call of the invocation is running", which can only undercount
 */
export function createWaves(holding: () => boolean): Waves {
  const rounds = new Map<string, Round>();
  const release = (round: Round) => {
    round.timer = undefined;
    if (round.running > 0) return; // the last answer of the round starts the wait again
    for (const go of round.waiting.splice(0)) go();
  };
  const settle = (round: Round) => {
    clearTimeout(round.timer);
    round.timer = setTimeout(release, QUIET_MS, round);
  };
  return {
    enter: (invocation) => {
      const round = rounds.get(invocation) ?? { wave: 0, running: 0, waiting: [], timer: undefined };
      rounds.set(invocation, round);
      if (round.running === 0 && round.waiting.length === 0) round.wave += 1;
      round.running += 1;
      if (holding()) settle(round);
      return round.wave;
    },
    leave: (invocation) => {
      const round = rounds.get(invocation);
      if (round === undefined) return Promise.resolve();
      round.running -= 1;
      if (!holding()) return Promise.resolve();
      return new Promise((go) => {
        round.waiting.push(go);
        settle(round);
      });
    },
    forget: (invocation) => {
      const round = rounds.get(invocation);
      if (round === undefined) return;
      clearTimeout(round.timer);
      for (const go of round.waiting.splice(0)) go();
      rounds.delete(invocation);
    },
  };
}
