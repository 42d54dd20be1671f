import { fileURLToPath } from 'node:url'
import type { Part } from '../src/site/part.ts'
import type { SiteFacts, SiteParts } from '../src/site/parts-of-site.ts'

const script = fileURLToPath(new URL('./fixture-part.mjs', import.meta.url))

/** Two small parts in the places of two real ones, and no database steps. */
export function fixtureParts({ ports }: SiteFacts): SiteParts {
  return {
    databaseSteps: [],
    atOnce: [fixturePart('outreach', ports.outreachPages)],
    afterDatabase: [fixturePart('outreach-api', ports.api)],
  }
}

export function fixturePart(name: string, port: number, env: Record<string, string> = {}): Part {
  return {
    name,
    title: name,
    args: [script],
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    port,
    readyUrl: `http://127.0.0.1:${port}/`,
    heapMb: 64,
    env: { PORT: String(port), ...env },
  }
}
