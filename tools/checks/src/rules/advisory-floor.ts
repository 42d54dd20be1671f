import { z } from 'zod'
import type { Check, Finding } from '../check.ts'
import { type Floor, floors as knownFloors, waivers as knownWaivers, type Waiver } from './framework-floors.ts'

const LOCKFILE = 'package-lock.json'
const lockfile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })

export interface AdvisoryOptions {
  readonly floors?: readonly Floor[]
  readonly waivers?: readonly Waiver[]
  /** Today, YYYY-MM-DD. */
  readonly today: string
}

/** Installed versions of the frameworks lie above the last advisory that touches us. The version decides, not an opinion. */
export function advisoryFloor({ floors = knownFloors, waivers = knownWaivers, today }: AdvisoryOptions): Check {
  return {
    name: 'advisory floor',
    run: (tree) => {
      const { packages } = lockfile.parse(JSON.parse(tree.text(LOCKFILE)))
      return Object.entries(packages).flatMap(([path, { version }]): readonly Finding[] => {
        const dependency = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
        const floor = path.includes('node_modules/') && floors.find((one) => one.dependency === dependency)
        if (!floor || version === undefined || !below(version, floor.atLeast)) return []
        const waiver = waivers.find((one) => one.dependency === dependency)
        if (waiver && waiver.until >= today) return []
        return [
          {
            file: LOCKFILE,
            line: 0,
            why: `${path} is ${version}; ${floor.advisory} needs ${floor.atLeast}${waiver ? `, and the waiver ended on ${waiver.until}` : ''}`,
            fix: `install ${dependency} ${floor.atLeast} or newer`,
          },
        ]
      })
    },
  }
}

/** A pre-release of the floor itself counts as below it. */
function below(version: string, floor: string): boolean {
  const [numbers = '', preRelease] = version.split('-')
  const [have, need] = [numbers, floor].map((text) => text.split('.').map(Number))
  for (const index of [0, 1, 2]) {
    const difference = (have?.[index] ?? 0) - (need?.[index] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return preRelease !== undefined
}
