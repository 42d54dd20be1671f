import type { ProbeResult } from '@sax/probes'
import { Listr } from 'listr2'
import type { Progress } from './commands/verify.ts'

interface Group {
  readonly name: string
  /** Probes planned; 0 when nobody knows before the end. */
  readonly count: number
  done: number
  broken: number
  readonly finished: PromiseWithResolvers<void>
  show: (text: string) => void
}

/** Live progress, one line per group of probes. `renderer` says how much of it: none, one line per end, or live. */
export function createProgress(renderer: 'silent' | 'simple' | 'default'): Progress {
  const groups = new Map<string, Group>()
  let run: Promise<unknown> = Promise.resolve()
  return {
    plan(planned) {
      for (const { name, count } of planned) {
        groups.set(name, { name, count, done: 0, broken: 0, finished: Promise.withResolvers(), show: () => {} })
      }
      const tasks = planned.map(({ name }) => ({
        title: name,
        task: async (_: unknown, task: { title: string }) => {
          const group = groups.get(name)
          if (group === undefined) return
          group.show = (text) => {
            task.title = text
          }
          group.show(line(group))
          await group.finished.promise
          task.title = line(group)
          if (group.broken > 0) throw new Error(`${group.broken} broken`)
        },
      }))
      run = new Listr(tasks, {
        renderer,
        exitOnError: false,
        registerSignalListeners: false,
        rendererOptions: { collapseErrors: false, showErrorMessage: false },
      }).run()
    },
    result({ group: name, outcome }: ProbeResult) {
      const group = groups.get(name)
      if (group === undefined) return
      group.done += 1
      if (outcome === 'broken') group.broken += 1
      group.show(line(group))
      if (group.done === group.count) group.finished.resolve()
    },
    async end() {
      for (const group of groups.values()) group.finished.resolve()
      await run
    },
  }
}

function line({ name, count, done }: Group): string {
  return `${name}: ${done} of ${Math.max(count, done)}`
}
