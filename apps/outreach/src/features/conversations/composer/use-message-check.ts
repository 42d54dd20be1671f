import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { MessageCheck } from './check-message.ts'

type Check = (text: string) => MessageCheck

/** The check of a text, while one types. It is loaded beside the page; undefined until then. */
export function useMessageCheck(text: string): MessageCheck | undefined {
  const [check, setCheck] = useState<Check>()
  useEffect(() => {
    // Without it nothing is counted here; the server counts, and refuses what is not to go.
    import('./check-message.ts').then(
      ({ checkMessage }) => setCheck(() => checkMessage),
      () => undefined,
    )
  }, [])
  const deferred = useDeferredValue(text)
  return useMemo(() => check?.(deferred), [check, deferred])
}
