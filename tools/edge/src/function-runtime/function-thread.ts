import { constants, createContext, Script } from 'node:vm'
import { workerData } from 'node:worker_threads'
import { ANSWERED, createExchange } from './exchange.ts'
import { callSource, REALM_SOURCE } from './realm.ts'

type Call = (event: string) => string

const exchange = createExchange((workerData as { readonly memory: SharedArrayBuffer }).memory)
const calls = new Map<string, Call>()

// The thread never returns to its event loop: it waits, answers, and waits again until it is ended from outside.
exchange.say(ANSWERED)
for (;;) {
  exchange.waitWhile(ANSWERED)
  if (!exchange.put(answerTo(exchange.take()))) exchange.put(JSON.stringify({ kind: 'too_large' }))
  exchange.say(ANSWERED)
}

/** A question is a verb, the digest of a function's code, and, on the second line, the code or the event. */
function answerTo(text: string): string {
  const end = text.indexOf('\n')
  const [verb, id = ''] = text.slice(0, end).split(' ')
  const rest = text.slice(end + 1)
  if (verb === 'call') return calls.get(id)?.(rest) ?? JSON.stringify({ kind: 'unknown' })
  try {
    calls.set(id, prepare(rest))
    return JSON.stringify({ kind: 'prepared' })
  } catch {
    return JSON.stringify({ kind: 'unreadable' })
  }
}

/** Each function has a realm of its own, in which no text can become code. Promises settle before a call returns. */
function prepare(code: string): Call {
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
