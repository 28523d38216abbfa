/** What the local stack tells of itself to the commands that look into it. */
export interface LocalStack {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly tables: readonly string[];
  /** The folder in which each bucket's objects lie. */
  readonly buckets: Readonly<Record<string, string>>;
  readonly outputs: readonly { readonly stack: string; readonly name: string; readonly value: string }[];
  /** Its own time, RFC 3339. */
  readonly now: string;
}

/** @param otherwise what to do without one @throws Error of one sentence where none answers on this port */
export async function localStack(port: string, otherwise: string): Promise<LocalStack> {
  const ask = async (what: string): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}/_local/${what}`).catch(() => undefined);
    if (!answer?.ok) throw new Error(`No local stack answers on port ${port}: start it with \`npm start\`, or ${otherwise}.`);
    return answer.json();
  };
  const { accessKeyId, secretAccessKey, ...rest } = (await ask("operator")) as Omit<LocalStack, "credentials" | "now"> &
    LocalStack["credentials"];
  const { now } = (await ask("clock")) as { now: string };
  return { ...rest, credentials: { accessKeyId, secretAccessKey }, now };
}

/** What a stack of it printed when it was deployed, by name. */
export const outputsOf = ({ outputs }: LocalStack, of: string): Readonly<Record<string, string>> =>
  Object.fromEntries(outputs.filter(({ stack }) => stack === of).map(({ name, value }) => [name, value]));
