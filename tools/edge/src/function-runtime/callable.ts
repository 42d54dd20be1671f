import { constants, createContext, Script } from 'node:vm'
import { callSource, REALM_SOURCE } from './realm.ts'

/** A call of an edge function: event and outcome are JSON. */
export type Call = (event: string) => string

/**
 * A function's code in a realm of its own, in which no text can become code. Promises settle before a call returns.
 * There is no limit of time.
 * @throws SyntaxError when the code is no script.
 */
export function callable(code: string): Call {
  const realm = createContext(constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  })
  const shared = new Script(REALM_SOURCE).runInContext(realm) as { input: string; output: string }
  // By itself first: what is no whole script could close the frame it is put into.
  new Script(code)
  const script = new Script(callSource(code))
  return (event) => {
    shared.input = event
    shared.output = ''
    script.runInContext(realm)
    // A function may answer with a promise that nobody settles.
    return shared.output === '' ? JSON.stringify({ kind: 'threw', value: 'Unsettled', log: [] }) : shared.output
  }
}
