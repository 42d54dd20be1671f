import { parse, pathToRegexp, tokensToRegexp } from 'path-to-regexp'
import { PathSourceError } from './path-source-error.ts'

/** What Next knows about a route besides its source. */
export interface NextRoute {
  /** `experimental.caseSensitiveRoutes`; Next's default is false. For `beforeFiles` it is always false. */
  readonly caseSensitive: boolean
  /** The project's base path, unless the route says `basePath: false`. */
  readonly basePath?: string
  /** A redirect never takes paths of `/_next`. Default `rewrite`; headers match as rewrites do. */
  readonly kind?: 'rewrite' | 'redirect' | 'header'
}

/**
 * The regular expression Next makes of a route's source.
 * @throws PathSourceError `unreadable`
 * @source next 16, `lib/load-custom-routes`, `server/lib/router-utils/filesystem`, `lib/redirect-status`
 */
export function nextRouteExpression(source: string, route: NextRoute): RegExp {
  const { caseSensitive, basePath = '', kind = 'rewrite' } = route
  const { source: made, flags } = read(source, () =>
    pathToRegexp(basePath + (source === '/' && basePath !== '' ? '' : source), [], {
      delimiter: '/',
      sensitive: caseSensitive,
      strict: true,
    }),
  )
  const restricted = kind === 'redirect' ? `(?!${basePath}/_next)`.replaceAll('/', '\\/') : ''
  return new RegExp(made.replace(/^\^/, `^${restricted}`).replace(/\$$/, '(?:\\/)?$'), flags)
}

const RSC = '\\.rsc|\\.segments/.+\\.segment\\.rsc'

/**
 * The regular expression Next makes of a proxy's or middleware's matcher. It is used without flags: case counts.
 * @throws PathSourceError `unreadable`
 * @source next 16, `build/analysis/get-page-static-info`, `shared/lib/router/utils/middleware-route-matcher`
 */
export function proxyMatcherExpression(matcher: string, { basePath = '' }: { readonly basePath?: string }): RegExp {
  const forms = matcher === '/' ? `(/?index|/?index\\.json|/?index(?:${RSC}))?` : `{(\\.json|${RSC})}?`
  const source = `${basePath}/:nextData(_next/data/[^/]{1,})?${matcher}${forms}`
  const made = read(matcher, () => {
    const tokens = parse(source)
    try {
      return tokensToRegexp(tokens)
    } catch {
      // Next helps a group that repeats without a prefix, and only then.
      return tokensToRegexp(tokens.map((token) => (repeatsBare(token) ? { ...token, prefix: '/' } : token)))
    }
  })
  return new RegExp(made.source)
}

type Token = ReturnType<typeof parse>[number]

function repeatsBare(token: Token): token is Exclude<Token, string> {
  return typeof token !== 'string' && /^[*+]$/.test(token.modifier) && token.prefix === '' && token.suffix === ''
}

function read(source: string, attempt: () => RegExp): RegExp {
  if (!source.startsWith('/')) throw new PathSourceError('unreadable', source)
  try {
    return attempt()
  } catch (error) {
    throw new PathSourceError('unreadable', source, { cause: error })
  }
}
