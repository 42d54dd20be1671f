/** Numbers below `limit` that look random and are the same in every run. @source public domain, "mulberry32" */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit)
  }
}

/** One of several, each as likely as the others. */
export function oneOf<T>(random: (limit: number) => number, choices: readonly [T, ...T[]]): T {
  return choices[random(choices.length)] ?? choices[0]
}
