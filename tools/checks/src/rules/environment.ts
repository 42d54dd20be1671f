import { posix } from 'node:path'
import type { Check } from '../check.ts'
import { isTest, isToolConfig, moduleFiles } from '../source/file-kinds.ts'

/** Files that may read the environment although they are no env.ts, each with its reason. */
const allowed: Readonly<Record<string, string>> = {
  'tools/local/bootstrap.mjs': 'runs on any Node before the project can run, so it can import nothing',
  'apps/sleepconnect/src/instrumentation.ts': 'NEXT_RUNTIME is not configuration: Next replaces it while it builds',
  'apps/outreach/src/instrumentation.ts': 'NEXT_RUNTIME is not configuration: Next replaces it while it builds',
}

/** The environment is read in env.ts, parsed once at the start; a typo in a name then fails at the start too. */
export const environment: Check = {
  name: 'environment',
  run: (tree) =>
    moduleFiles(tree)
      .filter(
        (file) =>
          posix.basename(file) !== 'env.ts' && !isToolConfig(file) && !isTest(file) && !Object.hasOwn(allowed, file),
      )
      .flatMap((file) =>
        tree.module(file).environmentReads.map(({ line }) => ({
          file,
          line,
          why: 'reads the environment outside an env.ts',
          fix: "parse the variable in this workspace's env.ts and take its value as an argument",
        })),
      ),
}
