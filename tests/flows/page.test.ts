import { afterAll, beforeAll, expect, test } from "vitest";
import { ROUTES } from "../../lambdas/core/routes.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";

let clinic: TestStack;
beforeAll(async () => {
  clinic = await startTestStack();
});
afterAll(() => clinic.close());

const get = async (path: string): Promise<{ status: number; policy: string | null; text: string }> => {
  const response = await fetch(`${clinic.stack.api}/_local/${path}`);
  return { status: response.status, policy: response.headers.get("content-security-policy"), text: await response.text() };
};

test("the page comes from this stack alone, and its policy lets nothing else in", async () => {
  for (const file of ["", "page.css", "page.js"]) {
    const { status, policy, text } = await get(file);
    expect(status).toBe(200);
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(text).not.toMatch(/https?:\/\//);
    expect(text).not.toContain("innerHTML");
  }
});

test("whatever the page's script calls is there", async () => {
  const { text } = await get("page.js");
  const routes = ROUTES.map((route) => `${route.method} ${route.path.replace(/\{\w+\}/g, "*")}`);
  const called = [...text.matchAll(/api\("(\w+)",\s*[`"]([^`"]+)[`"]/g)].map(([, method, path = ""]) => {
    const full = path.startsWith("$" + "{path}") ? path.replace("$" + "{path}", "/v1/conversations/*") : path;
    return `${method} ${full.replace(/\$\{[^}]*\}/g, "*")}`;
  });
  expect(called.length).toBeGreaterThan(10);
  for (const call of called) expect(routes).toContain(call);
  for (const path of ["clinic", "events", "clock", "token", "phones/%2B14035550123/texts"]) expect((await get(path)).status).toBe(200);
});

test("it is told the clinic's teams and scenarios, and the newest events without a text in them", async () => {
  await clinic.text("+14035550123", "about the bandage");
  await clinic.drain();
  const told = JSON.parse((await get("clinic")).text);
  expect(told).toMatchObject({ senderName: "Prairie Ridge Clinic", frontDesk: "front-desk" });
  expect(told.scenarios.map((scenario: { id: string }) => scenario.id)).toContain("appointment-reminder");
  const { text } = await get("events");
  expect(JSON.parse(text)[0]).toMatchObject({ type: expect.any(String), chain: expect.any(String) });
  expect(text).not.toContain("bandage");
});

test("a call that is not there names those that are", async () => {
  const { status, text } = await get("nothing");
  expect(status).toBe(404);
  expect(text).toContain("POST drain");
});
