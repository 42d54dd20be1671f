import { host, hostPath, isUnder } from '@sax/topology'
import { paths } from './places.ts'

export type ReturnTo =
  | { readonly kind: 'path'; readonly path: string }
  /** Asked to go somewhere that is not a page of this site. */
  | { readonly kind: 'refused' }

/** The SDK keeps the target in a cookie; a longer one would not fit. */
const MAX_LENGTH = 1500

const CONTROL = /[\p{Cc}\u2028\u2029\ufeff]/u

/**
 * Where a person may be sent after signing in: a path of this site, spelled so that no browser reads a host name into
 * it, however often it is decoded on the way. Nothing given: the home page. Sign-in's own paths are refused, for they
 * would come back here.
 */
export function parseReturnTo(given: string | null): ReturnTo {
  if (given === null || given === '') return { kind: 'path', path: paths.home }
  if (given.length > MAX_LENGTH || CONTROL.test(given)) return { kind: 'refused' }
  for (let value: string | undefined = given, round = 0; round < 4; round += 1) {
    if (value === undefined || !staysHere(value)) return { kind: 'refused' }
    value = decoded(pathOf(value))
  }
  const path = pathOf(given)
  const returnsHere = [paths.login, hostPath('auth'), host.apiPath].some((prefix) => isUnder(path, prefix))
  return returnsHere ? { kind: 'refused' } : { kind: 'path', path: given }
}

function staysHere(value: string): boolean {
  if (!value.startsWith('/') || /^\/[/\\]/.test(value)) return false
  if (value.includes('\\') || CONTROL.test(value)) return false
  const base = 'http://here.invalid'
  return URL.canParse(value, base) && new URL(value, base).origin === base
}

/** A query may hold anything encoded; only the path can turn into a host name. */
function pathOf(value: string): string {
  return value.split(/[?#]/, 1)[0] ?? ''
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
