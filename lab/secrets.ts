import { externalSecrets } from "../apps/external-secrets/provides";
import { gcpSecretManager } from "../apps/external-secrets/store";

/** The lab's vault: what must not stand in git is fetched from here. */
export const vaults = { "lab-vault": gcpSecretManager({ projectID: "hearth-vault" }) };

/** Secrets on every cluster. */
export const secrets = externalSecrets({ store: "lab-vault" });
