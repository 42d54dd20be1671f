import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const excluded = ['**/node_modules/**', '**/.next/**', '**/.local/**', '**/.open-next/**', '**/cdk.out/**', 'e2e/**']

// The guard package throws outside a React server, and a test process is none.
const resolve = { alias: { 'server-only': at('./node_modules/server-only/empty.js') } }

/** Within a second, as is the rule, a busy machine may not come to it. */
const patient = { poll: { timeout: 8000 } }

const postgres = at('./apps/outreach-api/test/postgres.ts')

/** The suffix of a test file says what it needs: `.test.ts` nothing, `.db.test.ts` a PostgreSQL, which is started once for all, `.aws.test.ts` the AWS emulator, `.build.test.ts` a release of these sources, which is built once for all. */
export default defineConfig({
  test: {
    // A message alone, without the difference that a terminal shows below it, has to say what was found.
    chaiConfig: { truncateThreshold: 1000 },
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...excluded, '**/*.db.test.ts', '**/*.aws.test.ts', '**/*.build.test.ts'],
          environment: 'node',
          expect: patient,
          // What a machine with other work needs, for the longest take two seconds alone; what hangs is found all the same.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: excluded,
          environment: 'node',
          expect: patient,
          ...(existsSync(postgres) ? { globalSetup: [postgres] } : {}),
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'aws',
          include: ['**/*.aws.test.ts'],
          exclude: excluded,
          environment: 'node',
          expect: patient,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'build',
          include: ['**/*.build.test.ts'],
          exclude: excluded,
          environment: 'node',
          expect: patient,
          globalSetup: [at('./tools/zones/test/artefact/release-of-tests.ts')],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
