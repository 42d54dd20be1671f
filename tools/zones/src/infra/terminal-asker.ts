import { confirm, input } from '@inquirer/prompts'
import type { Asker } from './ask-facts.ts'
import { Interrupted } from './interrupted.ts'

/** Asks on the terminal. @throws Interrupted when the person breaks it off */
export function createTerminalAsker(signal: AbortSignal): Asker {
  return {
    text: ({ message, initial, wrong }) =>
      input(
        {
          message,
          ...(initial === undefined ? {} : { default: initial }),
          validate: (answer) => wrong(answer) ?? true,
        },
        { signal },
      ).catch(gone),
    yes: ({ message, initial }) => confirm({ message, default: initial }, { signal }).catch(gone),
  }
}

function gone(error: unknown): never {
  if (error instanceof Error && /^(ExitPromptError|AbortPromptError)$/.test(error.name)) throw new Interrupted()
  throw error
}
