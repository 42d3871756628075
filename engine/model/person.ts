/** Somebody who uses the lab. Sign-in, Argo CD's roles and JupyterLab's homes read this list; adding a person is one line. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** `admins` may change anything by hand; every other group is the owner's own word. */
  readonly groups: readonly string[];
  /** Public SSH keys, as in `~/.ssh/id_ed25519.pub`; those of `admins` open every machine. */
  readonly sshKeys?: readonly string[];
}
