import { ALLOW, type Hook, refuse } from "../hook.ts";

/** Only the roles that the clinic named may let a text pass the softer rules. */
export const override: Hook = {
  name: "override",
  judge: ({ clinic, override: asked }) =>
    asked && !(asked.role !== undefined && clinic.overrideRoles.includes(asked.role)) ? refuse("override-not-allowed") : ALLOW,
};
