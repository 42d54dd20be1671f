import { sentinelOf } from './sentinel.ts'

/** What frameworks and shells ask for by themselves; a project's addresses never have such names. */
const ORDINARY =
  /^(?:NODE_|npm_|__?N|NEXT_(?:PHASE|RUNTIME|DEPLOYMENT_ID|TELEMETRY\w*|PRIVATE\w*)$|(?:PATH|HOME|PWD|SHELL|TERM|TZ|LANG|USER|TMPDIR|CI|DEBUG|ANALYZE|TURBOPACK|FORCE_COLOR|NO_COLOR|COLORTERM|WATCH\w*)$)/

/** What a build would see of them. */
const FIXED: Readonly<Record<string, string>> = { NODE_ENV: 'production', NEXT_PHASE: 'phase-production-build' }

/**
 * Replaces `process.env` by one that holds nothing of this machine and writes down which variables are asked for, in
 * the order of their sentinels. `filled`: each has a value of its own; otherwise none has.
 */
export function recordEnvironment(filled: boolean): readonly string[] {
  const asked: string[] = []
  const written: Record<string, string> = { ...FIXED }
  const lookUp = (name: string) => {
    if (Object.hasOwn(written, name)) return written[name]
    if (ORDINARY.test(name)) return undefined
    if (!asked.includes(name)) asked.push(name)
    return filled ? sentinelOf(asked.indexOf(name)) : undefined
  }
  process.env = new Proxy(written, {
    get: (_target, name) => (typeof name === 'string' ? lookUp(name) : undefined),
    has: (_target, name) => typeof name === 'string' && lookUp(name) !== undefined,
  })
  return asked
}
