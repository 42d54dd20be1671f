import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutComments } from './js-literal.ts'

/** What a project tells OpenNext to build, as far as its configuration says it in so many words. */
export interface OpenNextSettings {
  /** The configuration's file, as it is reported. */
  readonly file: string
  /** How the server function answers; undefined: by a wrapper of the project's own. */
  readonly wrapper: 'streaming' | 'buffered' | undefined
  /** The proxy is built apart from the server function and has to be shipped apart. */
  readonly isProxyApart: boolean
}

const CONFIGS = ['ts', 'js', 'mjs', 'mts'].map((ending) => `open-next.config.${ending}`)

/** @source OpenNext docs, "open-next.config.ts": `default.override.wrapper`, `middleware.external` */
export function readOpenNext(folder: string, shown: string): OpenNextSettings | undefined {
  const name = CONFIGS.find((candidate) => existsSync(join(folder, candidate)))
  if (name === undefined) return undefined
  const code = withoutComments(readFileSync(join(folder, name), 'utf8'))
  return { file: join(shown, name), wrapper: wrapperIn(code), isProxyApart: /\bexternal\s*:\s*true\b/.test(code) }
}

/** Without a word about it, OpenNext builds its buffered wrapper. */
function wrapperIn(code: string): OpenNextSettings['wrapper'] {
  const written = /\bwrapper\s*:\s*(?:['"]([\w-]+)['"]|(\S))/.exec(code)
  if (written === null) return 'buffered'
  if (written[1] === undefined) return undefined
  return written[1].includes('streaming') ? 'streaming' : 'buffered'
}
