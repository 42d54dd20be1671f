import { workerData } from 'node:worker_threads'
import { type Call, callable } from './callable.ts'
import { ANSWERED, createExchange } from './exchange.ts'

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
    calls.set(id, callable(rest))
    return JSON.stringify({ kind: 'prepared' })
  } catch {
    return JSON.stringify({ kind: 'unreadable' })
  }
}
