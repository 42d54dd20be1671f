import { afterAll, beforeAll, inject } from 'vitest'
import { insertSampleData } from '../src/store/insert-sample-data.ts'
import { createTestApi, type TestApi, type TestApiOptions } from './api.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/** The application on a database of this file's own that holds the sample data. Call at the top of a test file. */
export function sampleApi({ epochMs = Date.now, hints }: TestApiOptions = {}): {
  readonly api: TestApi
  readonly db: TestDatabase
} {
  let api: TestApi | undefined
  let db: TestDatabase | undefined
  beforeAll(async () => {
    db = await createTestDatabase(inject('databaseAdminUrl'))
    await insertSampleData(db.adminUrl, new Date(epochMs()))
    api = createTestApi(db.userUrl, { epochMs, hints })
  })
  afterAll(async () => {
    await api?.close()
    await db?.drop()
  })
  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('asked before the test file was set up')
    return value
  }
  return {
    get api() {
      return started(api)
    },
    get db() {
      return started(db)
    },
  }
}
