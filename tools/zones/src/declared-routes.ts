import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { endpoints } from '@sax/api-contract'
import { type DeclaredRoute, publicRoutes } from '@sax/probes'
import { host, isUnder, outreach, outreachApiPath, type Zone, type ZoneName } from '@sax/topology'

/** Stands in for a parameter of a route; belongs to nothing. */
const SAMPLE_ID = '00000000-0000-4000-8000-00000000ffff'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Every route the applications under `root` declare: pages and handlers by their folders, API routes by the endpoint table. */
export function declaredRoutes(root: string): readonly DeclaredRoute[] {
  const folders = [host, outreach].flatMap((zone) => nextRoutes(join(root, 'apps', zone.name, 'src', 'app'), zone))
  const api = Object.values(endpoints).map(({ method, path }) =>
    route(outreach, 'api', method, outreachApiPath() + path, outreachApiPath() + path.replace('{id}', SAMPLE_ID)),
  )
  return [...folders, ...api]
}

function nextRoutes(appFolder: string, zone: Zone<ZoneName>): readonly DeclaredRoute[] {
  return walk(appFolder, []).flatMap(({ segments, file }) => {
    const pattern = zone.basePath + (segments.length === 0 ? '' : `/${segments.join('/')}`) || '/'
    const path = pattern.replaceAll(/\[\[?(?:\.\.\.)?[^\]]+\]\]?/g, SAMPLE_ID)
    if (/^page\.(?:tsx|jsx|ts|js)$/.test(file.name)) return [route(zone, 'page', 'GET', pattern, path)]
    const kind = isUnder(pattern, zone.apiPath) ? 'api' : 'page'
    return exportedMethods(readFileSync(file.path, 'utf8')).map((method) => route(zone, kind, method, pattern, path))
  })
}

interface Found {
  /** URL segments; route groups have none. */
  readonly segments: readonly string[]
  readonly file: { readonly name: string; readonly path: string }
}

/** Pages and route handlers below a folder. @source Next.js docs, "Project structure": private folders, route groups, parallel slots */
function walk(folder: string, segments: readonly string[]): readonly Found[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): readonly Found[] => {
    const path = join(folder, entry.name)
    if (entry.isFile()) {
      return /^(?:page|route)\.(?:tsx|jsx|ts|js)$/.test(entry.name)
        ? [{ segments, file: { name: entry.name, path } }]
        : []
    }
    if (entry.name.startsWith('_')) return []
    const invisible = /^(?:\(.*\)|@.*)$/.test(entry.name)
    return walk(path, invisible ? segments : [...segments, entry.name])
  })
}

/** Methods a route handler exports, in any of the ways it can be written. */
export function exportedMethods(source: string): readonly string[] {
  return METHODS.filter((method) =>
    [
      new RegExp(`export\\s+(?:async\\s+)?function\\s+${method}\\b`),
      new RegExp(`export\\s+(?:const|let|var)\\s+${method}\\b`),
      new RegExp(`export\\s*\\{[^}]*\\b${method}\\b[^}]*\\}`),
    ].some((pattern) => pattern.test(source)),
  )
}

function route(
  zone: Zone<ZoneName>,
  kind: DeclaredRoute['kind'],
  method: string,
  pattern: string,
  path: string,
): DeclaredRoute {
  const auth = publicRoutes.has(`${method} ${pattern}`) ? 'public' : 'user'
  return { zone: zone.name, kind, method, pattern, path, auth }
}
