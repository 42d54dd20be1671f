import type { Command, OptionValues } from 'commander'

/** An option that would change nothing. */
export interface Idle {
  /** Name of its value, for example `lockTtl`. */
  readonly option: string
  readonly isIdle: boolean
  /** Why it has no effect, as the end of a sentence: `--because has no effect: no gate is left out.` */
  readonly because: string
}

/**
 * Has a command refuse options that were typed and would change nothing: whoever typed one expects something of it. Options
 * that nobody typed have their defaults and are no matter.
 */
export function refusingIdle(
  command: Command,
  idleOf: (given: OptionValues, args: readonly string[]) => readonly Idle[],
): Command {
  return command.hook('preAction', (_, called) => {
    for (const { option, isIdle, because } of idleOf(called.opts(), called.args)) {
      if (!isIdle || called.getOptionValueSource(option) !== 'cli') continue
      const flag = called.options.find((one) => one.attributeName() === option)?.long ?? option
      called.error(`error: ${flag} has no effect: ${because}. Leave it out; nothing was done.`)
    }
  })
}
