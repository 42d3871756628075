/** Somebody who uses the lab. Sign-in, Argo CD's roles and JupyterLab's homes read this list; adding a person is one line. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** `admins` may change anything by hand; every other group is the owner's own word. */
  readonly groups: readonly string[];
}
