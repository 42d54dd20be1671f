interface Answered {
  readonly response: unknown
  readonly output?: object | undefined
}

interface Deserializing {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: never) => Promise<Answered>) => (args: never) => Promise<Answered>,
      options: { readonly step: 'deserialize'; readonly name: string; readonly priority: 'high' },
    ): void
  }
}

/**
 * When AWS gave an answer, by its own clock, milliseconds since the epoch; undefined when it does not say. Dates inside an
 * answer can be compared with this, and not with the clock of this machine.
 * @source RFC 9110 section 6.6.1: Date
 */
export type AnswerDate = (answer: object) => number | undefined

/** Notes the date of every answer that `client` gets from now on. */
export function answerDates<Client>(client: Client & Deserializing): AnswerDate {
  const dates = new WeakMap<object, number>()
  client.middlewareStack.add(
    (next) => async (args) => {
      const answered = await next(args)
      const { headers } = answered.response as { readonly headers?: Readonly<Record<string, string>> }
      const atMs = Date.parse(headers?.date ?? '')
      if (answered.output !== undefined && !Number.isNaN(atMs)) dates.set(answered.output, atMs)
      return answered
    },
    { step: 'deserialize', name: 'noteDate', priority: 'high' },
  )
  return (answer) => dates.get(answer)
}
