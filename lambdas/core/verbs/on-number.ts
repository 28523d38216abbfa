import { keys, type LinkItem, type PatientItem, type PatientNumberItem } from "../items.ts";
import type { Store } from "../store.ts";

/** The patients that these links name. */
export async function patientsOn(store: Pick<Store, "get">, links: readonly LinkItem[]): Promise<PatientItem[]> {
  const items = await Promise.all(links.map((link) => store.get<PatientItem>(keys.patient(link.patient))));
  return items.filter((item) => item !== undefined);
}

/** All numbers that those patients have or had. */
export async function numbersOf(store: Pick<Store, "query">, links: readonly LinkItem[]): Promise<PatientNumberItem[]> {
  const all = await Promise.all(links.map((link) => store.query<PatientNumberItem>(keys.patient(link.patient).PK, { prefix: "N#" })));
  return all.flat();
}
