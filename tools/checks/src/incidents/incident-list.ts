/** A failure that must not happen again. */
export interface Incident {
  /** `R1` … `A16` */
  readonly id: string
  readonly what: string
}

const ROW = /^\| ([RCSBDA]\d+) +\| (.+?) +\|$/

/**
 * The rows of docs/incidents.md, in their order.
 * @throws RangeError when there is no row, or an id occurs twice.
 */
export function parseIncidents(markdown: string): readonly Incident[] {
  const incidents = markdown.split('\n').flatMap((line) => {
    const [, id, what] = ROW.exec(line) ?? []
    return id && what ? [{ id, what }] : []
  })
  const ids = new Set(incidents.map(({ id }) => id))
  if (ids.size === 0) throw new RangeError('the list of incidents is empty')
  if (ids.size !== incidents.length) throw new RangeError('an incident id occurs twice')
  return incidents
}
