/** What has to be ended, last begun first. */
export interface Closing {
  readonly add: (close: () => unknown) => void
  /** Ends everything, also after one has failed to end. @throws the first failure */
  readonly close: () => Promise<void>
}

export function createClosing(): Closing {
  const waiting: (() => unknown)[] = []
  return {
    add: (close) => void waiting.push(close),
    close: async () => {
      const failures: unknown[] = []
      for (const one of waiting.splice(0).reverse()) {
        try {
          await one()
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}
