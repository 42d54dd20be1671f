/** Hours are counted on to three days, for people plan by them. */
const units = [
  { seconds: 86_400, from: 3 * 86_400, name: ' d' },
  { seconds: 3600, from: 3600, name: ' h' },
  { seconds: 60, from: 60, name: ' min' },
  { seconds: 1, from: 1, name: ' s' },
] as const

/** A duration in the two largest units that it fills, rounded up to the smaller: `4 min 10 s`, `12 h`, `0 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  const at = units.findIndex((unit) => whole >= unit.from)
  const large = units[at]
  const small = units[at + 1]
  if (large === undefined) return '0 s'
  if (small === undefined) return `${whole} s`
  const smalls = Math.ceil(whole / small.seconds)
  const [count, rest] = [Math.floor((smalls * small.seconds) / large.seconds), smalls % (large.seconds / small.seconds)]
  return rest === 0 ? `${count}${large.name}` : `${count}${large.name} ${rest}${small.name}`
}

/** A moment to the second, in UTC: `2026-11-28 13:04:55 UTC`. */
export function moment(atMs: number): string {
  return new Date(atMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}
