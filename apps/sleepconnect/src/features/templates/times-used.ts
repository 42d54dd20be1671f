const count = new Intl.NumberFormat('en-US')

/** How often a template was used, in words; nothing for one that only others use. */
export function timesUsed(uses: number): string {
  if (uses === 0) return ''
  return uses === 1 ? 'Used once' : `Used ${count.format(uses)} times`
}
