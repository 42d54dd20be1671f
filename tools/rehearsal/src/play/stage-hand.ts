import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifestSchema } from '@sax/release'
import { MANIFEST } from '@sax/zones/build'
import { gateNames, requiredGates, withoutGateArguments } from '@sax/zones/gates'
import { z } from 'zod'
import type { Rehearsal } from '../start-rehearsal.ts'
import { askZones, type ZonesAnswer } from '../zones-command.ts'
import type { Promotion } from './promotion.ts'
import type { Act } from './timeline.ts'

/** Gates are results of commands on this artefact; a rehearsal is one of them, and the others are not run here. */
const BECAUSE = 'this is the rehearsal, on a computer of its own'

const record = z.object({
  outcome: z.enum(['done', 'undone', 'failed', 'stuck']),
  steps: z.array(z.object({ name: z.string(), startedAt: z.string(), endedAt: z.string() })),
})

export interface Released {
  readonly answer: ZonesAnswer
  /** What the command wrote down; undefined when it was refused before anything was changed. */
  readonly outcome: z.output<typeof record>['outcome'] | undefined
  readonly steps: Act['steps']
}

export type ShareFirst = `${number}%/${number}s`

/** The commands of a release, run as a person runs them. */
export interface StageHand {
  /**
   * Every gate of the stage is left out, with a reason; `onlyCommands`: but for one that is no command, that it was seen elsewhere.
   * `shift`: the share of its calls that the backend's new version gets first, and for how long.
   */
  readonly deploy: (
    folder: string,
    more?: { readonly shift?: ShareFirst | undefined; readonly onlyCommands?: boolean },
  ) => Promise<Released>
  /** @param folder what is live in the stage before, which has to be named where gates are left out */
  readonly promote: (promotion: Promotion, folder: string, shift?: ShareFirst) => Promise<Released>
  readonly rollback: (to: string) => Promise<Released>
  /** The quick look: is it `release` that people reach, and does all of it hold? */
  readonly look: (release: string) => Promise<ZonesAnswer>
  /** The whole look with a browser; its report goes into `folder`. */
  readonly verify: (release: string, folder: string) => Promise<ZonesAnswer>
}

export function stageHand({ stage, env }: Rehearsal, say: (line: string) => void, signal: AbortSignal): StageHand {
  const ask = (...given: readonly string[]) => askZones({ arguments: given, env, say, signal })
  const without = (folder: string, gates: readonly string[]) =>
    withoutGateArguments(stage, releaseIn(folder), gates, BECAUSE)
  return {
    deploy: async (folder, { shift, onlyCommands = false } = {}) => {
      const gates = without(folder, onlyCommands ? gateNames : requiredGates(stage))
      return released(await ask('deploy', stage, '--artefact', folder, ...shared(shift), ...gates, '--json'))
    },
    promote: async ({ from, profile, env: promoting }, folder, shift) => {
      const gates = without(folder, gateNames)
      const given = [from, stage, '--from-profile', profile, ...shared(shift), ...gates, '--json']
      return released(await askZones({ arguments: ['promote', ...given], env: promoting, say, signal }))
    },
    rollback: async (to) => released(await ask('rollback', stage, '--to', to, '--json')),
    look: (release) => ask('verify', stage, '--quick', '--no-browser', '--release', release),
    verify: (release, folder) => ask('verify', stage, '--release', release, '--report', folder),
  }
}

const shared = (shift: ShareFirst | undefined) => (shift === undefined ? [] : ['--shift', shift])
const releaseIn = (folder: string) =>
  manifestSchema.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'))).release

function released(answer: ZonesAnswer): Released {
  const parsed = record.safeParse(jsonOf(answer.stdout))
  if (!parsed.success) return { answer, outcome: undefined, steps: [] }
  const { outcome, steps } = parsed.data
  return {
    answer,
    outcome,
    steps: steps.map(({ name, startedAt, endedAt }) => ({
      name,
      tookMs: Date.parse(endedAt) - Date.parse(startedAt),
    })),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
