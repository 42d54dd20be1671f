/** Rows of one table. Keys are column names. */
export type Rows = readonly Readonly<Record<string, unknown>>[]

/** `createdAt` becomes `created_at`. */
export function snake(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  )
}
