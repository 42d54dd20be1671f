import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gateKey } from './bucket-keys.ts'
import { type GateResult, gateResultSchema } from './gates.ts'
import { ReleaseStop } from './release-stop.ts'
import { jsonText } from './stored-json.ts'

/** Keeps a result in a folder of this machine, as the bucket would. Its path. */
export function keepInFolder(folder: string, result: GateResult): string {
  const path = join(folder, gateKey(result.digest, result.gate))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, jsonText(result))
  return path
}

/** Results that a folder holds for an artefact. @throws ReleaseStop when one of them cannot be read */
export function gateResultsInFolder(folder: string, digest: string, gates: readonly string[]): readonly GateResult[] {
  return gates.flatMap((gate) => {
    const path = join(folder, gateKey(digest, gate))
    if (!existsSync(path)) return []
    const parsed = gateResultSchema.safeParse(parse(readFileSync(path, 'utf8')))
    if (parsed.success) return [parsed.data]
    throw new ReleaseStop(
      'refused',
      `${path} is no result of a gate. Take it away, and pass the gate again: npx zones gate`,
    )
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
