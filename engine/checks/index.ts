import type { LabCheck, ManifestCheck, ReleaseCheck } from "./check";
import { addressUnique } from "./lab/address-unique";
import { addressUsable } from "./lab/address-usable";
import { authorityValid } from "./lab/authority-valid";
import { backupPlan } from "./lab/backup-plan";
import { cidrOverlap } from "./lab/cidr-overlap";
import { clusterComplete } from "./lab/cluster-complete";
import { clusterNetwork } from "./lab/cluster-network";
import { diskPool } from "./lab/disk-pool";
import { diskUnique } from "./lab/disk-unique";
import { hostPorts } from "./lab/host-ports";
import { hostShared } from "./lab/host-shared";
import { machineFits } from "./lab/machine-fits";
import { nameIsLabel } from "./lab/name-is-label";
import { nameUnique } from "./lab/name-unique";
import { offloadValid } from "./lab/offload-valid";
import { offsiteValid } from "./lab/offsite-valid";
import { onsiteS3 } from "./lab/onsite-s3";
import { poolPlace } from "./lab/pool-place";
import { proxmoxValid } from "./lab/proxmox-valid";
import { quantityValid } from "./lab/quantity-valid";
import { referenceKnown } from "./lab/reference-known";
import { controlPlaneQuorum } from "./lab/control-plane-quorum";
import { retiredOnce } from "./lab/retired-once";
import { routerValid } from "./lab/router-valid";
import { staticAddress } from "./lab/static-address";
import { urlValid } from "./lab/url-valid";
import { switchValid } from "./lab/switch-valid";
import { virtualMachine } from "./lab/virtual-machine";
import { vlanValid } from "./lab/vlan-valid";
import { wireguardValid } from "./lab/wireguard-valid";
import { wordKnown } from "./lab/word-known";
import { zoneUnique } from "./lab/zone-unique";
import { budgetDrains } from "./manifests/budget-drains";
import { certificateNames } from "./manifests/certificate-names";
import { claimDeclared } from "./manifests/claim-declared";
import { classExists } from "./manifests/class-exists";
import { dataSourceKnown } from "./manifests/data-source-known";
import { gpuTaken } from "./manifests/gpu-taken";
import { hostNetworkListed } from "./manifests/host-network-listed";
import { imageDeclared } from "./manifests/image-declared";
import { jobName } from "./manifests/job-name";
import { keyExists } from "./manifests/key-exists";
import { monitorPort } from "./manifests/monitor-port";
import { namespaceExists } from "./manifests/namespace-exists";
import { nodePortOnce } from "./manifests/node-port-once";
import { objectExists } from "./manifests/object-exists";
import { objectSize } from "./manifests/object-size";
import { monitorSelected } from "./manifests/monitor-selected";
import { objectNamed } from "./manifests/object-named";
import { podArchitecture } from "./manifests/pod-architecture";
import { podSafe } from "./manifests/pod-safe";
import { preciousKept } from "./manifests/precious-kept";
import { rbacLeast } from "./manifests/rbac-least";
import { replicasScaled } from "./manifests/replicas-scaled";
import { retentionFits } from "./manifests/retention-fits";
import { ruleKnown } from "./manifests/rule-known";
import { secretValue } from "./manifests/secret-value";
import { selectorMatches } from "./manifests/selector-matches";
import { storageBudget } from "./manifests/storage-budget";
import { targetPort } from "./manifests/target-port";
import { serviceAddress } from "./manifests/service-address";
import { volumeNamed } from "./manifests/volume-named";
import { waveOrder } from "./manifests/wave-order";
import { adoptedSecret } from "./releases/adopted-secret";
import { bucketName } from "./releases/bucket-name";
import { bundledOnce } from "./releases/bundled-once";
import { calleeBelieved } from "./releases/callee-believed";
import { claimFits } from "./releases/claim-fits";
import { gpuFits } from "./releases/gpu-fits";
import { hostNameUnique } from "./releases/host-name-unique";
import { imageSizesUsed } from "./releases/image-sizes-used";
import { imageRuns } from "./releases/image-runs";
import { internetEntry } from "./releases/internet-entry";
import { labelKnown } from "./releases/label-known";
import { lanPortOnce } from "./releases/lan-port-once";
import { lanHostsHidden } from "./releases/lan-hosts-hidden";
import { metricKnown } from "./releases/metric-known";
import { namespaceOnce } from "./releases/namespace-once";
import { needMet } from "./releases/need-met";
import { needValid } from "./releases/need-valid";
import { placementMeetsNodes } from "./releases/placement-meets-nodes";
import { preciousBackedUp } from "./releases/precious-backed-up";
import { providerBacked } from "./releases/provider-backed";
import { secretLiteral } from "./releases/secret-literal";
import { startAcyclic } from "./releases/start-acyclic";
import { threeCopies } from "./releases/three-copies";

/** What must hold of the lab as it is written, before any choice is made. */
export const labChecks: readonly LabCheck[] = [
  nameIsLabel,
  nameUnique,
  referenceKnown,
  wordKnown,
  urlValid,
  authorityValid,
  quantityValid,
  clusterComplete,
  controlPlaneQuorum,
  hostShared,
  cidrOverlap,
  staticAddress,
  addressUnique,
  addressUsable,
  clusterNetwork,
  zoneUnique,
  poolPlace,
  hostPorts,
  retiredOnce,
  backupPlan,
  offsiteValid,
  onsiteS3,
  vlanValid,
  virtualMachine,
  proxmoxValid,
  machineFits,
  diskPool,
  diskUnique,
  wireguardValid,
  routerValid,
  switchValid,
  offloadValid,
];

/** What must hold of releases and of what clusters provide, before anything is built. */
export const releaseChecks: readonly ReleaseCheck[] = [
  needValid,
  needMet,
  calleeBelieved,
  internetEntry,
  lanHostsHidden,
  providerBacked,
  bundledOnce,
  namespaceOnce,
  hostNameUnique,
  lanPortOnce,
  placementMeetsNodes,
  imageRuns,
  imageSizesUsed,
  gpuFits,
  claimFits,
  startAcyclic,
  secretLiteral,
  adoptedSecret,
  preciousBackedUp,
  bucketName,
  threeCopies,
  metricKnown,
  labelKnown,
];

/** What must hold of the objects, before any is written. */
export const manifestChecks: readonly ManifestCheck[] = [
  podSafe,
  imageDeclared,
  podArchitecture,
  gpuTaken,
  selectorMatches,
  targetPort,
  objectExists,
  objectNamed,
  volumeNamed,
  keyExists,
  namespaceExists,
  objectSize,
  waveOrder,
  classExists,
  monitorPort,
  monitorSelected,
  ruleKnown,
  dataSourceKnown,
  rbacLeast,
  secretValue,
  budgetDrains,
  claimDeclared,
  retentionFits,
  storageBudget,
  replicasScaled,
  jobName,
  preciousKept,
  hostNetworkListed,
  nodePortOnce,
  serviceAddress,
  certificateNames,
];
