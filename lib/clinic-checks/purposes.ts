import { type Check, checkTwice } from "./written.ts";

/** purposes.yaml: each is asked for by one name. Whether it can be agreed to is the wordings' check. */
export const purposes: Check = ({ purposes: file }, say) => checkTwice(file.draft?.purposes, file, ["purposes"], say);
