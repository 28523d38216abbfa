/**
 * Puts simulated time into a process: `new Date()` and `Date.now()` tell real time plus an offset. Used in the local
 * stack's own process and in every worker, so that functions, queues, tokens and the sweep share one clock.
 * @returns what puts the real Date back
 */
export function simulateDate(offset: () => number): () => void {
  const real = globalThis.Date;
  const now = (): number => real.now() + offset();
  globalThis.Date = new Proxy(real, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new real(now()).toString(),
    get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  });
  return () => {
    globalThis.Date = real;
  };
}
