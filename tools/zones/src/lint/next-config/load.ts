import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { UnreadableInput } from '../input/unreadable-input.ts'

const evaluate = fileURLToPath(new URL('./evaluate.ts', import.meta.url))

/** A configuration that needs longer than this does something that is no configuration. */
const TIMEOUT_MS = 15_000

/** More than a thousand rewrites; beyond it somebody builds an endless list. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

const condition = z.object({ type: z.string() }).loose()

const rewrite = z.object({
  source: z.string(),
  destination: z.string(),
  basePath: z.literal(false).optional(),
  has: z.array(condition).nullish(),
  missing: z.array(condition).nullish(),
})
const list = z.array(rewrite).nullish()

const answer = z.object({
  /** Environment variables that were asked for, in the order of their sentinels. */
  variables: z.array(z.string()),
  config: z.object({
    basePath: z.string().nullish(),
    assetPrefix: z.string().nullish(),
    env: z.record(z.string(), z.unknown()).nullish(),
    publicRuntimeConfig: z.unknown().optional(),
    serverRuntimeConfig: z.unknown().optional(),
  }),
  caseSensitive: z.boolean(),
  rewrites: z.union([
    z.array(rewrite).transform((afterFiles) => ({ beforeFiles: [], afterFiles, fallback: [] })),
    z
      .object({ beforeFiles: list, afterFiles: list, fallback: list })
      .transform(({ beforeFiles, afterFiles, fallback }) => ({
        beforeFiles: beforeFiles ?? [],
        afterFiles: afterFiles ?? [],
        fallback: fallback ?? [],
      })),
  ]),
})

const failure = z.object({
  error: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('missing-module'), name: z.string() }),
    z.object({ kind: z.literal('threw'), message: z.string().nullish() }),
  ]),
})

export type EvaluatedConfig = z.infer<typeof answer>
export type WrittenRewrite = z.infer<typeof rewrite>

/** One configuration, evaluated twice. */
export interface EvaluatedTwice {
  /** Every environment variable has a value of its own. */
  readonly filled: EvaluatedConfig
  /** None has: what the configuration falls back to. Undefined: it refuses to be read without them. */
  readonly unset: EvaluatedConfig | undefined
}

/**
 * What a `next.config` says, by running it in a process of its own that has no network, no files to write, no
 * environment and fifteen seconds. `shown` is the file as the caller named it.
 * @throws UnreadableInput
 */
export async function evaluateNextConfig(path: string, shown: string, timeoutMs = TIMEOUT_MS): Promise<EvaluatedTwice> {
  const filled = await run(path, 'filled', timeoutMs)
  if (!('problem' in filled) && filled.variables.length === 0) return { filled, unset: filled }
  if ('problem' in filled && filled.isFinal) throw new UnreadableInput(`${shown} ${filled.problem}`)
  const unset = await run(path, 'unset', timeoutMs)
  const fallback = 'problem' in unset ? undefined : unset
  // A configuration may choke on a URL where it expects a number; without any value it still says its routes.
  if (!('problem' in filled)) return { filled, unset: fallback }
  if (fallback !== undefined) return { filled: fallback, unset: fallback }
  throw new UnreadableInput(`${shown} ${filled.problem}`)
}

/** A problem is final when another environment would not mend it. */
type Run = EvaluatedConfig | { readonly problem: string; readonly isFinal: boolean }

function run(path: string, variant: 'filled' | 'unset', timeoutMs: number): Promise<Run> {
  return new Promise((resolve, reject) => {
    const flags = ['--permission', '--allow-fs-read=*', '--experimental-transform-types', '--no-warnings']
    const child = spawn(process.execPath, [...flags, evaluate, path, variant], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: {},
    })
    let text = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, timeoutMs)
    const pipe = child.stdio[3]
    if (pipe && 'setEncoding' in pipe) {
      pipe.setEncoding('utf8')
      pipe.on('data', (part: string) => {
        text += part
        if (text.length > MAX_ANSWER_BYTES) child.kill('SIGKILL')
      })
    }
    child.on('error', reject)
    child.on('close', () => {
      clearTimeout(timer)
      if (late)
        return resolve({
          problem: `did not finish within ${timeoutMs / 1000} s; it has to return without waiting.`,
          isFinal: true,
        })
      resolve(read(text))
    })
  })
}

function read(text: string): Run {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return {
      problem: 'ended without a configuration, or with one of several megabytes; run `next build` to see why.',
      isFinal: true,
    }
  }
  const failed = failure.safeParse(value)
  if (failed.success) {
    return { problem: explained(failed.data.error), isFinal: failed.data.error.kind === 'missing-module' }
  }
  const parsed = answer.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return { problem: `is not what Next takes: ${issue?.path.join('.')}: ${issue?.message}.`, isFinal: false }
}

function explained(error: z.infer<typeof failure>['error']): string {
  return error.kind === 'missing-module'
    ? `needs ${error.name}, which is not installed there; run \`npm install\` in that folder, then lint again.`
    : `cannot be evaluated: ${error.message || 'it threw nothing readable'}. Correct it, or make it work without the network.`
}
