import type { Check, Finding } from './check.ts'
import type { SourceTree } from './source/source-tree.ts'

/** What became of one check. `broken`: it could not run, which is no pass. */
export type CheckResult = { readonly name: string; readonly durationMs: number } & (
  | { readonly kind: 'clean' }
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  | { readonly kind: 'broken'; readonly cause: unknown }
)

export interface RunOptions {
  readonly tree: SourceTree
  readonly nowMs: () => number
  /** Called as each check ends. */
  readonly onResult: (result: CheckResult) => void
}

/** Runs the checks side by side; one that fails or breaks does not keep the others from running. */
export async function runChecks(
  checks: readonly Check[],
  { tree, nowMs, onResult }: RunOptions,
): Promise<readonly CheckResult[]> {
  return Promise.all(
    checks.map(async (check) => {
      const startMs = nowMs()
      const outcome = await judge(check, tree)
      const result = { name: check.name, durationMs: nowMs() - startMs, ...outcome }
      onResult(result)
      return result
    }),
  )
}

async function judge(check: Check, tree: SourceTree) {
  try {
    const findings = await check.run(tree)
    return findings.length === 0 ? ({ kind: 'clean' } as const) : ({ kind: 'findings', findings } as const)
  } catch (cause) {
    return { kind: 'broken', cause } as const
  }
}
