import type { Rule } from "../change";
import { access } from "./access";
import { addressPool } from "./address-pool";
import { applications } from "./applications";
import { argocdPolicy } from "./argocd-policy";
import { backups } from "./backups";
import { ceph } from "./ceph";
import { certificate } from "./certificate";
import { claimTemplates } from "./claim-templates";
import { config } from "./config";
import { definition } from "./definition";
import { disruptionBudget } from "./disruption-budget";
import { guards } from "./guards";
import { hook } from "./hook";
import { hostName } from "./host-name";
import { imageVersion } from "./image-version";
import { immutable } from "./immutable";
import { job } from "./job";
import { keptValues } from "./kept-values";
import { mountedClaims } from "./mounted-claims";
import { networkPolicy } from "./network-policy";
import { operated } from "./operated";
import { operatedClaims } from "./operated-claims";
import { podTemplate } from "./pod-template";
import { privilege } from "./privilege";
import { removed } from "./removed";
import { replaced } from "./replaced";
import { replicas } from "./replicas";
import { secretStore } from "./secret-store";
import { service } from "./service";
import { storageClass } from "./storage-class";
import { tunnel } from "./tunnel";
import { volume } from "./volume";
import { volumeClaim } from "./volume-claim";
import { webhook } from "./webhook";

/** Every rule, in the order in which their words stand where several speak of one object. */
export const rules: readonly Rule[] = [
  removed, replaced, hook, immutable, volumeClaim, volume, claimTemplates, storageClass, keptValues, backups, secretStore, guards, definition, ceph, imageVersion,
  replicas, podTemplate, mountedClaims, operated, operatedClaims, job, config, service, addressPool, hostName, tunnel, certificate, disruptionBudget, webhook,
  access, networkPolicy, privilege, applications, argocdPolicy,
];
