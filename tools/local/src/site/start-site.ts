import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalPart, RoutingMode } from '@sax/topology'
import { type LocalSite, siteFile } from '../settings.ts'
import { claimDataDir } from './data-dir-claim.ts'
import { embeddedDatabase, foreignDatabase, type SiteDatabase } from './database.ts'
import type { Part } from './part.ts'
import { type LogLine, openPartLog } from './part-log.ts'
import { partsOfSite, type SiteFacts, type SiteParts, siteUrls } from './parts-of-site.ts'
import { choosePorts } from './ports.ts'
import { type RunningPart, runPart, runStep } from './run-part.ts'
import { keptSecrets } from './secrets.ts'

export interface SiteOptions {
  /** Folder for data, logs and secrets. Two sites cannot share one. */
  readonly dataDir: string
  /**
   * Names the running code; shown by health answers. A function is called when folder and public ports are known to be
   * free for this site: the place for a build, which nobody should wait for in vain or make under a running site.
   */
  readonly release: string | (() => Promise<string>)
  /** Default `production`: the Next applications must have been built. */
  readonly mode?: 'production' | 'development'
  readonly stage?: 'local' | 'rehearsal'
  /** Default `host`. */
  readonly routing?: RoutingMode
  readonly ports?: Partial<Record<LocalPart, number>>
  /** True: a busy public port is exchanged for a free one. For tests; people have the usual one in their bookmarks. */
  readonly anyPublicPort?: boolean
  /** Life of a user context in seconds. Default 900. */
  readonly userContextTtlSec?: number
  /** Prefix of our claims in ID tokens. Default none. */
  readonly claimsNamespace?: string
  /** A PostgreSQL that is already there. Default: the embedded one. */
  readonly database?: { readonly url: string | undefined; readonly adminUrl: string | undefined }
  /** Default `info`; log files hold nothing below it. */
  readonly logLevel?: 'debug' | 'info'
  /**
   * Path of a stage's synthesized template for the front door, as if behind something that ends TLS. Default: the
   * topology's own template of this stage.
   */
  readonly edgeTemplate?: string
  /** Gets every line of every part. */
  readonly show?: (line: LogLine) => void
  /** Gets what the supervisor itself has to say. */
  readonly say?: (message: string, level: 'info' | 'warn') => void
  /** Default: the parts of this site. Tests bring their own. */
  readonly partsOf?: (facts: SiteFacts) => SiteParts
}

export interface RunningSite {
  readonly site: LocalSite
  /** Process of a part (`postgres` included) at this moment; undefined while it is down. */
  pidOf(part: string): number | undefined
  /** Ends a part and keeps it ended until `startPart`. */
  stopPart(part: string): Promise<void>
  startPart(part: string): Promise<void>
  /** Ends everything; no process and no lock is left. */
  stop(): Promise<void>
}

const READY_WITHIN_MS = { production: 60_000, development: 180_000 } as const

/** Groups in the order they are stopped: whoever asks goes before whoever answers. */
const STOP_ORDER = [
  ['edge'],
  ['sleepconnect'],
  ['outreach', 'outreach-api-routes', 'identity-provider', 'outreach-worker'],
  ['carrier-simulator'],
  ['outreach-api'],
]

/**
 * Starts the whole site and resolves when every part is ready.
 * @throws DataDirInUseError, PublicPortBusyError, or Error with the last lines of a part that could not start; nothing is left running.
 */
