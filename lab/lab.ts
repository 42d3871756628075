import { defineLab } from "../engine/model/lab";
import { authority } from "./authority";
import { backups } from "./backups";
import { air } from "./clusters/air";
import { forge } from "./clusters/forge";
import { pi } from "./clusters/pi";
import { pro } from "./clusters/pro";
import { studio } from "./clusters/studio";
import { externals } from "./externals";
import { allHosts } from "./hosts";
import { imageSizes } from "./image-sizes";
import { networks } from "./networks";
import { people } from "./people";
import { prices } from "./prices";

/** The lab: five clusters, synced by the Argo CD on studio. */
export const lab = defineLab({
  name: "hearth",
  domain: "hearth.example",
  gitops: { mode: "hub", hub: "studio", repository: "https://git.example.org/hearth/hearth.git", branch: "main" },
  networks,
  hosts: allHosts,
  people,
  externals,
  authority,
  backups,
  imageSizes,
  prices,
  clusters: [air, pro, studio, pi, forge],
});
