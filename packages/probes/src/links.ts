/** A reference a page makes, and what kind of thing must be there. */
export interface Link {
  readonly url: string
  /** `anchor`: a place to go. `file`: something the page needs to look and work right. */
  readonly kind: 'anchor' | 'file'
}

const TAG = /<(a|link|script|img|source|iframe|form|video|audio|object|use)\b([^>]*)>/gi
const ATTRIBUTE = /\b(href|src|srcset|imagesrcset|action|data|poster|xlink:href)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi

/** Every `src`, `href` and their kin in `html`, each once, as absolute URLs below `base`. Fragments and `mailto:` are left out. */
export function linksOf(html: string, base: string): readonly Link[] {
  const links = new Map<string, Link>()
  const add = (value: string, kind: Link['kind']) => {
    const url = URL.parse(decodeEntities(value.trim()), base)
    if (url === null || !/^https?:$/.test(url.protocol)) return
    url.hash = ''
    links.set(url.href, { url: url.href, kind })
  }
  for (const [, tag = '', attributes = ''] of html.matchAll(TAG)) {
    const kind = /^(?:a|form)$/i.test(tag) ? 'anchor' : 'file'
    for (const [, name = '', quoted, single] of attributes.matchAll(ATTRIBUTE)) {
      const value = quoted ?? single ?? ''
      if (value === '' || value.startsWith('#')) continue
      if (/srcset$/i.test(name)) for (const one of value.split(/,\s+/)) add(one.trim().split(/\s+/)[0] ?? '', 'file')
      else add(value, kind)
    }
  }
  return [...links.values()]
}

/** URLs in a `Link` header with rel preload or the like, absolute. */
export function linkHeaderUrls(header: string | undefined, base: string): readonly Link[] {
  return [...(header ?? '').matchAll(/<([^>]+)>/g)].flatMap(([, url = '']) => {
    const absolute = URL.parse(url, base)
    return absolute ? [{ url: absolute.href, kind: 'file' as const }] : []
  })
}

/** `url(...)` of a style sheet, absolute; `data:` is left out. */
export function styleSheetUrls(css: string, base: string): readonly Link[] {
  return [...css.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"\s]+))\s*\)/gi)].flatMap(([, a, b, c]) => {
    const value = a ?? b ?? c ?? ''
    if (/^(?:data:|#|about:)/i.test(value)) return []
    const absolute = URL.parse(value, base)
    return absolute ? [{ url: absolute.href, kind: 'file' as const }] : []
  })
}

/** File names in a page's streamed data, which a browser asks for later: hashed chunks, styles and fonts. */
export function hashedFilesIn(text: string, assetPrefixes: readonly string[], base: string): readonly Link[] {
  return assetPrefixes.flatMap((prefix) => {
    const escaped = prefix.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const pattern = new RegExp(`(?<![\\w-])${escaped}/_next/static/[A-Za-z0-9_./~-]+\\.[a-z0-9]+`, 'g')
    return [...new Set(text.match(pattern) ?? [])].map((path) => ({
      url: new URL(path, base).href,
      kind: 'file' as const,
    }))
  })
}

function decodeEntities(value: string): string {
  return value.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&#39;', "'").replaceAll('&quot;', '"')
}
