/** Every path of at most `length` characters behind its first slash, over `letters`. */
export function everyPathOver(letters: readonly string[], length: number): readonly string[] {
  let longest = ['/']
  const all = [...longest]
  for (let i = 0; i < length; i++) {
    longest = longest.flatMap((path) => letters.map((letter) => path + letter))
    all.push(...longest)
  }
  return all
}

/** A set of numbers below a limit, one bit for each. */
export type Bits = Uint32Array

/** The numbers of the paths that a matcher takes. */
export function taken(paths: readonly string[], matches: (path: string) => boolean): Bits {
  const bits = new Uint32Array(Math.ceil(paths.length / 32))
  let index = 0
  for (const path of paths) {
    if (matches(path)) bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31))
    index++
  }
  return bits
}

/** Whether some number is in both sets. */
export function meet(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & (b[i] ?? 0)) !== 0) return true
  return false
}

/** Whether some number is in the first set alone. */
export function exceeds(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & ~(b[i] ?? 0)) !== 0) return true
  return false
}
