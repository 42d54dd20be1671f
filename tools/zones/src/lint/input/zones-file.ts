import { z } from 'zod'
import { UnreadableInput } from './unreadable-input.ts'

const path = z
  .string()
  .max(200)
  .transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => text === '' || /^(?:\/[\w.~!$&'()+,;=@%-]+)+$/.test(text), 'must be a path such as /blog')
  .refine((text) => !text.split('/').some((segment) => segment === '.' || segment === '..'), 'must not climb')

/** A path, or a whole URL of a host that is not looked at. */
const assetPrefix = z.union([z.url().transform(() => undefined), path])

/** `/blog/api`, also written `/blog/api/*` or `/blog/api/:path*`. */
const apiTree = z
  .string()
  .transform((text) => text.replace(/\/(?:\*{1,2}|:\w+[*+]?)$/, ''))
  .pipe(path)

const names = z.array(z.string().min(1)).default([])

const schema = z.object({
  zones: z
    .array(
      z.object({
        name: z.string().min(1).max(100),
        basePath: path,
        assetPrefix: assetPrefix.nullish(),
        api: z.union([apiTree.transform((one) => [one]), z.array(apiTree)]).nullish(),
        /** Host names, or `$NAME` of a variable that holds one, under which the zone itself answers. */
        domains: names,
        /** Ids of origins that belong to the zone. */
        origins: names,
        /** True: its pages need no session, and may be cached. */
        public: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(200),
})

/** A zone as the lint knows it: the host zone has an empty base path. */
export interface LintZone {
  readonly name: string
  readonly basePath: string
  /** Path before `/_next` of its hashed files; undefined: they are on a host that is not looked at. */
  readonly assetPrefix: string | undefined
  readonly api: readonly string[]
  readonly domains: readonly string[]
  readonly origins: readonly string[]
  readonly public: boolean
}

/** The zones of somebody's project. @throws UnreadableInput */
export function readZonesFile(text: string, file: string): readonly LintZone[] {
  const parsed = schema.safeParse(parseJson(text, file))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.length ? issue.path.join('.') : 'the top level'
    throw new UnreadableInput(
      `${file}: ${place}: ${issue?.message ?? 'not understood'}. It has to look like ` +
        `{"zones":[{"name":"blog","basePath":"/blog","assetPrefix":"/blog-static","api":"/blog/api"}]}.`,
    )
  }
  const twice = parsed.data.zones.find(({ name }, i, all) => all.findIndex((other) => other.name === name) !== i)
  if (twice !== undefined) throw new UnreadableInput(`${file}: two zones are named "${twice.name}"; give each its own.`)
  return parsed.data.zones.map((zone) => ({
    ...zone,
    // Without an asset prefix, Next serves them below the base path.
    assetPrefix: zone.assetPrefix === undefined ? assetsOf(zone) : zone.assetPrefix || zone.basePath,
    api: zone.api ?? [],
  }))
}

function assetsOf(zone: { readonly basePath: string; readonly assetPrefix?: unknown }): string | undefined {
  // A URL has become undefined but is there; an absent one is not.
  return Object.hasOwn(zone, 'assetPrefix') ? undefined : zone.basePath
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new UnreadableInput(
      `${file} is not JSON. It has to look like {"zones":[{"name":"blog","basePath":"/blog"}]}.`,
    )
  }
}
