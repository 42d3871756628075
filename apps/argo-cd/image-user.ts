/** The user of Argo CD's image (ARGOCD_USER_ID in its Dockerfile). */
export const argocdUser = { user: 999, group: 999 } as const;
