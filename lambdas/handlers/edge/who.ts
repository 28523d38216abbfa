import type { Act } from "../../core/audit.ts";
import { isPersonId, isRole } from "../../core/audit-rules.ts";
import { Refusal } from "../../core/codes.ts";

export interface Claims {
  readonly client_id?: string;
  readonly sub?: string;
  readonly username?: string;
  readonly scope?: string;
  readonly "cognito:groups"?: string;
}

const ACTING = /^\s*"?([A-Za-z0-9._@-]{1,64})"?\s*(?:;\s*(?:role\s*=\s*)?"?([A-Za-z0-9._-]{1,40})"?\s*)?$/;

/** Whoever is named stands in audit events for years, and no event holds an address or a number of anybody's. */
const PLAIN = "a user name: begins with a letter or digit, no e-mail address, no run of seven digits or more";

/**
 * Who acts: the subject of a person's own token, or whom an application names in `Acting-User: id; role=role`. The second
 * is kept as what it is, asserted by the application.
 * @throws Refusal `acting-user-missing` where a person is needed, `invalid-request` where the header cannot be read
 */
export function whoActs(claims: Claims, header: string | undefined, person: boolean): Act["who"] {
  const app = claims.client_id ?? "unknown";
  if (claims.sub !== undefined && claims.username !== undefined && claims.sub !== app) {
    const role = claims["cognito:groups"]
      ?.replace(/^\[|\]$/g, "")
      .split(/[\s,]+/)
      .find(isRole);
    if (!isPersonId(claims.sub))
      throw new Refusal("invalid-request", { pointers: [{ pointer: "token", detail: `its subject is not ${PLAIN}` }] });
    return { id: claims.sub, ...(role ? { role } : {}), app, as: "token" };
  }
  if (header === undefined) {
    if (person) throw new Refusal("acting-user-missing", { pointers: [{ pointer: "header:Acting-User", detail: "missing" }] });
    return { id: app, app, as: "application" };
  }
  const [, id, role] = ACTING.exec(header) ?? [];
  if (id === undefined)
    throw new Refusal("invalid-request", { pointers: [{ pointer: "header:Acting-User", detail: "write: their-id; role=their-role" }] });
  if (!isPersonId(id) || (role !== undefined && !isRole(role)))
    throw new Refusal("invalid-request", { pointers: [{ pointer: "header:Acting-User", detail: `not ${PLAIN}` }] });
  return { id, ...(role ? { role } : {}), app, as: "asserted" };
}
