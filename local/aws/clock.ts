/**
 * The simulated time of the local stack. `Date.now()` already tells it in this process; what needs waking asks here,
 * so that advancing the clock wakes it too.
 */
export interface Clock {
  /** Simulated milliseconds since the epoch. */
  now(): number;
  /** Calls `fn` once simulated time has reached `ms`; returns what takes the request back. */
  at(ms: number, fn: () => void): () => void;
}
