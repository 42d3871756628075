import { bytesFrom } from "../../engine/model/quantity";

test.each([
  [2 ** 40, "1Ti"],
  [322_122_547_200, "300Gi"],
  [1.5 * 2 ** 30, "1536Mi"],
  [0, "0Mi"],
])("%d bytes are %s", (count, text) => {
  expect(bytesFrom(count)).toBe(text);
});
