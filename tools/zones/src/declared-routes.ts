import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { endpoints } from '@sax/api-contract'
import { type DeclaredRoute, publicRoutes } from '@sax/probes'
import { host, isUnder, outreach, outreachApiPath, type Zone, type ZoneName } from '@sax/topology'

/** Stands in for a parameter of a route; belongs to nothing. */
const SAMPLE_ID = '00000000-0000-4000-8000-00000000ffff'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Every route the applications under `root` declare: pages and handlers by their files, API routes by the endpoint table. */
export function declaredRoutes(root: string): readonly DeclaredRoute[] {
  const files = [host, outreach].flatMap((zone) => nextRoutes(join(root, 'apps', zone.name, 'src'), zone))
  const api = Object.values(endpoints).map(({ method, path }) =>
    route(outreach, 'api', method, outreachApiPath() + path, outreachApiPath() + path.replace('{id}', SAMPLE_ID)),
  )
  return [...files, ...api]
}

/** By either of Next's routers, or both. */
function nextRoutes(folder: string, zone: Zone<ZoneName>): readonly DeclaredRoute[] {
  const [byFolders, byFiles] = [join(folder, 'app'), join(folder, 'pages')]
  if (!existsSync(byFolders) && !existsSync(byFiles)) throw new Error(`${folder} has neither app nor pages`)
  return [...foundByFolders(byFolders), ...foundByFiles(byFiles)].flatMap(({ segments, methods }) => {
    const pattern = zone.basePath + (segments.length === 0 ? '' : `/${segments.join('/')}`) || '/'
    const path = pattern.replaceAll(/\[\[?(?:\.\.\.)?[^\]]+\]\]?/g, SAMPLE_ID)
    if (methods === 'page') return [route(zone, 'page', 'GET', pattern, path)]
    const kind = isUnder(pattern, zone.apiPath) ? 'api' : 'page'
    return methods.map((method) => route(zone, kind, method, pattern, path))
  })
}

interface Found {
  /** URL segments; route groups have none. */
  readonly segments: readonly string[]
  readonly methods: 'page' | readonly string[]
}

/** Pages and route handlers of the App Router. @source Next.js docs, "Project structure": private folders, route groups, parallel slots */
function foundByFolders(folder: string): readonly Found[] {
  return sourcesBelow(folder).flatMap(({ folders, name, path }): readonly Found[] => {
    const isRoute = name === 'page' || name === 'route'
    if (!isRoute || folders.some((segment) => segment.startsWith('_'))) return []
    const segments = folders.filter((segment) => !/^(?:\(.*\)|@.*)$/.test(segment))
    return [{ segments, methods: name === 'page' ? 'page' : exportedMethods(readFileSync(path, 'utf8')) }]
  })
}

/** Pages and API routes of the Pages Router; an API route answers every method. @source Next.js docs, "Pages and Layouts", "API Routes" */
function foundByFiles(folder: string): readonly Found[] {
  return sourcesBelow(folder).flatMap(({ folders, name }): readonly Found[] => {
    if (folders.length === 0 && ['_app', '_document', '_error'].includes(name)) return []
    const segments = name === 'index' ? folders : [...folders, name]
    return [{ segments, methods: segments[0] === 'api' ? METHODS : 'page' }]
  })
}

interface Source {
  readonly folders: readonly string[]
  /** Without its extension. */
  readonly name: string
  readonly path: string
}

function sourcesBelow(folder: string): readonly Source[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:tsx|jsx|ts|js)$/.test(entry.name))
    .map((entry) => ({
      folders: relative(folder, entry.parentPath)
        .split(sep)
        .filter((segment) => segment !== ''),
      name: entry.name.replace(/\.[^.]+$/, ''),
      path: join(entry.parentPath, entry.name),
    }))
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
