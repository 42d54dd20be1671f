import type { Check } from './check.ts'
import { lint } from './programs/lint.ts'
import type { RunProgram } from './programs/run-program.ts'
import { types } from './programs/types.ts'
import { unused } from './programs/unused.ts'
import { advisoryFloor } from './rules/advisory-floor.ts'
import { documentedCommands } from './rules/documented-commands.ts'
import { environment } from './rules/environment.ts'
import { importCycles } from './rules/import-cycles.ts'
import { importTable } from './rules/import-table.ts'
import { lockfile } from './rules/lockfile.ts'
import { machineTraces } from './rules/machine-traces.ts'
import { migrations } from './rules/migrations.ts'
import { names } from './rules/names.ts'
import { runTimeSettings } from './rules/run-time-settings.ts'
import { signInBypass } from './rules/sign-in-bypass.ts'
import { silenced } from './rules/silenced.ts'
import { thirdPartyOrigins } from './rules/third-party-origins.ts'
import { webFonts } from './rules/web-fonts.ts'
import { workflows } from './rules/workflows.ts'
import { zonePaths } from './rules/zone-paths.ts'

export interface CheckDeps {
  /** Path of the Node that runs the programs. */
  readonly node: string
  readonly runProgram: RunProgram
  /** Today, YYYY-MM-DD. */
  readonly today: string
}

/** Every rule of the repository. The programs come first: they take longest and run beside the rest. */
export function allChecks({ node, runProgram, today }: CheckDeps): readonly Check[] {
  return [
    types(node, runProgram),
    lint(node, runProgram),
    unused(node, runProgram),
    importTable,
    importCycles,
    environment,
    names,
    signInBypass,
    zonePaths,
    runTimeSettings,
    thirdPartyOrigins,
    webFonts,
    advisoryFloor({ today }),
    lockfile,
    machineTraces,
    documentedCommands,
    migrations,
    workflows,
    silenced,
  ]
}
