import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removePostgresData, startPostgres } from '@sax/local/postgres'
import pg from 'pg'
import { databaseAdminUrl } from './env.ts'
import { migrate, onDatabase, TEMPLATE } from './test-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Administrator of the tests' PostgreSQL. */
    databaseAdminUrl: string
  }
}

interface Project {
  provide(key: 'databaseAdminUrl', value: string): void
}

/** One PostgreSQL for all files that need one, with a migrated database for them to copy. */
export async function setup({ provide }: Project): Promise<() => Promise<void>> {
  const given = databaseAdminUrl()
  const server = given === undefined ? await startOwn() : { adminUrl: given, stop: async () => undefined }
  await remakeTemplate(server.adminUrl)
  provide('databaseAdminUrl', server.adminUrl)
  return server.stop
}

async function startOwn(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'sax-test-postgres-'))
  const server = await startPostgres({ dataDir: join(folder, 'data'), port: 21_900, password: 'only-for-tests' })
  return {
    adminUrl: server.url(),
    stop: async () => {
      await server.stop()
      removePostgresData(join(folder, 'data'))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function remakeTemplate(adminUrl: string): Promise<void> {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  await admin.query(`drop database if exists ${TEMPLATE} with (force)`)
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  await migrate(onDatabase(adminUrl, TEMPLATE))
}
