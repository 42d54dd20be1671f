import type { ReleasePorts } from './ports.ts'
import type { StartRecord } from './record.ts'
import type { StageLayout } from './stage-layout.ts'

/**
 * The same ports, with every start that a call waits for written into `starts`. A release starts each version that it
 * brings before people do, so that how long that takes is known of a stage in which nothing else starts for hours.
 */
export function notingStarts(
  ports: ReleasePorts,
  { functions }: Pick<StageLayout, 'functions'>,
  starts: StartRecord[],
): ReleasePorts {
  const note = (functionName: string, version: string, initMs: number) => {
    const role = functions.find((one) => one.functionName === functionName)?.role
    if (role !== undefined) starts.push({ role, version, at: ports.now().toISOString(), initMs })
  }
  return {
    ...ports,
    invoke: async (functionName, version, event) => {
      const invoked = await ports.invoke(functionName, version, event)
      if (invoked.kind === 'answered' && invoked.initMs !== undefined) note(functionName, version, invoked.initMs)
      return invoked
    },
    invokeOften: (functionName, version, newEvent, howOften) =>
      ports.invokeOften(functionName, version, newEvent, {
        ...howOften,
        onStart: (initMs) => note(functionName, version, initMs),
      }),
  }
}
