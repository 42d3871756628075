import { ApiError } from "../../tools/control-plane/kubernetes/api-error";
import { isWorthAnotherTry } from "../../tools/control-plane/kubernetes/connection";

test.each([
  ["a server that asks to come back later", new ApiError(429, "TooManyRequests", "later"), true],
  ["a connection that was closed under the request", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }), true],
  ["a refusal", new ApiError(403, "Forbidden", "no"), false],
  ["a server that is not there", Object.assign(new Error("refused"), { code: "ECONNREFUSED" }), false],
])("%s is worth another try: %#", (_, cause, worth) => {
  expect(isWorthAnotherTry(cause)).toBe(worth);
});
