/** A private network over whatever lies between: people away from home, another site, a machine in the cloud. */
export interface WireGuard {
  /** The lab's network that its members' addresses come from. */
  readonly network: string;
  /** Where the hub listens, as members outside reach it: `vpn.hearth.example`. */
  readonly endpoint: string;
  readonly port: number;
  /** The member that all others dial, and that leads on into the lab: the router, or a host. */
  readonly hub: string;
  readonly members: readonly WireGuardMember[];
}

/** One member. Its private key is made where it is used and never leaves: `wg genkey`. */
export interface WireGuardMember {
  readonly name: string;
  readonly address: string;
  /** As `wg pubkey` prints it: 44 characters. */
  readonly publicKey: string;
  /** Networks that lie behind it, beyond its own address: another site's. */
  readonly behind?: readonly string[];
  /** The host of the lab that it is, where Ansible sets it up. */
  readonly host?: string;
}
