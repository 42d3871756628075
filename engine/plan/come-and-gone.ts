/** What a list has that the one before had not, and what it has no more. */
export const comeAndGone = <Item>(was: readonly Item[], is: readonly Item[]): { readonly come: readonly Item[]; readonly gone: readonly Item[] } => ({
  come: is.filter((it) => !was.includes(it)),
  gone: was.filter((it) => !is.includes(it)),
});
