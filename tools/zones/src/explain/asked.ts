/** A request as its sender wrote it. */
export interface Asked {
  readonly method: string
  readonly scheme: 'http' | 'https'
  /** With the port when it is not the scheme's own. */
  readonly host: string
  /** Path and query, exactly as typed: nothing resolved, nothing decoded. */
  readonly target: string
  readonly headers: Headers
}

export interface AskedArguments {
  /** As typed, not resolved: what a browser would tidy up is what an attacker would send. */
  readonly url: string
  readonly method: string
  /** `name: value` */
  readonly headers: readonly string[]
  readonly cookie?: string | undefined
}

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']

/** The request that is meant, or what is wrong with its description. No message quotes a value. */
export function askedFrom({ url, method, headers, cookie }: AskedArguments): Asked | string {
  const [, scheme, host, target] = /^(https?):\/\/([^/?#\s]+)([^#\s]*)$/.exec(url) ?? []
  if (host === undefined || target === undefined) {
    return 'Give a whole URL, for example https://dev.mydreamconnect.com/patients'
  }
  if (!METHODS.includes(method.toUpperCase())) return `--method is one of ${METHODS.join(', ')}.`
  const parsed = headersFrom(headers, cookie)
  if (parsed === undefined) return "--header is 'name: value', --cookie is 'name=value; other=value'."
  return {
    method: method.toUpperCase(),
    scheme: scheme === 'http' ? 'http' : 'https',
    host,
    target: target.startsWith('/') ? target : `/${target}`,
    headers: parsed,
  }
}

function headersFrom(headers: readonly string[], cookie: string | undefined): Headers | undefined {
  // Every browser says what it is; whoever does not is blocked by the firewall, which `user-agent:` shows.
  const parsed = new Headers({ 'user-agent': 'explain' })
  try {
    if (cookie !== undefined) parsed.set('cookie', cookie)
    for (const header of headers) {
      const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(header) ?? []
      if (name === undefined || value === undefined) return undefined
      if (name.toLowerCase() === 'user-agent') parsed.set(name, value)
      else parsed.append(name, value)
    }
  } catch {
    // Characters that no header can have. The reason would quote them.
    return undefined
  }
  return parsed
}
