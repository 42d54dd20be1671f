import { fileURLToPath } from 'node:url'
import colors from 'picocolors'
import { allChecks } from './all-checks.ts'
import { childEnvironment } from './env.ts'
import { programRunner } from './programs/run-program.ts'
import { type CheckResult, runChecks } from './run-checks.ts'
import { gitTree } from './source/source-tree.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
const checks = allChecks({
  node: process.execPath,
  runProgram: programRunner(childEnvironment()),
  today: new Date().toISOString().slice(0, 10),
})

const startMs = performance.now()
const results = await runChecks(checks, { tree: gitTree(root), nowMs: () => performance.now(), onResult: print })
const failed = results.filter(({ kind }) => kind !== 'clean').length
console.log(`\n${results.length - failed} checks passed, ${failed} failed in ${seconds(performance.now() - startMs)}`)
process.exitCode = failed === 0 ? 0 : 1

function print(result: CheckResult): void {
  const time = colors.dim(seconds(result.durationMs).padStart(7))
  console.log(`${result.kind === 'clean' ? colors.green('ok  ') : colors.red('FAIL')} ${time}  ${result.name}`)
  if (result.kind === 'broken') console.log(`     the check could not run: ${String(result.cause)}`)
  for (const { file, line, why, fix } of result.kind === 'findings' ? result.findings : []) {
    console.log(`     ${colors.bold(line > 0 ? `${file}:${line}` : file)}  ${why}\n       ${colors.dim(`-> ${fix}`)}`)
  }
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(2)} s`
}
