import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '@sax/local/settings'
import { type Manifest, type ManifestFunction, manifestSchema, RELEASE_FILE } from '@sax/release'
import { type FunctionRole, originRoles, type ZoneName, zones } from '@sax/topology'
import { type ApplyProgress, asStep } from '../infra/apply-progress.ts'
import { assetsOf } from './assets.ts'
import { backendFunctions, bundleFunction, migrationFiles } from './backend-functions.ts'
import { billOfMaterials } from './bill-of-materials.ts'
import { BuildError } from './build-error.ts'
import { contractsOf, contractVersions } from './contracts.ts'
import { sha256 } from './digest.ts'
import { licencesText } from './licences.ts'
import { manifestDigest } from './manifest-digest.ts'
import { migrationsOf } from './migrations.ts'
import { neededVariables } from './needed-variables.ts'
import { MANIFEST } from './open-release.ts'
import { maxPackageBytes } from './package-limits.ts'
import { packagesInside } from './packages-inside.ts'
import { readFolder } from './read-folder.ts'
import { refuseForbidden } from './refuse-forbidden.ts'
import { readSources } from './sources.ts'
import { prepareWorkspace } from './workspace.ts'
import { type Contents, zip } from './zip.ts'
import { buildZone, type ZoneBuild } from './zone-build.ts'

export interface BuildOptions {
  /** Sources to build. Default: this checkout. */
  readonly source?: string | undefined
  /** Where the release is put. Default: `.local/releases/<name>` of this checkout. */
  readonly out?: string | undefined
  /** Folder to work in; what is made there is taken away again. Default: `.local/build` of this checkout. */
  readonly workshop?: string | undefined
  /** Instead of the sources' own version. */
  readonly version?: string | undefined
  readonly progress: ApplyProgress
  readonly nowMs: () => number
  /** What the programs of the build are put under, for example to cut them off from the network. */
  readonly under?: readonly string[] | undefined
  readonly signal?: AbortSignal | undefined
}

export interface BuiltRelease {
  readonly folder: string
  readonly manifest: Manifest
}

/** A function's package before it is packed. */
interface Unpacked {
  readonly role: FunctionRole
  readonly url: ManifestFunction['url']
  readonly contents: Contents
  readonly maps: Contents
}

const APPLICATIONS = ['apps/sleepconnect', 'apps/outreach', 'apps/outreach-api-routes', 'apps/outreach-api']

/**
 * Builds both zones and the backend as one release: the same sources make the same release, byte for byte.
 * @throws BuildError
 */
