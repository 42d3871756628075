/**
 * `BUCKETS` and `PLACES` are words, `remote:bucket`; a copy is at `place/bucket`. A place may show a certificate that no public
 * authority signed: it is then under its name in /certificates.
 */
const calling = String.raw`failed=0
at() {
  place=$1; shift
  own="$CERTIFICATES/${"$"}{place%%:*}.crt"
  if [ -f "$own" ]; then rclone --ca-cert /etc/ssl/certs/ca-certificates.crt --ca-cert "$own" "$@"; else rclone "$@"; fi
}
fails() { echo "FAILED: $1"; failed=1; }
`;

/** For every bucket and every place. */
const each = (step: string): string => `${calling}${String.raw`
for from in $BUCKETS; do for place in $PLACES; do
  to=$place/${"$"}{from#*:}
`}  ${step.trim()}
done; done
exit $failed
`;

/**
 * Makes each copy what its bucket is. An empty bucket never empties its copy: that is a cluster made anew. Modification times are
 * the servers' own, since asking for an object's takes a call for each: what was written after its copy was, is copied again.
 */
export const mirrorScript = each(String.raw`
  if [ -z "$(at "$place" lsf --max-depth 1 "$from" | head -n 1)" ] && [ -n "$(at "$place" lsf --max-depth 1 "$to" 2>/dev/null | head -n 1)" ]; then
    fails "$from is empty, or cannot be read, and $to is not: bring it back, or delete the copy"; continue
  fi
  at "$place" sync --update --use-server-modtime --fast-list --verbose "$from" "$to" || fails "$from to $to"
`);

/** Proves that everything that is due is in the copy, and that some of it, chosen anew each time, comes back byte for byte. */
export const drillScript = each(String.raw`
  due="$SCRATCH/due" sample="$SCRATCH/sample" back="$SCRATCH/back"
  rm -rf "$back"
  old="--recursive --files-only --use-server-modtime --min-age $DUE_AFTER"
  at "$place" lsf $old "$from" > "$due" || { fails "$from cannot be listed"; continue; }
  at "$place" check --one-way --size-only --files-from-raw "$due" "$from" "$to" || { fails "$to lacks what $from has had for longer than $DUE_AFTER"; continue; }
  at "$place" lsf $old --max-size 32Mi "$from" | shuf -n 5 > "$sample"
  if ! at "$place" copy --files-from-raw "$sample" "$to" "$back" || ! at "$place" check --one-way --download --files-from-raw "$sample" "$from" "$back"; then
    fails "what came back of $to is not what $from has"; continue
  fi
  echo "$to has the $(wc -l < "$due") objects that are due; $(wc -l < "$sample") of them were read back and are the same"
`);

/** Brings back what a bucket lacks, and what differs there; nothing is deleted. From the place that is asked for, or the one away. */
export const restoreScript = `${calling}${String.raw`
place=${"$"}{RESTORE_FROM:-${"$"}{PLACES%% *}}
for from in $BUCKETS; do
  at "$place" copy --fast-list --verbose "$place/${"$"}{from#*:}" "$from" || fails "$place/${"$"}{from#*:} to $from"
done
exit $failed
`}`;
