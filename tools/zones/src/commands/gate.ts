import type { Manifest } from '@sax/release'
import { AwsFailure } from '../aws/aws-failure.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { type GateResult, gateNames } from '../release/gates.ts'
import { ReleaseStop } from '../release/release-stop.ts'

export interface GateArguments {
  readonly gate: string
  /** Program and its arguments. */
  readonly command: readonly string[]
}

export interface GatePorts {
  /** The artefact that is judged, every digest of it checked. @throws ReleaseStop */
  readonly manifest: () => Promise<Manifest>
  /** Runs a program to its end, its output shown as it comes. Null: it could not be started. */
  readonly run: (command: readonly string[]) => Promise<number | null>
  readonly who: () => Promise<string>
  /** Writes the result down; answers where. */
  readonly keep: (result: GateResult) => Promise<string>
  readonly now: () => Date
}

/** Runs a program against an artefact and writes down what came of it: deploy asks for that, and for no word of mouth. */
export async function gate({ gate: name, command }: GateArguments, ports: GatePorts): Promise<ChangeOutcome> {
  if (!gateNames.some((one) => one === name)) {
    return refused(`There is no gate ${name}. Gates: ${gateNames.join(', ')}.`)
  }
  if (command.length === 0) return refused('Say after -- which program is to judge the release.')
  try {
    const { digest, release, commit } = await ports.manifest()
    const who = await ports.who()
    const startedAt = ports.now().toISOString()
    const exitCode = await ports.run(command)
    if (exitCode === null) return refused(`${command[0]} could not be started. Nothing was written down.`)
    // The artefact must not have changed under the hands of whoever judged it.
    if ((await ports.manifest()).digest !== digest)
      return refused(
        'The artefact changed while it was judged. Nothing was written down; build it again and judge that.',
      )
    const endedAt = ports.now().toISOString()
    const kept = await ports.keep({
      ...{ format: 1, gate: name, digest, release, commit },
      ...{ command: [...command], exitCode, startedAt, endedAt, who },
    })
    const told = `${release} ${exitCode === 0 ? 'passed' : 'did not pass'} the gate ${name} (${kept}).`
    return exitCode === 0 ? { kind: 'done', text: told } : refused(`${told} ${command[0]} ended with ${exitCode}.`)
  } catch (error) {
    if (error instanceof AwsFailure) return refused(`${error.message} ${error.next}`)
    if (error instanceof ReleaseStop) return refused(error.message)
    throw error
  }
}

function refused(reason: string): ChangeOutcome {
  return { kind: 'refused', text: '', reason }
}
