import type { UpgradePath } from "./upgrade-path";

/** See {@link UpgradePath}. */
export const upgradePaths: readonly UpgradePath[] = [
  {
    product: "Rook",
    image: /(^|\/)rook\/ceph$/,
    majors: 0,
    minors: 1,
    beyond: { effect: "data at risk", because: "Rook is upgraded one minor version after another; its guide for each begins at the one before" },
    back: { effect: "data at risk", because: "Rook documents no way back to an earlier minor version" },
    source: "https://rook.io/docs/rook/latest-release/Upgrade/rook-upgrade/#supported-versions",
  },
  {
    product: "Ceph",
    image: /(^|\/)ceph\/ceph$/,
    majors: 2,
    beyond: { effect: "data at risk", because: "Ceph reads what at most two releases earlier wrote" },
    back: { effect: "data at risk", because: "Ceph does not go back to an earlier release" },
    source: "https://github.com/ceph/ceph/pull/39069",
  },
  {
    product: "PostgreSQL",
    image: /(^|\/)(postgres|postgresql|postgresql-contrib)$/,
    majors: 0,
    beyond: { effect: "data at risk", because: "a major version does not read the files of another: they are dumped and restored, or taken through pg_upgrade" },
    back: { effect: "data at risk", because: "a major version does not read the files of a later one" },
    source: "https://www.postgresql.org/docs/current/upgrading.html",
  },
  {
    product: "GitLab",
    image: /(^|\/)gitlab-(ce|ee)$/,
    majors: 1,
    stops: [2, 5, 8, 11],
    beyond: { effect: "data at risk", because: "GitLab's database migrations finish at x.2, x.5, x.8 and x.11, and none of these may be jumped over" },
    back: { effect: "data at risk", because: "the database has been migrated; only a backup of the earlier version goes back" },
    source: "https://docs.gitlab.com/update/upgrade_paths/#required-upgrade-stops",
  },
  {
    product: "Argo CD",
    image: /(^|\/)argoproj\/argocd$/,
    majors: 0,
    minors: 1,
    beyond: { effect: "restart", because: "the upgrade notes of every minor version on the way have to be read, and a major one asks for a backup of its settings" },
    back: { effect: "restart", because: "its notes speak of going forward only" },
    source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/upgrading/overview/",
  },
];
