import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { ROUTES } from "../core/routes.ts";
import { type Answer, problem } from "./edge/problem.ts";

/** What no route matches: an unknown path, or a known one with another method. Makes no call and logs no path. */
export const handler = async (event: APIGatewayProxyEventV2): Promise<Answer> => {
  const methods = ROUTES.filter((route) => matches(route.path, event.rawPath)).map((route) => route.method);
  return methods.length === 0 ? problem("not-found") : problem("method-not-allowed", {}, { allow: [...new Set(methods)].join(", ") });
};

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  return (
    wanted.length === given.length && wanted.every((segment, at) => (segment.startsWith("{") ? given[at] !== "" : segment === given[at]))
  );
}
