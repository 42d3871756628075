/** A call of OPNsense's API. Each names its thing by an id: what is there is replaced, what is not is made. */
export interface Request {
  readonly post: string;
  readonly body: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
