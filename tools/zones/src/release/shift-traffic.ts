import { alarmsText, lookAtAlarms, type SeenAlarm } from './alarms.ts'
import type { LiveSet } from './live-set.ts'
import { ReleaseStop } from './release-stop.ts'
import { change, type Run, step } from './run.ts'
import type { Shift, ShiftRecord } from './shift.ts'
import { BACKEND, functionNameOf } from './stage-layout.ts'

/**
 * Gives the backend's new version a share of its calls, and watches the alarms all the while. The alias is still shared
 * at the end: whoever comes next moves it as a whole. What came of it, however it ended, is in `run.shift`.
 * @param write writes down how it stands, before it begins and when it has passed
 * @throws ReleaseStop when an alarm goes off, is gone, or somebody interrupts; AwsFailure when alarms cannot be read
 */
export async function shiftTraffic(
  run: Run,
  from: LiveSet,
  to: LiveSet,
  shift: Shift,
  write: (now: ShiftRecord) => Promise<void>,
): Promise<void> {
  const { ports } = run
  const functionName = functionNameOf(run.layout, BACKEND)
  const old = from.functions[BACKEND]?.version
  const version = to.functions[BACKEND]?.version
  if (old === undefined || version === undefined) return
  await step(
    run,
    'shift',
    `Giving ${shift.percent} % of the backend's calls to version ${version}`,
    async (say) => {
      const alias = await ports.functions.alias(functionName)
      if (alias?.version === version) return 'it has all of them already'
      if (alias?.version !== old) throw new ReleaseStop('failed', `Somebody moved the alias of ${functionName}.`)
      const startedAt = ports.now().toISOString()
      const note = (alarms: readonly SeenAlarm[], ended: ShiftRecord['ended']) => {
        const states = alarms.map(({ name, state }) => ({ name, state }))
        run.shift = { ...shift, version, startedAt, endedAt: ports.now().toISOString(), alarms: states, ended }
        return run.shift
      }
      // Between the preflight and now some minutes have passed, and a run that was killed may have left a share.
      const when = alias.weighted.length > 0 ? meanwhile(shift) : 'before anything was shifted'
      await write(note(await quietAlarms(run, when), 'broken off'))
      const given = { version: old, other: version, weight: shift.percent / 100 }
      await change(run, () => ports.functions.shareAlias(functionName, given, alias.revisionId))
      const shared = await ports.functions.alias(functionName)
      if (shared?.version !== old || shared.weighted.join() !== version) {
        throw new ReleaseStop('failed', `The calls of ${functionName} were shared and are not.`)
      }
      await write(note(await watched(run, shift, say, (seen) => note(seen, 'broken off')), 'passed'))
      return `for ${shift.seconds} s, and no alarm went off`
    },
    (told) => told,
  )
}

/** Looks until the time is over. The alarms as they were seen last. */
async function watched(
  run: Run,
  shift: Shift,
  say: (text: string) => void,
  note: (alarms: readonly SeenAlarm[]) => unknown,
): Promise<readonly SeenAlarm[]> {
  const { ports } = run
  const { seconds } = shift
  const startedMs = ports.lock.elapsedMs()
  for (;;) {
    await run.lock?.check()
    if (ports.isInterrupted()) throw new ReleaseStop('failed', 'Interrupted.')
    const alarms = await quietAlarms(run, meanwhile(shift), note)
    const passedMs = ports.lock.elapsedMs() - startedMs
    say(`${Math.min(seconds, Math.floor(passedMs / 1000))} of ${seconds} s; alarms: ${alarmsText(alarms)}`)
    if (passedMs >= seconds * 1000) return alarms
    await ports.wait(Math.min(ports.everyMs, seconds * 1000 - passedMs))
  }
}

function meanwhile({ percent }: Shift): string {
  return `while the new version had ${percent} % of the calls`
}

/** The backend's alarms, none of which is going off. @throws ReleaseStop, AwsFailure */
async function quietAlarms(
  { ports, layout }: Run,
  when: string,
  note: (alarms: readonly SeenAlarm[]) => unknown = () => undefined,
): Promise<readonly SeenAlarm[]> {
  const { alarms, missing } = await lookAtAlarms(ports.alarms, layout.backendAlarms)
  note(alarms)
  const loud = alarms.filter(({ state }) => state === 'ALARM').map(({ name }) => name)
  if (loud.length > 0) throw new ReleaseStop('failed', `The alarm ${loud.join(', ')} went off ${when}.`)
  const [gone] = missing
  if (gone !== undefined) throw new ReleaseStop('failed', `The alarm ${gone} is not there ${when}.`)
  return alarms
}
