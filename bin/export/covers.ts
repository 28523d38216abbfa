import type { Opened } from "./open.ts";

/** First and last day of an export's events, by the clinic's calendar. */
export async function covers(opened: Opened): Promise<{ from: string; to: string }> {
  const { rows } = await opened.ask("SELECT min(day), max(day) FROM events");
  const [from, to] = rows[0] ?? [];
  return { from: String(from ?? ""), to: String(to ?? "") };
}
