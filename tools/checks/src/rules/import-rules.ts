/**
 * Who may import what. Globs are matched against paths of the repository; targets outside it read `node:fs` and
 * `npm:zod`. Imports inside one workspace are free, except where a rule says `everywhere`.
 */
export interface ImportRule {
  readonly from: readonly string[]
  /** Importers the rule does not bind. */
  readonly except?: readonly string[]
  readonly to: readonly string[]
  /** Also between files of one workspace. Default false. */
  readonly everywhere?: true
  /** Tests and what only tests use are bound too. Default false. */
  readonly testsToo?: true
  readonly why: string
  readonly fix: string
}

export const importRules: readonly ImportRule[] = [
  {
    from: ['**'],
    to: ['apps/**'],
    testsToo: true,
    why: 'nothing imports an application',
    fix: 'move what both need into a package, or reach the application over HTTP',
  },
  {
    from: ['packages/**'],
    to: ['infra/**', 'tools/**', 'e2e/**'],
    testsToo: true,
    why: 'a package knows nothing of what is built on it',
    fix: 'hand it in as an argument',
  },
  {
    from: ['apps/**'],
    to: ['infra/**', 'tools/**', 'e2e/**'],
    why: 'an application runs without the tools around it',
    fix: 'move what it needs into a package',
  },
  {
    from: ['packages/**'],
    except: ['packages/probes/**'],
    to: ['packages/**'],
    why: 'packages do not import one another',
    fix: 'pass the value in from the application, or keep both in one package',
  },
  {
    from: ['packages/probes/**'],
    to: ['packages/!(topology)/**'],
    why: 'probes may know the topology and no other package',
    fix: 'pass the value in from the tool that runs the probe',
  },
  {
    from: ['**'],
    except: ['apps/sleepconnect/**', 'tools/**', 'e2e/**', 'packages/user-context/**'],
    to: ['packages/user-context/src/mint.ts'],
    everywhere: true,
    why: 'only the host mints user contexts; everyone else verifies them',
    fix: 'verify the token that came with the request (@sax/user-context/verify)',
  },
  {
    from: ['**'],
    except: [
      'apps/outreach-api/src/store/**',
      'apps/outreach-api/src/migrate.ts',
      'apps/outreach-api/src/load-sample-data.ts',
      'apps/outreach-api/drizzle.config.ts',
      // Creates the empty database that the backend's migration then connects to.
      'tools/local/src/site/database.ts',
      // Makes two million messages, which no API could.
      'tools/local/src/bench/conversations/make-data-set.ts',
    ],
    to: ['npm:pg', 'npm:pg/**', 'npm:drizzle-orm', 'npm:drizzle-orm/**'],
    everywhere: true,
    why: 'the backend owns the database, and within it the store',
    fix: 'ask the store for what you need, or the backend over HTTP',
  },
  {
    from: ['packages/**'],
    except: [
      // Where a log line goes unless somebody says otherwise. It reads nothing.
      'packages/logging/src/standard-output.ts',
      // Is what applications hand to those packages that ask something.
      'packages/http-request/src/http-request.ts',
    ],
    to: [
      'node:fs',
      'node:fs/**',
      'node:net',
      'node:tls',
      'node:dgram',
      'node:http',
      'node:https',
      'node:http2',
      'node:child_process',
      'node:process',
    ],
    everywhere: true,
    why: 'packages hold data, types and pure functions',
    fix: 'take what was read, or a function that reads it, as an argument',
  },
  {
    from: ['packages/ui/**'],
    to: ['npm:next', 'npm:next/**'],
    everywhere: true,
    why: 'the shared interface knows no framework router',
    fix: 'take the link component or the router call as a property',
  },
]