export async function buildRelease(options: BuildOptions): Promise<BuiltRelease> {
  const { progress, signal, under } = options
  const sources = readSources(options.source ?? repositoryRoot)
  const { digest: sourceDigest, commit, committed } = sources
  const release = `${options.version ?? sources.version}-${sourceDigest.slice(0, 12)}`
  const folder = options.out ?? join(repositoryRoot, '.local', 'releases', release)
  refuseForeign(folder)
  const workshop = options.workshop ?? join(repositoryRoot, '.local', 'build')
  const workspace = join(workshop, `${release}-${process.pid}`)
  const scratch = join(workshop, `${release}-${process.pid}.scratch`)
  mkdirSync(scratch, { recursive: true })
  try {
    await asStep(progress, `Copying ${sources.files.length} source files`, async () => {
      prepareWorkspace(sources, workspace, repositoryRoot)
    })
    const built = new Map<ZoneName, ZoneBuild>()
    for (const { name } of zones) {
      const title = `Building ${name}`
      const build = () => buildZone({ application: name, workspace, release, sourceDigest, scratch, under, signal })
      built.set(name, await timed(options, title, build))
    }
    const packed = await timed(options, 'Packing the functions', async () => {
      const unpacked = [...webFunctions(built), ...(await backend(workspace))].map((one) => labelled(one, release))
      refuseForbidden(unpacked, [workspace, repositoryRoot, sources.root])
      return unpacked.map((one) => ({ ...one, zipped: zip(one.role, one.contents, maxPackageBytes(one.role)) }))
    })
    return await timed(options, 'Writing the release', async () => {
      const files = new Map<string, Uint8Array>()
      const versions = await contractVersions(workspace)
      const functions = packed.map(({ role, url, zipped }): ManifestFunction => {
        const { content, ...facts } = zipped
        const file = `functions/${role}.zip`
        files.set(file, content)
        const needs = [...neededVariables[role]]
        return { role, file, ...facts, handler: 'index.handler', url, contracts: contractsOf(role, versions), needs }
      })
      const published = zones.flatMap((zone) => [
        ...assetsOf(zone, '.next/static', built.get(zone.name)?.hashed ?? new Map()),
        ...assetsOf(zone, 'public', publicFiles(join(workspace, 'apps', zone.name, 'public'))),
      ])
      refuseForbidden(published, [workspace, repositoryRoot, sources.root])
      for (const { asset, content } of published) files.set(asset.file, content)
      const privateFiles = [
        ...[...built].flatMap(([zone, { maps }]) =>
          [...maps].map(([path, content]) => [`${zone}/${path}`, content] as const),
        ),
        ...packed.flatMap(({ role, maps }) =>
          [...maps].map(([path, content]) => [`${role}/${path}`, content] as const),
        ),
      ].map(([path, content]) => {
        files.set(`private/${path}`, content)
        return { file: `private/${path}`, sha256: sha256(content), bytes: content.length }
      })
      const inside = packagesInside(workspace, APPLICATIONS)
      const text = (file: string, content: string) => {
        const bytes = Buffer.from(content)
        files.set(file, bytes)
        return { file, sha256: sha256(bytes) }
      }
      const { migrations, needsMigration } = migrationsOf(migrationFiles(workspace))
      const unsigned: Manifest = {
        format: 1,
        release,
        sourceDigest,
        digest: sha256(''),
        commit,
        committed,
        runtime: 'nodejs24.x',
        architecture: 'arm64',
        functions,
        assets: published.map(({ asset }) => asset),
        migrations: [...migrations],
        needsMigration,
        privateFiles,
        outputs: [...built.values()].flatMap(({ outputs }) => outputs).concat(backendOutputs(packed)),
        sbom: text('sbom.cdx.json', billOfMaterials(release, sourceDigest, inside)),
        licences: text('licences.txt', licencesText(workspace, inside)),
      }
      const manifest = manifestSchema.parse({ ...unsigned, digest: manifestDigest(unsigned) })
      files.set(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
      writeRelease(folder, files)
      return { folder, manifest }
    })
  } finally {
    rmSync(workspace, { recursive: true, force: true })
    rmSync(scratch, { recursive: true, force: true })
  }
}

function timed<Result>({ progress, nowMs }: BuildOptions, title: string, work: () => Promise<Result>): Promise<Result> {
  const startedMs = nowMs()
  return asStep(progress, title, work, () => `${title}: ${((nowMs() - startedMs) / 1000).toFixed(1)} s`)
}

function webFunctions(built: ReadonlyMap<ZoneName, ZoneBuild>): readonly Unpacked[] {
  return [...built].map(([zone, { server, url }]) => {
    const role = originRoles[`${zone}-pages`]
    if (role === undefined) throw new BuildError('sources', `The topology knows no function for the pages of ${zone}.`)
    return { role, url, contents: server, maps: new Map() }
  })
}

async function backend(workspace: string): Promise<readonly Unpacked[]> {
  const made: Unpacked[] = []
  for (const one of backendFunctions)
    made.push({ role: one.role, url: one.url, ...(await bundleFunction(workspace, one)) })
  return made
}

function backendOutputs(packed: readonly Unpacked[]): Manifest['outputs'] {
  return packed
    .filter(({ role }) => backendFunctions.some((one) => one.role === role))
    .flatMap(({ role, contents, maps }) => [
      { what: `${role}: code`, files: contents.size, went: 'function' as const },
      { what: `${role}: source maps`, files: maps.size, went: 'private' as const },
    ])
}

/** A package says which release it is of: its environment belongs to the stage and may be older. */
function labelled(one: Unpacked, release: string): Unpacked {
  const label = Buffer.from(`${JSON.stringify({ release })}\n`)
  return { ...one, contents: new Map([...one.contents, [RELEASE_FILE, label]]) }
}

function publicFiles(folder: string): Contents {
  return existsSync(folder) ? readFolder(folder) : new Map()
}

/** An older release may be replaced; anything else is somebody's. */
function refuseForeign(folder: string): void {
  if (existsSync(folder) && !existsSync(join(folder, MANIFEST))) {
    throw new BuildError('folder', `${folder} exists and is no release. Name another folder.`)
  }
}

/** Put in place at once: half a release is none. */
function writeRelease(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  const partial = `${folder}.partial-${process.pid}`
  rmSync(partial, { recursive: true, force: true })
  for (const [file, content] of files) {
    mkdirSync(dirname(join(partial, file)), { recursive: true })
    writeFileSync(join(partial, file), content)
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(partial, folder)
}
