import { Listr, ListrLogger, ProcessOutput } from 'listr2'
import type { ApplyProgress } from './apply-progress.ts'

/** Milliseconds between two lines about one step, where a line cannot be overwritten. */
const LINE_MS = 10_000

/**
 * Steps on the terminal, one after the other. Written to standard error, so that a plan can be piped on.
 * @param renderer `default`: live; `simple`: a line when a step begins and one when it ends; `silent`
 */
export function createTerminalProgress(
  renderer: 'default' | 'simple' | 'silent',
  stream: NodeJS.WriteStream,
  nowMs: () => number,
): ApplyProgress {
  const processOutput = new ProcessOutput(stream, stream)
  return {
    step(title) {
      const ended = Promise.withResolvers<{ readonly text: string; readonly isGood: boolean }>()
      let say = (_text: string): void => undefined
      let saidMs = nowMs()
      const run = new Listr(
        [
          {
            title,
            task: async (_, task) => {
              say = (text) => {
                task.output = text
              }
              const { text, isGood } = await ended.promise
              task.title = text
              // Where a line cannot be overwritten, this stands behind the title.
              if (!isGood) throw new Error('told below')
            },
          },
        ],
        {
          renderer,
          exitOnError: false,
          registerSignalListeners: false,
          rendererOptions: {
            logger: new ListrLogger({ processOutput }),
            collapseErrors: false,
            showErrorMessage: false,
          },
        },
      ).run()
      const end = async (text: string, isGood: boolean) => {
        ended.resolve({ text, isGood })
        await run
      }
      return {
        now: (text) => {
          if (renderer !== 'default' && nowMs() - saidMs < LINE_MS) return
          saidMs = nowMs()
          say(text)
        },
        done: (text) => end(text, true),
        failed: (text) => end(text, false),
      }
    },
  }
}
