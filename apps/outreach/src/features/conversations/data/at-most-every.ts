/** Answers a function that acts at once, and then no sooner than `ms` after it acted last, however often it is called. */
export function atMostEvery(
  ms: number,
  act: () => void,
  /** Calls back once, later; answers how to call it off. */
  later: (act: () => void, ms: number) => () => void,
): { readonly call: () => void; readonly stop: () => void } {
  let callOff: (() => void) | undefined
  let again = false
  const run = () => {
    again = false
    callOff = later(() => {
      callOff = undefined
      if (again) run()
    }, ms)
    act()
  }
  return {
    call: () => {
      if (callOff === undefined) run()
      else again = true
    },
    stop: () => {
      callOff?.()
      callOff = undefined
      again = false
    },
  }
}
