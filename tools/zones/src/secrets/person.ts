import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { confirm, password } from '@inquirer/prompts'

/** Whoever sits at the terminal, or the script in their place. */
export interface Person {
  /** False: there is no terminal, so that nobody can be asked. */
  readonly present: boolean
  /**
   * A value typed without being shown, neither its letters nor how many there are. Asked again while `faultOf` names a
   * fault. Undefined: the person left.
   */
  readonly hidden: (question: string, faultOf: (value: string) => string | undefined) => Promise<string | undefined>
  /** True after a clear yes. */
  readonly agrees: (question: string) => Promise<boolean>
  /** Everything on standard input, without the line end that closes it. */
  readonly piped: () => Promise<string>
}

/** The person at this terminal. Questions go to `output`, so that standard output holds the outcome alone. */
export function personAt(input: Readable & { readonly isTTY?: boolean }, output: Writable): Person {
  const context = { input, output, clearPromptOnDone: false }
  return {
    present: input.isTTY === true,
    hidden: (message, faultOf) =>
      unlessLeft(
        password(
          { message, mask: false, toggleMask: false, validate: (value) => sentenceOf(faultOf(value)) ?? true },
          context,
        ),
        undefined,
      ),
    agrees: (message) => unlessLeft(confirm({ message, default: false }, context), false),
    piped: async () => (await text(input)).replace(/\r?\n$/, ''),
  }
}

/** Ctrl-C, or an end of the input before there was an answer. */
async function unlessLeft<Answer, Left>(answer: Promise<Answer>, left: Left): Promise<Answer | Left> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name)) return left
    throw error
  }
}

function sentenceOf(fault: string | undefined): string | undefined {
  return fault === undefined ? undefined : `It ${fault}.`
}
