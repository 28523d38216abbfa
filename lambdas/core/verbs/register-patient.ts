import { type Act, requestBytes } from "../audit.ts";
import { type Language, teamOf } from "../clinic.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { type IdentifierItem, identifierText, keys, newId, type PatientItem, recordOf } from "../items.ts";
import { patientOwing } from "../people.ts";
import { plan as newPlan, type Patch, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "indexer" | "clock" | "ids">;

/**
 * The patient with these identifiers, made where none of them is known. Posting the same again changes nothing.
 * @throws Refusal `identifier-conflict` where they belong to different patients, `team-unknown`
 */
export async function registerPatient(
  ports: Needs,
  given: { identifiers: readonly Identifier[]; language?: Language | undefined; team?: string | undefined; zone?: string | undefined },
  act: Act,
): Promise<{ patient: PatientItem; created: boolean }> {
  const { store, indexer, clock } = ports;
  if (given.team !== undefined && !teamOf(ports.clinic, given.team))
    throw new Refusal("team-unknown", { pointers: [{ pointer: "/team", detail: "no such team" }] });
  const macs = await Promise.all(given.identifiers.map((each) => indexer.mac("identifier", identifierText(each))));
  const named = new Map(macs.map((mac, at) => [mac, given.identifiers[at]]));
  const index = [...named].map(([mac, identifier]) => ({ key: keys.identifier(indexer.generation, mac), identifier }));
  const fresh = keys.patient(newId("pat", clock.now(), ports.ids.random()));
  // Each identifier is sealed on its own item: a later one adds to them and replaces none.
  const owned = (patient: string, missing: typeof index): Promise<IdentifierItem[]> =>
    Promise.all(
      missing.map(async ({ key, identifier }) => ({
        ...key,
        patient,
        sealed: await ports.sealer.seal(recordOf(key), new TextDecoder().decode(requestBytes(identifier))),
      })),
    );

  return commit<{ patient: PatientItem; created: boolean }>(ports, async () => {
    const found = await Promise.all(index.map(({ key }) => store.get<IdentifierItem>(key)));
    const owners = [...new Set(found.flatMap((item) => (item ? [item.patient] : [])))];
    if (owners.length > 1) throw new Refusal("identifier-conflict");
    const known = owners[0] === undefined ? undefined : await store.get<PatientItem>(keys.patient(owners[0]));
    const now = clock.now();
    const plan = newPlan(ports, act, now);
    const missing = index.filter((_, at) => found[at] === undefined);

    if (!known) {
      const id = fresh.PK.slice(2);
      const patient: PatientItem = {
        ...fresh,
        id,
        ver: 1,
        identifiers: missing.map(({ key: { PK } }) => PK),
        ...(given.team ? { team: given.team } : {}),
        ...(given.language ? { language: given.language } : {}),
        ...(given.zone ? { zone: given.zone } : {}),
        effective: {},
        aseq: -1,
        ahash: new Uint8Array(),
      };
      plan.put(patient);
      plan.event(patient, `pat/${id}`, { type: "patient.registered", patient: id });
      for (const item of await owned(id, missing)) plan.put(item);
      return { outcome: { patient: plan.result(patient), created: true }, plan };
    }

    const patch: Patch<PatientItem> = {
      ...(given.language && given.language !== known.language ? { language: given.language } : {}),
      ...(given.team && given.team !== known.team ? { team: given.team } : {}),
      ...(given.zone && given.zone !== known.zone ? { zone: given.zone } : {}),
    };
    if (Object.keys(patch).length === 0 && missing.length === 0) return { outcome: { patient: known, created: false } };
    for (const item of await owned(known.id, missing)) plan.put(item);
    const identifiers = [...(known.identifiers ?? []), ...missing.map(({ key: { PK } }) => PK)];
    plan.change(known, { ...patch, identifiers, ver: known.ver + 1 });
    plan.event(known, `pat/${known.id}`, {
      type: "patient.changed",
      patient: known.id,
      why: [...CHANGED.filter((name) => name in patch), ...(missing.length > 0 ? (["identifier"] as const) : [])],
    });
    return { outcome: { patient: plan.result(known), created: false }, plan };
  });
}

/** What of a patient the events of a change name. */
const CHANGED = ["language", "team", "zone", "deceased", "left", "paused"] as const satisfies (keyof PatientChange)[];

export interface PatientChange {
  readonly language?: Language | undefined;
  readonly team?: string | undefined;
  /** IANA name. */
  readonly zone?: string | undefined;
  readonly deceased?: boolean | undefined;
  readonly left?: boolean | undefined;
  /** Only `false`: staff asked, and the patient wants texts again. A pause begins with a STOP. */
  readonly paused?: false | undefined;
}

/**
 * Changes what the clinic knows of a patient. Death and departure cancel what waits: owed by this commit, done by the sweep.
 * @param ver the revision the caller saw @throws Refusal `not-found`, `version-conflict`, `team-unknown`
 */
export async function changePatient(
  ports: Pick<Ports, "clinic" | "store" | "clock" | "ids">,
  id: string,
  ver: number,
  change: PatientChange,
  act: Act,
): Promise<PatientItem> {
  if (change.team !== undefined && !teamOf(ports.clinic, change.team))
    throw new Refusal("team-unknown", { pointers: [{ pointer: "/team", detail: "no such team" }] });
  return commit(ports, async () => {
    const patient = await ports.store.get<PatientItem>(keys.patient(id));
    if (!patient) throw new Refusal("not-found");
    if (patient.ver !== ver) throw new Refusal("version-conflict");
    const now = ports.clock.now();
    const plan = newPlan(ports, act, now);
    const ends = (flag: boolean | undefined, was: number | undefined): number | undefined =>
      flag === undefined ? was : flag ? (was ?? now) : undefined;
    const patch: Patch<PatientItem> = {
      ...(change.language ? { language: change.language } : {}),
      ...(change.team ? { team: change.team } : {}),
      ...(change.zone ? { zone: change.zone } : {}),
      deceased: ends(change.deceased, patient.deceased),
      left: ends(change.left, patient.left),
      ...(change.paused === false ? { paused: undefined } : {}),
      ver: patient.ver + 1,
    };
    const after = patched(patient, patch);
    const over = after.deceased !== undefined || after.left !== undefined;
    const cancels = { cancels: over ? (true as const) : undefined };
    plan.change(patient, { ...patch, ...cancels, ...patientOwing(patched(after, cancels), now) });
    plan.event(patient, `pat/${id}`, {
      type: "patient.changed",
      patient: id,
      why: CHANGED.filter((name) => change[name] !== undefined),
    });
    return { outcome: plan.result(patient), plan };
  });
}
