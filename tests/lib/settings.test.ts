import { expect, test } from "vitest";
import { settingsFrom } from "../../lib/settings.ts";

test("without any setting: Canada, on trial, one part a second, tokens of an hour", () => {
  expect(settingsFrom({})).toMatchObject({
    region: "ca-central-1",
    clinic: { id: "prairie-ridge", stage: "trial", fictitious: true },
    partsPerSecond: 1,
    tokenMinutes: 60,
    logDays: 365,
    spendLimit: 1,
  });
});

test("a region outside Canada is refused until it is acknowledged by name", () => {
  expect(() => settingsFrom({ region: "us-east-1" })).toThrow("add -c acknowledgeRegion=us-east-1");
  expect(() => settingsFrom({ region: "us-east-1", acknowledgeRegion: "us-west-2" })).toThrow("outside Canada");
  expect(() => settingsFrom({ region: "us-east-1", acknowledgeRegion: "true" })).toThrow("outside Canada");
  expect(settingsFrom({ region: "us-east-1", acknowledgeRegion: "us-east-1" }).region).toBe("us-east-1");
  expect(settingsFrom({ region: "ca-west-1" }).region).toBe("ca-west-1");
});

test.each([
  ["region", "canada", "-c region=...: write a region such as ca-central-1"],
  ["logDays", "2", "-c logDays=...: CloudWatch keeps logs for 30,"],
  ["partsPerSecond", "0", "-c partsPerSecond=...:"],
  ["partsPerSecond", "many", "-c partsPerSecond=...:"],
  ["tokenMinutes", "1", "-c tokenMinutes=...:"],
  ["spendLimit", "-1", "-c spendLimit=...:"],
])("%s=%s ends in a sentence that names the setting", (name, value, sentence) => {
  expect(() => settingsFrom({ [name]: value })).toThrow(sentence);
});

test("settings come from the command line as text", () => {
  expect(settingsFrom({ partsPerSecond: "10", tokenMinutes: "30", logDays: "731", spendLimit: "250" })).toMatchObject({
    partsPerSecond: 10,
    tokenMinutes: 30,
    logDays: 731,
    spendLimit: 250,
  });
});
