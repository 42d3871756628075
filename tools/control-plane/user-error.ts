/** A cause that the person at the terminal can act on: printed as it is, without a stack trace. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}
