import { compile, match, parse } from 'path-to-regexp'
import type { Destination } from '../model.ts'
import { sentinelsIn, withNames } from './sentinel.ts'

export interface WrittenDestination {
  /** Source with the base path before it. */
  readonly source: string
  readonly destination: string
  /** The same destination when no variable has a value. */
  readonly unset: string | undefined
  readonly variables: readonly string[]
  /** Path the source matches, to try the destination with. */
  readonly sample: string | undefined
}

/** Where a rewrite leads, and whether the path stays what it was. */
export function readDestination({ source, destination, unset, variables, sample }: WrittenDestination): Destination {
  const { host, path } = parts(withNames(destination, variables), destination)
  const fallback = unset === undefined || unset === destination ? undefined : parts(unset, unset).host
  return {
    shown: withNames(destination, variables),
    host,
    defaultHost: fallback,
    path,
    keepsPath: keeps(source, path) || (sample !== undefined && maps(source, path, sample)),
    variables: sentinelsIn(destination).flatMap((index) => variables[index] ?? []),
  }
}

/** `https://$NAME` and `https://name` alike; a variable may hold the scheme, the name, or a name and the start of a path. */
function parts(shown: string, written: string): { readonly host: string | undefined; readonly path: string } {
  const match = /^(?:[a-z]+:)?\/\/([^/]*)(\/.*)?$/i.exec(shown) ?? /^(\$\w+(?::[\w$]+)?)(\/.*)?$/.exec(shown)
  if (match === null) return { host: undefined, path: written }
  const [, host = '', path = '/'] = match
  return { host: host.startsWith('$') ? host : host.toLowerCase(), path: path.replace(/[?#].*$/, '') }
}

/** Alike but for what a parameter may hold: what it held is put back where it stood. */
function keeps(source: string, path: string): boolean {
  try {
    const shape = (text: string) =>
      JSON.stringify(parse(text).map((token) => (typeof token === 'string' ? token : token.name)))
    return shape(source) === shape(path)
  } catch {
    return false
  }
}

function maps(source: string, path: string, sample: string): boolean {
  try {
    const matched = match(source, { delimiter: '/', decode: (value) => value })(sample)
    return matched !== false && compile(path, { validate: false })(matched.params) === sample
  } catch {
    return false
  }
}