export async function startSite(options: SiteOptions): Promise<RunningSite> {
  const { dataDir, mode = 'production', say = () => undefined, show = () => undefined } = options
  const release = claimDataDir(dataDir)
  const running = new Map<string, RunningPart>()
  let database: SiteDatabase | undefined
  const stop = async (): Promise<void> => {
    const known = STOP_ORDER.flat()
    for (const group of [...STOP_ORDER, [...running.keys()].filter((name) => !known.includes(name))]) {
      await Promise.all(group.map((name) => running.get(name)?.stop()))
    }
    await database?.stop()
    rmSync(siteFile(dataDir), { force: true })
    release()
  }
  try {
    const secrets = keptSecrets(dataDir)
    const logDir = join(dataDir, 'logs')
    mkdirSync(logDir, { recursive: true, mode: 0o711 })
    const portsFor = (log: (line: string) => void) =>
      choosePorts(options.ports ?? {}, options.anyPublicPort ?? false, log)
    if (typeof options.release === 'function') await portsFor(() => undefined)
    const releaseName = typeof options.release === 'function' ? await options.release() : options.release
    const ports = await portsFor((line) => say(line, 'warn'))
    database = foreignDatabase(options.database ?? { url: undefined, adminUrl: undefined }, secrets.appUserPassword)
    const postgresLog = openPartLog(
      logDir,
      'postgres',
      show,
      /^\s*$|skipping missing configuration|terminating connection/,
    )
    database ??= await embeddedDatabase(
      {
        dataDir: join(dataDir, 'postgres'),
        port: ports.postgres,
        password: secrets.postgresPassword,
        appUserPassword: secrets.appUserPassword,
      },
      {
        died: () => say('Database stopped by itself; starting it again.', 'warn'),
        recovered: () => {
          say('Database is back.', 'warn')
          writeSite()
        },
        log: (line) => postgresLog.write(line, 'stdout'),
      },
    )
    say(
      database.process === undefined ? 'Database: the one you named' : `Database on port ${database.process.port}`,
      'info',
    )
    const facts: SiteFacts = {
      stage: options.stage ?? 'local',
      mode,
      routing: options.routing ?? 'host',
      release: releaseName,
      ports,
      secrets: { ...secrets, appUserPassword: database.appUserPassword },
      dataDir,
      databaseUrl: database.url,
      databaseAdminUrl: database.adminUrl,
      userContextTtlSec: options.userContextTtlSec ?? 900,
      claimsNamespace: options.claimsNamespace ?? '',
      logLevel: options.logLevel ?? 'info',
      edgeTemplate: options.edgeTemplate,
    }
    const parts = (options.partsOf ?? partsOfSite)(facts)
    let complete = false
    const currentSite = (): LocalSite =>
      describe(facts, logDir, [...parts.atOnce, ...parts.afterDatabase], running, database)
    const writeSite = () => {
      if (complete) writeFileSync(siteFile(dataDir), `${JSON.stringify(currentSite(), null, 2)}\n`, { mode: 0o600 })
    }
    const startPart = async (part: Part): Promise<void> => {
      const log = openPartLog(logDir, part.name, show, part.harmless)
      const started = await runPart(
        part,
        log,
        {
          started: () => setImmediate(writeSite),
          died: (how, pauseMs) =>
            say(`${part.title} stopped by itself (${how}); starting it again in ${pauseMs / 1000} s.`, 'warn'),
          recovered: () => say(`${part.title} is back.`, 'warn'),
        },
        READY_WITHIN_MS[mode],
      )
      running.set(part.name, started)
      say(`${part.title} on port ${part.port}`, 'info')
    }
    const afterDatabase = async (): Promise<void> => {
      for (const step of parts.databaseSteps) {
        await runStep(step, openPartLog(logDir, step.name, show, step.harmless))
        say(`${step.title}: done`, 'info')
      }
      await Promise.all(parts.afterDatabase.map(startPart))
    }
    await everyOne([...parts.atOnce.map(startPart), afterDatabase()])
    complete = true
    writeSite()
    const handle = (name: string) => {
      const part = name === 'postgres' ? database : running.get(name)
      if (part === undefined) throw new Error(`there is no part ${name}`)
      return part
    }
    return {
      get site() {
        return currentSite()
      },
      pidOf: (name) => (name === 'postgres' ? database?.process?.pid : running.get(name)?.pid),
      stopPart: (name) => handle(name).stop(),
      startPart: (name) => handle(name).start(),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits for all, also after one has failed, so that nothing is started behind the back of whoever cleans up. */
async function everyOne(tasks: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(tasks)).find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

function describe(
  facts: SiteFacts,
  logDir: string,
  parts: readonly Part[],
  running: ReadonlyMap<string, RunningPart>,
  database: SiteDatabase | undefined,
): LocalSite {
  const processes = parts.flatMap(({ name, port }) => {
    const pid = running.get(name)?.pid
    return pid === undefined ? [] : [[name, { pid, port }] as const]
  })
  return {
    stage: facts.stage,
    routing: facts.routing,
    release: facts.release,
    pid: process.pid,
    urls: siteUrls(facts.ports),
    databaseUrl: facts.databaseUrl,
    databaseAdminUrl: facts.databaseAdminUrl,
    logDir,
    parts: { ...Object.fromEntries(processes), ...(database?.process ? { postgres: database.process } : {}) },
    userContextSecret: facts.secrets.userContextSecret,
  }
}
