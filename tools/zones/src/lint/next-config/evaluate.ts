import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { commonJsExports } from './common-js.ts'
import { recordEnvironment } from './env.ts'
import { resolveLikeNext } from './imports.ts'
import { goOffline } from './offline.ts'

/** The descriptor the answer is written to; a configuration may print what it likes on the usual ones. */
const ANSWER = 3

/** What a build hands to a configuration that is a function, as far as one reads it. @source Next.js docs, "next.config.js" */
const DEFAULT_CONFIG = {
  env: {},
  experimental: {},
  images: {},
  i18n: null,
  pageExtensions: ['tsx', 'ts', 'jsx', 'js'],
  compiler: {},
}

const READ = ['basePath', 'assetPrefix', 'env', 'publicRuntimeConfig', 'serverRuntimeConfig', 'i18n', 'trailingSlash']

const exit = process.exit.bind(process)
const [path = '', variant] = process.argv.slice(2)
const variables = recordEnvironment(variant === 'filled')
resolveLikeNext()
goOffline()
// What a timer or a stray promise throws comes after the answer, or is why there is none.
process.on('unhandledRejection', (error) => answerWith({ error: described(error) }))
process.on('uncaughtException', (error) => answerWith({ error: described(error) }))

try {
  const exported = commonJsExports(path) ?? unwrapped(await import(pathToFileURL(path).href))
  const config: unknown =
    typeof exported === 'function'
      ? await exported('phase-production-build', { defaultConfig: DEFAULT_CONFIG })
      : await exported
  if (typeof config !== 'object' || config === null) throw new TypeError('exports no configuration object')
  const settings = config as Readonly<Record<string, unknown>>
  const { rewrites, experimental } = settings
  answerWith({
    variables,
    config: Object.fromEntries(READ.map((name) => [name, settings[name]])),
    caseSensitive: (experimental as { caseSensitiveRoutes?: unknown } | undefined)?.caseSensitiveRoutes === true,
    rewrites: typeof rewrites === 'function' ? ((await rewrites.call(config)) ?? []) : [],
  })
} catch (error) {
  answerWith({ error: described(error) })
}

/** A module's default export, or, of a compiled one, the default inside that. */
function unwrapped(module: object): unknown {
  const outer = 'default' in module ? module.default : undefined
  return typeof outer === 'object' && outer !== null && 'default' in outer ? outer.default : outer
}

function described(error: unknown) {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: '' }
  const missing = /(?:Cannot find (?:package|module) ')([^']+)'/.exec(message)?.[1]
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
    ? { kind: 'missing-module', name: missing ?? 'a module' }
    : { kind: 'threw', message: (message || String(error)).split('\n')[0]?.slice(0, 300) }
}

/** The first answer counts. Ends the process: a configuration may have left timers behind. */
function answerWith(answer: unknown): void {
  const bytes = Buffer.from(JSON.stringify(answer))
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(ANSWER, bytes, sent)
  exit(0)
}
