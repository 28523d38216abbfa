import { keys, type LinkItem, type NumberItem, type PatientItem, type PatientNumberItem } from "../items.ts";
import type { Store } from "../store.ts";

/** The patients that these links name. */
export async function patientsOn(store: Pick<Store, "get">, links: readonly LinkItem[]): Promise<PatientItem[]> {
  const items = await Promise.all(links.map((link) => store.get<PatientItem>(keys.patient(link.patient))));
  return items.filter((item) => item !== undefined);
}

/** Those patients' own records of the number, as far as they have not ended. */
export async function recordsOn(store: Pick<Store, "query">, links: readonly LinkItem[], number: NumberItem): Promise<PatientNumberItem[]> {
  const all = await Promise.all(links.map((link) => store.query<PatientNumberItem>(keys.patient(link.patient).PK, { prefix: "N#" })));
  return all.flat().filter((each) => each.number === number.PK && !each.ended);
}
