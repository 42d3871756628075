import { Refusal } from "../../engine/emit/refusal";

/** What an action is refused with; fails where it is not. */
export function refusalOf(action: () => unknown): Refusal {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error("nothing was refused");
}
