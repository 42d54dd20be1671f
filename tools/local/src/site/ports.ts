import { type LocalPart, localPorts } from '@sax/topology'
import { freePort } from '../free-port.ts'

export type SitePorts = Readonly<Record<LocalPart, number>>

/** A public port that something else is listening on. */
export class PublicPortBusyError extends Error {
  override readonly name = 'PublicPortBusyError'
  constructor(port: number, variable: string) {
    super(
      `Port ${port} is in use by another program, and people reach the site under it. ` +
        `Stop that program, or choose another port: ${variable}=${port + 10} npm start`,
    )
  }
}

const PUBLIC: readonly LocalPart[] = ['edgeHost', 'edgeOutreach']

/**
 * A free port for each part: the wished one, else the usual one, else any, of which `log` is told. The public ports
 * are never exchanged silently, unless `anyPublicPort` says that nobody has them in a bookmark.
 * @throws PublicPortBusyError
 */
export async function choosePorts(
  wished: Partial<Record<LocalPart, number>>,
  anyPublicPort: boolean,
  log: (line: string) => void,
): Promise<SitePorts> {
  const chosen: Record<LocalPart, number> = { ...localPorts, ...wished }
  const taken = new Set<number>()
  for (const part of Object.keys(chosen) as LocalPart[]) {
    // The database's launcher chooses for itself: one that an earlier run left behind keeps its port.
    if (part === 'postgres') continue
    const wish = chosen[part]
    const port = await freePort(wish, taken)
    if (port !== wish && PUBLIC.includes(part) && !anyPublicPort)
      throw new PublicPortBusyError(wish, portVariable(part))
    if (port !== wish) log(`port ${wish} is in use: ${part} takes ${port}`)
    taken.add(port)
    chosen[part] = port
  }
  return chosen
}

/** Environment variable that sets a part's port: `edgeHost` -> `SAX_PORT_EDGE_HOST`. */
export function portVariable(part: LocalPart): string {
  return `SAX_PORT_${part.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}
